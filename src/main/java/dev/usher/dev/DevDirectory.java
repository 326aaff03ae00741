package dev.usher.dev;

import dev.usher.ids.Ids;
import dev.usher.secret.MasterKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Base64;
import java.util.HexFormat;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The directory of a development server: master key, certificates, clients' secrets, database and,
 * while it is ready, {@code dev.json}. One process uses it at a time.
 */
public final class DevDirectory implements AutoCloseable {

    private static final String ANNOUNCEMENT = "dev.json";
    private static final int PASSWORD_BYTES = 12;
    private static final int SECRET_BYTES = 32;

    private final Path directory;
    private final Ids ids;
    private final FileChannel lockFile;
    private final JsonMapper json =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private DevDirectory(Path directory, Ids ids, FileChannel lockFile) {
        this.directory = directory;
        this.ids = ids;
        this.lockFile = lockFile;
    }

    /**
     * Makes the directory if need be, takes it, and removes the {@code dev.json} of an earlier run.
     *
     * @throws IllegalStateException if another process uses it
     */
    public static DevDirectory open(Path directory, Ids ids) {
        PrivateFiles.directory(directory);
        try {
            FileChannel channel =
                    FileChannel.open(
                            directory.resolve("lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
            if (!taken(channel)) {
                channel.close();
                throw new IllegalStateException(
                        "another Usher runs in " + directory.toAbsolutePath());
            }
            Files.deleteIfExists(directory.resolve(ANNOUNCEMENT));
            return new DevDirectory(directory, ids, channel);
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot use " + directory, failed);
        }
    }

    private static boolean taken(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException byThisProcess) {
            return false;
        }
    }

    /** Where the master key of a development directory is kept. */
    public static Path masterKeyFile(Path directory) {
        return directory.resolve("master.key");
    }

    /** The master key, made at the first start. */
    public MasterKey masterKey() {
        Path file = masterKeyFile(directory);
        if (!Files.exists(file)) {
            String hex = HexFormat.of().formatHex(ids.bytes(MasterKey.LENGTH));
            PrivateFiles.write(file, (hex + "\n").getBytes(StandardCharsets.US_ASCII));
        }
        try {
            return MasterKey.read(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + file, unreadable);
        }
    }

    /** The secret of a client, made at the first start. */
    String secret(DevTenant tenant, DevTenant.Role role) {
        ObjectNode secrets = secrets();
        String known = secrets.path(tenant.label()).path(role.key()).asString("");
        if (!known.isEmpty()) {
            return known;
        }
        String secret =
                Base64.getUrlEncoder().withoutPadding().encodeToString(ids.bytes(SECRET_BYTES));
        keepSecret(tenant, role, secret);
        return secret;
    }

    /** The password of a person, made at the first start; of all kinds of characters. */
    String password(DevTenant tenant, String email) {
        ObjectNode secrets = secrets();
        String known = secrets.path(tenant.label()).path(email).asString("");
        if (!known.isEmpty()) {
            return known;
        }
        String password =
                "Aa1-"
                        + Base64.getUrlEncoder()
                                .withoutPadding()
                                .encodeToString(ids.bytes(PASSWORD_BYTES));
        secrets.withObject("/" + tenant.label()).put(email, password);
        PrivateFiles.write(secretsFile(), json.writeValueAsBytes(secrets));
        return password;
    }

    void keepSecret(DevTenant tenant, DevTenant.Role role, String secret) {
        ObjectNode secrets = secrets();
        secrets.withObject("/" + tenant.label()).put(role.key(), secret);
        PrivateFiles.write(secretsFile(), json.writeValueAsBytes(secrets));
    }

    private ObjectNode secrets() {
        Path file = secretsFile();
        if (!Files.exists(file)) {
            return json.createObjectNode();
        }
        try {
            return (ObjectNode) json.readTree(Files.readAllBytes(file));
        } catch (IOException | JacksonException | ClassCastException damaged) {
            throw new IllegalStateException("cannot read " + file, damaged);
        }
    }

    private Path secretsFile() {
        return directory.resolve("secrets.json");
    }

    /** Tells scripts that the server is ready, and how to use it. */
    void announce(ObjectNode facts) {
        PrivateFiles.write(directory.resolve(ANNOUNCEMENT), json.writeValueAsBytes(facts));
    }

    /** Absolute, as scripts may run elsewhere. */
    public Path path() {
        return directory.toAbsolutePath().normalize();
    }

    /** Withdraws {@code dev.json}, and leaves the directory to the next process. */
    @Override
    public void close() {
        try {
            Files.deleteIfExists(directory.resolve(ANNOUNCEMENT));
            lockFile.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
