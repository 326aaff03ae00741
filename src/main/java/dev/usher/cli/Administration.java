package dev.usher.cli;

import dev.usher.Services;
import dev.usher.config.Config;
import dev.usher.ids.Ids;
import dev.usher.observe.LogObserver;
import dev.usher.observe.Logging;
import dev.usher.observe.Observation;
import dev.usher.secret.MasterKey;
import dev.usher.store.StoreSettings;
import dev.usher.time.Clock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Opens the database for a command that works on it directly, beside a server or without one. */
final class Administration {

    private Administration() {}

    /** The settings of a command that opens the database. */
    static Config config(DatabaseOptions options) {
        Map<String, List<String>> flags = new HashMap<>();
        options.flags(flags);
        Config config = Settings.load(options.config(), flags);
        Settings.logging(config, Logging.Format.TEXT);
        if (config.database() == null && !Files.isDirectory(Path.of(config.data()))) {
            throw new Config.Invalid(
                    "there is no directory "
                            + config.data()
                            + ": name the database by --database URL, or its directory by --data"
                            + " DIR");
        }
        return config;
    }

    /** Which database they name. */
    static StoreSettings store(Config config) {
        return new StoreSettings(
                config.databaseUrl(),
                config.databaseUser(),
                config.databasePassword(),
                config.databaseWriters(),
                config.databaseReaders());
    }

    static <T> T with(DatabaseOptions options, Function<Services, T> work) {
        Config config = config(options);
        MasterKey masterKey =
                Settings.masterKeyOrDevelopment(config)
                        .orElseThrow(() ->
                                new Config.Invalid(
                                        "the master key is missing: --master-key-file FILE,"
                                                + " or USHER_MASTER_KEY in the"
                                                + " environment"));
        LogObserver log = new LogObserver();
        try (Services services =
                Services.open(
                        config,
                        masterKey,
                        Clock.system(),
                        new Ids(new SecureRandom()),
                        observation -> {
                            if (observation instanceof Observation.Degraded) {
                                log.on(observation);
                            }
                        })) {
            return work.apply(services);
        }
    }
}
