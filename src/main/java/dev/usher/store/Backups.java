package dev.usher.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;

/**
 * Backups of a whole database as of one moment, taken while it is used. Of SQLite the backup is a
 * database; of PostgreSQL it is a stream of tables. What is sealed stays sealed: the master key is
 * kept apart.
 */
public final class Backups {

    private static final String SQLITE = "jdbc:sqlite:";

    private Backups() {}

    /**
     * Writes the database, as it is at one moment, to a file that only its owner may read.
     *
     * @throws StoreFailure if the file exists, or cannot be written, or the database not read
     */
    public static void save(StoreSettings settings, Path file) {
        if (Files.exists(file)) {
            throw new StoreFailure("there is a file " + file + " already");
        }
        try {
            Path draft = draft(file);
            try {
                if (sqlite(settings)) {
                    SqliteBackup.save(settings, draft);
                } else {
                    PostgresBackup.save(settings, draft);
                }
                force(draft);
                Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException failed) {
            throw new StoreFailure("cannot write " + file, failed);
        }
    }

    /**
     * Fills an empty database from a backup, and brings it to this program's schema.
     *
     * @throws NewerSchema if a newer program made the backup
     * @throws StoreFailure if the database is not empty, or the file is no whole backup of such a
     *     database; nothing is left behind then
     */
    public static void restore(StoreSettings settings, Path file) {
        try {
            if (sqlite(settings) != SqliteBackup.is(file)) {
                throw new StoreFailure(
                        file
                                + " is no backup of "
                                + (sqlite(settings) ? "a SQLite" : "a PostgreSQL")
                                + " database");
            }
            if (sqlite(settings)) {
                SqliteBackup.restore(settings, file);
            } else {
                PostgresBackup.restore(settings, file);
            }
        } catch (IOException failed) {
            throw new StoreFailure("cannot read " + file, failed);
        }
    }

    private static boolean sqlite(StoreSettings settings) {
        return settings.url().startsWith(SQLITE);
    }

    /** The file of a SQLite database. */
    static Path file(StoreSettings settings) {
        String path = settings.url().substring(SQLITE.length());
        int query = path.indexOf('?');
        return Path.of(query < 0 ? path : path.substring(0, query));
    }

    /** An empty file beside that one. */
    static Path draft(Path file) throws IOException {
        Path directory = Objects.requireNonNull(file.toAbsolutePath().getParent(), "not a file");
        boolean posix = Files.getFileStore(directory).supportsFileAttributeView("posix");
        FileAttribute<?>[] mode =
                posix
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString("rw-------"))
                        }
                        : new FileAttribute<?>[0];
        return Files.createTempFile(directory, file.getFileName().toString(), ".new", mode);
    }

    /** Returns when the file is on the disk. */
    static void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** Whether the file begins with these bytes. */
    static boolean begins(Path file, byte[] magic) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return java.util.Arrays.equals(in.readNBytes(magic.length), magic);
        }
    }
}
