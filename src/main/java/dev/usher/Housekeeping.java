package dev.usher;

import dev.usher.config.Config;
import dev.usher.directory.Retention;
import dev.usher.observe.Observation;
import dev.usher.observe.Observer;
import dev.usher.store.Actor;
import dev.usher.tenant.Tenant;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * What a server does now and then without being asked: it removes what is too old to be kept, and
 * looks how much there is.
 */
final class Housekeeping implements AutoCloseable {

    private static final long PERIOD_MINUTES = 60;

    /** A server has better things to do at its start. */
    private static final long DELAY_MINUTES = 5;

    private final Services services;
    private final Retention retention;
    private final Leftovers leftovers;
    private final Observer observer;
    private final ScheduledExecutorService timer;

    Housekeeping(Config config, Services services, Observer observer) {
        this.services = services;
        this.observer = observer;
        this.leftovers = new Leftovers(services.store());
        this.retention =
                new Retention(
                        services.store(),
                        services.clock(),
                        Duration.ofDays(config.auditDays()),
                        Duration.ofDays(config.signInDays()));
        this.timer =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().daemon().name("usher-housekeeping").factory());
    }

    void start() {
        var _ =
                timer.scheduleWithFixedDelay(
                        this::run, DELAY_MINUTES, PERIOD_MINUTES, TimeUnit.MINUTES);
    }

    /** One round through the tenants; a failure is told of and tried again in the next. */
    void run() {
        Actor actor = new Actor("housekeeping", null, services.ids().guid().toString());
        try {
            for (Tenant tenant : services.tenants().list()) {
                retention.purge(tenant.id(), actor);
                leftovers.purge(tenant.id(), actor);
            }
            observer.on(new Observation.TablesMeasured(services.store().rows(Leftovers.TABLES)));
        } catch (RuntimeException failed) {
            observer.on(new Observation.Degraded("housekeeping", failed.toString()));
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
