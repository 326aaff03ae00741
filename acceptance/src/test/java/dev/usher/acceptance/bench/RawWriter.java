package dev.usher.acceptance.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The rows that creating a user flow writes (flow, its assignment, a link of each, four of the
 * audit trail), by JDBC alone, each time in one durable transaction. PostgreSQL gets a connection
 * for each client; SQLite one connection that they take turns on, since there several only wait for
 * each other's file lock.
 */
final class RawWriter implements AutoCloseable {

    private static final String TENANT = "33333333-3333-4333-8333-333333333333";
    private static final String DOCUMENT =
            "insert into document (tenant_id, kind, parent, entity_key, entity_id, type_name,"
                    + " version, doc) values (?, 'userFlow', '', ?, ?,"
                    + " 'microsoft.graph.b2xIdentityUserFlow', ?, %1$s),"
                    + " (?, 'userAttributeAssignment', ?, 'emailreadonly', 'emailReadonly',"
                    + " 'microsoft.graph.identityUserFlowAttributeAssignment', ?, %1$s)";
    private static final String LINK =
            "insert into link (tenant_id, link, source_kind, source_key, target_kind, target_key,"
                    + " position) values (?, 'userFlowIdentityProviders', 'userFlow', ?,"
                    + " 'identityProvider', 'aadsignup-oauth', 1), (?, 'userAttribute',"
                    + " 'userAttributeAssignment', ?, 'userFlowAttribute', 'emailreadonly', 1)";
    private static final String AUDIT =
            "insert into audit (tenant_id, logged_at, tx_id, position, at, client_id, user_id,"
                    + " request_id, operation, kind, entity_key, before_hash, after_hash) values"
                    + " (?, ?, ?, 0, ?, ?, null, ?, 'create', 'userFlow', ?, null, ?),"
                    + " (?, ?, ?, 1, ?, ?, null, ?, 'create', 'userAttributeAssignment', ?, null,"
                    + " ?), (?, ?, ?, 2, ?, ?, null, ?, 'link', 'userAttributeAssignment', ?, null,"
                    + " ?), (?, ?, ?, 3, ?, ?, null, ?, 'link', 'userFlow', ?, null, ?)";
    private static final String FLOW =
            "{\"userFlowType\":\"signUpOrSignIn\",\"userFlowTypeVersion\":1.0,"
                    + "\"apiConnectorConfiguration\":{}}";
    private static final String ASSIGNMENT =
            "{\"displayName\":\"Email Address\",\"isOptional\":true,"
                    + "\"requiresVerification\":false,\"userAttributeValues\":[],"
                    + "\"userInputType\":\"textBox\",\"position\":1}";

    private final String url;
    private final boolean sqlite;
    private final List<Writer> idle = new ArrayList<>();
    private final AtomicInteger next = new AtomicInteger();
    private final Lock turn = new ReentrantLock();

    RawWriter(String url) {
        this.url = url;
        this.sqlite = url.startsWith("jdbc:sqlite:");
    }

    Latencies run(int clients, Duration time) throws SQLException, InterruptedException {
        while (idle.size() < (sqlite ? 1 : clients)) {
            idle.add(new Writer());
        }
        AtomicInteger position = new AtomicInteger();
        return Threads.run(
                clients,
                time,
                () -> {
                    Writer writer = idle.get(sqlite ? 0 : position.getAndIncrement());
                    return sqlite ? () -> alone(writer) : writer::write;
                });
    }

    private void alone(Writer writer) throws SQLException {
        turn.lock();
        try {
            writer.write();
        } finally {
            turn.unlock();
        }
    }

    @Override
    public void close() throws SQLException {
        for (Writer writer : idle) {
            writer.connection.close();
        }
    }

    /** A connection with its prepared statements. */
    private final class Writer {

        private final Connection connection;
        private final PreparedStatement document;
        private final PreparedStatement link;
        private final PreparedStatement audit;
        private final Random random = new Random();

        Writer() throws SQLException {
            connection =
                    DriverManager.getConnection(
                            url + (sqlite ? "?jdbc.get_generated_keys=false" : ""));
            if (sqlite) {
                try (Statement settings = connection.createStatement()) {
                    settings.execute("pragma journal_mode = wal");
                    settings.execute("pragma synchronous = full");
                }
            }
            connection.setAutoCommit(false);
            document =
                    connection.prepareStatement(
                            DOCUMENT.formatted(sqlite ? "?" : "cast(? as jsonb)"));
            link = connection.prepareStatement(LINK);
            audit = connection.prepareStatement(AUDIT);
        }

        void write() throws SQLException {
            String id = "B2X_1_raw%08d".formatted(next.getAndIncrement());
            String key = id.toLowerCase(java.util.Locale.ROOT);
            String contained = key + "/emailreadonly";
            long version = random.nextLong() >>> 1;
            fill(document, TENANT, key, id, version, FLOW, TENANT, key, version + 1, ASSIGNMENT);
            fill(link, TENANT, key, TENANT, contained);
            long now = System.currentTimeMillis();
            String transaction = hex(16);
            List<Object> values = new ArrayList<>();
            String request = "44444444-4444-4444-8444-" + hex(6);
            for (String of : List.of(key, contained, contained, key)) {
                values.addAll(List.of(TENANT, now, transaction, now, TENANT, request, of));
                values.add(hex(32));
            }
            fill(audit, values.toArray());
            document.executeUpdate();
            link.executeUpdate();
            audit.executeUpdate();
            connection.commit();
        }

        private static void fill(PreparedStatement statement, Object... values)
                throws SQLException {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
        }

        private String hex(int bytes) {
            byte[] some = new byte[bytes];
            random.nextBytes(some);
            return HexFormat.of().formatHex(some);
        }
    }
}
