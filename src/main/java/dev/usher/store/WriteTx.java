package dev.usher.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One tenant's change. Everything done here is committed together, durably, before {@link
 * Store#write} returns, or not at all. Each call that changes something leaves an audit row; caches
 * on every node follow the audit trail.
 */
public interface WriteTx extends ReadTx {

    /** The tenant's time, the same throughout the transaction. */
    Instant now();

    /** On whose behalf the change is made. */
    Actor actor();

    /**
     * Keeps the tenant's other transactions that hold the same name waiting until this one ends:
     * for rules about what is not there yet, which no row can be locked for. To be done before
     * anything that depends on it is read.
     */
    void hold(String name);

    /** As {@link #find}, and keeps others from changing or deleting the entity until commit. */
    Optional<Entity> lock(Kind kind, String parent, String id);

    /**
     * Stores a new entity. Secret properties are given in clear and sealed here; the version is
     * chosen here.
     *
     * @return the entity as stored
     * @throws DuplicateKey if the kind already holds that key, ignoring case, in that parent; now,
     *     or in a later call of this transaction, or when it ends, so that the work cannot go on
     */
    Entity insert(Kind kind, Entity entity);

    /**
     * As {@link #insert}, unless the kind holds that key already; then nothing is done.
     *
     * @return whether it was stored
     */
    boolean insertIfAbsent(Kind kind, Entity entity);

    /**
     * As {@link #insert}, of many at once in few statements; all of them or none.
     *
     * @throws DuplicateKey if the kind already holds one of the keys
     */
    void insertAll(Kind kind, List<Entity> entities);

    /**
     * Adds a row to a log that is kept in a table: no change of anything, so it leaves no audit row
     * and is announced to nobody.
     */
    void append(Kind kind, Entity row);

    /**
     * Replaces the properties of an entity that this transaction holds locked. Secret properties
     * that arrive as sealed text stay as they are; others are sealed here.
     *
     * @return the entity as stored, under a new version
     * @throws DuplicateKey if another entity has a value that is to be unique
     */
    Entity replace(Kind kind, Entity entity);

    /**
     * Deletes a locked entity, what it contains, and the links that go out from any of them. Links
     * that come in are the caller's to check first, by {@link #incoming}.
     */
    void delete(Kind kind, Entity entity);

    /**
     * Adds a link at the end of the source's links of that name. The caller holds the source, or
     * the entity that contains it, locked; the target stays until commit. Keys are folded; that of
     * a contained source is its {@link Entity#path}; the target is at the top. A target of a
     * table-stored kind must have been found or locked by this transaction.
     *
     * @return false if it was there already
     * @throws NoTarget if the target does not exist, or no longer
     */
    boolean link(
            String link, String sourceKind, String sourceKey, String targetKind, String targetKey);

    /**
     * As {@link #link}, without an answer; one that is there already stays as it is.
     *
     * @throws NoTarget as {@link #insert} tells of what it finds
     */
    void linkLater(
            String link, String sourceKind, String sourceKey, String targetKind, String targetKey);

    /** As above, between two entities. */
    default void linkLater(String link, Entity source, Entity target) {
        linkLater(link, source.kind(), source.path(), target.kind(), target.path());
    }

    /**
     * @return false if there was no such link
     */
    boolean unlink(
            String link, String sourceKind, String sourceKey, String targetKind, String targetKey);

    /** Removes every link of that name from the source; returns how many there were. */
    int unlinkAll(String link, String sourceKind, String sourceKey);

    /**
     * Leaves an audit row for a change that a repository made by its own statement.
     *
     * @param before hash of the state before, null when it was created
     * @param after hash of the state after, null when it was deleted
     */
    void audit(
            String operation,
            String kind,
            String key,
            @Nullable String before,
            @Nullable String after);

    /** The entity that was to be linked to does not exist. */
    final class NoTarget extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final String kind;
        private final String key;

        public NoTarget(String kind, String key) {
            super("there is no " + kind + " " + key);
            this.kind = kind;
            this.key = key;
        }

        public String kind() {
            return kind;
        }

        public String key() {
            return key;
        }
    }

    /** The kind already holds that key. */
    final class DuplicateKey extends RuntimeException {
        private final String kind;
        private final String id;

        public DuplicateKey(String kind, String id) {
            super(kind + " " + id + " exists");
            this.kind = kind;
            this.id = id;
        }

        public String kind() {
            return kind;
        }

        public String id() {
            return id;
        }
    }
}
