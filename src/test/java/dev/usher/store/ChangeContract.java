package dev.usher.store;

import static dev.usher.store.Samples.ACTOR;
import static dev.usher.store.Samples.FLOW;
import static dev.usher.store.Samples.LANGUAGE;
import static dev.usher.store.Samples.OTHER;
import static dev.usher.store.Samples.PROVIDER;
import static dev.usher.store.Samples.TENANT;
import static dev.usher.store.Samples.child;
import static dev.usher.store.Samples.entity;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.ids.TenantId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who learns of a change, and when. */
abstract class ChangeContract {

    private StoreSettings settings;
    private Store store;
    private Store elsewhere;
    private final BlockingQueue<Store.Change> heard = new LinkedBlockingQueue<>();

    abstract StoreSettings fresh();

    @BeforeEach
    void open() {
        settings = fresh();
        store = TestDatabases.open(settings);
        elsewhere = TestDatabases.open(settings);
        heard.clear();
    }

    @AfterEach
    void close() {
        store.close();
        elsewhere.close();
    }

    @Test
    void announcesOwnChangesBeforeTheWriteReturns() {
        store.onChange(heard::add);
        Entity flow = store.write(TENANT, ACTOR, tx -> tx.insert(FLOW, entity(FLOW, "F")));
        assertThat(heard).containsExactly(new Store.Change(TENANT, "userFlow", "f"));
        heard.clear();
        store.write(
                TENANT,
                ACTOR,
                tx -> {
                    tx.insert(LANGUAGE, child(LANGUAGE, flow, "EN"));
                    tx.insert(PROVIDER, entity(PROVIDER, "P"));
                    tx.link("uses", "userFlow", "F", "identityProvider", "P");
                    tx.audit("rotate", "signingKey", "k", null, null);
                    return true;
                });
        assertThat(new ArrayList<>(heard))
                .containsExactly(
                        new Store.Change(TENANT, "language", "f/en"),
                        new Store.Change(TENANT, "identityProvider", "p"),
                        new Store.Change(TENANT, "userFlow", "f"),
                        new Store.Change(TENANT, "signingKey", "k"));
    }

    @Test
    void announcesNothingOfAFailedWrite() {
        store.onChange(heard::add);
        assertThatThrownBy(() ->
                        store.write(
                                TENANT,
                                ACTOR,
                                tx -> {
                                    tx.insert(FLOW, entity(FLOW, "F"));
                                    throw new UnsupportedOperationException();
                                }))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThat(heard).isEmpty();
    }

    @Test
    void announcesTheChangesOfOthersInTimeAndOnce() throws Exception {
        store.onChange(heard::add);
        boolean _ = store.<Boolean>read(TENANT, tx -> tx.find(FLOW, "", "f").isPresent());
        for (String id : List.of("one", "two", "three")) {
            elsewhere.write(TENANT, ACTOR, tx -> tx.insert(FLOW, entity(FLOW, id)));
            assertThat(heard.poll(Store.STALENESS_MS_MAX, TimeUnit.MILLISECONDS))
                    .isEqualTo(new Store.Change(TENANT, "userFlow", id));
        }
        assertThat(heard.poll(3 * ChangeFeed.POLL_MS, TimeUnit.MILLISECONDS)).isNull();
    }

    @Test
    void aBrokenListenerHarmsNobody() {
        store.onChange(change -> {
            throw new UnsupportedOperationException();
        });
        store.onChange(heard::add);
        store.write(TENANT, ACTOR, tx -> tx.insert(FLOW, entity(FLOW, "F")));
        assertThat(heard).hasSize(1);
    }

    @Test
    void announcesTheRegister() throws Exception {
        store.onChange(heard::add);
        create(elsewhere, OTHER, "other.example");
        create(store, TENANT, "tenant.example");
        assertThat(heard.poll()).isEqualTo(tenant(TENANT));
        assertThat(domains(store)).containsExactly("other.example", "tenant.example");
        boolean _ = store.<Boolean>read(OTHER, tx -> tx.find(FLOW, "", "f").isPresent());
        elsewhere.registry(tx -> {
            int rows =
                    tx.sql("update tenant set state = 'disabled' where tenant_id = :id")
                            .bind("id", OTHER.toString())
                            .execute();
            tx.changed(OTHER, ACTOR, "disable", "before", "after");
            return rows;
        });
        assertThat(heard.poll(Store.STALENESS_MS_MAX, TimeUnit.MILLISECONDS))
                .isEqualTo(tenant(OTHER));
    }

    private static Store.Change tenant(TenantId id) {
        return new Store.Change(id, "tenant", id.toString());
    }

    private static void create(Store store, TenantId id, String domain) {
        store.registry(tx -> {
            tx.sql(
                            "insert into tenant (tenant_id, kind, display_name, state,"
                                    + " created_at) values (:id, 'b2c', :name, 'active',"
                                    + " :now)")
                    .bind("id", id.value())
                    .bind("name", domain)
                    .bind("now", java.time.Instant.EPOCH)
                    .execute();
            tx.changed(id, ACTOR, "create", null, "after");
            return tx.sql(
                            "insert into tenant_domain (domain, tenant_id) values"
                                    + " (:domain, :id)")
                    .bind("domain", domain)
                    .bind("id", id.value())
                    .execute();
        });
    }

    private static List<String> domains(Store store) {
        return store.registry(tx ->
                tx.sql("select domain from tenant_domain order by domain")
                        .list(row -> row.text("domain")));
    }

    @Test
    void refusesAChangeOfTheRegisterThatNobodyWouldLearnOf() {
        assertThatThrownBy(() ->
                        store.registry(tx ->
                                tx.sql("delete from tenant where state = :state")
                                        .bind("state", "deleted")
                                        .execute()))
                .isInstanceOf(IllegalStateException.class);
    }
}
