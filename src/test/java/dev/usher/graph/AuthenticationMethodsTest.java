package dev.usher.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.directory.DirectoryRole;
import dev.usher.graph.GraphWorld.Answer;
import dev.usher.oauth.EachDatabase;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** What people authenticate with: read, added, changed, reset, and by whom. */
class AuthenticationMethodsTest extends SignInFixture {

    private static final String MOBILE = "3179e48a-750b-4051-897c-87b9720928f7";
    private static final String PASSWORD_METHOD = "28c10230-6103-485e-b985-444c60001490";
    private static final String NEW = "Battery-Staple-2";

    private String bob;
    private String methods;

    @BeforeEach
    void open() {
        open(EachDatabase.SQLITE);
        bob = user("bob");
        methods = "/v1.0/users/" + bob + "/authentication";
    }

    private static String phone(String number, String type) {
        return "{\"phoneNumber\":\"%s\",\"phoneType\":\"%s\"}".formatted(number, type);
    }

    private void role(String person, DirectoryRole role) {
        Answer made =
                graph.post(
                        "/v1.0/roleManagement/directory/roleAssignments",
                        """
                        {"principalId":"%s","roleDefinitionId":"%s","directoryScopeId":"/"}\
                        """
                                .formatted(person, role.templateId()));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
    }

    private Answer as(String alias, String method, String path, String body) {
        String token =
                ask(alias + "@" + DOMAIN, PASSWORD, "https://graph.microsoft.com/.default", "")
                        .value();
        return graph.sendAs(token, method, path, body);
    }

    private static void status(Answer answer, int status) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    }

    @ParameterizedTest
    @EnumSource(EachDatabase.class)
    void methodsOfASortAndAllTogether(EachDatabase database) {
        graph.close();
        open(database);
        bob = user("bob");
        methods = "/v1.0/users/" + bob + "/authentication";
        status(graph.post(methods + "/phoneMethods", phone("+1 4255550100", "mobile")), 201);
        Answer mail =
                graph.post(methods + "/emailMethods", "{\"emailAddress\":\"bob@else.example\"}");
        status(mail, 201);
        assertThat(mail.json().path("id").asString())
                .isEqualTo("3ddfcfc8-9383-446f-83cc-3ab9be4be18f");
        JsonNode all = graph.get(methods + "/methods").json().path("value");
        assertThat(all.valueStream().map(each -> each.path("@odata.type").asString()))
                .containsExactlyInAnyOrder(
                        "#microsoft.graph.passwordAuthenticationMethod",
                        "#microsoft.graph.emailAuthenticationMethod",
                        "#microsoft.graph.phoneAuthenticationMethod");
        JsonNode password = graph.get(methods + "/passwordMethods").json().at("/value/0");
        assertThat(password.path("id").asString()).isEqualTo(PASSWORD_METHOD);
        assertThat(password.path("createdDateTime").asString()).startsWith("2026-11-22T10:00");
        assertThat(password.path("password").isNull()).isTrue();
        JsonNode mobile = graph.get(methods + "/phoneMethods/" + MOBILE).json();
        assertThat(mobile.path("phoneType").asString()).isEqualTo("mobile");
        assertThat(mobile.path("smsSignInState").asString()).isEqualTo("notSupported");

        String path = methods + "/phoneMethods/" + MOBILE;
        status(graph.patch(path, "{\"phoneNumber\":\"+41 795550100\"}"), 204);
        status(graph.patch(path, "{\"phoneType\":\"office\"}"), 400);
        assertThat(graph.get(path).text()).contains("+41 795550100").contains("\"mobile\"");
        status(graph.delete(path), 204);
        status(graph.get(path), 404);
        assertThat(graph.get(methods + "/methods").json().path("value")).hasSize(2);
        status(graph.delete("/v1.0/users/" + bob), 204);
        status(graph.get(methods + "/methods"), 404);
    }

    @ParameterizedTest
    @CsvSource({
        "phoneMethods, phoneNumber, '{\"phoneNumber\":\"+14255550100\",\"phoneType\":\"mobile\"}'",
        "phoneMethods, phoneNumber, '{\"phoneNumber\":\"+1 "
                + " 4255550100\",\"phoneType\":\"mobile\"}'",
        "phoneMethods, phoneNumber, '{\"phoneType\":\"mobile\"}'",
        "phoneMethods, phoneType, '{\"phoneNumber\":\"+1 4255550100\",\"phoneType\":\"home\"}'",
        "phoneMethods, phoneType,"
                + " '{\"phoneNumber\":\"+1 4255550100\",\"phoneType\":\"unknownFutureValue\"}'",
        "emailMethods, emailAddress, '{\"emailAddress\":\"bob\"}'",
        "emailMethods, emailAddress, '{}'",
    })
    void whatIsNoAddressIsRefused(String sort, String target, String body) {
        Answer refused = graph.post(methods + "/" + sort, body);
        status(refused, 400);
        assertThat(refused.text()).contains(target);
        assertThat(graph.get(methods + "/" + sort).json().path("value")).isEmpty();
    }

    @Test
    void thereIsOneOfEachSort() {
        status(graph.post(methods + "/phoneMethods", phone("+1 4255550100", "mobile")), 201);
        Answer second = graph.post(methods + "/phoneMethods", phone("+1 4255550101", "mobile"));
        assertThat(second.status()).as(second.text()).isIn(400, 409);
        status(graph.post(methods + "/phoneMethods", phone("+1 4255550101", "office")), 201);
        assertThat(graph.get(methods + "/phoneMethods").json().path("value")).hasSize(2);
        for (String sort : List.of("methods", "passwordMethods")) {
            status(graph.post(methods + "/" + sort, "{}"), 405);
        }
    }

    @Test
    void peopleManageTheirOwnAndOthersNeedARole() {
        grant("UserAuthMethod-Phone.ReadWrite User.Read", null);
        String own = "/v1.0/me/authentication/phoneMethods";
        status(as("ann", "POST", own, phone("+1 4255550100", "mobile")), 201);
        status(as("ann", "GET", "/v1.0/users/" + ann + "/authentication/phoneMethods", null), 200);
        status(as("ann", "GET", methods + "/phoneMethods", null), 403);
        status(as("ann", "POST", methods + "/phoneMethods", phone("+1 4255550100", "office")), 403);
        role(ann, DirectoryRole.AUTHENTICATION_ADMINISTRATOR);
        // the role does not make more of a permission that is for oneself
        status(as("ann", "GET", methods + "/phoneMethods", null), 403);
        status(as("ann", "GET", "/v1.0/me/authentication/methods", null), 403);
    }

    @Test
    void administratorsAreOutOfReach() {
        grant("UserAuthenticationMethod.ReadWrite.All", null);
        role(ann, DirectoryRole.AUTHENTICATION_ADMINISTRATOR);
        status(as("ann", "POST", methods + "/phoneMethods", phone("+1 4255550100", "mobile")), 201);
        role(bob, DirectoryRole.REPORTS_READER);
        String path = methods + "/phoneMethods/" + MOBILE;
        status(as("ann", "PATCH", path, "{\"phoneNumber\":\"+1 4255550199\"}"), 403);
        status(as("ann", "DELETE", path, null), 403);
        String mail = "{\"emailAddress\":\"mallory@else.example\"}";
        status(as("ann", "POST", methods + "/emailMethods", mail), 403);
        String reset = methods + "/methods/" + PASSWORD_METHOD + "/resetPassword";
        status(as("ann", "POST", reset, "{\"newPassword\":\"" + NEW + "\"}"), 403);
        status(graph.post(methods + "/emailMethods", mail), 403);
        assertThat(graph.get(path).text()).contains("+1 4255550100");
        role(ann, DirectoryRole.PRIVILEGED_AUTHENTICATION_ADMINISTRATOR);
        status(as("ann", "DELETE", path, null), 204);
    }

    @Test
    void aPasswordIsResetByAnAdministrator() {
        grant("UserAuthenticationMethod.ReadWrite.All User.Read", null);
        String reset = methods + "/methods/" + PASSWORD_METHOD + "/resetPassword";
        status(as("ann", "POST", reset, "{}"), 403);
        role(ann, DirectoryRole.AUTHENTICATION_ADMINISTRATOR);
        status(as("ann", "POST", reset, "{\"newPassword\":\"weak\"}"), 400);
        Answer given = as("ann", "POST", reset, "{\"newPassword\":\"" + NEW + "\"}");
        status(given, 202);
        assertThat(given.text()).doesNotContain(NEW);
        assertThat(ask("bob@" + DOMAIN, PASSWORD, "openid", "").error()).isEqualTo(50126);
        // a new one of an administrator's is good for choosing one's own
        assertThat(ask("bob@" + DOMAIN, NEW, "openid", "").error()).isEqualTo(50055);
        Answer made = as("ann", "POST", reset, null);
        status(made, 202);
        String password = made.json().path("newPassword").asString();
        assertThat(password).hasSizeGreaterThanOrEqualTo(16);
        assertThat(ask("bob@" + DOMAIN, password, "openid", "").error()).isEqualTo(50055);
        String own = "/v1.0/me/authentication/methods/" + PASSWORD_METHOD + "/resetPassword";
        status(as("ann", "POST", own, "{\"newPassword\":\"" + NEW + "\"}"), 403);
        status(graph.post(reset, "{}"), 403);
        status(as("ann", "POST", methods + "/methods/" + MOBILE + "/resetPassword", "{}"), 404);
    }
}
