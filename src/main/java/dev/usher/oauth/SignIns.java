package dev.usher.oauth;

import dev.usher.client.Client;
import dev.usher.flow.FlowSettings;
import dev.usher.flow.FlowSettings.SessionExpiry;
import dev.usher.http.Request;
import dev.usher.ids.TenantId;
import dev.usher.oauth.FlowAddress.Found;
import dev.usher.session.JourneyEnds;
import dev.usher.session.Sessions;
import dev.usher.session.Sessions.Scope;
import dev.usher.session.Sessions.SignIn;
import dev.usher.store.Actor;
import dev.usher.store.ReadTx;
import dev.usher.store.Store;
import dev.usher.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Which sign-in of the browser counts for a request, by the session settings of the flow. */
final class SignIns {

    /** A sign-in is prolonged only if that adds so much: each time is a write. */
    static final Duration WORTHWHILE = Duration.ofMinutes(1);

    private final Store store;
    private final Persons persons;
    private final Clock clock;

    SignIns(Store store, Persons persons, Clock clock) {
        this.store = store;
        this.persons = persons;
        this.clock = clock;
    }

    /** A sign-in that vouches for a person. */
    record Current(SignIn signIn, Persons.Known person) {}

    /** The sign-in that answers the request without a page. */
    Optional<Current> find(Request request, Found found, AuthorizeRequest asked) {
        TenantId tenant = found.tenant().id();
        Optional<String> secret = request.cookie(Cookies.session(request, tenant));
        Optional<Scope> scope = scope(found, asked.to().client());
        if (secret.isEmpty() || scope.isEmpty()) {
            return Optional.empty();
        }
        Instant now = clock.now(tenant);
        return store.read(
                tenant,
                tx ->
                        Sessions.find(tx, secret.get(), scope.get(), now)
                                .filter(signIn -> recent(signIn, asked, now))
                                .flatMap(signIn -> current(tx, signIn)));
    }

    private Optional<Current> current(ReadTx tx, SignIn signIn) {
        Persons.Known person = persons.find(tx, signIn.userId(), signIn.authenticatedAt());
        return person.standing() == Persons.Standing.GOOD
                ? Optional.of(new Current(signIn, person))
                : Optional.empty();
    }

    private static boolean recent(SignIn signIn, AuthorizeRequest asked, Instant now) {
        Duration maxAge = asked.maxAge();
        return maxAge == null || !now.isAfter(signIn.authenticatedAt().plus(maxAge));
    }

    /** For what a sign-in through this flow counts; empty if for nothing. */
    static Optional<Scope> scope(Found found, Client client) {
        return switch (found.flow().settings().sessionScope()) {
            case TENANT -> Optional.of(Scope.tenant());
            case APPLICATION -> Optional.of(Scope.application(client.appId()));
            case USER_FLOW -> Optional.of(Scope.userFlow(found.flow().key()));
            case SUPPRESSED -> Optional.empty();
        };
    }

    /** Until when a sign-in made or used now counts. */
    static Instant expiry(
            FlowSettings settings, boolean persistent, Instant authenticatedAt, Instant now) {
        if (persistent) {
            return now.plus(settings.keepMeSignedIn());
        }
        Instant from = settings.sessionExpiry() == SessionExpiry.ROLLING ? now : authenticatedAt;
        return from.plus(settings.sessionLifetime());
    }

    /** Uses up the end of a journey; false if that was done before. */
    boolean useEnd(Request request, Found found, Client client, String journeyId) {
        return store.write(
                found.tenant().id(),
                new Actor(client.appId(), null, request.requestId()),
                tx -> JourneyEnds.use(tx, journeyId));
    }
}
