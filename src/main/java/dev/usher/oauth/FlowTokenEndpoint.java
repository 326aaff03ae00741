package dev.usher.oauth;

import dev.usher.client.Client;
import dev.usher.client.Redirects.Platform;
import dev.usher.flow.FlowSettings;
import dev.usher.grant.AuthorizationCodes;
import dev.usher.grant.AuthorizationCodes.Code;
import dev.usher.grant.Grant;
import dev.usher.grant.RefreshTokens;
import dev.usher.grant.RefreshTokens.Family;
import dev.usher.http.Request;
import dev.usher.http.Response;
import dev.usher.ids.TenantId;
import dev.usher.oauth.FlowAddress.Found;
import dev.usher.oauth.FlowClients.Claimed;
import dev.usher.observe.Observation;
import dev.usher.observe.Observer;
import dev.usher.store.Actor;
import dev.usher.store.Store;
import dev.usher.store.WriteTx;
import dev.usher.time.Clock;
import dev.usher.token.IssuedToken;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The token endpoint of a user flow (RFC 6749 section 3.2): authorization codes, refresh tokens,
 * and clients for themselves. What decides is one statement; tokens are signed after it.
 */
final class FlowTokenEndpoint {

    /** How long a refresh token of a page in a browser is good, and all that follow from it. */
    static final Duration SPA_REFRESH = Duration.ofHours(24);

    private final Store store;
    private final Clock clock;
    private final Persons persons;
    private final AuthorizationCodes codes;
    private final RefreshTokens refreshTokens;
    private final FlowClients clients;
    private final FlowScopes scopes;
    private final FlowIssuer issuer;
    private final FlowAnswers answers;
    private final Observer observer;

    FlowTokenEndpoint(
            Store store,
            Clock clock,
            Persons persons,
            AuthorizationCodes codes,
            RefreshTokens refreshTokens,
            FlowClients clients,
            FlowScopes scopes,
            FlowIssuer issuer,
            FlowAnswers answers,
            Observer observer) {
        this.store = store;
        this.clock = clock;
        this.persons = persons;
        this.codes = codes;
        this.refreshTokens = refreshTokens;
        this.clients = clients;
        this.scopes = scopes;
        this.issuer = issuer;
        this.answers = answers;
        this.observer = observer;
    }

    /** {@code POST .../oauth2/v2.0/token}. */
    Response token(Request request, Found found) {
        Form form = new Form(Map.of());
        try {
            form = body(request);
            Response response = FlowAnswers.document(issue(request, form, found));
            observe(request, form, null);
            return response;
        } catch (FlowRefused refused) {
            observe(request, form, refused.code());
            return answers.json(request, refused);
        }
    }

    private static Form body(Request request) {
        try {
            return Form.body(request);
        } catch (AadRefused refused) {
            throw new FlowRefused(AadB2cError.INVALID_INPUT, FlowClients.plain(refused.sentence()));
        }
    }

    private void observe(Request request, Form form, @Nullable String error) {
        observer.on(
                new Observation.TokenAnswered(
                        request.requestId(),
                        request.trail().tenant(),
                        request.trail().client(),
                        form.get("grant_type").orElse(null),
                        error));
    }

    private ObjectNode issue(Request request, Form form, Found found) {
        String grantType = need(form, "grant_type");
        return switch (grantType) {
            case "authorization_code" -> redeem(request, form, found);
            case "refresh_token" -> refresh(request, form, found);
            case "client_credentials" -> forClient(request, form, found);
            default -> throw new FlowRefused(AadB2cError.GRANT_TYPE, grantType);
        };
    }

    private static String need(Form form, String name) {
        return form.get(name)
                .orElseThrow(() -> new FlowRefused(AadB2cError.MISSING_PARAMETER, name));
    }

    private ObjectNode redeem(Request request, Form form, Found found) {
        Claimed claimed = clients.claimed(request, form, found.tenant());
        TenantId tenant = found.tenant().id();
        Code code =
                codes.find(tenant, need(form, "code"))
                        .orElseThrow(() -> new FlowRefused(AadB2cError.GRANT_EXPIRED));
        requireSame(code.grant(), claimed.client(), found);
        clients.require(claimed, code.grant().platform(), found);
        if (!need(form, "redirect_uri").equals(code.redirectUri())) {
            throw new FlowRefused(AadB2cError.REDIRECT_URI_DIFFERS);
        }
        verify(form, code);
        FlowScopes.Given given = scopes.of(tenant, claimed.client(), code.grant().scope());
        Redeemed redeemed =
                write(request, found, code.grant(), tx -> redeem(tx, code, given, found));
        if (redeemed == null) {
            revokeReplayed(request, found, code);
            throw new FlowRefused(AadB2cError.GRANT_EXPIRED);
        }
        return answer(form, found, code.grant(), given, redeemed);
    }

    /** What a transaction gave. */
    private record Redeemed(Persons.Known person, @Nullable Refresh refresh) {}

    private record Refresh(String token, Duration lifetime) {}

    /** Null if the code is good no more. */
    private @Nullable Redeemed redeem(WriteTx tx, Code code, FlowScopes.Given given, Found found) {
        Persons.Known person = person(tx, code.grant());
        if (!AuthorizationCodes.consume(tx, code)) {
            return null;
        }
        if (!given.offline()) {
            return new Redeemed(person, null);
        }
        FlowSettings settings = found.flow().settings();
        boolean spa = code.grant().platform() == Platform.SPA;
        Duration lifetime = spa ? SPA_REFRESH : settings.refreshTokenLifetime();
        Duration window = spa ? SPA_REFRESH : settings.refreshTokenWindow();
        Instant endsAt = window == null ? null : tx.now().plus(window);
        String token =
                refreshTokens.begin(
                        tx, code.familyId(), code.grant(), tx.now().plus(lifetime), endsAt);
        return new Redeemed(person, new Refresh(token, left(tx.now(), lifetime, endsAt)));
    }

    private static Duration left(Instant now, Duration lifetime, @Nullable Instant endsAt) {
        Duration most = endsAt == null ? lifetime : Duration.between(now, endsAt);
        return most.compareTo(lifetime) < 0 ? most : lifetime;
    }

    /** Somebody else may have had the code: what they got from it ends (RFC 6749 4.1.2). */
    private void revokeReplayed(Request request, Found found, Code code) {
        boolean used = code.consumed() || clock.now(found.tenant().id()).isBefore(code.expiresAt());
        if (used) {
            write(request, found, code.grant(), tx -> RefreshTokens.revoke(tx, code.familyId()));
        }
    }

    private static void requireSame(Grant grant, Client client, Found found) {
        if (!grant.clientId().equals(client.appId())) {
            throw new FlowRefused(AadB2cError.GRANT_OF_OTHER_CLIENT, client.appId());
        }
        if (!grant.flowKey().equals(found.flow().key())) {
            throw new FlowRefused(AadB2cError.GRANT_OF_OTHER_FLOW, found.flow().id());
        }
    }

    /** RFC 7636 section 4.6; a verifier without a challenge is a sign of a downgrade (RFC 9700). */
    private static void verify(Form form, Code code) {
        Optional<String> verifier = form.get("code_verifier");
        if (code.challenge() == null) {
            if (verifier.isPresent()) {
                throw new FlowRefused(AadB2cError.VERIFIER);
            }
            return;
        }
        String given = verifier.orElseThrow(() -> new FlowRefused(AadB2cError.CHALLENGE));
        if (!code.challenge().answeredBy(given)) {
            throw new FlowRefused(AadB2cError.VERIFIER);
        }
    }

    private Persons.Known person(WriteTx tx, Grant grant) {
        Persons.Known person = persons.find(tx, grant.userId(), grant.authenticatedAt());
        return switch (person.standing()) {
            case GOOD -> person;
            case GONE -> throw new FlowRefused(AadB2cError.ACCOUNT_GONE);
            case DISABLED -> throw new FlowRefused(AadB2cError.ACCOUNT_DISABLED);
            case SIGNED_OUT -> throw new FlowRefused(AadB2cError.GRANT_REVOKED);
        };
    }

    private <T extends @Nullable Object> T write(
            Request request, Found found, Grant grant, Function<WriteTx, T> work) {
        return store.write(
                found.tenant().id(),
                new Actor(grant.clientId(), grant.userId(), request.requestId()),
                work);
    }

    private ObjectNode refresh(Request request, Form form, Found found) {
        Claimed claimed = clients.claimed(request, form, found.tenant());
        TenantId tenant = found.tenant().id();
        Family family =
                refreshTokens
                        .find(tenant, need(form, "refresh_token"))
                        .orElseThrow(() -> new FlowRefused(AadB2cError.GRANT_EXPIRED));
        Grant grant = family.grant();
        requireSame(grant, claimed.client(), found);
        clients.require(claimed, grant.platform(), found);
        requireGood(request, found, family);
        FlowScopes.Given given =
                scopes.of(tenant, claimed.client(), form.get("scope").orElse(grant.scope()));
        Duration lifetime =
                grant.platform() == Platform.SPA
                        ? SPA_REFRESH
                        : found.flow().settings().refreshTokenLifetime();
        Redeemed redeemed =
                write(
                        request,
                        found,
                        grant,
                        tx -> {
                            Persons.Known person = person(tx, grant);
                            return refreshTokens
                                    .rotate(tx, family, tx.now().plus(lifetime))
                                    .map(next ->
                                            new Redeemed(
                                                    person,
                                                    new Refresh(
                                                            next,
                                                            left(
                                                                    tx.now(),
                                                                    lifetime,
                                                                    family.endsAt()))))
                                    .orElse(null);
                        });
        if (redeemed == null) {
            write(request, found, grant, tx -> RefreshTokens.revoke(tx, family.id()));
            throw new FlowRefused(AadB2cError.GRANT_REVOKED);
        }
        return answer(form, found, grant, given, redeemed);
    }

    private void requireGood(Request request, Found found, Family family) {
        switch (family.state()) {
            case GOOD -> {}
            case EXPIRED -> throw new FlowRefused(AadB2cError.GRANT_EXPIRED);
            case REVOKED -> throw new FlowRefused(AadB2cError.GRANT_REVOKED);
            case USED -> {
                write(request, found, family.grant(), tx -> RefreshTokens.revoke(tx, family.id()));
                throw new FlowRefused(AadB2cError.GRANT_REVOKED);
            }
        }
    }

    private ObjectNode forClient(Request request, Form form, Found found) {
        Claimed claimed = clients.claimed(request, form, found.tenant());
        clients.prove(claimed, found);
        FlowScopes.ForClient given =
                scopes.ofClient(found.tenant().id(), claimed.client(), need(form, "scope"));
        IssuedToken token =
                issuer.tokens()
                        .clientToken(
                                FlowIssuer.terms(found, claimed.client().appId()),
                                claimed.client(),
                                given.audience(),
                                given.roles());
        return token(token, given.audience());
    }

    private static ObjectNode token(IssuedToken token, String audience) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("access_token", token.value())
                .put("token_type", "Bearer")
                .put("not_before", token.issued().getEpochSecond())
                .put("expires_in", token.lifetimeSeconds())
                .put("expires_on", token.expires().getEpochSecond())
                .put("resource", audience);
    }

    private ObjectNode answer(
            Form form, Found found, Grant grant, FlowScopes.Given given, Redeemed redeemed) {
        Persons.Known person = redeemed.person;
        ObjectNode body =
                token(issuer.accessToken(found, grant, person, given), given.audience())
                        .put("scope", given.answer());
        if (given.openid()) {
            IssuedToken idToken = issuer.idToken(found, grant, person, null, null);
            body.put("id_token", idToken.value())
                    .put("id_token_expires_in", idToken.lifetimeSeconds())
                    .put(
                            "profile_info",
                            FlowIssuer.profileInfo(found, person, grant.identityProvider()));
        }
        if (redeemed.refresh != null) {
            body.put("refresh_token", redeemed.refresh.token)
                    .put("refresh_token_expires_in", redeemed.refresh.lifetime.toSeconds());
        }
        if (form.get("client_info").equals(Optional.of("1"))) {
            body.put("client_info", FlowIssuer.clientInfo(found, person.id()));
        }
        return body;
    }
}
