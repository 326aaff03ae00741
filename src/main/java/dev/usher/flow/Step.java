package dev.usher.flow;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One step of a {@link FlowGraph}: where a person is asked for something. Steps are stored with
 * each journey, so a component is added with a meaning for its absence, and never renamed.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Step.SignIn.class, name = "signIn"),
    @JsonSubTypes.Type(value = Step.ProveAddress.class, name = "proveAddress"),
    @JsonSubTypes.Type(value = Step.Collect.class, name = "collect")
})
public sealed interface Step {

    /** Names the step within its graph. */
    String id();

    /** The key of the page, of Graph's, that says what the step says. */
    String page();

    /**
     * A name and a password.
     *
     * @param keepSignedIn whether the person may ask to be kept signed in
     * @param forgotPassword whether there is a way on for those who forgot it
     * @param signUp the step that leads to an account; null if there is none to be had
     * @param code the step that signs in by a code; null if there is none
     * @param userName whether people chose their names, which are no addresses
     */
    record SignIn(
            String id,
            String page,
            boolean keepSignedIn,
            boolean forgotPassword,
            @Nullable String signUp,
            @Nullable String code,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean userName)
            implements Step {}

    /**
     * A mail address, and the code that was sent to it.
     *
     * @param credential whether the proof signs in whoever has the address; otherwise an address
     *     that is taken is of no use here
     * @param password the step that signs in by a password; null if there is none
     * @param unknown the step for an address that nobody has; null if nobody can sign up
     * @param contact whether nobody signs in with the address, so that many may have it
     */
    record ProveAddress(
            String id,
            String page,
            boolean credential,
            boolean keepSignedIn,
            @Nullable String password,
            @Nullable String unknown,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean contact)
            implements Step {}

    /**
     * What a new account needs; it is created when all of it is there.
     *
     * @param password what a password must be like; null for an account without one
     * @param fields in their order
     */
    record Collect(
            String id,
            String page,
            Account account,
            @Nullable PasswordBounds password,
            List<Field> fields)
            implements Step {

        public Collect {
            fields = List.copyOf(fields);
        }
    }

    /** What kind of account a person gets. */
    enum Account {
        /** A local account of a B2C tenant. */
        LOCAL,
        /** A member with a local account. */
        MEMBER,
        /** A guest who is known by a proven mail address. */
        GUEST
    }

    /**
     * What a password must be like; lengths in characters.
     *
     * @param classes how many of lower case, upper case, digits and symbols
     */
    record PasswordBounds(int minimum, int maximum, int classes, boolean digitsOnly) {}
}
