package dev.usher.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.Golden;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** How journeys go on, for every event in every state. */
class FlowMachineTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Instant AT = Instant.parse("2026-11-22T10:00:00Z");
    private static final int JOURNEYS = 2_000;

    private static final Field CITY =
            new Field(
                    "city",
                    "city",
                    "City",
                    Field.Input.RADIO_SINGLE_SELECT,
                    "string",
                    true,
                    128,
                    List.of(new Field.Choice("Up north", "N", true)),
                    null);

    private static final FlowGraph PASSWORD =
            new FlowGraph(
                    1,
                    "B2C_1_Shop",
                    "signIn",
                    List.of(
                            new Step.SignIn(
                                    "signIn",
                                    "signinandsignupwithpassword1_1",
                                    true,
                                    true,
                                    "address",
                                    null,
                                    false),
                            new Step.ProveAddress(
                                    "address",
                                    "localaccountsignup1_1",
                                    false,
                                    false,
                                    "signIn",
                                    "collect",
                                    false),
                            new Step.Collect(
                                    "collect",
                                    "localaccountsignup1_1",
                                    Step.Account.LOCAL,
                                    new Step.PasswordBounds(8, 256, 3, false),
                                    List.of(CITY))));

    private static final FlowGraph CODE =
            new FlowGraph(
                    1,
                    "B2X_1_Partner",
                    "address",
                    List.of(
                            new Step.ProveAddress(
                                    "address", "selfasserted1_1", true, true, null, null, false)));

    private static final List<FlowEvent> EVENTS =
            List.of(
                    new FlowEvent.Moved("address"),
                    new FlowEvent.Moved("signIn"),
                    new FlowEvent.Moved("nowhere"),
                    new FlowEvent.SignInRefused("a@b", true, Notice.WRONG_PASSWORD),
                    new FlowEvent.SignedIn("id-1", true, AT),
                    new FlowEvent.CodeSent("a@b"),
                    new FlowEvent.CodeNotSent("a@b", Notice.THROTTLED),
                    new FlowEvent.CodeRefused(false, Notice.CODE_WRONG),
                    new FlowEvent.AddressChanged(),
                    new FlowEvent.AddressProved(null, false, AT),
                    new FlowEvent.AddressProved("id-2", true, AT),
                    new FlowEvent.InputRefused(Map.of("city", "x"), Map.of("city", Notice.PATTERN)),
                    new FlowEvent.AccountCreated("id-3", AT),
                    new FlowEvent.AccountExists(),
                    new FlowEvent.Stopped("access_denied", 90091, "Cancelled."));

    @Test
    void everyEventHasAnAnswerInEveryState() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int journey = 0; journey < JOURNEYS; journey++) {
            FlowGraph graph = random.nextBoolean() ? PASSWORD : CODE;
            JourneyState state = JourneyState.first(graph, "");
            List<FlowEvent> happened = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                FlowEvent event = EVENTS.get(random.nextInt(EVENTS.size()));
                JourneyState before = state;
                state = FlowMachine.advance(graph, state, event);
                happened.add(event);
                String where = "seed " + seed + ": " + happened;
                assertThat(graph.find(state.step())).as(where).isPresent();
                if (before.end() != null) {
                    assertThat(state).as("over is over; %s", where).isSameAs(before);
                }
                if (state.step().equals("collect")) {
                    assertThat(state.proved()).as("only with a proof; %s", where).isTrue();
                }
                if (state.codeSent()) {
                    assertThat(state.proved()).as("a new code, a new proof; %s", where).isFalse();
                }
            }
            List<FlowEvent> read =
                    happened.stream()
                            .map(event -> JSON.writerFor(FlowEvent.class).writeValueAsString(event))
                            .map(text -> JSON.readValue(text, FlowEvent.class))
                            .toList();
            FlowGraph stored = JSON.readValue(JSON.writeValueAsString(graph), FlowGraph.class);
            assertThat(FlowMachine.replay(stored, JourneyState.first(stored, ""), read))
                    .as("replay of seed %s", seed)
                    .isEqualTo(state);
        }
    }

    @Test
    void anAddressThatIsTakenEndsASignUpAndIsASignInByCode() {
        FlowEvent sent = new FlowEvent.CodeSent("a@b");
        FlowEvent proved = new FlowEvent.AddressProved("id-2", true, AT);
        JourneyState up =
                FlowMachine.replay(
                        PASSWORD,
                        JourneyState.first(PASSWORD, ""),
                        List.of(new FlowEvent.Moved("address"), sent, proved));
        assertThat(up.notice()).isEqualTo(Notice.ACCOUNT_EXISTS);
        assertThat(up.end()).isNull();
        JourneyState in =
                FlowMachine.replay(CODE, JourneyState.first(CODE, ""), List.of(sent, proved));
        assertThat(in.end()).isEqualTo(new JourneyEnd.SignedIn("id-2", false, AT, true, null));
        JourneyState nobody =
                FlowMachine.replay(
                        CODE,
                        JourneyState.first(CODE, ""),
                        List.of(sent, new FlowEvent.AddressProved(null, false, AT)));
        assertThat(nobody.notice()).isEqualTo(Notice.NO_ACCOUNT);
        JourneyState unasked =
                FlowMachine.replay(CODE, JourneyState.first(CODE, ""), List.of(proved));
        assertThat(unasked.end()).as("no proof without a code").isNull();
    }

    /** What was stored is read by later programs: this file changes only by additions. */
    @Test
    void theStoredFormStays() {
        StringBuilder stored = new StringBuilder();
        stored.append(JSON.writeValueAsString(PASSWORD)).append('\n');
        for (FlowEvent event : EVENTS) {
            stored.append(JSON.writerFor(FlowEvent.class).writeValueAsString(event)).append('\n');
        }
        Golden.compare(Path.of("src/test/resources/golden/journey.jsonl"), stored.toString());
    }
}
