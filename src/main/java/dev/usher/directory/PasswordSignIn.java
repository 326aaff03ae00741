package dev.usher.directory;

import dev.usher.http.Network;
import dev.usher.ids.Ids;
import dev.usher.ids.TenantId;
import dev.usher.secret.Sha256;
import dev.usher.store.Actor;
import dev.usher.store.Folding;
import dev.usher.store.ReadTx;
import dev.usher.store.Store;
import dev.usher.store.UnstorableText;
import dev.usher.store.WriteTx;
import dev.usher.tenant.Tenant;
import dev.usher.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Signs people in by name and password. Whether somebody has the name is not to be learned here: an
 * unknown name costs the same work and is counted, locked and logged alike. Thread-safe.
 */
public final class PasswordSignIn {

    /** Why somebody is not signed in, with Entra's number for it. */
    public enum Failure {
        WRONG(50126, "Invalid username or password."),
        LOCKED(50053, "The account is locked after too many wrong passwords."),
        DISABLED(50057, "The account is disabled."),
        MUST_CHANGE(50055, "The password has to be changed.");

        private final int code;
        private final String reason;

        Failure(int code, String reason) {
            this.code = code;
            this.reason = reason;
        }

        /** The sentence for it. */
        public String reason() {
            return reason;
        }

        /** The number behind AADSTS. */
        public int code() {
            return code;
        }
    }

    /** What came of it. */
    public sealed interface Result {
        /** It is them. */
        record SignedIn(Person person) implements Result {}

        /** It is not, or they may not. */
        record Refused(Failure failure) implements Result {}
    }

    /**
     * A password that was looked at.
     *
     * @param failure why it is not believed; empty if it is the person's
     * @param hash what it was compared with
     */
    public record Checked(Optional<Failure> failure, String hash) {}

    /** What is known before the password is looked at. */
    private record Known(
            Optional<Person> person, Optional<String> hash, String subject, boolean locked) {
        @Nullable Person orNobody() {
            return person.orElse(null);
        }
    }

    /** In the place of a name that no database can look for. */
    private static final String NOBODY = "\uFFFD";

    private final Store store;
    private final PasswordHasher hasher;
    private final SignIns log;
    private final Clock clock;
    private final Throttle.Limit failures;

    public PasswordSignIn(Store store, PasswordHasher hasher, Clock clock, Ids ids) {
        this(store, hasher, new SignIns(ids), clock, Throttle.Limit.none("failures"));
    }

    private PasswordSignIn(
            Store store, PasswordHasher hasher, SignIns log, Clock clock, Throttle.Limit failures) {
        this.store = store;
        this.hasher = hasher;
        this.log = log;
        this.clock = clock;
        this.failures = failures;
    }

    /** Hashes and compares, for whoever sets a password. */
    public PasswordHasher hasher() {
        return hasher;
    }

    /** The same, with a limit to the wrong passwords that may come from one network. */
    public PasswordSignIn limiting(Throttle.Limit wrongPasswords) {
        return new PasswordSignIn(store, hasher, log, clock, wrongPasswords);
    }

    /**
     * Checks the password, counts it if it is wrong, and logs the attempt.
     *
     * @throws PasswordHasher.Busy if there is no turn for hashing
     * @throws Throttle.Exceeded if too many wrong ones came from that network
     */
    public Result signIn(
            Tenant tenant, Actor actor, SignInAttempt attempt, String entered, String password) {
        String name = UnstorableText.storable(entered) ? entered : NOBODY;
        String network = Network.of(attempt.ipAddress());
        Known known =
                store.read(
                        tenant.id(),
                        tx -> {
                            Throttle.check(tx, failures, network, clock.now(tenant.id()));
                            return known(tx, tenant, name);
                        });
        boolean matches = !known.locked && matches(known, password);
        String hash = known.hash.orElse("");
        String renewed = matches && hasher.outdated(hash) ? hasher.hash(password) : "";
        return store.write(
                tenant.id(),
                actor,
                tx -> {
                    Optional<Failure> failure = settle(tx, known, matches);
                    if (failure.filter(Failure.WRONG::equals).isPresent()) {
                        Throttle.note(tx, failures, network);
                    }
                    log.add(
                            tx,
                            attempt,
                            known.orNobody(),
                            name,
                            failure.map(Failure::code).orElse(0),
                            failure.map(each -> each.reason).orElse(""));
                    if (failure.isEmpty() && !renewed.isEmpty()) {
                        Credentials.renew(tx, known.person.orElseThrow().id(), hash, renewed);
                    }
                    return failure.<Result>map(Result.Refused::new)
                            .orElseGet(() -> new Result.SignedIn(known.person.orElseThrow()));
                });
    }

    private Known known(ReadTx tx, Tenant tenant, String name) {
        return known(
                tx,
                tenant.id(),
                People.bySignInName(tx, name, tenant.domains().getFirst()),
                "name:" + Sha256.hex(Folding.fold(name)));
    }

    /**
     * @param nobody whose failures count where there is no such person
     */
    private Known known(ReadTx tx, TenantId tenant, Optional<Person> person, String nobody) {
        String subject = person.map(Person::id).orElse(nobody);
        return new Known(
                person,
                person.flatMap(each -> Credentials.find(tx, each.id())),
                subject,
                SignInFailures.locked(tx, subject, clock.now(tenant)));
    }

    /**
     * Whether it is the password that a person has; a wrong one counts as at a sign-in.
     *
     * @throws PasswordHasher.Busy if there is no turn for hashing
     */
    public Checked check(TenantId tenant, Actor actor, String personId, String password) {
        Known known =
                store.read(tenant, tx -> known(tx, tenant, People.byId(tx, personId), personId));
        boolean matches = !known.locked && matches(known, password);
        Optional<Failure> failure = store.write(tenant, actor, tx -> counted(tx, known, matches));
        return new Checked(failure, known.hash.orElse(""));
    }

    /** Without a stored hash one is made, which takes as long as comparing with one. */
    private boolean matches(Known known, String password) {
        String candidate = password.length() > PasswordRule.CHARS_MAX * 2 ? "" : password;
        if (known.hash.isEmpty()) {
            hasher.hash(candidate);
            return false;
        }
        return hasher.verify(candidate, known.hash.get());
    }

    /**
     * A right password tells its guesser nothing if wrong ones locked the account in the meantime:
     * guessing in parallel is no way around the lock.
     */
    private static Optional<Failure> counted(WriteTx tx, Known known, boolean matches) {
        if (known.locked || SignInFailures.lockedAndHeld(tx, known.subject)) {
            return Optional.of(Failure.LOCKED);
        }
        if (!matches) {
            SignInFailures.count(tx, known.subject);
            return Optional.of(Failure.WRONG);
        }
        SignInFailures.clear(tx, known.subject);
        return Optional.empty();
    }

    private static Optional<Failure> settle(WriteTx tx, Known known, boolean matches) {
        Optional<Failure> failure = counted(tx, known, matches);
        if (failure.isPresent()) {
            return failure;
        }
        Person person = known.person.orElseThrow();
        if (!person.enabled()) {
            return Optional.of(Failure.DISABLED);
        }
        return person.mustChangePassword() ? Optional.of(Failure.MUST_CHANGE) : Optional.empty();
    }
}
