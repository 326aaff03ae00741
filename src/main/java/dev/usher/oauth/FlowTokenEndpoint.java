package dev.usher.oauth;

import dev.usher.client.Client;
import dev.usher.client.Redirects.Platform;
import dev.usher.flow.FlowSettings;
import dev.usher.grant.Authority;
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
import dev.usher.oauth.FlowTokenAnswer.Redeemed;
import dev.usher.oauth.FlowTokenAnswer.Refresh;
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
import tools.jackson.databind.node.ObjectNode;

/**
 * The token endpoint of a user flow (RFC 6749 section 3.2): authorization codes, refresh tokens,
 * clients for themselves, and passwords. What decides is one statement; tokens are signed after it.
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
    private final FlowTokenAnswer answer;
    private final FlowPasswordGrant passwords;
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
            FlowPasswordGrant passwords,
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
        this.answer = new FlowTokenAnswer(issuer);
        this.passwords = passwords;
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
            return refuse(request, found.authority(), form, refused);
        }
    }

    /** Refuses what redeems a grant that nobody has, so that no flow can be told. */
    Response withoutGrant(Request request, Form form) {
        FlowRefused refused =
                form.get(grantField(form)).isPresent()
                        ? new FlowRefused(AadB2cError.GRANT_EXPIRED)
                        : new FlowRefused(AadB2cError.MISSING_PARAMETER, grantField(form));
        return refuse(request, Authority.TENANT, form, refused);
    }

    private Response refuse(Request request, Authority authority, Form form, FlowRefused refused) {
        observe(request, form, refused.code(authority));
        return answers.json(request, authority, refused);
    }

    /** Whether a request redeems what a sign-in granted. */
    static boolean redeems(Form form) {
        return !grantField(form).isEmpty();
    }

    private static String grantField(Form form) {
        return switch (form.get("grant_type").orElse("")) {
            case "authorization_code" -> "code";
            case "refresh_token" -> "refresh_token";
            default -> "";
        };
    }

    /** What a request redeems; empty if nobody granted that. */
    Optional<Grant> grantOf(TenantId tenant, Form form) {
        return switch (form.get("grant_type").orElse("")) {
            case "authorization_code" ->
                    form.get("code").flatMap(code -> codes.find(tenant, code)).map(Code::grant);
            case "refresh_token" ->
                    form.get("refresh_token")
                            .flatMap(token -> refreshTokens.find(tenant, token))
                            .map(Family::grant);
            default -> Optional.empty();
        };
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
            case "password" -> passwords.issue(request, form, found);
            default -> throw new FlowRefused(AadB2cError.GRANT_TYPE, grantType);
        };
    }

    static String need(Form form, String name) {
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
        FlowScopes.Given given = scopes.of(found, claimed.client(), code.grant().scope());
        Redeemed redeemed =
                write(request, found, code.grant(), tx -> redeem(tx, code, given, found));
        if (redeemed == null) {
            revokeReplayed(request, found, code);
            throw new FlowRefused(AadB2cError.GRANT_EXPIRED);
        }
        return answer.of(form, found, code.grant(), given, redeemed);
    }

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
        return new Redeemed(person, Refresh.of(token, tx.now(), lifetime, endsAt));
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
        if (!grant.flowKey().equals(found.flow().key()) || grant.authority() != found.authority()) {
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
                scopes.of(found, claimed.client(), form.get("scope").orElse(grant.scope()));
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
                                                    Refresh.of(
                                                            next,
                                                            tx.now(),
                                                            lifetime,
                                                            family.endsAt())))
                                    .orElse(null);
                        });
        if (redeemed == null) {
            write(request, found, grant, tx -> RefreshTokens.revoke(tx, family.id()));
            throw new FlowRefused(AadB2cError.GRANT_REVOKED);
        }
        return answer.of(form, found, grant, given, redeemed);
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
        IssuedToken token = issuer.clientToken(found, claimed.client(), given);
        return FlowTokenAnswer.token(token, given.audience());
    }
}
