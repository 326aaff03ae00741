package dev.usher.oauth;

import dev.usher.store.StoreSettings;
import dev.usher.store.TestDatabases;
import java.util.function.Supplier;

/** The databases that a parameterized test runs on. */
public enum EachDatabase {
    SQLITE(TestDatabases::sqliteSettings),
    POSTGRESQL(TestDatabases::postgresSettings);

    private final Supplier<StoreSettings> settings;

    EachDatabase(Supplier<StoreSettings> settings) {
        this.settings = settings;
    }

    /** An empty one. */
    public StoreSettings fresh() {
        return settings.get();
    }
}
