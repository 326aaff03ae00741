package dev.usher.cli;

import dev.usher.config.Config;
import dev.usher.config.ConfigLoader;
import dev.usher.dev.DevDirectory;
import dev.usher.observe.Logging;
import dev.usher.secret.MasterKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the commands share in reading their settings. */
final class Settings {

    private Settings() {}

    static Config load(@Nullable Path file, Map<String, List<String>> flags) {
        return new ConfigLoader().load(file, System.getenv(), flags);
    }

    static void logging(Config config, Logging.Format standard) {
        String format = config.logFormat();
        Logging.configure(
                format == null
                        ? standard
                        : format.equals("json") ? Logging.Format.JSON : Logging.Format.TEXT);
    }

    /**
     * The configured master key, or else that of the development directory, if there is one.
     *
     * @throws Config.Invalid if what is configured is no key
     */
    static Optional<MasterKey> masterKeyOrDevelopment(Config config) {
        Path development = DevDirectory.masterKeyFile(Path.of(config.data()));
        if (config.masterKey() == null && config.masterKeyFile() == null) {
            return Files.exists(development) ? Optional.of(read(development)) : Optional.empty();
        }
        return masterKey(config);
    }

    /**
     * The configured master key: from a file, or from the environment.
     *
     * @throws Config.Invalid if what is configured is no key
     */
    static Optional<MasterKey> masterKey(Config config) {
        String text = config.masterKey();
        String file = config.masterKeyFile();
        if (text != null) {
            try {
                return Optional.of(MasterKey.parse(text));
            } catch (IllegalArgumentException malformed) {
                throw new Config.Invalid(String.valueOf(malformed.getMessage()), malformed);
            }
        }
        return file == null ? Optional.empty() : Optional.of(read(Path.of(file)));
    }

    private static MasterKey read(Path file) {
        try {
            return MasterKey.read(file);
        } catch (IOException unreadable) {
            throw new Config.Invalid("cannot read the master key: " + unreadable, unreadable);
        } catch (IllegalArgumentException malformed) {
            throw new Config.Invalid(file + ": " + malformed.getMessage(), malformed);
        }
    }
}
