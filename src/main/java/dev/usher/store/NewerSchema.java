package dev.usher.store;

/** The database was migrated by a newer Usher than this one, which therefore keeps off it. */
public final class NewerSchema extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String found;
    private final String known;

    public NewerSchema(String found, String known) {
        super(
                "the database has schema version %s, this Usher knows versions up to %s: start the newer Usher, or restore a backup"
                        .formatted(found, known));
        this.found = found;
        this.known = known;
    }

    /** The version of the database. */
    public String found() {
        return found;
    }

    /** The newest version that this program has a migration for. */
    public String known() {
        return known;
    }
}
