package dev.usher.store;

import dev.usher.ids.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The audit rows of one transaction, written when its work is done: the shorter a row waits for its
 * commit, the sooner other processes may rely on having seen it.
 */
final class AuditLog {

    /** Rows in one insert statement. */
    static final int ROWS_MAX = 64;

    private final List<Row> rows = new ArrayList<>();

    /** One change. */
    record Row(
            TenantId tenant,
            Actor actor,
            Instant at,
            String operation,
            String kind,
            String key,
            @Nullable String before,
            @Nullable String after) {

        Store.Change change() {
            return new Store.Change(tenant, kind, key);
        }
    }

    void add(Row row) {
        rows.add(row);
    }

    List<Row> rows() {
        return List.copyOf(rows);
    }

    void flush(Session session, String txId, Instant loggedAt) {
        for (int from = 0; from < rows.size(); from += ROWS_MAX) {
            SqlText sql =
                    new SqlText()
                            .add("insert into audit (tenant_id, logged_at, tx_id, position, at,")
                            .add(" client_id, user_id, request_id, operation, kind, entity_key,")
                            .add(" before_hash, after_hash) values ");
            int to = Math.min(from + ROWS_MAX, rows.size());
            for (int i = from; i < to; i++) {
                sql.add(i == from ? "(" : ", (");
                values(sql, rows.get(i), txId, i, loggedAt);
                sql.add(")");
            }
            session.update(sql);
        }
    }

    private static void values(SqlText sql, Row row, String txId, int position, Instant loggedAt) {
        sql.bind(row.tenant().toString()).add(", ").bind(loggedAt).add(", ").bind(txId);
        sql.add(", ").bind((long) position).add(", ").bind(row.at());
        sql.add(", ").bind(row.actor().clientId()).add(", ").bind(row.actor().userId());
        sql.add(", ").bind(row.actor().requestId()).add(", ").bind(row.operation());
        sql.add(", ").bind(row.kind()).add(", ").bind(row.key());
        sql.add(", ").bind(row.before()).add(", ").bind(row.after());
    }
}
