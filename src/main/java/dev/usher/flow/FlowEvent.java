package dev.usher.flow;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened on a journey. Events are facts: whatever had to be looked up or done was
 * looked up or done before, so that a replay asks nobody. No event holds a password or a code.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
    @JsonSubTypes.Type(value = FlowEvent.Moved.class, name = "moved"),
    @JsonSubTypes.Type(value = FlowEvent.SignInRefused.class, name = "signInRefused"),
    @JsonSubTypes.Type(value = FlowEvent.SignedIn.class, name = "signedIn"),
    @JsonSubTypes.Type(value = FlowEvent.CodeSent.class, name = "codeSent"),
    @JsonSubTypes.Type(value = FlowEvent.CodeNotSent.class, name = "codeNotSent"),
    @JsonSubTypes.Type(value = FlowEvent.CodeRefused.class, name = "codeRefused"),
    @JsonSubTypes.Type(value = FlowEvent.AddressChanged.class, name = "addressChanged"),
    @JsonSubTypes.Type(value = FlowEvent.AddressProved.class, name = "addressProved"),
    @JsonSubTypes.Type(value = FlowEvent.InputRefused.class, name = "inputRefused"),
    @JsonSubTypes.Type(value = FlowEvent.AccountCreated.class, name = "accountCreated"),
    @JsonSubTypes.Type(value = FlowEvent.AccountExists.class, name = "accountExists"),
    @JsonSubTypes.Type(value = FlowEvent.Stopped.class, name = "stopped")
})
public sealed interface FlowEvent {

    /** The person went to another step. */
    record Moved(String step) implements FlowEvent {}

    /** A name and a password were not accepted. */
    record SignInRefused(String name, boolean keep, Notice notice) implements FlowEvent {}

    /** A name and a password were accepted. */
    record SignedIn(String userId, boolean keep, Instant at) implements FlowEvent {}

    /** A code is on its way to the address. */
    record CodeSent(String address) implements FlowEvent {}

    /** No code was sent: the address is none, or there were too many. */
    record CodeNotSent(String address, Notice notice) implements FlowEvent {}

    /** A code was compared and is not the one, or is good no more. */
    record CodeRefused(boolean keep, Notice notice) implements FlowEvent {}

    /** The person wants another address. */
    record AddressChanged() implements FlowEvent {}

    /** The right code came; {@code userId} is whoever has the address, null for nobody. */
    record AddressProved(@Nullable String userId, boolean keep, Instant at) implements FlowEvent {}

    /** What was entered cannot be taken; passwords are not among the values. */
    record InputRefused(Map<String, String> values, Map<String, Notice> errors)
            implements FlowEvent {

        public InputRefused {
            values = Map.copyOf(values);
            errors = Map.copyOf(errors);
        }
    }

    /** The account was created, with everything that was collected. */
    record AccountCreated(String userId, Instant at) implements FlowEvent {}

    /** Somebody else got an account with the proven address in the meantime. */
    record AccountExists() implements FlowEvent {}

    /** The journey ended without a sign-in; see {@link JourneyEnd.Refused}. */
    record Stopped(String error, int code, String message) implements FlowEvent {}
}
