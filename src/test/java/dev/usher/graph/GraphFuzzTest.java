package dev.usher.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.fuzz.FuzzRun;
import dev.usher.fuzz.Input;
import dev.usher.graph.GraphWorld.Answer;
import dev.usher.store.StoreSettings;
import dev.usher.store.TestDatabases;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Whatever is asked of the Graph edge, it answers: never with an exception, in time, in Graph's
 * envelope when it refuses, and then without a trace in the database.
 */
class GraphFuzzTest {

    private static final long SECONDS = Boolean.getBoolean("long") ? 1500 : 30;

    /** How often what is stored is held against itself, and thinned out. */
    private static final int INSPECT_EVERY = 1000;

    private static final List<String> SETS =
            List.of("b2xUserFlows", "apiConnectors", "identityProviders", "userFlowAttributes");

    private final GraphInputs inputs = new GraphInputs();
    private GraphWorld graph;
    private Connection database;
    private int accepted;

    @BeforeEach
    void open() throws SQLException {
        StoreSettings settings = TestDatabases.sqliteSettings();
        graph = new GraphWorld(settings);
        database = DriverManager.getConnection(settings.url());
    }

    @AfterEach
    void close() throws SQLException {
        database.close();
        graph.close();
    }

    @Test
    void everyRequestIsAnswered() {
        new FuzzRun("graph", this::send)
                .run(SECONDS, Input.regressions("/fuzz/graph.jsonl"), inputs::next);
    }

    private String send(Input input) throws SQLException {
        long before = dataVersion();
        Answer answer = graph.send(input);
        assertThat(answer.status()).as("status").isBetween(200, 499);
        if (answer.status() >= 400) {
            envelope(answer);
        }
        boolean mayChange = answer.status() < 300 && !input.method().equals("GET");
        if (mayChange) {
            remember(answer);
        } else {
            assertThat(dataVersion())
                    .as("changes by a refused or reading request")
                    .isEqualTo(before);
        }
        if (++accepted % INSPECT_EVERY == 0) {
            inspect();
        }
        return "" + answer.status() / 100;
    }

    private static void envelope(Answer answer) {
        JsonNode error = answer.json().path("error");
        assertThat(error.path("code").asString("")).as("code").isNotBlank();
        assertThat(error.path("message").asString("")).as("message").isNotBlank();
        assertThat(error.path("innerError").path("request-id").asString("")).isNotBlank();
    }

    private void remember(Answer answer) {
        if (answer.response().body().length > 0) {
            inputs.remember(answer.json().path("id").asString(""), answer.header("ETag"));
        }
    }

    /** Changes whenever another connection has committed a change. */
    private long dataVersion() throws SQLException {
        return number("pragma data_version");
    }

    private long number(String sql) throws SQLException {
        try (var statement = database.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** Nothing half stored: rows, links and audit trail agree, and everything can be read. */
    private void inspect() throws SQLException {
        String unexplained =
                """
                select count(*) from (
                  select tenant_id, kind, entity_key,
                    sum(case operation when 'create' then 1 else -1 end) as balance
                  from audit where operation in ('create', 'delete')
                    and kind in (select kind from document)
                  group by tenant_id, kind, entity_key) a
                where balance <> exists (select 1 from document d
                  where d.tenant_id = a.tenant_id and d.kind = a.kind
                    and ltrim(d.parent || '/' || d.entity_key, '/') = a.entity_key)
                """;
        assertThat(number(unexplained)).as("objects that the audit trail belies").isZero();
        String dangling =
                """
                select count(*) from link l where
                  not exists (select 1 from document d where d.tenant_id = l.tenant_id
                    and d.kind = l.source_kind and ltrim(d.parent || '/' || d.entity_key, '/') = l.source_key)
                  or not exists (select 1 from document d where d.tenant_id = l.tenant_id
                    and d.kind = l.target_kind and d.entity_key = l.target_key)
                """;
        assertThat(number(dangling)).as("links without an end").isZero();
        for (String version : List.of("v1.0", "beta")) {
            for (String set : SETS) {
                Answer list = graph.get("/" + version + "/identity/" + set + "?$top=999");
                assertThat(list.status()).as("everything in %s is readable", set).isEqualTo(200);
                thinOut(set, list.json().path("value"));
                Answer page = graph.get("/" + version + "/identity/" + set + "?$top=1");
                String next = page.json().path("@odata.nextLink").asString("");
                if (!next.isEmpty()) {
                    inputs.rememberNext(next);
                }
            }
        }
    }

    private void thinOut(String set, JsonNode items) {
        for (JsonNode item : items.size() > 100 ? items : List.<JsonNode>of()) {
            graph.delete("/v1.0/identity/" + set + "/" + item.path("id").asString());
        }
    }
}
