package dev.usher.store;

import static dev.usher.store.Samples.ACTOR;
import static dev.usher.store.Samples.entity;

import dev.usher.ids.TenantId;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/** A store per class, and tenants of its own for each test. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class StoreFixture {

    StoreSettings settings;
    Store store;

    /** Each test has tenants of its own. */
    TenantId tenant;

    TenantId other;

    abstract StoreSettings fresh();

    @BeforeAll
    void open() {
        settings = fresh();
        store = TestDatabases.open(settings);
    }

    @BeforeEach
    void newTenants() {
        tenant = new TenantId(TestDatabases.ids().guid());
        other = new TenantId(TestDatabases.ids().guid());
    }

    @AfterAll
    void close() {
        store.close();
    }

    <T> T write(Function<WriteTx, T> work) {
        return store.write(tenant, ACTOR, work);
    }

    <T> T read(Function<ReadTx, T> work) {
        return store.read(tenant, work);
    }

    boolean is(Function<ReadTx, Boolean> work) {
        return store.read(tenant, work);
    }

    boolean did(Function<WriteTx, Boolean> work) {
        return store.write(tenant, ACTOR, work);
    }

    long count(Kind kind) {
        return store.<Long>read(tenant, tx -> tx.count(Query.all(kind, 1)));
    }

    Optional<Entity> found(Kind kind, String id) {
        return found(kind, "", id);
    }

    Optional<Entity> found(Kind kind, String parent, String id) {
        return store.read(tenant, tx -> tx.find(kind, parent, id));
    }

    static Entity locked(WriteTx tx, Kind kind, String id) {
        return tx.lock(kind, "", id).orElseThrow();
    }

    static boolean delete(WriteTx tx, Kind kind, Entity entity) {
        tx.delete(kind, entity);
        return true;
    }
}
