package dev.usher.store;

import dev.usher.ids.Ids;
import dev.usher.observe.Observer;
import dev.usher.secret.Sealer;
import dev.usher.time.Clock;

/** Opens databases. */
public final class Stores {

    private static final String SQLITE = "jdbc:sqlite:";
    private static final String POSTGRESQL = "jdbc:postgresql:";

    private Stores() {}

    /**
     * Brings the schema up to date and opens the database. The caller closes the store.
     *
     * @throws NewerSchema if a newer program has migrated the database
     * @throws WrongMasterKey if the sealer's key is not the one of the database
     * @throws StoreFailure if it cannot be reached or migrated
     * @throws IllegalArgumentException if the URL names neither a SQLite file nor PostgreSQL
     */
    public static Store open(
            StoreSettings settings, Clock clock, Ids ids, Sealer sealer, Observer observer) {
        Engine engine = engine(settings);
        try {
            MasterKeyProbe.check(engine, sealer);
        } catch (RuntimeException refused) {
            engine.close();
            throw refused;
        }
        return new JdbcStore(engine, clock, ids, sealer, observer);
    }

    private static Engine engine(StoreSettings settings) {
        String url = settings.url();
        if (url.startsWith(SQLITE) && !url.contains(":memory:") && !url.equals(SQLITE)) {
            Migrations.run(settings, new SqliteDialect());
            return new SqliteEngine(settings);
        }
        if (url.startsWith(POSTGRESQL)) {
            Migrations.run(settings, new PostgresDialect());
            return new PostgresEngine(settings);
        }
        throw new IllegalArgumentException(
                "the database is jdbc:sqlite:FILE or jdbc:postgresql://..., not " + settings);
    }
}
