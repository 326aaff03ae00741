package dev.usher.acceptance.interleaving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.acceptance.fixture.Distribution;
import dev.usher.acceptance.fixture.Graph;
import dev.usher.acceptance.fixture.Json;
import dev.usher.acceptance.fixture.Postgres;
import dev.usher.acceptance.fixture.Reply;
import dev.usher.acceptance.fixture.Usher;
import dev.usher.acceptance.fixture.UsherTest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/**
 * Sixteen clients on the same few people and applications: what must be unique is, limits hold, and
 * nothing outlives what it belongs to.
 */
@UsherTest
class DirectoryInterleavingTest {

    private static final int ROUNDS = Boolean.getBoolean("long") ? 50 : 3;
    private static final int OPERATIONS = 6;
    private static final int CREDENTIALS_MAX = 20;
    private static final String READER = "88d8e3e3-8f55-4a1e-953a-9b9898b8876b";
    private static final String ASSIGNMENTS = "/roleManagement/directory/roleAssignments";

    private final long seed =
            Long.getLong("seed", Boolean.getBoolean("long") ? new Random().nextLong() : 1);

    @Test
    void onSqlite() throws Exception {
        everything(new String[0]);
    }

    @Test
    void onPostgres(Postgres postgres) throws Exception {
        everything("--database", postgres.freshDatabase());
    }

    private void everything(String... options) throws Exception {
        System.out.printf("interleaving of the directory: -Dseed=%d%n", seed);
        Clients clients = new Clients(seed);
        try (Usher usher = Usher.start(Distribution.workDirectory("interleaving"), options)) {
            for (int round = 0; round < ROUNDS; round++) {
                oneIdentityOnePerson(usher, clients, round);
                oneOfEachMethod(usher, clients, round);
                noMoreThanTheLimit(usher, clients, round);
                aRoleIsGivenOnce(usher, clients, round);
                nothingOutlivesItsPrincipal(usher, clients, round);
            }
        }
    }

    private static Object person(String mail) {
        return Json.object(
                "displayName",
                mail,
                "identities",
                List.of(
                        Json.object(
                                "signInType",
                                "federated",
                                "issuer",
                                "race.example",
                                "issuerAssignedId",
                                mail)));
    }

    private static String created(Graph graph, String path, Object body) {
        return graph.post(path, body).expect(201).json().get("id").asString();
    }

    private static String person(Usher usher) {
        return created(usher.graph(), "/users", person(Usher.fresh("p")));
    }

    private void once(Queue<Integer> statuses, int success, int round) {
        assertThat(statuses).as("seed %d, round %d", seed, round).containsOnlyOnce(success);
        assertThat(statuses).isSubsetOf(success, 400, 409);
    }

    /** Whatever the spelling, one identity is one person's. */
    private void oneIdentityOnePerson(Usher usher, Clients clients, int round) throws Exception {
        String name = Usher.fresh("race");
        Queue<Integer> statuses = new ConcurrentLinkedQueue<>();
        clients.together(
                round,
                (client, random) -> {
                    String spelled = random.nextBoolean() ? name : name.toUpperCase(Locale.ROOT);
                    statuses.add(usher.graph().post("/users", person(spelled)).status());
                });
        once(statuses, 201, round);
    }

    private void oneOfEachMethod(Usher usher, Clients clients, int round) throws Exception {
        String path = "/users/" + person(usher) + "/authentication/phoneMethods";
        Queue<Integer> statuses = new ConcurrentLinkedQueue<>();
        clients.together(
                round,
                (client, random) ->
                        statuses.add(
                                usher.graph()
                                        .post(
                                                path,
                                                Json.object(
                                                        "phoneNumber",
                                                        "+1 4255550" + (100 + client),
                                                        "phoneType",
                                                        "mobile"))
                                        .status()));
        once(statuses, 201, round);
        assertThat(usher.graph().get(path).values("id")).hasSize(1);
    }

    private void noMoreThanTheLimit(Usher usher, Clients clients, int round) throws Exception {
        String id =
                created(
                        usher.graph(),
                        "/applications",
                        Json.object("displayName", Usher.fresh("App")));
        String path = "/applications/" + id + "/federatedIdentityCredentials";
        Queue<Integer> statuses = new ConcurrentLinkedQueue<>();
        clients.together(
                round,
                (client, random) -> {
                    for (int i = 0; i < OPERATIONS; i++) {
                        Object body =
                                Json.object(
                                        "name",
                                        "c" + client + "-" + i,
                                        "issuer",
                                        "https://ci.example",
                                        "subject",
                                        "job " + random.nextInt(40),
                                        "audiences",
                                        List.of("api://AzureADTokenExchange"));
                        statuses.add(usher.graph().post(path, body).status());
                    }
                });
        assertThat(statuses).as("seed %d, round %d", seed, round).isSubsetOf(201, 400, 409);
        List<String> subjects = usher.graph().get(path).values("subject");
        assertThat(subjects).doesNotHaveDuplicates().hasSizeLessThanOrEqualTo(CREDENTIALS_MAX);
        assertThat(statuses).filteredOn(status -> status == 201).hasSize(subjects.size());
    }

    private void aRoleIsGivenOnce(Usher usher, Clients clients, int round) throws Exception {
        String id = person(usher);
        Object assignment =
                Json.object("principalId", id, "roleDefinitionId", READER, "directoryScopeId", "/");
        Queue<Integer> statuses = new ConcurrentLinkedQueue<>();
        clients.together(
                round,
                (client, random) ->
                        statuses.add(usher.graph().post(ASSIGNMENTS, assignment).status()));
        once(statuses, 201, round);
        assertThat(usher.graph().get("/users/" + id + "/memberOf").values("id")).hasSize(1);
    }

    /** Some delete and restore a person, while others give and take roles and methods. */
    private void nothingOutlivesItsPrincipal(Usher usher, Clients clients, int round)
            throws Exception {
        String id = person(usher);
        String user = "/users/" + id;
        Queue<Reply> replies = new ConcurrentLinkedQueue<>();
        clients.together(
                round,
                (client, random) -> {
                    Graph graph = usher.graph();
                    for (int i = 0; i < OPERATIONS; i++) {
                        replies.add(
                                switch (random.nextInt(5)) {
                                    case 0 -> graph.delete(user);
                                    case 1 ->
                                            graph.post(
                                                    "/directory/deletedItems/" + id + "/restore",
                                                    Map.of());
                                    case 2 ->
                                            graph.post(
                                                    user + "/authentication/emailMethods",
                                                    Map.of("emailAddress", "a@example.com"));
                                    case 3 -> graph.patch(user, Map.of("city", "Bern " + i));
                                    default ->
                                            graph.post(
                                                    ASSIGNMENTS,
                                                    Json.object(
                                                            "principalId",
                                                            id,
                                                            "roleDefinitionId",
                                                            READER,
                                                            "directoryScopeId",
                                                            "/"));
                                });
                    }
                });
        assertThat(replies)
                .as("seed %d, round %d", seed, round)
                .allMatch(reply -> reply.status() < 500);
        String filter = "?$filter=principalId%20eq%20'" + id + "'";
        List<String> assigned = usher.graph().get(ASSIGNMENTS + filter).values("id");
        if (usher.graph().get(user).status() == 404) {
            assertThat(assigned).as("seed %d, round %d", seed, round).isEmpty();
        }
        // people with a role are deleted by nobody who has none
        assigned.forEach(each -> usher.graph().delete(ASSIGNMENTS + "/" + each).expect(204));
        assertThat(usher.graph().delete(user).status()).isIn(204, 404);
        usher.graph().post("/directory/deletedItems/" + id + "/restore", Map.of()).expect(200);
        assertThat(usher.graph().get(user + "/memberOf").values("id")).isEmpty();
        assertThat(usher.graph().get(user + "/authentication/methods").values("id")).isEmpty();
    }
}
