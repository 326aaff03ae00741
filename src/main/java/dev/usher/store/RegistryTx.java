package dev.usher.store;

/** Statements on the tenant register, which alone spans tenants. Runs in one write transaction. */
public interface RegistryTx {

    Sql sql(String text);
}
