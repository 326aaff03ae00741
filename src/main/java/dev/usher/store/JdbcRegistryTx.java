package dev.usher.store;

import dev.usher.ids.TenantId;
import dev.usher.time.Clock;
import org.jspecify.annotations.Nullable;

/** The register through one session. */
final class JdbcRegistryTx implements RegistryTx {

    static final String KIND = "tenant";

    private final Session session;
    private final Clock clock;
    private final AuditLog log = new AuditLog();
    private boolean written;

    JdbcRegistryTx(Session session, Clock clock) {
        this.session = session;
        this.clock = clock;
    }

    @Override
    public Sql sql(String text) {
        return new JdbcSql(session, NamedSql.parse(text), true, () -> written = true);
    }

    @Override
    public void changed(
            TenantId tenant,
            Actor actor,
            String operation,
            @Nullable String before,
            @Nullable String after) {
        log.add(
                new AuditLog.Row(
                        tenant,
                        actor,
                        clock.now(tenant),
                        operation,
                        KIND,
                        tenant.toString(),
                        before,
                        after));
    }

    /** The audit rows; refuses a change that left none, since nobody would learn of it. */
    AuditLog log() {
        if (written && log.rows().isEmpty()) {
            throw new IllegalStateException("the register was changed without changed(...)");
        }
        return log;
    }
}
