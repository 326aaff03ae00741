package dev.usher.cli;

import dev.usher.App;
import dev.usher.Services;
import dev.usher.config.Config;
import dev.usher.http.Origins;
import dev.usher.http.Tls;
import dev.usher.ids.Ids;
import dev.usher.observe.LogObserver;
import dev.usher.observe.Logging;
import dev.usher.observe.MetricsObserver;
import dev.usher.observe.Observation;
import dev.usher.observe.Observer;
import dev.usher.secret.MasterKey;
import dev.usher.time.Clock;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code usher serve}: production. Starts only when everything that it needs is configured. */
@Command(
        name = "serve",
        description = "Run in production: no seeds, nothing of development mode.",
        sortOptions = false)
final class ServeCommand implements Callable<Integer> {

    @Mixin private final DatabaseOptions database = new DatabaseOptions();
    @Mixin private final ListenOptions listen = new ListenOptions();

    @Option(
            names = "--public-origin",
            paramLabel = "URL",
            description = "Under which clients reach the server, https://HOST[:PORT]; repeatable.")
    private @Nullable List<String> publicOrigins;

    @Option(
            names = "--tls-cert",
            paramLabel = "FILE",
            description = "PEM: the server's certificate, then those that lead to its CA.")
    private @Nullable String tlsCert;

    @Option(names = "--tls-key", paramLabel = "FILE", description = "PEM: its private key.")
    private @Nullable String tlsKey;

    @Option(
            names = "--trusted-proxy",
            paramLabel = "CIDR",
            description = "Reverse proxy that ends TLS; repeatable.")
    private @Nullable List<String> trustedProxies;

    @Override
    public Integer call() throws InterruptedException {
        Config config = Settings.load(database.config(), flags());
        Settings.logging(config, Logging.Format.JSON);
        Optional<MasterKey> masterKey = Settings.masterKey(config);
        refuseHalfConfigured(config, masterKey.isPresent());
        Tls tls = tls(config);
        Termination termination = new Termination();
        MetricsObserver metrics = new MetricsObserver();
        Observer observer = Observer.all(metrics, new LogObserver());
        observer.on(new Observation.Lifecycle("starting", Map.of()));
        try (Services services =
                        Services.open(
                                config,
                                masterKey.orElseThrow(),
                                Clock.system(),
                                new Ids(new SecureRandom()),
                                observer);
                App app =
                        App.start(
                                App.Mode.PRODUCTION,
                                config,
                                tls,
                                services,
                                metrics,
                                observer,
                                App.More.NONE)) {
            observer.on(
                    new Observation.Lifecycle(
                            "ready",
                            Map.of(
                                    "port",
                                    Integer.toString(app.mainPort()),
                                    "management-port",
                                    Integer.toString(app.managementPort()))));
            termination.await();
            observer.on(new Observation.Lifecycle("draining", Map.of()));
        }
        observer.on(new Observation.Lifecycle("stopped", Map.of()));
        return 0;
    }

    private Map<String, List<String>> flags() {
        Map<String, List<String>> flags = new HashMap<>();
        database.flags(flags);
        listen.flags(flags);
        DatabaseOptions.put(flags, "tls-cert", tlsCert);
        DatabaseOptions.put(flags, "tls-key", tlsKey);
        if (publicOrigins != null) {
            flags.put("public-origins", publicOrigins);
        }
        if (trustedProxies != null) {
            flags.put("trusted-proxies", trustedProxies);
        }
        return flags;
    }

    /** Names everything that is missing at once. */
    private static void refuseHalfConfigured(Config config, boolean masterKey) {
        List<String> missing = new ArrayList<>();
        if (config.publicOrigins().isEmpty()) {
            missing.add("--public-origin https://HOST: the origin that clients use");
        }
        for (String origin : config.publicOrigins()) {
            if (!wellFormed(origin)) {
                missing.add("--public-origin must be https://HOST[:PORT], not " + origin);
            }
        }
        boolean cert = config.tlsCert() != null;
        boolean key = config.tlsKey() != null;
        if (cert != key) {
            missing.add((cert ? "--tls-key" : "--tls-cert") + " FILE: the other half of TLS");
        } else if (!cert && config.trustedProxies().isEmpty()) {
            missing.add(
                    "--tls-cert FILE and --tls-key FILE, or --trusted-proxy CIDR of the proxy that"
                            + " ends TLS");
        }
        if (config.database() == null) {
            missing.add("--database jdbc:postgresql://HOST/NAME (or jdbc:sqlite:FILE)");
        }
        if (!masterKey) {
            missing.add("--master-key-file FILE, or USHER_MASTER_KEY in the environment");
        }
        if (!missing.isEmpty()) {
            throw new Config.Invalid(
                    "not everything that production needs is configured:\n  - "
                            + String.join("\n  - ", missing));
        }
    }

    private static boolean wellFormed(String origin) {
        try {
            return Origins.of(List.of(origin)).all().getFirst().startsWith("https://");
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    private static @Nullable Tls tls(Config config) {
        String certificates = config.tlsCert();
        String key = config.tlsKey();
        if (certificates == null || key == null) {
            return null;
        }
        try {
            return Tls.read(Path.of(certificates), Path.of(key));
        } catch (IllegalArgumentException unusable) {
            throw new Config.Invalid(String.valueOf(unusable.getMessage()), unusable);
        }
    }
}
