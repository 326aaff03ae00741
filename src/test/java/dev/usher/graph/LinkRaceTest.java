package dev.usher.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.edm.Schema;
import dev.usher.oauth.EachDatabase;
import dev.usher.oauth.World;
import dev.usher.store.Kind;
import dev.usher.store.Kinds;
import dev.usher.store.StoreSettings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Something is deleted between the moment a request finds it and the moment it refers to it. */
class LinkRaceTest {

    private static final String ROOT = "/v1.0/identity";

    @Test
    @Timeout(60)
    void aTargetThatVanishesIsNotFound()
            throws SQLException, ExecutionException, InterruptedException {
        StoreSettings settings = EachDatabase.POSTGRESQL.fresh();
        try (GraphWorld graph = new GraphWorld(settings);
                Connection watch =
                        DriverManager.getConnection(
                                settings.url(), settings.user(), settings.password())) {
            String flow = graph.post(ROOT + "/b2xUserFlows", flow()).json().path("id").asString();
            String connector =
                    graph.post(ROOT + "/apiConnectors", connector()).json().path("id").asString();
            Kind kind =
                    Kinds.of(
                            Schema.load()
                                    .model("v1.0")
                                    .entityType("microsoft.graph.identityApiConnector"));
            String step =
                    "/b2xUserFlows/" + flow + "/apiConnectorConfiguration/postFederationSignup";
            String body = "{\"@odata.id\":\"../apiConnectors/" + connector + "\"}";

            CompletableFuture<Integer> status =
                    graph.world
                            .here
                            .store()
                            .write(
                                    graph.tenant.id(),
                                    World.ACTOR,
                                    tx -> {
                                        tx.delete(kind, tx.lock(kind, "", connector).orElseThrow());
                                        CompletableFuture<Integer> linking =
                                                CompletableFuture.supplyAsync(() ->
                                                        graph.send(
                                                                        "PUT",
                                                                        ROOT + step + "/$ref",
                                                                        body)
                                                                .status());
                                        awaitBlocked(watch);
                                        return linking;
                                    });

            assertThat(status.get()).isEqualTo(404);
            assertThat(graph.get(ROOT + step).status()).isIn(204, 404);
        }
    }

    @Test
    @Timeout(60)
    void aFlowThatVanishesGetsNoListener()
            throws SQLException, ExecutionException, InterruptedException {
        StoreSettings settings = EachDatabase.POSTGRESQL.fresh();
        try (GraphWorld graph = new GraphWorld(settings);
                Connection watch =
                        DriverManager.getConnection(
                                settings.url(), settings.user(), settings.password())) {
            String flow =
                    graph.post(EventsFlowsTest.SET, EventsFlowsTest.flow("Race"))
                            .json()
                            .path("id")
                            .asString();
            String listeners = ROOT + "/authenticationEventListeners";
            String body =
                    "{\"@odata.type\":\"#microsoft.graph.onTokenIssuanceStartListener\","
                            + "\"authenticationEventsFlowId\":\""
                            + flow
                            + "\"}";
            Kind kind = Kinds.of(Schema.load().model("v1.0").entityType(EventsFlows.TYPE));

            CompletableFuture<Integer> status =
                    graph.world
                            .here
                            .store()
                            .write(
                                    graph.tenant.id(),
                                    World.ACTOR,
                                    tx -> {
                                        tx.delete(kind, tx.lock(kind, "", flow).orElseThrow());
                                        CompletableFuture<Integer> listening =
                                                CompletableFuture.supplyAsync(
                                                        () -> graph.post(listeners, body).status());
                                        awaitBlocked(watch);
                                        return listening;
                                    });

            assertThat(status.get()).isEqualTo(404);
            assertThat(graph.get(listeners + "/$count").text()).isEqualTo("0");
        }
    }

    /** Until a statement waits for a row that the deletion holds. */
    private static void awaitBlocked(Connection watch) {
        String waiting =
                "select count(*) from pg_stat_activity where wait_event_type = 'Lock'"
                        + " and datname = current_database()";
        try (var statement = watch.createStatement()) {
            boolean blocked = false;
            while (!blocked) {
                try (ResultSet rows = statement.executeQuery(waiting)) {
                    rows.next();
                    blocked = rows.getInt(1) > 0;
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String flow() {
        return "{\"id\":\"Race\",\"userFlowType\":\"signUpOrSignIn\",\"userFlowTypeVersion\":1}";
    }

    private static String connector() {
        return "{\"displayName\":\"c\",\"targetUrl\":\"https://api.example/\","
                + "\"authenticationConfiguration\":{\"username\":\"u\",\"password\":\"p\","
                + "\"@odata.type\":\"#microsoft.graph.basicAuthentication\"}}";
    }
}
