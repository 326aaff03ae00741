package dev.usher.tenant;

/** Whether a tenant is served. */
public enum TenantState {
    ACTIVE,
    /** Kept, but neither issued tokens nor served. */
    DISABLED,
    /** Gone for every purpose but the register's own memory; its domains are free again. */
    DELETED
}
