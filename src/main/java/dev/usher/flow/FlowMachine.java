package dev.usher.flow;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a journey goes on: a pure function of graph, state and event, which has an answer for every
 * event in every state. An event that means nothing where the person is changes nothing.
 */
public final class FlowMachine {

    private FlowMachine() {}

    /** The state after all events. */
    public static JourneyState replay(FlowGraph graph, JourneyState first, List<FlowEvent> events) {
        JourneyState state = first;
        for (FlowEvent event : events) {
            state = advance(graph, state, event);
        }
        return state;
    }

    /** The state after the event. */
    public static JourneyState advance(FlowGraph graph, JourneyState state, FlowEvent event) {
        if (state.end() != null || graph.find(state.step()).isEmpty()) {
            return state;
        }
        Step step = graph.step(state.step());
        if (!belongs(step, state, event)) {
            return state;
        }
        return switch (event) {
            case FlowEvent.Moved(String to) ->
                    graph.find(to).isPresent()
                            ? state.named(state.name(), false, false).at(to)
                            : state;
            case FlowEvent.SignInRefused(String name, boolean keep, Notice notice) ->
                    state.named(name, false, false).keeping(keep).told(notice);
            case FlowEvent.SignedIn(String userId, boolean keep, Instant at) ->
                    state.over(new JourneyEnd.SignedIn(userId, false, at, keep, null));
            case FlowEvent.CodeSent(String address) -> state.named(address, true, false);
            case FlowEvent.CodeNotSent(String address, Notice notice) ->
                    codeNotSent(state, address, notice);
            case FlowEvent.CodeRefused(boolean keep, Notice notice) ->
                    state.keeping(keep).told(notice);
            case FlowEvent.AddressChanged() -> state.named(state.name(), false, false);
            case FlowEvent.AddressProved(String userId, boolean keep, Instant at) ->
                    proved(step, state, userId, keep, at);
            case FlowEvent.InputRefused refused ->
                    state.corrected(refused.values(), refused.errors());
            case FlowEvent.AccountCreated(String userId, Instant at) ->
                    state.over(new JourneyEnd.SignedIn(userId, true, at, state.keep(), null));
            case FlowEvent.AccountExists() -> exists(graph, state);
            case FlowEvent.Stopped(String error, int code, String message) ->
                    state.over(new JourneyEnd.Refused(error, code, message));
        };
    }

    /** Whether such a thing can happen at the step. */
    private static boolean belongs(Step step, JourneyState state, FlowEvent event) {
        boolean atAddress = step instanceof Step.ProveAddress;
        return switch (event) {
            case FlowEvent.Moved _, FlowEvent.Stopped _ -> true;
            case FlowEvent.SignedIn _ -> step instanceof Step.SignIn;
            case FlowEvent.SignInRefused _ -> !(step instanceof Step.Collect);
            case FlowEvent.CodeSent _, FlowEvent.CodeNotSent _ -> atAddress;
            case FlowEvent.CodeRefused _, FlowEvent.AddressChanged _, FlowEvent.AddressProved _ ->
                    atAddress && state.codeSent();
            case FlowEvent.InputRefused _, FlowEvent.AccountCreated _, FlowEvent.AccountExists _ ->
                    step instanceof Step.Collect && state.proved();
        };
    }

    /** A code that could not be sent again leaves the one before good. */
    private static JourneyState codeNotSent(JourneyState state, String address, Notice notice) {
        boolean again = state.codeSent() && address.equals(state.name());
        return state.named(address, again, false).told(notice);
    }

    private static JourneyState proved(
            Step step, JourneyState state, @Nullable String userId, boolean keep, Instant at) {
        if (!(step instanceof Step.ProveAddress prove)) {
            return state;
        }
        if (userId != null && prove.credential()) {
            return state.over(new JourneyEnd.SignedIn(userId, false, at, keep, null));
        }
        if (userId != null) {
            return state.named(state.name(), false, false).told(Notice.ACCOUNT_EXISTS);
        }
        if (prove.unknown() == null) {
            return state.named(state.name(), false, false).told(Notice.NO_ACCOUNT);
        }
        return state.named(state.name(), false, true).keeping(keep).at(prove.unknown());
    }

    /** Back to where an address is proved, which is where the account was not yet seen. */
    private static JourneyState exists(FlowGraph graph, JourneyState state) {
        String back =
                graph.steps().stream()
                        .filter(Step.ProveAddress.class::isInstance)
                        .map(Step::id)
                        .findFirst()
                        .orElse(graph.first());
        return state.named(state.name(), false, false).at(back).told(Notice.ACCOUNT_EXISTS);
    }
}
