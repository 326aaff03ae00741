package dev.usher.oauth;

import dev.usher.client.Client;
import dev.usher.client.Redirects.Platform;
import dev.usher.grant.Challenge;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An authorization request (OIDC Core 3.1.2.1) that may be answered. Immutable.
 *
 * @param to where the answer goes
 * @param platform what kind of program waits there
 * @param responses {@code code}, {@code id_token}, {@code token}
 * @param scope as it was asked for
 * @param given what of that is given
 * @param prompts which pages may or must be shown
 * @param maxAge how long ago the person may have signed in; null for as long as one likes
 * @param clientInfo whether the answer shall say who signed in, for MSAL's account cache
 * @param query the request again, as a query string
 */
record AuthorizeRequest(
        ReplyTo to,
        Platform platform,
        Set<String> responses,
        String scope,
        FlowScopes.Given given,
        @Nullable String nonce,
        @Nullable Challenge challenge,
        Set<String> prompts,
        @Nullable Duration maxAge,
        @Nullable String loginHint,
        @Nullable String domainHint,
        List<String> locales,
        boolean clientInfo,
        String query) {

    /** How an answer travels (OAuth 2.0 Multiple Response Types, 2.1; Form Post Response Mode). */
    enum Mode {
        QUERY,
        FRAGMENT,
        FORM_POST
    }

    /**
     * Where answers go, errors too: what is known once application and redirect URI can be trusted.
     *
     * @param state to be repeated in every answer; null if none was sent
     */
    record ReplyTo(Client client, String redirectUri, Mode mode, @Nullable String state) {}

    /** Whether no page may be shown. */
    boolean silent() {
        return prompts.contains("none");
    }

    /** Whether who is signed in already must sign in again, or choose. */
    boolean anew() {
        return prompts.contains("login") || prompts.contains("select_account") || signUp();
    }

    /** Whether the person comes to make an account (Initiating User Registration 1.0, 4). */
    boolean signUp() {
        return prompts.contains("create");
    }

    boolean wants(String response) {
        return responses.contains(response);
    }
}
