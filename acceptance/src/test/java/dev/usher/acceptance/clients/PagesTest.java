package dev.usher.acceptance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.acceptance.fixture.Graph;
import dev.usher.acceptance.fixture.Json;
import dev.usher.acceptance.fixture.SignIn;
import dev.usher.acceptance.fixture.Tenant;
import dev.usher.acceptance.fixture.Usher;
import dev.usher.acceptance.fixture.UsherTest;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The pages in Debian's Chromium: they fit, axe finds nothing, and scripts are not needed. */
@UsherTest
class PagesTest {

    private static final List<String> INPUTS =
            List.of(
                    "textBox string",
                    "emailBox string",
                    "textBox int64",
                    "dateTimeDropdown string",
                    "radioSingleSelect string",
                    "dropdownSingleSelect string",
                    "checkboxMultiSelect string",
                    "checkboxMultiSelect boolean");

    private final Usher usher;

    PagesTest(Usher usher) {
        this.usher = usher;
    }

    /** A flow that asks in every way there is. */
    private String asking() {
        Graph graph = usher.graph();
        String id = usher.newFlow(Usher.fresh("Asking"));
        String flow = "/identity/b2xUserFlows/" + id;
        graph.post(
                        flow + "/userFlowIdentityProviders/$ref",
                        Json.object(
                                "@odata.id",
                                usher.json().httpsUrl()
                                        + "/v1.0/identity/identityProviders/EmailOtpSignup-OAUTH"))
                .expect(204);
        for (String input : INPUTS) {
            String[] parts = input.split(" ");
            String attribute =
                    graph.post(
                                    "/identity/userFlowAttributes",
                                    Json.object(
                                            "displayName",
                                            Usher.fresh("Ask"),
                                            "dataType",
                                            parts[1]))
                            .expect(201)
                            .json()
                            .get("id")
                            .asString();
            Map<String, Object> assignment = new HashMap<>();
            assignment.put("userAttribute", Map.of("id", attribute));
            assignment.put("displayName", "By " + parts[0]);
            assignment.put("isOptional", false);
            assignment.put("userInputType", parts[0]);
            if (parts[0].endsWith("Select") && !parts[1].equals("boolean")) {
                assignment.put(
                        "userAttributeValues",
                        List.of(
                                Map.of("name", "One choice", "value", "1"),
                                Map.of("name", "Another one", "value", "2")));
            }
            graph.post(flow + "/userAttributeAssignments", assignment).expect(201);
        }
        return id;
    }

    private String start(Tenant tenant, String flow) {
        return new SignIn(usher, tenant, flow).address("");
    }

    private String starts() {
        String seeded = usher.tenant().flows().get("signUpOrSignIn");
        return start(usher.tenant(), seeded) + " " + start(usher.tenant(), asking());
    }

    /** Runs a program in Chromium, with people of that tenant who start there. */
    private JsonNode found(String program, Tenant tenant, String starts, String... more) {
        var person = tenant.users().entrySet().iterator().next();
        Map<String, String> environment = new HashMap<>();
        environment.put("USHER_URL", usher.json().httpUrl() + "/");
        environment.put("USHER_MAIL", usher.json().httpUrl() + "/dev/mail?tenant=" + tenant.id());
        environment.put("USHER_START", starts);
        environment.put("USHER_REDIRECT", SignIn.REDIRECT);
        environment.put("USHER_EMAIL", person.getKey());
        environment.put("USHER_PASSWORD", person.getValue());
        for (int i = 0; i < more.length; i += 2) {
            environment.put(more[i], more[i + 1]);
        }
        return Json.parse(Chromium.run(program, environment));
    }

    private static List<String> texts(JsonNode values) {
        return values.valueStream().map(JsonNode::asString).toList();
    }

    @Test
    void everyPage() {
        JsonNode found =
                found(
                        "pages.mjs",
                        usher.tenant(),
                        starts(),
                        "USHER_SHOTS",
                        System.getProperty("shots", ""));
        for (String nothing : List.of("violations", "overflows", "foreign", "console")) {
            assertThat(found.get(nothing)).as(nothing).isEmpty();
        }
        assertThat(texts(found.get("ends")))
                .hasSize(10)
                .allSatisfy(end -> assertThat(SignIn.answer(end)).containsKey("code"));
    }

    @Test
    void byKeyboardAlone() {
        JsonNode found = found("keyboard.mjs", usher.tenant(), starts());
        for (String nothing : List.of("unseen", "stuck")) {
            assertThat(found.get(nothing)).as(nothing).isEmpty();
        }
        JsonNode ends = found.get("ends");
        for (String through : List.of("sign-in", "sign-up", "attributes")) {
            assertThat(SignIn.answer(ends.get(through).asString())).as(through).containsKey("code");
        }
        assertThat(SignIn.answer(ends.get("cancel").asString()).get("error_description"))
                .startsWith("AADB2C90091: ");
        assertThat(SignIn.answer(ends.get("forgot").asString()).get("error_description"))
                .startsWith("AADB2C90118: ");
        assertThat(texts(found.at("/order/sign-in")))
                .containsExactly(
                        "email",
                        "password",
                        "forgotPassword",
                        "next",
                        "createAccount",
                        "cancel",
                        "persona_1",
                        "persona_2");
        List<String> attributes = texts(found.at("/order/attributes"));
        assertThat(attributes)
                .hasSize(INPUTS.size() + 5)
                .startsWith(found.at("/first/attributes").asString())
                .endsWith("continue", "cancel")
                .doesNotHaveDuplicates();
        focus(found.get("first"), attributes.getFirst());
    }

    /** The first field, and where something is wrong the first such. */
    private static void focus(JsonNode first, String attribute) {
        Map<String, String> expected = new HashMap<>();
        expected.put("sign-in", "email");
        expected.put("sign-in without a name", "email");
        expected.put("sign-in refused", "password");
        expected.put("sign-up", "newPassword");
        expected.put("sign-up refused", "newPassword");
        expected.put("attributes", attribute);
        expected.put("attributes missing", attribute);
        for (String journey : List.of("sign-up", "attributes")) {
            expected.put(journey + " address", "email");
            expected.put(journey + " address refused", "email");
            expected.put(journey + " code", "email_ver_input");
            expected.put(journey + " code refused", "email_ver_input");
        }
        Map<String, String> seen = new HashMap<>();
        first.propertyStream().forEach(each -> seen.put(each.getKey(), each.getValue().asString()));
        assertThat(seen).isEqualTo(expected);
    }

    @Test
    void thereIsAlwaysAWayOn() {
        Tenant tenant = usher.otherTenant();
        JsonNode found =
                found(
                        "ways.mjs",
                        tenant,
                        start(tenant, tenant.flows().get("signUpOrSignIn")),
                        "USHER_CLOCK",
                        usher.json().httpUrl() + "/dev/clock",
                        "USHER_TENANT",
                        tenant.id());
        assertThat(found.get("violations")).isEmpty();
        assertThat(texts(found.get("together"))).containsOnly("303");
        Map<String, String> ends = new HashMap<>();
        found.get("ends")
                .propertyStream()
                .forEach(end -> ends.put(end.getKey(), end.getValue().asString()));
        assertThat(ends.remove("cookies removed"))
                .isEqualTo(URI.create(SignIn.REDIRECT).resolve("/").toString());
        assertThat(SignIn.answer(ends.remove("took too long")).get("error_description"))
                .startsWith("AADB2C90046: ");
        assertThat(ends)
                .hasSize(10)
                .allSatisfy(
                        (name, end) -> assertThat(SignIn.answer(end)).as(name).containsKey("code"));
        assertThat(found.at("/headings/another browser").asString())
                .isEqualTo("Nothing to continue here");
        assertThat(found.at("/headings/took too long").asString()).isEqualTo("This took too long");
    }
}
