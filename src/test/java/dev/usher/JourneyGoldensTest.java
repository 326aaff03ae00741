package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.flow.FlowEvent;
import dev.usher.flow.FlowGraph;
import dev.usher.flow.FlowMachine;
import dev.usher.flow.JourneyState;
import dev.usher.journal.Journal;
import dev.usher.oauth.EachDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Journeys that an earlier program stored still lead to where they led. The files are never written
 * over: a new kind of journey is recorded by {@code -Djourneys.record=true} into a file of its own.
 */
class JourneyGoldensTest {

    private static final Path FOLDER = Path.of("src/test/resources/golden/journeys");
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String PASSWORD = "Correct-horse-7";

    @ParameterizedTest
    @ValueSource(strings = {"signUp", "signIn", "signUpOrSignIn", "guest", "member", "cancelled"})
    void whatWasStoredIsRead(String journey) throws IOException {
        List<String> lines = Files.readAllLines(FOLDER.resolve(journey + ".jsonl"));
        JsonNode head = JSON.readTree(lines.getFirst());
        FlowGraph graph = JSON.treeToValue(head.path("graph"), FlowGraph.class);
        JourneyState state = JourneyState.first(graph, head.path("name").asString());
        assertThat(lines).hasSizeGreaterThan(1);
        for (String line : lines.subList(1, lines.size())) {
            JsonNode then = JSON.readTree(line);
            FlowEvent event = JSON.treeToValue(then.path("event"), FlowEvent.class);
            state = FlowMachine.advance(graph, state, event);
            assertKept(then.path("state"), JSON.valueToTree(state), line);
        }
        assertThat(state.end()).as("it came to its end").isNotNull();
    }

    /** What was known then is the same now; what was learned since stands beside it. */
    private static void assertKept(JsonNode then, JsonNode now, String where) {
        if (!then.isObject()) {
            assertThat(now).as(where).isEqualTo(then);
            return;
        }
        then.propertyStream()
                .forEach(each -> assertKept(each.getValue(), now.path(each.getKey()), where));
    }

    @Test
    @EnabledIfSystemProperty(named = "journeys.record", matches = "true")
    void recordWhatIsNotRecorded() throws IOException {
        try (WholeApp app = WholeApp.fresh(EachDatabase.SQLITE.fresh())) {
            new AddressEntries(app);
            b2x(app, "Member", "EmailPassword-OAUTH");
            record(app, "signUp", "B2C_1_SignUp", browser -> signUp(app, browser, "a@example.com"));
            record(app, "signIn", "B2C_1_SignIn", browser -> signIn(app, browser));
            record(
                    app,
                    "signUpOrSignIn",
                    "B2C_1_SignUpOrSignIn",
                    browser -> {
                        browser.press("next", "email", "b@example.com", "password", "wrong");
                        signUp(app, browser.press("createAccount"), "b@example.com");
                    });
            record(app, "guest", "B2X_1_Guest", browser -> signUp(app, browser, "c@example.com"));
            record(
                    app,
                    "member",
                    "B2X_1_Member",
                    browser -> signUp(app, browser.press("createAccount"), "d@example.com"));
            record(app, "cancelled", "B2C_1_SignUp", browser -> browser.press("cancel"));
        }
    }

    private static void b2x(WholeApp app, String name, String provider) {
        app.graph(
                "POST",
                "/v1.0/identity/b2xUserFlows",
                "{\"id\":\"%s\",\"userFlowType\":\"signUpOrSignIn\",\"userFlowTypeVersion\":1}"
                        .formatted(name));
        String flow = "/v1.0/identity/b2xUserFlows/B2X_1_" + name;
        app.graph(
                "POST",
                flow + "/userFlowIdentityProviders/$ref",
                "{\"@odata.id\":\"https://graph.microsoft.com/v1.0/identityProviders/%s\"}"
                        .formatted(provider));
        app.graph(
                "POST",
                flow + "/userAttributeAssignments",
                """
                {"userAttribute":{"id":"city"},"displayName":"City","isOptional":false,
                 "userInputType":"dropdownSingleSelect",
                 "userAttributeValues":[{"name":"North","value":"N"}]}
                """);
    }

    private static void signIn(WholeApp app, WholeBrowser browser) {
        JsonNode person = app.facts.path("users").get(0);
        String address = person.path("email").asString();
        browser.press("next", "email", "", "password", "x");
        browser.press("next", "email", address, "password", "wrong");
        browser.press("next", "email", address, "password", person.path("password").asString());
    }

    private static void signUp(WholeApp app, WholeBrowser browser, String address) {
        browser.press("email_ver_but_send", "email", "no address");
        browser.press("email_ver_but_send", "email", "other-" + address);
        browser.press("email_ver_but_resend");
        browser.press("email_ver_but_edit");
        browser.press("email_ver_but_send", "email", address);
        browser.press("email_ver_but_verify", "email_ver_input", "x");
        browser.press("email_ver_but_verify", "email_ver_input", app.code(address));
        browser.press("continue", "newPassword", "short", "reenterPassword", "short");
        browser.press(
                "continue",
                "newPassword",
                PASSWORD,
                "reenterPassword",
                PASSWORD,
                "displayName",
                "Ann",
                "city",
                "N");
    }

    private static void record(WholeApp app, String name, String flow, Consumer<WholeBrowser> walk)
            throws IOException {
        Path file = FOLDER.resolve(name + ".jsonl");
        if (Files.exists(file)) {
            return;
        }
        WholeBrowser browser =
                new WholeBrowser(app)
                        .open(FlowVisit.target(app, flow, "login_hint", "hint@example.com"));
        String id = browser.url().substring(browser.url().lastIndexOf('/') + 1);
        try {
            walk.accept(browser);
        } catch (AssertionError atTheEnd) {
            assertThat(browser.left()).as("%s", browser).isTrue();
        }
        String head = app.read(tx -> Journal.find(tx, id).orElseThrow().head());
        FlowGraph graph = JSON.treeToValue(JSON.readTree(head).path("graph"), FlowGraph.class);
        JourneyState state = JourneyState.first(graph, JSON.readTree(head).path("name").asString());
        List<String> lines = new ArrayList<>(List.of(head));
        List<String> events = app.read(tx -> Journal.events(tx, id));
        for (String event : events) {
            state = FlowMachine.advance(graph, state, JSON.readValue(event, FlowEvent.class));
            var line = JSON.createObjectNode();
            line.set("event", JSON.readTree(event));
            line.set("state", JSON.valueToTree(state));
            lines.add(line.toString());
        }
        Files.write(file, lines, StandardOpenOption.CREATE_NEW);
    }
}
