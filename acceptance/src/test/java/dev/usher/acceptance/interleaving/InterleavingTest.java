package dev.usher.acceptance.interleaving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.acceptance.fixture.Distribution;
import dev.usher.acceptance.fixture.Graph;
import dev.usher.acceptance.fixture.Json;
import dev.usher.acceptance.fixture.Postgres;
import dev.usher.acceptance.fixture.Reply;
import dev.usher.acceptance.fixture.Usher;
import dev.usher.acceptance.fixture.UsherTest;
import dev.usher.acceptance.interleaving.Operation.Answer;
import dev.usher.acceptance.interleaving.Operation.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Sixteen clients on the same few objects; what each was told must fit one serial order. */
@UsherTest
class InterleavingTest {

    private static final int ROUNDS = Boolean.getBoolean("long") ? 100 : 5;
    private static final int OPERATIONS = 12;

    private static final String FLOWS = "/identity/b2xUserFlows";
    private static final String CONNECTORS = "/identity/apiConnectors";
    private static final String STEP = "/apiConnectorConfiguration/postAttributeCollection";
    private static final String PRESET = "AADSignup-OAUTH";
    private static final List<String> PROVIDERS =
            List.of(PRESET, "MSASignup-OAUTH", "EmailOtpSignup-OAUTH");

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
        System.out.printf("interleaving: -Dseed=%d%n", seed);
        try (Usher usher = Usher.start(Distribution.workDirectory("interleaving"), options)) {
            for (int round = 0; round < ROUNDS; round++) {
                oneCreateWins(usher, round);
                flowsHaveASerialOrder(usher, round);
                connectorsHaveASerialOrder(usher, round);
                noUpdateIsLost(usher, round);
                noLinkDangles(usher, round);
            }
        }
    }

    private void together(int round, Clients.Work work) throws Exception {
        new Clients(seed).together(round, work);
    }

    private static <T> T pick(Random random, List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private static Object flow(String id) {
        return Json.object("id", id, "userFlowType", "signUpOrSignIn", "userFlowTypeVersion", 1);
    }

    private void oneCreateWins(Usher usher, int round) throws Exception {
        List<String> spellings = List.of("Race%d", "RACE%d", "race%d", "B2X_1_rAce%d");
        Queue<Integer> statuses = new ConcurrentLinkedQueue<>();
        together(
                round,
                (client, random) -> {
                    Object body = flow(pick(random, spellings).formatted(round));
                    statuses.add(usher.graph().post(FLOWS, body).status());
                });
        assertThat(statuses).as("seed %d, round %d", seed, round).containsOnlyOnce(201);
        assertThat(statuses).filteredOn(status -> status == 409).hasSize(Clients.SIZE - 1);
        Reply found =
                usher.graph().get(FLOWS + "?$filter=tolower(id) eq 'b2x_1_race" + round + "'");
        assertThat(found.values("id")).hasSize(1);
    }

    /** Create, delete, link, unlink and read of three flows. */
    private void flowsHaveASerialOrder(Usher usher, int round) throws Exception {
        List<String> objects = List.of("A" + round, "B" + round, "C" + round);
        Queue<Operation> history = new ConcurrentLinkedQueue<>();
        together(
                round,
                (client, random) -> {
                    for (int i = 0; i < OPERATIONS; i++) {
                        Kind kind = pick(random, FLOW_KINDS);
                        String provider = pick(random, PROVIDERS);
                        history.add(flow(usher.graph(), pick(random, objects), kind, provider));
                    }
                });
        check(round, history, State.ABSENT, object -> readFlow(usher.graph(), object));
    }

    private static final List<Kind> FLOW_KINDS =
            List.of(Kind.CREATE, Kind.DELETE, Kind.READ, Kind.LINK, Kind.LINK, Kind.UNLINK);

    private static Operation flow(Graph graph, String object, Kind kind, String provider) {
        String url = FLOWS + "/B2X_1_" + object;
        String links = url + "/userFlowIdentityProviders";
        long began = System.nanoTime();
        Answer answer =
                switch (kind) {
                    case CREATE -> status(graph.post(FLOWS, flow(object)));
                    case DELETE -> status(graph.delete(url));
                    case LINK ->
                            status(
                                    graph.post(
                                            links + "/$ref",
                                            Map.of(
                                                    "@odata.id",
                                                    graph.url(
                                                            "/identity/identityProviders/"
                                                                    + provider))));
                    case UNLINK -> status(graph.delete(links + "/" + provider + "/$ref"));
                    case READ -> readFlow(graph, object);
                    case WRITE -> throw new IllegalArgumentException("flows have no value");
                };
        String argument = kind == Kind.LINK || kind == Kind.UNLINK ? provider : "";
        return new Operation(object, kind, argument, answer, began, System.nanoTime());
    }

    private static Answer status(Reply reply) {
        return new Answer(reply.status(), "");
    }

    private static Answer readFlow(Graph graph, String object) {
        Reply reply = graph.get(FLOWS + "/B2X_1_" + object + "?$expand=userFlowIdentityProviders");
        if (reply.status() != 200) {
            return status(reply);
        }
        SortedSet<String> links = new TreeSet<>();
        for (JsonNode link : reply.json().get("userFlowIdentityProviders")) {
            links.add(link.get("id").asString());
        }
        return new Answer(200, State.of("", links).toString());
    }

    /** Patch, delete and read of two connectors. */
    private void connectorsHaveASerialOrder(Usher usher, int round) throws Exception {
        List<String> objects = List.of(usher.newConnector("0"), usher.newConnector("0"));
        Queue<Operation> history = new ConcurrentLinkedQueue<>();
        together(
                round,
                (client, random) -> {
                    for (int i = 0; i < OPERATIONS; i++) {
                        Kind kind = random.nextInt(60) == 0 ? Kind.DELETE : Kind.WRITE;
                        if (random.nextBoolean()) {
                            kind = Kind.READ;
                        }
                        String value = client + "-" + i;
                        String object = pick(random, objects);
                        history.add(connector(usher.graph(), object, kind, value));
                    }
                });
        State begin = State.of("0", new TreeSet<>());
        check(round, history, begin, object -> readConnector(usher.graph(), object));
    }

    private static Operation connector(Graph graph, String object, Kind kind, String value) {
        String url = CONNECTORS + "/" + object;
        long began = System.nanoTime();
        Answer answer =
                switch (kind) {
                    case WRITE -> status(graph.patch(url, Map.of("displayName", value)));
                    case DELETE -> status(graph.delete(url));
                    case READ -> readConnector(graph, object);
                    default -> throw new IllegalArgumentException(kind.name());
                };
        return new Operation(object, kind, value, answer, began, System.nanoTime());
    }

    private static Answer readConnector(Graph graph, String object) {
        Reply reply = graph.get(CONNECTORS + "/" + object);
        return reply.status() == 200
                ? new Answer(
                        200,
                        State.of(reply.json().get("displayName").asString(), new TreeSet<>())
                                .toString())
                : status(reply);
    }

    private interface Reader {
        Answer read(String object);
    }

    /** The last read, after everything, must fit the order as well. */
    private void check(int round, Queue<Operation> history, State begin, Reader reader) {
        Map<String, List<Operation>> byObject =
                history.stream().collect(Collectors.groupingBy(Operation::object));
        byObject.forEach((object, operations) -> {
            List<Operation> all = new ArrayList<>(operations);
            long began = System.nanoTime();
            Answer last = reader.read(object);
            all.add(new Operation(object, Kind.READ, "", last, began, System.nanoTime()));
            assertThat(SerialOrder.explains(all, begin))
                    .as("seed %d, round %d: a serial order of%n%s", seed, round, all)
                    .isTrue();
        });
    }

    /** Each adds one to a number in a name, by If-Match: none may be lost. */
    private void noUpdateIsLost(Usher usher, int round) throws Exception {
        String url = CONNECTORS + "/" + usher.newConnector("0");
        Queue<Integer> acknowledged = new ConcurrentLinkedQueue<>();
        Queue<Integer> refused = new ConcurrentLinkedQueue<>();
        together(
                round,
                (client, random) -> {
                    for (int i = 0; i < OPERATIONS; i++) {
                        Reply read = usher.graph().get(url).expect(200);
                        int number = Integer.parseInt(read.json().get("displayName").asString());
                        Reply write =
                                usher.graph()
                                        .patch(
                                                url,
                                                Map.of("displayName", "" + (number + 1)),
                                                "If-Match",
                                                read.need("ETag"));
                        (write.status() == 204 ? acknowledged : refused).add(write.status());
                    }
                });
        assertThat(refused).as("seed %d, round %d", seed, round).containsOnly(412);
        assertThat(usher.graph().get(url).json().get("displayName").asString())
                .as("seed %d, round %d", seed, round)
                .isEqualTo("" + acknowledged.size());
    }

    /** Some delete connectors while others make flows use them. */
    private void noLinkDangles(Usher usher, int round) throws Exception {
        List<String> connectors =
                List.of(usher.newConnector("d"), usher.newConnector("d"), usher.newConnector("d"));
        List<String> flows =
                List.of(usher.newFlow(Usher.fresh("D")), usher.newFlow(Usher.fresh("D")));
        Queue<Integer> statuses = new ConcurrentLinkedQueue<>();
        together(
                round,
                (client, random) -> {
                    for (int i = 0; i < OPERATIONS; i++) {
                        String connector = CONNECTORS + "/" + pick(random, connectors);
                        String step = FLOWS + "/" + pick(random, flows) + STEP + "/$ref";
                        Graph graph = usher.graph();
                        Reply reply =
                                switch (random.nextInt(4)) {
                                    case 0 -> graph.delete(connector);
                                    case 1 -> graph.delete(step);
                                    default ->
                                            graph.put(
                                                    step,
                                                    Map.of("@odata.id", graph.url(connector)));
                                };
                        statuses.add(reply.status());
                    }
                });
        assertThat(statuses).as("seed %d, round %d", seed, round).isSubsetOf(204, 404, 409);
        for (String flow : flows) {
            Reply used = usher.graph().get(FLOWS + "/" + flow + STEP);
            if (used.status() == 200) {
                String id = used.json().get("id").asString();
                usher.graph().get(CONNECTORS + "/" + id).expect(200);
                assertThat(usher.graph().delete(CONNECTORS + "/" + id).status()).isEqualTo(409);
            } else {
                assertThat(used.status()).as("%s", used).isIn(204, 404);
            }
        }
    }
}
