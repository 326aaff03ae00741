package dev.usher.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;

class SqliteConcurrencyTest extends ConcurrencyContract {

    @Override
    StoreSettings fresh() {
        return TestDatabases.sqliteSettings();
    }

    /** There is one writer at a time, so nobody to wait for. */
    @Override
    void meet(CountDownLatch latch) {
        assertThat(latch.getCount()).isLessThan(2);
    }
}
