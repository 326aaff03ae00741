package dev.usher.flow;

import dev.usher.store.Entity;
import java.util.Set;

/**
 * A user flow as the runtime needs it. Immutable.
 *
 * @param id as stored; found ignoring case
 * @param flowType such as {@code signUpOrSignIn}
 * @param claims what its tokens say of a person: {@link FlowSettings#applicationClaims}, and of a
 *     B2X flow, which has no other place to say so, the attributes that it asks for
 */
public record UserFlow(
        String id, Kind kind, String flowType, FlowSettings settings, Set<String> claims) {

    /** Which of Graph's collections holds a flow. */
    public enum Kind {
        B2C,
        B2X,
        /** An {@code authenticationEventsFlow}: its id is a GUID. */
        EVENTS
    }

    /** The flow types in which a person signs in through pages. */
    private static final Set<String> INTERACTIVE = Set.of("signUp", "signIn", "signUpOrSignIn");

    public UserFlow {
        claims = Set.copyOf(claims);
    }

    /** The form in which ids are compared. */
    public String key() {
        return Entity.fold(id);
    }

    /** Whether a person can walk through its pages. */
    public boolean interactive() {
        return INTERACTIVE.contains(flowType);
    }
}
