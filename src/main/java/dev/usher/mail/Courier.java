package dev.usher.mail;

import dev.usher.ids.TenantId;
import dev.usher.observe.Observation;
import dev.usher.observe.Observer;
import dev.usher.store.Actor;
import dev.usher.store.Store;
import dev.usher.store.StoreFailure;
import dev.usher.tenant.Tenant;
import dev.usher.tenant.Tenants;
import dev.usher.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Brings the mails of the outbox to the mail server: at once when it is told of them, and what is
 * left over, such as another node's or one that could not be sent, when it comes by. One mail is in
 * one node's hands at a time.
 */
public final class Courier implements AutoCloseable {

    /** How often the outboxes of all tenants are looked through. */
    public static final Duration ROUND = Duration.ofSeconds(30);

    /** Tenants that wait to be looked at; more are found by the next round. */
    private static final int QUEUE_MAX = 1000;

    private final Store store;
    private final Tenants tenants;
    private final MailSender sender;
    private final Observer observer;
    private final Clock clock;
    private final Actor actor;

    /** Tenants with new mails; an empty one wakes the courier up to stop. */
    private final BlockingQueue<Optional<TenantId>> told = new ArrayBlockingQueue<>(QUEUE_MAX);

    private final Thread thread;
    private volatile boolean closed;

    /** Starts to work. */
    public Courier(
            Store store,
            Tenants tenants,
            MailSender sender,
            Clock clock,
            Observer observer,
            Actor actor) {
        this.store = store;
        this.tenants = tenants;
        this.sender = sender;
        this.clock = clock;
        this.observer = observer;
        this.actor = actor;
        this.thread = Thread.ofVirtual().name("courier").start(this::work);
    }

    /** There are new mails in the tenant's outbox. */
    public void tell(TenantId tenant) {
        if (!told.offer(Optional.of(tenant))) {
            observer.on(new Observation.Degraded("mail", "mails wait for the next round"));
        }
    }

    private void work() {
        while (!closed) {
            try {
                Optional<TenantId> tenant = told.poll(ROUND.toMillis(), TimeUnit.MILLISECONDS);
                if (tenant != null) {
                    tenant.ifPresent(this::deliver);
                } else {
                    tenants.list().stream().map(Tenant::id).forEach(this::deliver);
                }
            } catch (InterruptedException stopped) {
                return;
            } catch (StoreFailure failed) {
                observer.on(new Observation.Degraded("mail", String.valueOf(failed.getMessage())));
            }
        }
    }

    /** Sends everything that is due in one tenant. */
    void deliver(TenantId tenant) {
        Optional<Outbox.Kept> mail = claim(tenant);
        while (mail.isPresent() && !closed) {
            deliver(tenant, mail.get());
            mail = claim(tenant);
        }
    }

    private Optional<Outbox.Kept> claim(TenantId tenant) {
        return store.read(tenant, tx -> Outbox.isDue(tx, clock.now(tenant)))
                ? store.write(tenant, actor, Outbox::claim)
                : Optional.empty();
    }

    private void deliver(TenantId tenant, Outbox.Kept kept) {
        try {
            String name = tenants.find(tenant).map(Tenant::displayName).orElse("");
            sender.send(name, kept.mail(), kept.id());
        } catch (MailSender.NotSent refused) {
            observer.on(new Observation.Degraded("mail", String.valueOf(refused.getMessage())));
            return;
        }
        store.write(tenant, actor, tx -> Outbox.sent(tx, kept.id()));
    }

    /** Finishes what is in hand; an interrupt could lose the news that a mail was sent. */
    @Override
    public void close() {
        closed = true;
        told.clear();
        told.add(Optional.empty());
        try {
            thread.join(Duration.ofMillis(SmtpSender.WAIT_MS_MAX));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
