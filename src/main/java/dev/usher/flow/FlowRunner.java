package dev.usher.flow;

import dev.usher.client.Client;
import dev.usher.client.Clients;
import dev.usher.directory.Accounts;
import dev.usher.directory.PasswordHasher;
import dev.usher.directory.PasswordSignIn;
import dev.usher.directory.Throttle;
import dev.usher.edm.Model;
import dev.usher.ids.Ids;
import dev.usher.ids.TenantId;
import dev.usher.journal.Journal;
import dev.usher.language.PageDefaults;
import dev.usher.language.PageTexts;
import dev.usher.mail.Outbox;
import dev.usher.otp.OneTimeCodes;
import dev.usher.secret.Sha256;
import dev.usher.store.Actor;
import dev.usher.store.Entity;
import dev.usher.store.ReadTx;
import dev.usher.store.Store;
import dev.usher.store.WriteTx;
import dev.usher.tenant.Tenants;
import dev.usher.text.EnglishTexts;
import dev.usher.text.OwnTexts;
import dev.usher.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Takes people through user flows: what they send becomes an event, and the event is kept in the
 * transaction that makes it true. Nothing is remembered between requests, so that any node can
 * answer and a lost one loses nothing. Thread-safe.
 */
public final class FlowRunner implements Journeys {

    /** How long a journey may take. */
    public static final Duration LIFETIME = Duration.ofHours(1);

    /** How long what happened on a journey is kept after that. */
    public static final Duration RETENTION = Duration.ofDays(7);

    /** Journeys that are forgotten when one begins. */
    private static final int PURGE_MAX = 4;

    private static final int SECRET_BYTES = 32;

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Store store;
    private final Clock clock;
    private final Ids ids;
    private final UserFlows flows;
    private final Clients clients;
    private final FlowCompiler compiler;
    private final LanguageChoice languages;
    private final FlowTexts texts;
    private final SignInHandler signIn;
    private final AddressHandler address;
    private final CollectHandler collect;
    private final Consumer<TenantId> mailed;
    private final JourneyLog log;
    private final NetworkLimits limits;

    /**
     * The rooms that a journey comes through.
     *
     * @param mailed is told of a tenant that has a new mail in its outbox
     */
    public record Rooms(
            Tenants tenants,
            Clients clients,
            PasswordHasher hasher,
            PasswordSignIn signIn,
            UserFlows flows,
            NetworkLimits limits,
            Consumer<TenantId> mailed) {}

    /**
     * @param model the schema of beta, which has the settings of flows
     */
    public FlowRunner(Store store, Model model, Rooms rooms, Clock clock, Ids ids) {
        EnglishTexts english = EnglishTexts.load();
        this.store = store;
        this.clock = clock;
        this.ids = ids;
        this.flows = rooms.flows();
        this.clients = rooms.clients();
        this.compiler = new FlowCompiler(model);
        this.languages = new LanguageChoice(model);
        this.texts = new FlowTexts(new PageTexts(model, new PageDefaults(model, english)), english);
        this.signIn = new SignInHandler(rooms.signIn(), rooms.tenants(), rooms.clients(), clock);
        this.address =
                new AddressHandler(
                        new OneTimeCodes(ids), new Outbox(ids), new CodeMail(OwnTexts.load()));
        this.limits = rooms.limits();
        this.mailed = rooms.mailed();
        this.log = new JourneyLog(rooms.clients(), ids);
        this.collect = new CollectHandler(new Accounts(model, ids), rooms.hasher());
    }

    /** The path at which a person goes through a journey. */
    public static String path(TenantId tenant, String flowId, String journeyId) {
        return "/" + tenant + "/" + flowId + "/journey/" + journeyId;
    }

    private static String resume(TenantId tenant, String flowId, String journeyId) {
        return "/" + tenant + "/" + flowId + "/oauth2/v2.0/resume?journey=" + journeyId;
    }

    @Override
    public Started start(JourneyStart start) {
        String id = ids.guid().toString();
        String secret = HexFormat.of().formatHex(ids.bytes(SECRET_BYTES));
        Actor actor = new Actor(start.clientId(), null, start.correlationId());
        String flowId =
                store.write(
                        start.tenant(),
                        actor,
                        tx -> {
                            limits.count(tx, start.remoteAddress(), false);
                            Head head = head(tx, start);
                            Journal.purge(tx, tx.now().minus(RETENTION), PURGE_MAX);
                            OneTimeCodes.purge(tx, tx.now().minus(RETENTION), PURGE_MAX);
                            Outbox.purge(tx, tx.now().minus(RETENTION), PURGE_MAX);
                            Journal.begin(
                                    tx,
                                    new Journal.Begun(
                                            id,
                                            Sha256.hex(secret),
                                            JSON.writeValueAsString(head),
                                            tx.now().plus(LIFETIME)));
                            return head.graph().flowId();
                        });
        return new Started(id, secret, path(start.tenant(), flowId, id));
    }

    private Head head(ReadTx tx, JourneyStart start) {
        Entity flow =
                flows.stored(tx, start.flowId())
                        .orElseThrow(
                                () -> new IllegalArgumentException("no flow " + start.flowId()));
        FlowGraph graph =
                flows.find(tx, flow.id())
                        .flatMap(stored -> compiler.compile(tx, flow, stored))
                        .map(compiled -> start.signUp() ? compiled.signingUp() : compiled)
                        .orElseGet(() -> FlowGraph.closed(flow.id()));
        String hint = Objects.requireNonNullElse(start.loginHint(), "");
        return new Head(
                graph,
                languages.of(tx, flow, start.locales()),
                start.origin(),
                start.clientId(),
                start.resume(),
                hint.length() <= FieldRules.EMAIL_MAX ? hint : "",
                start.domainHint(),
                start.correlationId());
    }

    @Override
    public Optional<String> underWay(TenantId tenant, String journeyId, String browserSecret) {
        return store.read(tenant, tx -> load(tx, journeyId, browserSecret))
                .map(journey -> path(tenant, journey.graph().flowId(), journeyId));
    }

    @Override
    public Optional<Ended> ended(TenantId tenant, String journeyId, String browserSecret) {
        return store.read(tenant, tx -> load(tx, journeyId, browserSecret))
                .flatMap(journey ->
                        end(journey)
                                .map(end ->
                                        new Ended(
                                                journey.graph().flowId(),
                                                journey.head().clientId(),
                                                journey.head().resume(),
                                                journey.head().correlationId(),
                                                end)));
    }

    /**
     * An expired journey has ended, too, and however it did: the application gets the person back,
     * and nobody is signed in by what somebody did in this browser long ago.
     */
    private Optional<JourneyEnd> end(OnTheWay journey) {
        JourneyEnd end = journey.state().end();
        if (expired(journey)) {
            return Optional.of(
                    new JourneyEnd.Refused("access_denied", 90046, "The sign-in took too long."));
        }
        return Optional.ofNullable(end);
    }

    private boolean expired(OnTheWay journey) {
        return !clock.now(journey.tenant()).isBefore(journey.expiresAt());
    }

    /** Where the person is. */
    public Visit visit(TenantId tenant, String journeyId, String browserSecret) {
        return store.read(
                tenant,
                tx ->
                        load(tx, journeyId, browserSecret)
                                .map(journey -> visit(tx, journey))
                                .orElseGet(Visit.Unknown::new));
    }

    /**
     * What people are told who cannot go on with a journey, such as in another browser.
     *
     * @param language tag of the language of the journey
     * @param home where its application is at home: as it says itself, else the root of where it
     *     wanted the answer
     */
    public record Origin(String language, Optional<String> home) {}

    /** Where a journey comes from; empty if there is none of that id. */
    public Optional<Origin> origin(TenantId tenant, String journeyId) {
        return store.read(tenant, tx -> Journal.find(tx, journeyId))
                .map(begun -> JSON.readValue(begun.head(), Head.class))
                .map(head ->
                        new Origin(
                                head.language(),
                                clients.byAppId(tenant, head.clientId())
                                        .flatMap(client ->
                                                client.redirects().home(head.redirectUri()))));
    }

    private Visit visit(ReadTx tx, OnTheWay journey) {
        String flowId = journey.graph().flowId();
        String resume = resume(journey.tenant(), flowId, journey.id());
        if (journey.state().end() != null) {
            return new Visit.Over(resume);
        }
        if (expired(journey)) {
            return new Visit.Expired(resume);
        }
        Optional<Entity> flow = flows.stored(tx, flowId);
        boolean open =
                flow.isPresent()
                        && !journey.graph().steps().isEmpty()
                        && clients.byAppId(journey.tenant(), journey.head().clientId())
                                .filter(Client::enabled)
                                .isPresent();
        if (!open) {
            return new Visit.Closed();
        }
        Step step = journey.step();
        return new Visit.At(
                new Screen(
                        step,
                        journey.state(),
                        journey.position(),
                        texts.of(tx, flow.get(), journey.head().language(), step),
                        journey.head().language(),
                        Tenants.current(tx).displayName(),
                        journey.head().clientId(),
                        clock.now(journey.tenant()).atZone(ZoneOffset.UTC).getYear()));
    }

    private static Optional<OnTheWay> load(ReadTx tx, String journeyId, String browserSecret) {
        return Journal.find(tx, journeyId)
                .filter(begun -> Sha256.equal(begun.secretHash(), Sha256.hex(browserSecret)))
                .map(begun -> {
                    Head head = JSON.readValue(begun.head(), Head.class);
                    List<FlowEvent> events =
                            Journal.events(tx, journeyId).stream()
                                    .map(event -> JSON.readValue(event, FlowEvent.class))
                                    .toList();
                    return new OnTheWay(
                            tx.tenant(),
                            journeyId,
                            head,
                            FlowMachine.replay(head.graph(), head.first(), events),
                            events.size(),
                            begun.expiresAt());
                });
    }

    /**
     * Goes on with what the person sent. What comes from an older page, or loses against another of
     * the same page, changes nothing; {@link #visit} says where they are.
     *
     * @return 0; if too much comes from that network, after how many seconds one may come again
     */
    public long submit(
            TenantId tenant, String journeyId, String browserSecret, Submission submission) {
        try {
            take(tenant, journeyId, browserSecret, submission);
            return 0;
        } catch (Throttle.Exceeded exceeded) {
            return exceeded.waitSeconds();
        }
    }

    private void take(
            TenantId tenant, String journeyId, String browserSecret, Submission submission) {
        Optional<OnTheWay> found =
                store.read(
                        tenant,
                        tx ->
                                load(tx, journeyId, browserSecret)
                                        .filter(journey -> visit(tx, journey) instanceof Visit.At));
        if (found.isEmpty() || found.get().position() != submission.position()) {
            return;
        }
        OnTheWay journey = found.get();
        Actor actor = new Actor(journey.head().clientId(), null, submission.requestId());
        if (limits.some()) {
            boolean mails = Actions.MAILING.contains(submission.action());
            store.write(
                    tenant,
                    actor,
                    tx -> {
                        limits.count(tx, submission.ipAddress(), mails);
                        return true;
                    });
        }
        StepHandler.Effect effect = handle(journey, submission);
        try {
            if (keep(journey, actor, submission, effect) instanceof FlowEvent.CodeSent) {
                mailed.accept(tenant);
            }
        } catch (Lost otherWasFaster) {
            return;
        }
    }

    /** What happened; null if nothing did. */
    private @Nullable FlowEvent keep(
            OnTheWay journey, Actor actor, Submission submission, StepHandler.Effect effect) {
        try {
            return store.write(journey.tenant(), actor, tx -> keep(tx, journey, submission, effect))
                    .orElse(null);
        } catch (WriteTx.DuplicateKey somebodyElse) {
            StepHandler.Effect exists = StepHandler.Effect.of(new FlowEvent.AccountExists());
            return store.write(journey.tenant(), actor, tx -> keep(tx, journey, submission, exists))
                    .orElse(null);
        }
    }

    private StepHandler.Effect handle(OnTheWay journey, Submission submission) {
        if (submission.action().equals(Actions.CANCEL)) {
            return StepHandler.Effect.of(
                    new FlowEvent.Stopped(
                            "access_denied", 90091, "The user has cancelled the sign-in."));
        }
        if (journey.position() >= Journal.EVENTS_MAX) {
            return StepHandler.Effect.of(
                    new FlowEvent.Stopped(
                            "access_denied", 90046, "The sign-in took too many steps."));
        }
        return switch (journey.step()) {
            case Step.SignIn step -> signIn.handle(journey, step, submission);
            case Step.ProveAddress step -> address.handle(journey, step, submission);
            case Step.Collect step -> collect.handle(journey, step, submission);
        };
    }

    /** The effect and its event, or neither. */
    private Optional<FlowEvent> keep(
            WriteTx tx, OnTheWay journey, Submission submission, StepHandler.Effect effect) {
        Optional<FlowEvent> event = effect.apply(tx);
        if (event.isEmpty()) {
            return event;
        }
        String text = JSON.writerFor(FlowEvent.class).writeValueAsString(event.get());
        if (!Journal.append(tx, journey.id(), journey.position(), text)) {
            throw new Lost();
        }
        log.add(tx, journey, submission, event.get());
        return event;
    }

    /** Another answer to the same page was kept first. */
    private static final class Lost extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Lost() {
            super("another answer was faster", null, false, false);
        }
    }
}
