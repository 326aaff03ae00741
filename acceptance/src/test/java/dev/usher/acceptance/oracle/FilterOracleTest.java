package dev.usher.acceptance.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.acceptance.fixture.Distribution;
import dev.usher.acceptance.fixture.Graph;
import dev.usher.acceptance.fixture.Json;
import dev.usher.acceptance.fixture.Postgres;
import dev.usher.acceptance.fixture.Reply;
import dev.usher.acceptance.fixture.Usher;
import dev.usher.acceptance.fixture.UsherTest;
import dev.usher.acceptance.oracle.FilterGenerator.Lambda;
import dev.usher.acceptance.oracle.FilterGenerator.Vocabulary;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A filter selects what Olingo's reading of it selects, and is refused when Olingo refuses it. */
@UsherTest
class FilterOracleTest {

    private static final int FILTERS = 500;

    /** How many of them select some objects, but not all: the generator is asked until they do. */
    private static final int TELLING_MIN = 320;

    private static final int OBJECTS_MIN = 200;

    /** In turn; the sets with more to choose from come more often. */
    private static final List<String> SETS =
            List.of(
                    "apiConnectors",
                    "b2xUserFlows",
                    "identityProviders",
                    "b2xUserFlows",
                    "apiConnectors",
                    "userFlowAttributes");

    private static final List<String> SOCIAL =
            List.of(
                    "Amazon",
                    "Facebook",
                    "GitHub",
                    "Google",
                    "LinkedIn",
                    "Microsoft",
                    "QQ",
                    "Twitter",
                    "WeChat",
                    "Weibo");

    /** Case, quotes, wildcards, several scripts, and beyond the basic plane. */
    private static final List<String> WORDS =
            List.of(
                    "alpha", "Alpha", "ALPHA", "beta", "o'clock", "''", "50%", "a_b", "a%b", "\\",
                    "\"q\"", "über", "ÜBER", "straße", "STRASSE", "İzmir", "ışık", "Σίσυφος",
                    "ΣΊΣΥΦΟΣ", "日本語", "😀", "😀😀", "\uFFFD", "ﬀ", "e\u0301", "é", "a b", " ", "z");

    private static final String BASIC = "microsoft.graph.basicAuthentication/username";
    private static final String SOCIAL_TYPE = "microsoft.graph.socialIdentityProvider/";
    private static final String BUILT_IN = "microsoft.graph.builtInIdentityProvider/";

    private final long seed =
            Long.getLong("seed", Boolean.getBoolean("long") ? new Random().nextLong() : 1);
    private final Random random = new Random(seed);

    @Test
    void onSqlite() {
        compare(new String[0]);
    }

    @Test
    void onPostgres(Postgres postgres) {
        compare("--database", postgres.freshDatabase());
    }

    private void compare(String... options) {
        System.out.printf("filter oracle: -Dseed=%d%n", seed);
        try (Usher usher = Usher.start(Distribution.workDirectory("oracle"), options)) {
            Graph graph = usher.graph();
            seedObjects(graph);
            Map<String, List<JsonNode>> objects = objects(graph);
            assertThat(objects.values().stream().mapToInt(List::size).sum())
                    .isGreaterThanOrEqualTo(OBJECTS_MIN);
            Oracle oracle = new Oracle(graph.get("/$metadata").expect(200).body());
            compare(graph, oracle, objects);
        }
    }

    private void compare(Graph graph, Oracle oracle, Map<String, List<JsonNode>> objects) {
        Map<String, Vocabulary> vocabularies = vocabularies(objects);
        FilterGenerator generator = new FilterGenerator(seed);
        List<String> differences = new ArrayList<>();
        int telling = 0;
        int refused = 0;
        int compared = 0;
        for (int i = 0; compared < FILTERS; i++) {
            String set = SETS.get(i % SETS.size());
            String filter = generator.filter(vocabularies.get(set));
            Optional<Set<String>> expected = oracle.select(set, filter, objects.get(set));
            int size = expected.map(Set::size).orElse(0);
            boolean tells = size > 0 && size < objects.get(set).size();
            if (!tells && compared - telling >= FILTERS - TELLING_MIN) {
                continue;
            }
            Optional<Set<String>> actual = select(graph, set, filter);
            if (!expected.equals(actual)) {
                differences.add(
                        set
                                + ": "
                                + filter
                                + "\n  Olingo: "
                                + told(expected)
                                + "\n  Usher:  "
                                + told(actual));
            }
            compared++;
            telling += tells ? 1 : 0;
            refused += expected.isEmpty() ? 1 : 0;
        }
        System.out.printf(
                "filter oracle: %d filters, %d select some, %d refused%n",
                FILTERS, telling, refused);
        assertThat(differences).as("seed %d", seed).isEmpty();
        assertThat(refused).as("refused filters, seed %d", seed).isPositive();
    }

    private static String told(Optional<Set<String>> ids) {
        return ids.map(selected -> selected.size() + " " + selected).orElse("refused");
    }

    private static Optional<Set<String>> select(Graph graph, String set, String filter) {
        String encoded = URLEncoder.encode(filter, StandardCharsets.UTF_8);
        Reply reply = graph.get("/identity/" + set + "?$top=999&$select=id&$filter=" + encoded);
        if (reply.status() == 400) {
            assertThat(reply.error().get("code").asString()).isNotBlank();
            return Optional.empty();
        }
        return Optional.of(new TreeSet<>(reply.values("id")));
    }

    private void seedObjects(Graph graph) {
        for (int i = 0; i < 100; i++) {
            graph.post(
                            "/identity/apiConnectors",
                            Json.object(
                                    "displayName",
                                    words(),
                                    "targetUrl",
                                    "https://" + pick(List.of("a", "b", "C")) + ".test/" + i % 7,
                                    "authenticationConfiguration",
                                    Json.object(
                                            "@odata.type",
                                            "#microsoft.graph.basicAuthentication",
                                            "username",
                                            words(),
                                            "password",
                                            "secret")))
                    .expect(201);
        }
        for (String type : SOCIAL) {
            graph.post(
                            "/identity/identityProviders",
                            Json.object(
                                    "@odata.type",
                                    "#microsoft.graph.socialIdentityProvider",
                                    "displayName",
                                    words(),
                                    "identityProviderType",
                                    type,
                                    "clientId",
                                    words(),
                                    "clientSecret",
                                    "secret"))
                    .expect(201);
        }
        for (int i = 0; i < 90; i++) {
            seedFlow(graph, pick(List.of("a", "B", "b_", "A-", "Zz")) + i);
        }
    }

    private void seedFlow(Graph graph, String name) {
        Map<String, Object> flow =
                Json.object("id", name, "userFlowType", "signUpOrSignIn", "userFlowTypeVersion", 1);
        if (random.nextInt(4) > 0) {
            Set<String> providers = new TreeSet<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                providers.add(pick(SOCIAL) + "-OAUTH");
            }
            flow.put(
                    "userFlowIdentityProviders",
                    providers.stream().map(id -> Json.object("id", id)).toList());
        }
        graph.post("/identity/b2xUserFlows", flow).expect(201);
    }

    private String words() {
        String text = pick(WORDS);
        return random.nextBoolean() ? text : text + pick(List.of("", " ", "-")) + pick(WORDS);
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private static Map<String, List<JsonNode>> objects(Graph graph) {
        Map<String, List<JsonNode>> objects = new LinkedHashMap<>();
        String providers = "userFlowIdentityProviders,identityProviders";
        objects.put("apiConnectors", list(graph, "apiConnectors", ""));
        objects.put("b2xUserFlows", list(graph, "b2xUserFlows", "&$expand=" + providers));
        objects.put("identityProviders", list(graph, "identityProviders", ""));
        objects.put("userFlowAttributes", list(graph, "userFlowAttributes", ""));
        return objects;
    }

    private static List<JsonNode> list(Graph graph, String set, String options) {
        return graph.get("/identity/" + set + "?$top=999" + options)
                .expect(200)
                .json()
                .get("value")
                .valueStream()
                .toList();
    }

    private static Map<String, Vocabulary> vocabularies(Map<String, List<JsonNode>> objects) {
        List<JsonNode> providers = objects.get("identityProviders");
        Vocabulary provider =
                vocabulary(
                        providers,
                        List.of(),
                        "id",
                        "displayName",
                        SOCIAL_TYPE + "clientId",
                        SOCIAL_TYPE + "identityProviderType",
                        BUILT_IN + "identityProviderType");
        Map<String, List<String>> texts = provider.texts();
        Vocabulary deprecated =
                new Vocabulary(
                        Map.of(
                                "id",
                                texts.get("id"),
                                "name",
                                texts.get("displayName"),
                                "type",
                                texts.get(SOCIAL_TYPE + "identityProviderType"),
                                "clientId",
                                texts.get(SOCIAL_TYPE + "clientId")),
                        List.of(),
                        List.of());
        List<Lambda> lambdas =
                List.of(
                        new Lambda("userFlowIdentityProviders", provider),
                        new Lambda("identityProviders", deprecated));
        Vocabulary flow = vocabulary(objects.get("b2xUserFlows"), numbers(), "id");
        String type = "microsoft.graph.identityUserFlowAttributeDataType";
        return Map.of(
                "apiConnectors",
                vocabulary(
                        objects.get("apiConnectors"),
                        List.of("'a' eq 'a'", "true", "false"),
                        "id",
                        "displayName",
                        "targetUrl",
                        "authenticationConfiguration/" + BASIC),
                "b2xUserFlows",
                new Vocabulary(flow.texts(), flow.conditions(), lambdas),
                "identityProviders",
                provider,
                "userFlowAttributes",
                vocabulary(
                        objects.get("userFlowAttributes"),
                        List.of(
                                "dataType eq " + type + "'string'",
                                "dataType ne " + type + "'boolean'",
                                "dataType eq null"),
                        "id",
                        "displayName",
                        "description"));
    }

    private static List<String> numbers() {
        return List.of(
                "userFlowTypeVersion eq 1",
                "userFlowTypeVersion ge 1.0",
                "userFlowTypeVersion lt 1e0",
                "userFlowTypeVersion gt -2",
                "userFlowTypeVersion le 0.5",
                "1 eq userFlowTypeVersion",
                "userFlowTypeVersion eq null",
                "userFlowTypeVersion in (1,2)",
                "userFlowType eq microsoft.graph.userFlowType'signUpOrSignIn'",
                "userFlowType ne microsoft.graph.userFlowType'signIn'",
                "userFlowType eq null");
    }

    private static Vocabulary vocabulary(
            List<JsonNode> objects, List<String> conditions, String... paths) {
        Map<String, List<String>> texts = new TreeMap<>();
        for (String path : paths) {
            List<String> values =
                    objects.stream()
                            .map(object -> at(object, path))
                            .filter(JsonNode::isString)
                            .map(JsonNode::stringValue)
                            .distinct()
                            .toList();
            assertThat(values).as(path).isNotEmpty();
            texts.put(path, values);
        }
        return new Vocabulary(texts, conditions, List.of());
    }

    /** The value at a path, casts apart. */
    private static JsonNode at(JsonNode object, String path) {
        JsonNode at = object;
        for (String name : path.split("/")) {
            at = name.contains(".") ? at : at.path(name);
        }
        return at;
    }
}
