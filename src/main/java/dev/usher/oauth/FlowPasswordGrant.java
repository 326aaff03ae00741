package dev.usher.oauth;

import dev.usher.client.Client;
import dev.usher.client.Redirects.Platform;
import dev.usher.directory.PasswordHasher;
import dev.usher.directory.PasswordSignIn;
import dev.usher.directory.PasswordSignIn.Result;
import dev.usher.directory.Person;
import dev.usher.directory.SignInAttempt;
import dev.usher.directory.Throttle;
import dev.usher.flow.FlowSettings;
import dev.usher.grant.Grant;
import dev.usher.grant.RefreshTokens;
import dev.usher.http.Request;
import dev.usher.ids.Ids;
import dev.usher.oauth.FlowAddress.Found;
import dev.usher.oauth.FlowClients.Claimed;
import dev.usher.oauth.FlowTokenAnswer.Redeemed;
import dev.usher.oauth.FlowTokenAnswer.Refresh;
import dev.usher.store.Actor;
import dev.usher.store.Store;
import dev.usher.store.WriteTx;
import dev.usher.time.Clock;
import java.time.Duration;
import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/**
 * The resource owner password credentials grant (RFC 6749 section 4.3) of user flows of type {@code
 * resourceOwner}, which have no pages: local accounts, no session.
 */
final class FlowPasswordGrant {

    /** The type of user flow in which there are no pages. */
    static final String FLOW_TYPE = "resourceOwner";

    private static final String APP_USED = "Mobile Apps and Desktop clients";

    private final Store store;
    private final Clock clock;
    private final PasswordSignIn people;
    private final Persons persons;
    private final RefreshTokens refreshTokens;
    private final FlowClients clients;
    private final FlowScopes scopes;
    private final FlowTokenAnswer answer;
    private final Ids ids;

    FlowPasswordGrant(
            Store store,
            Clock clock,
            PasswordSignIn people,
            Persons persons,
            RefreshTokens refreshTokens,
            FlowClients clients,
            FlowScopes scopes,
            FlowIssuer issuer,
            Ids ids) {
        this.store = store;
        this.clock = clock;
        this.people = people;
        this.persons = persons;
        this.refreshTokens = refreshTokens;
        this.clients = clients;
        this.scopes = scopes;
        this.answer = new FlowTokenAnswer(issuer);
        this.ids = ids;
    }

    /**
     * @throws FlowRefused with what is wrong with flow, client, person or scope
     */
    ObjectNode issue(Request request, Form form, Found found) {
        if (!found.flow().flowType().equals(FLOW_TYPE)) {
            throw new FlowRefused(AadB2cError.GRANT_TYPE, "password");
        }
        Claimed claimed = clients.claimed(request, form, found.tenant());
        Platform platform = platform(claimed, found);
        Client client = claimed.client();
        String scope = FlowTokenEndpoint.need(form, "scope");
        FlowScopes.Given given = scopes.of(found, client, scope);
        String name = entered(form, "username");
        Person person = signIn(request, found, client, name, entered(form, "password"));
        Grant grant =
                new Grant(
                        client.appId(),
                        found.flow().key(),
                        found.authority(),
                        person.id(),
                        scope,
                        clock.now(found.tenant().id()),
                        platform,
                        form.get("nonce").orElse(null),
                        false,
                        null);
        Redeemed redeemed =
                store.write(
                        found.tenant().id(),
                        new Actor(client.appId(), person.id(), request.requestId()),
                        tx -> redeem(tx, found.flow().settings(), grant, given.offline()));
        return answer.of(form, found, grant, given, redeemed);
    }

    /** A client with a credential is believed by it, one without if it is registered as public. */
    private Platform platform(Claimed claimed, Found found) {
        if (claimed.attempt().hasCredential()) {
            clients.prove(claimed, found);
            return Platform.WEB;
        }
        if (!claimed.client().fallbackPublic()) {
            throw new FlowRefused(AadB2cError.PASSWORDS_NOT_ALLOWED, claimed.client().appId());
        }
        return Platform.NATIVE;
    }

    private static String entered(Form form, String name) {
        return form.get(name)
                .orElseThrow(() -> new FlowRefused(AadB2cError.PASSWORD_MISSING, name));
    }

    private Redeemed redeem(WriteTx tx, FlowSettings settings, Grant grant, boolean offline) {
        Persons.Known known = persons.find(tx, grant.userId(), grant.authenticatedAt());
        if (known.standing() != Persons.Standing.GOOD) {
            throw new FlowRefused(AadB2cError.GRANT_REVOKED);
        }
        if (!offline) {
            return new Redeemed(known, null);
        }
        Duration lifetime = settings.refreshTokenLifetime();
        Duration window = settings.refreshTokenWindow();
        Instant endsAt = window == null ? null : tx.now().plus(window);
        String token = refreshTokens.begin(tx, ids.hex32(), grant, tx.now().plus(lifetime), endsAt);
        return new Redeemed(known, Refresh.of(token, tx.now(), lifetime, endsAt));
    }

    private Person signIn(
            Request request, Found found, Client client, String name, String password) {
        SignInAttempt attempt =
                new SignInAttempt(
                        client.appId(),
                        client.displayName(),
                        APP_USED,
                        Answers.correlationId(request),
                        request.remoteAddress(),
                        request.headers().first("User-Agent").orElse(""));
        Actor actor = new Actor(client.appId(), null, request.requestId());
        try {
            return switch (people.signIn(found.tenant(), actor, attempt, name, password)) {
                case Result.SignedIn(Person person) -> person;
                case Result.Refused(PasswordSignIn.Failure failure) ->
                        throw new FlowRefused(error(failure));
            };
        } catch (PasswordHasher.Busy busy) {
            throw new FlowRefused(AadB2cError.BUSY);
        } catch (Throttle.Exceeded exceeded) {
            throw FlowRefused.throttled(exceeded);
        }
    }

    private static AadB2cError error(PasswordSignIn.Failure failure) {
        return switch (failure) {
            case WRONG -> AadB2cError.WRONG_PASSWORD;
            case LOCKED -> AadB2cError.ACCOUNT_LOCKED;
            case DISABLED, MUST_CHANGE -> AadB2cError.ACCOUNT_DISABLED;
        };
    }
}
