package dev.usher.store;

import java.util.List;

class PostgresPlanTest extends PlanContract {

    @Override
    StoreSettings fresh() {
        return TestDatabases.postgresSettings();
    }

    @Override
    Dialect dialect() {
        return new PostgresDialect();
    }

    /** With a few thousand rows, and scanning forbidden: what counts is that an index can serve. */
    @Override
    void prepare(Session session) {
        documents(session, "userFlow", 5000);
        documents(session, "identityProvider", 50);
        session.control(
                """
                insert into link
                select '%s', 'uses', 'userFlow', 'userflow' || i, 'identityProvider',
                       'identityprovider' || (i * p %% 50), p
                from generate_series(1, 5000) i, generate_series(1, 3) p
                on conflict do nothing
                """
                        .formatted(Samples.TENANT));
        session.control(
                """
                insert into application
                select '%s', 'userflow' || i, 'userFlow' || i, 't', i, 'app' || i, md5(i::text), i, '{}'
                from generate_series(1, 5000) i
                """
                        .formatted(Samples.TENANT));
        session.control(
                """
                insert into user_account
                select '%s', 'userflow' || i, 'userFlow' || i, 't', i, 'u' || i, 'm' || i, md5(i::text), i, '{}'
                from generate_series(1, 5000) i
                """
                        .formatted(Samples.TENANT));
        session.control(
                """
                insert into user_identity
                select '%s', 'm' || i, 'contoso.example', 'userflow' || i
                from generate_series(1, 5000) i
                """
                        .formatted(Samples.TENANT));
        session.control("set enable_seqscan = off");
        session.control("set enable_bitmapscan = off");
    }

    @Override
    void analyze(Session session) {
        session.control("analyze");
    }

    @Override
    String keyIndex(String table) {
        return table + "_pkey";
    }

    @Override
    String linkIndex() {
        return "link_pkey";
    }

    private static void documents(Session session, String kind, int count) {
        session.control(
                """
                insert into document
                select '%s', '%s', '', lower('%s') || i, '%s' || i, 'test.%s', i,
                       jsonb_build_object('displayName', md5(i::text))
                from generate_series(1, %d) i
                """
                        .formatted(Samples.TENANT, kind, kind, kind, kind, count));
    }

    @Override
    List<String> explain(Session session, SqlText sql) {
        return session.list(
                "explain (costs off) " + sql.text(), sql.values(), row -> row.getString(1));
    }
}
