package dev.usher.oauth;

import dev.usher.client.Client;
import dev.usher.client.Redirects.Platform;
import dev.usher.http.Request;
import dev.usher.oauth.FlowAddress.Found;
import dev.usher.tenant.Tenant;
import java.util.Set;
import java.util.function.Supplier;

/** Finds out which client asks a user flow's token endpoint, and what it takes to believe it. */
final class FlowClients {

    private final ClientAuthentication authentication;

    private final Supplier<Set<String>> origins;

    FlowClients(ClientAuthentication authentication, Supplier<Set<String>> origins) {
        this.origins = origins;
        this.authentication = authentication;
    }

    /** A client that may or may not be who it says. */
    record Claimed(Client client, ClientAuthentication.Attempt attempt) {}

    /**
     * The client that asks.
     *
     * @throws FlowRefused if there is no such client, or it is disabled
     */
    Claimed claimed(Request request, Form form, Tenant tenant) {
        try {
            ClientAuthentication.Attempt attempt = authentication.attempt(request, form, tenant);
            request.trail().client(attempt.client().appId());
            if (!attempt.client().enabled()) {
                throw new FlowRefused(AadB2cError.CLIENT_DISABLED, attempt.client().appId());
            }
            return new Claimed(attempt.client(), attempt);
        } catch (AadRefused refused) {
            throw translated(refused, "");
        }
    }

    /**
     * Believes a client of that platform: a server by its credential, others by what only they have
     * from the authorization endpoint.
     *
     * @throws FlowRefused if that is not so
     */
    void require(Claimed claimed, Platform platform, Found found) {
        if (platform == Platform.WEB) {
            prove(claimed, found);
        } else if (claimed.attempt.hasCredential()) {
            throw new FlowRefused(AadB2cError.PUBLIC_WITH_SECRET);
        }
    }

    /**
     * Believes a client by its credential.
     *
     * @throws FlowRefused if it has none, or a wrong one
     */
    void prove(Claimed claimed, Found found) {
        try {
            authentication.prove(claimed.attempt, found.tenant(), found.audiences(origins.get()));
        } catch (AadRefused refused) {
            throw translated(refused, claimed.client.appId());
        }
    }

    private static FlowRefused translated(AadRefused refused, String appId) {
        String said = refused.sentence();
        return switch (refused.error()) {
            case CLIENT_NOT_FOUND -> FlowRefused.saying(AadB2cError.CLIENT_NOT_FOUND, said);
            case MISSING_FIELD -> new FlowRefused(AadB2cError.NO_CLIENT_ID);
            case NO_CREDENTIAL -> new FlowRefused(AadB2cError.NO_SECRET);
            case MALFORMED_REQUEST -> new FlowRefused(AadB2cError.INVALID_INPUT, plain(said));
            default -> new FlowRefused(AadB2cError.WRONG_SECRET, appId, said);
        };
    }

    /** The sentence without its full stop, to stand in another one. */
    static String plain(String sentence) {
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }
}
