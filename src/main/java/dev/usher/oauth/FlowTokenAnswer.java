package dev.usher.oauth;

import dev.usher.client.Redirects.Platform;
import dev.usher.grant.Authority;
import dev.usher.grant.Grant;
import dev.usher.oauth.FlowAddress.Found;
import dev.usher.token.IssuedToken;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The body that a user flow's token endpoint answers with (RFC 6749 section 5.1, and B2C's). */
final class FlowTokenAnswer {

    private final FlowIssuer issuer;

    FlowTokenAnswer(FlowIssuer issuer) {
        this.issuer = issuer;
    }

    /** A refresh token, and how long it is good. */
    record Refresh(String token, Duration lifetime) {

        /**
         * @param endsAt when refreshing ends for good; null for never
         */
        static Refresh of(String token, Instant now, Duration lifetime, @Nullable Instant endsAt) {
            Duration most = endsAt == null ? lifetime : Duration.between(now, endsAt);
            return new Refresh(token, most.compareTo(lifetime) < 0 ? most : lifetime);
        }
    }

    /** What a transaction gave. */
    record Redeemed(Persons.Known person, @Nullable Refresh refresh) {}

    /** Signs, and says what was given. */
    ObjectNode of(Form form, Found found, Grant grant, FlowScopes.Given given, Redeemed redeemed) {
        Persons.Known person = redeemed.person;
        FlowIssuer.Access access = issuer.accessToken(found, grant, person, given);
        boolean entra = found.authority() == Authority.TENANT;
        ObjectNode body =
                (entra ? entra(access.token()) : token(access.token(), access.audience()))
                        .put("scope", access.scope());
        if (given.openid()) {
            IssuedToken idToken = issuer.idToken(found, grant, person, given, null, null);
            body.put("id_token", idToken.value());
            if (!entra) {
                body.put("id_token_expires_in", idToken.lifetimeSeconds())
                        .put(
                                "profile_info",
                                FlowIssuer.profileInfo(found, person, grant.identityProvider()));
            }
        }
        if (redeemed.refresh != null) {
            body.put("refresh_token", redeemed.refresh.token);
            if (!entra || grant.platform() == Platform.SPA) {
                body.put("refresh_token_expires_in", redeemed.refresh.lifetime.toSeconds());
            }
        }
        if (form.get("client_info").equals(Optional.of("1"))) {
            body.put("client_info", FlowIssuer.clientInfo(found, person.id()));
        }
        return body;
    }

    private static ObjectNode entra(IssuedToken token) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("token_type", "Bearer")
                .put("expires_in", token.lifetimeSeconds())
                .put("ext_expires_in", token.lifetimeSeconds())
                .put("access_token", token.value());
    }

    /**
     * What every answer of a flow has.
     *
     * @param audience the client id of the API
     */
    static ObjectNode token(IssuedToken token, String audience) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("access_token", token.value())
                .put("token_type", "Bearer")
                .put("not_before", token.issued().getEpochSecond())
                .put("expires_in", token.lifetimeSeconds())
                .put("expires_on", token.expires().getEpochSecond())
                .put("resource", audience);
    }
}
