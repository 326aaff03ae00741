package dev.usher.oauth;

import dev.usher.flow.FlowSettings;
import dev.usher.flow.JourneyEnd;
import dev.usher.grant.AuthorizationCodes;
import dev.usher.grant.Grant;
import dev.usher.http.Request;
import dev.usher.http.Response;
import dev.usher.ids.TenantId;
import dev.usher.oauth.FlowAddress.Found;
import dev.usher.session.JourneyEnds;
import dev.usher.session.Sessions;
import dev.usher.session.Sessions.Scope;
import dev.usher.session.Sessions.SignIn;
import dev.usher.store.Actor;
import dev.usher.store.Store;
import dev.usher.store.WriteTx;
import dev.usher.token.IssuedToken;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Answers an authorization request once it is known who the person is. Session and code are written
 * in one transaction; tokens are signed after it.
 */
final class AuthorizeAnswer {

    private final Store store;
    private final Persons persons;
    private final Sessions sessions;
    private final AuthorizationCodes codes;
    private final Leavings leavings;
    private final FlowIssuer issuer;
    private final FlowAnswers answers;

    AuthorizeAnswer(
            Store store,
            Persons persons,
            Sessions sessions,
            AuthorizationCodes codes,
            Leavings leavings,
            FlowIssuer issuer,
            FlowAnswers answers) {
        this.store = store;
        this.persons = persons;
        this.sessions = sessions;
        this.codes = codes;
        this.leavings = leavings;
        this.issuer = issuer;
        this.answers = answers;
    }

    /** What a transaction wrote: the code if one was asked for, and the session if it is new. */
    private record Written(
            Grant grant,
            Persons.Known person,
            @Nullable String code,
            @Nullable String session,
            boolean persistent) {}

    /** From a sign-in that the browser has already. */
    Response silent(Request request, Found found, AuthorizeRequest asked, SignIns.Current current) {
        SignIn signIn = current.signIn();
        Grant grant =
                grant(
                        found,
                        asked,
                        current.person().id(),
                        signIn.authenticatedAt(),
                        false,
                        signIn.identityProvider());
        Scope scope = SignIns.scope(found, asked.to().client()).orElseThrow();
        Written written =
                write(
                        request,
                        found,
                        asked,
                        signIn.userId(),
                        tx -> {
                            prolong(tx, found.flow().settings(), signIn, scope);
                            Sessions.usedBy(
                                    tx, signIn.sessionId(), scope, asked.to().client().appId());
                            return new Written(
                                    grant, current.person(), code(tx, asked, grant), null, false);
                        });
        return deliver(found, asked, written);
    }

    private static void prolong(WriteTx tx, FlowSettings settings, SignIn signIn, Scope scope) {
        Instant until =
                SignIns.expiry(settings, signIn.persistent(), signIn.authenticatedAt(), tx.now());
        if (until.isAfter(signIn.expiresAt().plus(SignIns.WORTHWHILE))) {
            Sessions.extend(tx, signIn.sessionId(), scope, until);
        }
    }

    /**
     * From a journey that has just ended; empty if it was answered before.
     *
     * @throws FlowRefused if the person's account was taken away meanwhile
     */
    Optional<Response> signedIn(
            Request request,
            Found found,
            AuthorizeRequest asked,
            String journeyId,
            JourneyEnd.SignedIn end) {
        TenantId tenant = found.tenant().id();
        String cookie = request.cookie(Cookies.session(request, tenant)).orElse(null);
        Written written =
                write(
                        request,
                        found,
                        asked,
                        end.userId(),
                        tx ->
                                JourneyEnds.use(tx, journeyId)
                                        ? signedIn(tx, found, asked, cookie, end)
                                        : null);
        if (written == null) {
            return Optional.empty();
        }
        Response response = deliver(found, asked, written);
        if (written.session != null) {
            Duration lifetime =
                    written.persistent ? found.flow().settings().keepMeSignedIn() : null;
            Cookies.set(
                    request, response, Cookies.session(request, tenant), written.session, lifetime);
        }
        return Optional.of(response);
    }

    /** Who signed up has signed in when the account was made, whatever was entered before. */
    private Written signedIn(
            WriteTx tx,
            Found found,
            AuthorizeRequest asked,
            @Nullable String cookie,
            JourneyEnd.SignedIn end) {
        Instant at = end.newUser() ? tx.now() : end.authenticatedAt();
        Persons.Known person = persons.find(tx, end.userId(), at);
        require(person);
        Grant grant = grant(found, asked, person.id(), at, end.newUser(), end.identityProvider());
        FlowSettings settings = found.flow().settings();
        boolean persistent = end.keepSignedIn() && !settings.keepMeSignedIn().isZero();
        Optional<Scope> scope = SignIns.scope(found, asked.to().client());
        String secret = null;
        if (scope.isPresent()) {
            SignIn signIn =
                    new SignIn(
                            "",
                            person.id(),
                            at,
                            SignIns.expiry(settings, persistent, at, tx.now()),
                            persistent,
                            end.identityProvider());
            Sessions.Started started = sessions.start(tx, cookie, scope.get(), signIn);
            Sessions.usedBy(tx, started.sessionId(), scope.get(), asked.to().client().appId());
            secret = started.secret();
        }
        return new Written(grant, person, code(tx, asked, grant), secret, persistent);
    }

    private static void require(Persons.Known person) {
        AadB2cError error =
                switch (person.standing()) {
                    case GOOD -> null;
                    case GONE -> AadB2cError.ACCOUNT_GONE;
                    case DISABLED -> AadB2cError.ACCOUNT_DISABLED;
                    case SIGNED_OUT -> AadB2cError.GRANT_REVOKED;
                };
        if (error != null) {
            throw FlowRefused.denied(error);
        }
    }

    @FunctionalInterface
    private interface Work<T extends @Nullable Written> {
        T in(WriteTx tx);
    }

    private <T extends @Nullable Written> T write(
            Request request, Found found, AuthorizeRequest asked, String userId, Work<T> work) {
        return store.write(
                found.tenant().id(),
                new Actor(asked.to().client().appId(), userId, request.requestId()),
                tx -> {
                    T written = work.in(tx);
                    leavings.purge(tx);
                    return written;
                });
    }

    private static Grant grant(
            Found found,
            AuthorizeRequest asked,
            String userId,
            Instant authenticatedAt,
            boolean newUser,
            @Nullable String identityProvider) {
        return new Grant(
                asked.to().client().appId(),
                found.flow().key(),
                found.authority(),
                userId,
                asked.scope(),
                authenticatedAt,
                asked.platform(),
                asked.nonce(),
                newUser,
                identityProvider);
    }

    private @Nullable String code(WriteTx tx, AuthorizeRequest asked, Grant grant) {
        return asked.wants("code")
                ? codes.issue(tx, grant, asked.to().redirectUri(), asked.challenge())
                : null;
    }

    private Response deliver(Found found, AuthorizeRequest asked, Written written) {
        Map<String, String> fields = new LinkedHashMap<>();
        if (written.code != null) {
            fields.put("code", written.code);
        }
        String access = null;
        if (asked.wants("token")) {
            FlowIssuer.Access given =
                    issuer.accessToken(found, written.grant, written.person, asked.given());
            IssuedToken token = given.token();
            access = token.value();
            fields.put("access_token", access);
            fields.put("token_type", "Bearer");
            fields.put("expires_in", Long.toString(token.lifetimeSeconds()));
            fields.put("not_before", Long.toString(token.issued().getEpochSecond()));
            fields.put("scope", given.scope());
        }
        if (asked.wants("id_token")) {
            fields.put(
                    "id_token",
                    issuer.idToken(
                                    found,
                                    written.grant,
                                    written.person,
                                    asked.given(),
                                    access,
                                    written.code)
                            .value());
        }
        if (asked.clientInfo()) {
            fields.put("client_info", FlowIssuer.clientInfo(found, written.person.id()));
        }
        return answers.deliver(asked.to(), fields);
    }
}
