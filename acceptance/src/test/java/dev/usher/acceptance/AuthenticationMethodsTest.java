package dev.usher.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.acceptance.fixture.Graph;
import dev.usher.acceptance.fixture.Json;
import dev.usher.acceptance.fixture.Proves;
import dev.usher.acceptance.fixture.Reply;
import dev.usher.acceptance.fixture.Sdk;
import dev.usher.acceptance.fixture.SignedIn;
import dev.usher.acceptance.fixture.Usher;
import dev.usher.acceptance.fixture.UsherTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What people authenticate with, through the built distribution. */
@UsherTest
class AuthenticationMethodsTest {

    private static final String ADMINISTRATOR = "c4e39bd9-1100-46d3-8c65-fb160da0071f";
    private static final String PASSWORD = "28c10230-6103-485e-b985-444c60001490";
    private static final String EMAIL = "3ddfcfc8-9383-446f-83cc-3ab9be4be18f";
    private static final String MOBILE = "3179e48a-750b-4051-897c-87b9720928f7";
    private static final String NEW = "Battery-Staple-2";

    private final Usher usher;

    AuthenticationMethodsTest(Usher usher) {
        this.usher = usher;
    }

    private Graph graph(String version) {
        return usher.graph(version, usher.tenant(), usher.tenant().admin());
    }

    private String person() {
        return usher.graph()
                .post("/users", UsersTest.work(usher.tenant().domain(), Usher.fresh("method")))
                .expect(201)
                .json()
                .get("id")
                .asString();
    }

    private static Map<String, Object> phone(String number) {
        return Json.object("phoneNumber", number, "phoneType", "mobile");
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1.0", "beta"})
    @Proves("GET /users/{id-or-upn}/authentication/methods")
    @Proves("GET /users/{id-or-upn}/authentication/passwordMethods")
    @Proves("GET /users/{id-or-upn}/authentication/emailMethods")
    @Proves("GET /users/{id-or-upn}/authentication/phoneMethods")
    @Proves("POST /users/{id-or-upn}/authentication/phoneMethods")
    void methodsOfAPerson(String version) {
        Graph graph = graph(version);
        String path = "/users/" + person() + "/authentication";
        assertThat(graph.get(path + "/methods").values("id")).containsExactly(PASSWORD);
        JsonNode password = graph.get(path + "/passwordMethods").expect(200).json();
        assertThat(password.at("/value/0/id").asString()).isEqualTo(PASSWORD);
        assertThat(password.at("/value/0/password").isNull()).isTrue();

        String phones = path + "/phoneMethods";
        JsonNode added = graph.post(phones, phone("+1 4255550100")).expect(201).json();
        assertThat(added.get("id").asString()).isEqualTo(MOBILE);
        graph.post(phones, phone("+14255550100")).refused(400, "Request_BadRequest");
        assertThat(graph.post(phones, phone("+1 4255550101")).status()).isIn(400, 409);
        String mail = Usher.fresh("reach") + "@example.com";
        graph.post(path + "/emailMethods", Map.of("emailAddress", mail)).expect(201);
        Reply all = graph.get(path + "/methods").expect(200);
        assertThat(all.values("id")).containsExactlyInAnyOrder(PASSWORD, EMAIL, MOBILE);
        assertThat(all.values("@odata.type"))
                .contains("#microsoft.graph.phoneAuthenticationMethod");
        assertThat(graph.get(path + "/emailMethods").expect(200).text()).contains(mail);

        graph.patch(phones + "/" + MOBILE, Map.of("phoneNumber", "+41 795550100")).expect(204);
        assertThat(graph.get(phones).expect(200).text()).contains("+41 795550100");
        graph.delete(phones + "/" + MOBILE).expect(204);
        graph.delete(path + "/emailMethods/" + EMAIL).expect(204);
        assertThat(graph.get(phones).values("id")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1.0", "beta"})
    @Proves("GET /me/authentication/methods")
    void peopleSeeTheirOwn(String version) {
        SignedIn ann = SignedIn.create(usher, "UserAuthenticationMethod.Read");
        Graph graph = ann.graph(version, SignedIn.PASSWORD);
        assertThat(graph.get("/me/authentication/methods").values("id")).containsExactly(PASSWORD);
        graph.get("/users/" + person() + "/authentication/methods")
                .refused(403, "Authorization_RequestDenied");
        graph.post("/me/authentication/phoneMethods", phone("+1 4255550100"))
                .refused(403, "Authorization_RequestDenied");
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1.0", "beta"})
    @Proves("POST /users/{id-or-upn}/authentication/methods/{method-id}/resetPassword")
    void anAdministratorResetsAPassword(String version) {
        SignedIn ann = SignedIn.create(usher, "UserAuthenticationMethod.ReadWrite.All");
        SignedIn bob = SignedIn.create(usher, "User.Read");
        String path =
                "/users/" + bob.id() + "/authentication/methods/" + PASSWORD + "/resetPassword";
        Map<String, Object> given = Json.object("newPassword", NEW);
        ann.graph(version, SignedIn.PASSWORD)
                .post(path, given)
                .refused(403, "Authorization_RequestDenied");
        usher.graph()
                .post(
                        "/roleManagement/directory/roleAssignments",
                        Json.object(
                                "principalId",
                                ann.id(),
                                "roleDefinitionId",
                                ADMINISTRATOR,
                                "directoryScopeId",
                                "/"))
                .expect(201);
        Graph graph = ann.graph(version, SignedIn.PASSWORD);
        graph(version).post(path, given).refused(403, "Authorization_RequestDenied");
        graph.post(path, Map.of("newPassword", "short")).refused(400, "Request_BadRequest");
        assertThat(graph.post(path, given).expect(202).text()).doesNotContain(NEW);
        assertThat(bob.ask(SignedIn.PASSWORD).expect(400).text()).contains("AADSTS50126");
        assertThat(bob.ask(NEW).expect(400).text()).contains("AADSTS50055");
        String made = graph.post(path, Map.of()).expect(202).json().get("newPassword").asString();
        assertThat(bob.ask(NEW).expect(400).text()).contains("AADSTS50126");
        assertThat(bob.ask(made).expect(400).text()).contains("AADSTS50055");
    }

    @Test
    void bySdk() {
        var methods = Sdk.stable(usher).users().byUserId(person()).authentication();
        var phone = new com.microsoft.graph.models.PhoneAuthenticationMethod();
        phone.setPhoneNumber("+1 4255550100");
        phone.setPhoneType(com.microsoft.graph.models.AuthenticationPhoneType.Mobile);
        assertThat(methods.phoneMethods().post(phone).getId()).isEqualTo(MOBILE);
        assertThat(methods.methods().get().getValue())
                .extracting(each -> (Object) each.getClass())
                .containsExactlyInAnyOrder(
                        com.microsoft.graph.models.PasswordAuthenticationMethod.class,
                        com.microsoft.graph.models.PhoneAuthenticationMethod.class);
        methods.phoneMethods().byPhoneAuthenticationMethodId(MOBILE).delete();
        assertThat(methods.passwordMethods().get().getValue()).hasSize(1);
    }

    @Test
    void byBetaSdk() {
        var methods = Sdk.beta(usher).users().byUserId(person()).authentication();
        var mail = new com.microsoft.graph.beta.models.EmailAuthenticationMethod();
        mail.setEmailAddress("reach@example.com");
        assertThat(methods.emailMethods().post(mail).getId()).isEqualTo(EMAIL);
        assertThat(List.copyOf(methods.methods().get().getValue())).hasSize(2);
        methods.emailMethods().byEmailAuthenticationMethodId(EMAIL).delete();
        assertThat(methods.passwordMethods().get().getValue()).hasSize(1);
    }
}
