package dev.usher.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.graph.GraphWorld.Answer;
import dev.usher.oauth.EachDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A change by an alternate key creates what is not there, for who asks for that. */
class CreationKeyTest {

    private static final String CREATE = "Prefer: create-if-missing";
    private static final String PATH = "/v1.0/applications(uniqueName='pipeline')";

    @ParameterizedTest
    @EnumSource
    void createdOnceThenChanged(EachDatabase database) {
        try (GraphWorld graph = new GraphWorld(database.fresh())) {
            String body = "{\"displayName\":\"One\"}";
            assertThat(graph.patch(PATH, body).status()).isEqualTo(404);
            assertThat(graph.send("PATCH", PATH, "{\"notes\":\"x\"}", CREATE).status())
                    .as("a name is missing")
                    .isEqualTo(400);
            Answer created = graph.send("PATCH", PATH, body, CREATE);
            assertThat(created.status()).as(created.text()).isEqualTo(201);
            assertThat(created.json().path("uniqueName").asString()).isEqualTo("pipeline");
            String id = created.json().path("id").asString();

            Answer changed = graph.send("PATCH", PATH, "{\"notes\":\"noted\"}", CREATE);
            assertThat(changed.status()).as(changed.text()).isEqualTo(204);
            Answer read = graph.get(PATH);
            assertThat(read.json().path("id").asString()).isEqualTo(id);
            assertThat(read.json().path("displayName").asString()).isEqualTo("One");
            assertThat(read.json().path("notes").asString()).isEqualTo("noted");
            String other = "{\"displayName\":\"Two\",\"uniqueName\":\"another\"}";
            String fresh = "/v1.0/applications(uniqueName='fresh')";
            assertThat(graph.send("PATCH", fresh, other, CREATE).status()).isEqualTo(400);
            assertThat(
                            graph.send(
                                            "PATCH",
                                            "/v1.0/applications(appId='"
                                                    + "11111111-2222-4333-8444-555555555555')",
                                            body,
                                            CREATE)
                                    .status())
                    .as("a client id is not chosen")
                    .isEqualTo(404);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoMayOnlyChangeDoesNotCreate(EachDatabase database) {
        try (GraphWorld graph = new GraphWorld(database.fresh())) {
            String reader = graph.token("Application.Read.All");
            String body = "{\"displayName\":\"One\"}";
            assertThat(graph.sendAs(reader, "PATCH", PATH, body, CREATE).status()).isEqualTo(403);
        }
    }

    @ParameterizedTest
    @EnumSource
    void manyAtOnceCreateOne(EachDatabase database) throws Exception {
        try (GraphWorld graph = new GraphWorld(database.fresh());
                ExecutorService pool = Executors.newFixedThreadPool(4)) {
            List<Callable<Integer>> requests = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                requests.add(() ->
                        graph.send("PATCH", PATH, "{\"displayName\":\"One\"}", CREATE).status());
            }
            List<Integer> statuses = new ArrayList<>();
            for (var answer : pool.invokeAll(requests)) {
                statuses.add(answer.get());
            }
            assertThat(statuses).containsOnlyOnce(201).isSubsetOf(201, 204, 400);
            assertThat(
                            graph.get("/v1.0/applications?$filter=uniqueName%20eq%20'pipeline'")
                                    .json()
                                    .path("value"))
                    .hasSize(1);
        }
    }
}
