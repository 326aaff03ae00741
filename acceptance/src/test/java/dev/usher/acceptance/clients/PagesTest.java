package dev.usher.acceptance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.acceptance.fixture.Distribution.Finished;
import dev.usher.acceptance.fixture.Graph;
import dev.usher.acceptance.fixture.Json;
import dev.usher.acceptance.fixture.SignIn;
import dev.usher.acceptance.fixture.Usher;
import dev.usher.acceptance.fixture.UsherTest;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The pages in Debian's Chromium: they fit, axe finds nothing, and scripts are not needed. */
@UsherTest
class PagesTest {

    private static final Path NODE =
            Path.of(System.getProperty("usher.root"), "acceptance", "node");
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

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

    @Test
    void everyPage() {
        Program node = Program.needed("node", NODE.resolve("node_modules/axe-core"), CHROMIUM);
        String seeded = usher.tenant().flows().get("signUpOrSignIn");
        String first = new SignIn(usher, usher.tenant(), seeded).address("");
        String second = new SignIn(usher, usher.tenant(), asking()).address("");
        Finished finished =
                node.run(
                        Map.of(
                                "USHER_URL",
                                usher.json().httpUrl() + "/",
                                "USHER_MAIL",
                                usher.json().httpUrl() + "/dev/mail",
                                "USHER_START",
                                first + " " + second,
                                "USHER_REDIRECT",
                                SignIn.REDIRECT,
                                "USHER_SHOTS",
                                System.getProperty("shots", ""),
                                "USHER_CHROMIUM",
                                CHROMIUM.toString()),
                        NODE.resolve("pages.mjs").toString());
        assertThat(finished.exit()).as(finished.err()).isZero();
        JsonNode found = Json.parse(finished.out());
        for (String nothing : List.of("violations", "overflows", "foreign", "console")) {
            assertThat(found.get(nothing)).as(nothing).isEmpty();
        }
        assertThat(found.get("ends").valueStream().map(JsonNode::asString).toList())
                .hasSize(10)
                .allSatisfy(end -> assertThat(SignIn.answer(end)).containsKey("code"));
        assertThat(found.get("keyboard").valueStream().map(JsonNode::asString).toList())
                .containsExactly(
                        "email", "password", "forgotPassword", "next", "createAccount", "cancel");
    }
}
