package dev.usher.flow;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How a journey ended. */
public sealed interface JourneyEnd {

    /**
     * The person is who they say.
     *
     * @param userId the person's object id
     * @param newUser whether the account was made in this journey
     * @param authenticatedAt when the credential was entered, in the tenant's time
     * @param keepSignedIn whether the person asked to be kept signed in
     * @param identityProvider value of {@code idp}; null for a local account
     */
    record SignedIn(
            String userId,
            boolean newUser,
            Instant authenticatedAt,
            boolean keepSignedIn,
            @Nullable String identityProvider)
            implements JourneyEnd {}

    /**
     * The journey ended without a sign-in, and the application is told so.
     *
     * @param error an error code of RFC 6749 section 4.1.2.1
     * @param code the number after {@code AADB2C}
     * @param message a sentence for {@code error_description}
     */
    record Refused(String error, int code, String message) implements JourneyEnd {}
}
