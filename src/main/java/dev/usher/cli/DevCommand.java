package dev.usher.cli;

import dev.usher.App;
import dev.usher.Services;
import dev.usher.client.Clients;
import dev.usher.config.Config;
import dev.usher.dev.DevAnnouncement;
import dev.usher.dev.DevCertificates;
import dev.usher.dev.DevClock;
import dev.usher.dev.DevDirectory;
import dev.usher.dev.DevEndpoints;
import dev.usher.dev.DevRehearsal;
import dev.usher.dev.DevSamples;
import dev.usher.dev.DevSeeds;
import dev.usher.dev.WarmUp;
import dev.usher.http.Tls;
import dev.usher.ids.Ids;
import dev.usher.observe.LogObserver;
import dev.usher.observe.Logging;
import dev.usher.observe.MetricsObserver;
import dev.usher.observe.Observation;
import dev.usher.observe.Observer;
import dev.usher.time.Clock;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code usher dev}: everything on this machine, from nothing, with known tenants and clients. */
@Command(
        name = "dev",
        description = "Run on this machine for development, with two seeded tenants.",
        sortOptions = false)
final class DevCommand implements Callable<Integer> {

    @Mixin private final DatabaseOptions database = new DatabaseOptions();
    @Mixin private final ListenOptions listen = new ListenOptions();

    @Option(
            names = "--warm-up",
            hidden = true,
            description = "Play a few requests and stop: for the launcher's start-up cache.")
    private boolean warmUp;

    @Override
    public Integer call() throws InterruptedException {
        Map<String, List<String>> flags = new HashMap<>();
        database.flags(flags);
        listen.flags(flags);
        Config config = Settings.load(database.config(), flags);
        Settings.logging(config, Logging.Format.TEXT);
        Termination termination = new Termination();
        DevClock clock = new DevClock(Clock.system());
        Ids ids = new Ids(new SecureRandom());
        MetricsObserver metrics = new MetricsObserver();
        AtomicBoolean seeding = new AtomicBoolean(true);
        LogObserver log = new LogObserver();
        Observer observer =
                Observer.all(
                        metrics,
                        observation -> {
                            if (!(seeding.get() && routine(observation))) {
                                log.on(observation);
                            }
                        });
        try (DevDirectory directory = DevDirectory.open(Path.of(config.data()), ids)) {
            DevCertificates certificates = new DevCertificates(directory.path(), clock, ids);
            // beside the opening of the database: to check a certificate is slow in a young process
            CompletableFuture<Tls> tls = CompletableFuture.supplyAsync(certificates::server);
            try (Services services =
                    Services.open(
                            config,
                            Settings.masterKeyOrDevelopment(config).orElseGet(directory::masterKey),
                            clock,
                            ids,
                            observer)) {
                seeds(directory, certificates, services).ensure();
                try (App app =
                        App.start(
                                App.Mode.DEVELOPMENT,
                                config,
                                tls.join(),
                                services,
                                metrics,
                                observer,
                                more(directory, services, clock))) {
                    announce(app, directory, certificates, services.clients(), ids);
                    seeding.set(false);
                    observer.on(new Observation.Lifecycle("ready", Map.of()));
                    if (warmUp) {
                        new WarmUp(app.mainPort(), directory).run();
                    } else {
                        termination.await();
                    }
                    observer.on(new Observation.Lifecycle("draining", Map.of()));
                }
            }
        }
        observer.on(new Observation.Lifecycle("stopped", Map.of()));
        return 0;
    }

    /** What the person at the terminal need not read of the seeds. */
    private static boolean routine(Observation observation) {
        return observation instanceof Observation.ChangeCommitted
                || observation instanceof Observation.TokenAnswered;
    }

    private static DevSeeds seeds(
            DevDirectory directory, DevCertificates certificates, Services services) {
        return new DevSeeds(
                directory,
                certificates,
                services.store(),
                services.tenants(),
                services.clients(),
                services.permissions(),
                services.clock(),
                services.ids());
    }

    private static App.More more(DevDirectory directory, Services services, DevClock clock) {
        return new App.More(
                new DevRehearsal(directory, services.tenants()),
                new DevEndpoints(services.store(), services.tenants(), clock)::routes);
    }

    private void announce(
            App app,
            DevDirectory directory,
            DevCertificates certificates,
            Clients clients,
            Ids ids) {
        DevAnnouncement.Urls urls =
                new DevAnnouncement.Urls(
                        "http://localhost:" + app.mainPort(),
                        "https://localhost:" + app.tlsPort(),
                        "http://localhost:" + app.managementPort());
        DevSamples samples = new DevSamples(directory, app::handle, urls.http(), clients, ids);
        samples.ensure();
        DevAnnouncement announcement = new DevAnnouncement(directory, certificates, urls);
        database.out().print(announcement.text(samples));
        database.out().flush();
        announcement.write(ProcessHandle.current().pid());
    }
}
