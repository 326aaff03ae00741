package dev.usher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.http.Response;
import dev.usher.oauth.EachDatabase;
import dev.usher.store.StoreSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * People who do what they want, several at a time: whatever it is, what must hold holds. The
 * ordinary check plays the same journeys each time; {@code -Dlong=true} or {@code -Djourneys=N}
 * plays more, {@code -Dseed=N} the same ones again.
 */
class RandomJourneysTest {

    private static final boolean LONG = Boolean.getBoolean("long");
    private static final int JOURNEYS = Integer.getInteger("journeys", LONG ? 1_000 : 120);
    private static final int STEPS_MAX = 40;
    private static final int PEOPLE = 5;

    private static final List<String> ADDRESSES =
            List.of(
                    "ann@example.com",
                    "bob@example.com",
                    "Cleo@Example.com",
                    "dan+1@example.com",
                    "dan@example.com",
                    "eve@sub.example.org",
                    "adele@example.com");

    private static List<String> flows(WholeApp app) {
        List<String> flows = new ArrayList<>();
        app.facts.path("flows").forEach(flow -> flows.add(flow.asString()));
        for (String[] b2x :
                new String[][] {
                    {"Code", "EmailOtpSignup-OAUTH"}, {"Pass", "EmailPassword-OAUTH"}
                }) {
            created(
                    app.graph(
                            "POST",
                            "/v1.0/identity/b2xUserFlows",
                            "{\"id\":\"%s\",\"userFlowType\":\"signUpOrSignIn\",\"userFlowTypeVersion\":1}"
                                    .formatted(b2x[0])),
                    201);
            String flow = "/v1.0/identity/b2xUserFlows/B2X_1_" + b2x[0];
            created(
                    app.graph(
                            "POST",
                            flow + "/userFlowIdentityProviders/$ref",
                            "{\"@odata.id\":\"https://graph.microsoft.com/v1.0/identityProviders/%s\"}"
                                    .formatted(b2x[1])),
                    204);
            created(
                    app.graph(
                            "POST",
                            flow + "/userAttributeAssignments",
                            """
                            {"userAttribute":{"id":"city"},"displayName":"City",
                             "isOptional":false,"userInputType":"dropdownSingleSelect",
                             "userAttributeValues":[{"name":"N","value":"N"}]}
                            """),
                    201);
            flows.add("b2x_1_" + b2x[0]);
        }
        return flows;
    }

    private static void created(Response response, int status) {
        assertThat(response.status())
                .as(new String(response.body(), StandardCharsets.UTF_8))
                .isEqualTo(status);
    }

    @ParameterizedTest
    @EnumSource
    void whateverPeopleDoWhatMustHoldHolds(EachDatabase database) {
        long seed = Long.getLong("seed", LONG ? new Random().nextLong() : 1);
        System.out.printf("journeys %s: -Dseed=%d -Djourneys=%d%n", database, seed, JOURNEYS);
        Random random = new Random(seed);
        StoreSettings settings = database.fresh();
        Path directory = WholeApp.directory();
        Set<String> proven = new HashSet<>();
        List<JourneyWalker> people = new ArrayList<>();
        Map<JourneyWalker, String> pages = new LinkedHashMap<>();
        try (WholeApp app = new WholeApp(directory, settings)) {
            List<String> flows = flows(app);
            Set<String> seeded = new HashSet<>(app.accounts());
            for (int i = 0; i < PEOPLE; i++) {
                people.add(new JourneyWalker(app, random, flows, ADDRESSES, proven));
            }
            walk(people, random, seed);
            assertAccounts(app, seeded, proven);
            app.clock("{\"reset\":true}");
            for (JourneyWalker person : people) {
                pages.put(person, shown(app, person));
            }
        }
        try (WholeApp later = new WholeApp(directory, settings)) {
            pages.forEach((person, page) ->
                    assertThat(shown(later, person)).as("in a new process").isEqualTo(page));
        }
    }

    private static void walk(List<JourneyWalker> people, Random random, long seed) {
        int steps = 0;
        for (int journey = 0; journey < JOURNEYS; journey++) {
            JourneyWalker person = people.get(random.nextInt(people.size()));
            int most = 1 + random.nextInt(STEPS_MAX);
            try {
                person.begin();
                for (int i = 0; i < most && !person.journey().isEmpty(); i++, steps++) {
                    person.step(people.get(random.nextInt(people.size())));
                }
            } catch (RuntimeException | AssertionError failed) {
                throw new AssertionError("seed " + seed + ", journey " + journey, failed);
            }
        }
        int codes = people.stream().mapToInt(person -> person.codes).sum();
        int refusals = people.stream().mapToInt(person -> person.refusals).sum();
        System.out.printf(
                "journeys: %d begun, %d steps, %d codes, %d refusals%n",
                JOURNEYS, steps, codes, refusals);
        assertThat(codes).as("journeys that ended well").isGreaterThan(JOURNEYS / 20);
        assertThat(refusals).as("journeys that did not").isPositive();
    }

    private static void assertAccounts(WholeApp app, Set<String> seeded, Set<String> proven) {
        List<String> accounts = app.accounts();
        assertThat(accounts).as("one account for an address").doesNotHaveDuplicates();
        assertThat(accounts).as("some are new").hasSizeGreaterThan(seeded.size());
        accounts.removeAll(seeded);
        assertThat(proven).as("only proven addresses").containsAll(accounts);
    }

    /** The page of the journey on which somebody is, as a fresh look shows it. */
    private static String shown(WholeApp app, JourneyWalker person) {
        if (person.journey().isEmpty()) {
            return "";
        }
        WholeBrowser browser = new WholeBrowser(app);
        browser.cookies().putAll(person.browser().cookies());
        Response response = browser.send("GET", person.journey(), "");
        return response.status() + " " + new String(response.body(), StandardCharsets.UTF_8);
    }
}
