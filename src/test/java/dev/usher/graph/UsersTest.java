package dev.usher.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.directory.Credentials;
import dev.usher.graph.GraphWorld.Answer;
import dev.usher.oauth.EachDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** {@code /users} on both databases. */
class UsersTest {

    private static final String DOMAIN = "contoso.onmicrosoft.com";
    private static final String EVENTUAL = "ConsistencyLevel: eventual";

    private static String local(String mail) {
        return """
        {"displayName":"Ann Other","identities":[{"signInType":"emailAddress",
          "issuer":"%s","issuerAssignedId":"%s"}],
         "mail":"%s","passwordProfile":{"password":"Geheim-4711"}}\
        """
                .formatted(DOMAIN, mail, mail);
    }

    private static String work(String alias, String name) {
        return """
        {"accountEnabled":true,"displayName":"%s","mailNickname":"%s",
         "userPrincipalName":"%s@%s","passwordProfile":{"password":"Geheim-4711"}}\
        """
                .formatted(name, alias, alias, DOMAIN);
    }

    private static String id(Answer created) {
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        return created.json().path("id").asString();
    }

    @ParameterizedTest
    @EnumSource(EachDatabase.class)
    void aLocalAccountIsCreatedFoundChangedAndDeleted(EachDatabase database) {
        try (GraphWorld graph = new GraphWorld(database.fresh())) {
            Answer created = graph.post("/v1.0/users", local("Ann@Example.com"));
            String id = id(created);
            assertThat(created.json().path("userPrincipalName").asString())
                    .isEqualTo(id + "@" + DOMAIN);
            assertThat(created.json().has("identities")).isFalse();
            assertThat(created.text()).doesNotContain("Geheim", "argon2");

            for (String found :
                    List.of(
                            "/v1.0/users/" + id,
                            "/v1.0/users/" + id.toUpperCase(java.util.Locale.ROOT) + "@" + DOMAIN,
                            "/v1.0/users('" + id + "')",
                            "/v1.0/users(userPrincipalName='" + id + "@" + DOMAIN + "')")) {
                Answer answer = graph.get(found);
                assertThat(answer.status()).as(found + answer.text()).isEqualTo(200);
                assertThat(answer.json().path("id").asString()).isEqualTo(id);
            }
            for (String filter :
                    List.of(
                            "mail eq 'ANN@example.com'",
                            "startswith(displayName,'ann')",
                            "identities/any(c:c/issuerAssignedId eq 'ann@example.com' and"
                                    + " c/issuer eq '"
                                    + DOMAIN
                                    + "')",
                            "userPrincipalName in ('x','" + id + "@" + DOMAIN + "')")) {
                Answer list = graph.get("/v1.0/users?$filter=" + encode(filter));
                assertThat(list.status()).as(filter + list.text()).isEqualTo(200);
                assertThat(list.json().path("value")).as(filter).hasSize(1);
            }
            Answer changed =
                    graph.patch("/v1.0/users/" + id, "{\"jobTitle\":\"Smith\",\"city\":\"Bern\"}");
            assertThat(changed.status()).as(changed.text()).isEqualTo(204);
            JsonNode read = graph.get("/v1.0/users/" + id + "?$select=jobTitle,city").json();
            assertThat(read.path("jobTitle").asString()).isEqualTo("Smith");
            assertThat(read.path("city").asString()).isEqualTo("Bern");
            assertThat(read.has("id")).isFalse();

            assertThat(graph.delete("/v1.0/users/" + id).status()).isEqualTo(204);
            Answer gone = graph.get("/v1.0/users/" + id);
            assertThat(gone.status()).isEqualTo(404);
            assertThat(gone.json().path("error").path("code").asString())
                    .isEqualTo("Request_ResourceNotFound");
            Answer bin = graph.get("/v1.0/directory/deletedItems/microsoft.graph.user");
            assertThat(bin.json().path("value")).as(bin.text()).hasSize(1);
            Answer restored = graph.post("/v1.0/directory/deletedItems/" + id + "/restore", "");
            assertThat(restored.status()).as(restored.text()).isEqualTo(200);
            assertThat(graph.get("/v1.0/users/" + id).status()).isEqualTo(200);
            assertThat(
                            graph.get("/v1.0/users/" + id + "?$select=identities")
                                    .json()
                                    .path("identities"))
                    .hasSize(2);
        }
    }

    @ParameterizedTest
    @EnumSource(EachDatabase.class)
    void whatMustBeUniqueIsRefusedTheSecondTime(EachDatabase database) {
        try (GraphWorld graph = new GraphWorld(database.fresh())) {
            id(graph.post("/v1.0/users", local("ann@example.com")));
            Answer again = graph.post("/v1.0/users", local("ANN@example.com"));
            assertThat(again.status()).isEqualTo(400);
            assertThat(again.violations()).containsExactly("identities: ObjectConflict");
            String bob = id(graph.post("/v1.0/users", work("bob", "Bob")));
            Answer same = graph.post("/v1.0/users", work("BOB", "Bob"));
            assertThat(same.violations()).containsExactly("userPrincipalName: ObjectConflict");
            String carl = id(graph.post("/v1.0/users", work("carl", "Carl")));
            Answer renamed =
                    graph.patch(
                            "/v1.0/users/" + carl,
                            "{\"userPrincipalName\":\"bob@" + DOMAIN + "\"}");
            assertThat(renamed.violations()).containsExactly("userPrincipalName: ObjectConflict");
            assertThat(graph.delete("/v1.0/users/" + bob).status()).isEqualTo(204);
            id(graph.post("/v1.0/users", work("bob", "Bob the second")));
            Answer back = graph.post("/v1.0/directory/deletedItems/" + bob + "/restore", "");
            assertThat(back.status()).as(back.text()).isEqualTo(400);
        }
    }

    @ParameterizedTest
    @EnumSource(EachDatabase.class)
    void aPasswordIsKeptAsAHashAndItsRulesHold(EachDatabase database) {
        try (GraphWorld graph = new GraphWorld(database.fresh())) {
            String id = id(graph.post("/v1.0/users", work("bob", "Bob")));
            assertThat(hash(graph, id))
                    .hasValueSatisfying(hash -> assertThat(hash).startsWith("$argon2id$"));
            JsonNode shown = graph.get("/v1.0/users/" + id + "?$select=passwordProfile").json();
            assertThat(shown.path("passwordProfile").path("password").isNull()).isTrue();
            Answer weak =
                    graph.post("/v1.0/users", work("w", "W").replace("Geheim-4711", "geheim12"));
            assertThat(weak.status()).isEqualTo(400);
            assertThat(weak.message()).contains("password complexity");
            String imported = "{SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=";
            String moved =
                    id(
                            graph.post(
                                    "/v1.0/users",
                                    work("m", "M")
                                            .replace(
                                                    "\"password\":\"Geheim-4711\"",
                                                    "\"importedPasswordHash\":\""
                                                            + imported
                                                            + "\"")));
            assertThat(hash(graph, moved)).contains(imported);
            Answer filtered = graph.get("/v1.0/users?$filter=passwordProfile/password%20eq%20'x'");
            assertThat(filtered.status()).isEqualTo(400);
        }
    }

    private static Optional<String> hash(GraphWorld graph, String id) {
        return graph.world.here.store().read(graph.tenant.id(), tx -> Credentials.find(tx, id));
    }

    @ParameterizedTest
    @EnumSource(EachDatabase.class)
    void theRulesOfTheDirectoryHoldForQueryOptions(EachDatabase database) {
        try (GraphWorld graph = new GraphWorld(database.fresh())) {
            for (String name : List.of("Zoe Adams", "adam Zed", "JaneDoe42")) {
                id(graph.post("/v1.0/users", work(name.replace(" ", ""), name)));
            }
            assertThat(graph.get("/v1.0/users?$count=true").json().has("@odata.count")).isFalse();
            Answer counted = graph.send("GET", "/v1.0/users?$count=true", null, EVENTUAL);
            assertThat(counted.json().path("@odata.count").asInt()).isEqualTo(3);
            assertThat(graph.get("/v1.0/users/$count").status()).isEqualTo(400);
            assertThat(graph.send("GET", "/v1.0/users/$count", null, EVENTUAL).text())
                    .isEqualTo("3");
            Answer ordered = graph.get("/v1.0/users?$orderby=displayName");
            assertThat(names(ordered)).containsExactly("adam Zed", "JaneDoe42", "Zoe Adams");
            Answer skipped = graph.get("/v1.0/users?$skip=1");
            assertThat(skipped.json().path("error").path("code").asString())
                    .isEqualTo("Request_BadRequest");
            Answer large = graph.get("/v1.0/users?$top=1000");
            assertThat(large.message())
                    .isEqualTo(
                            "Invalid page size specified: '1000'. Must be between 1 and 999"
                                    + " inclusive.");
            String search = "/v1.0/users?$search=" + encode("\"displayName:ada\"");
            assertThat(graph.get(search).json().path("error").path("code").asString())
                    .isEqualTo("Request_UnsupportedQuery");
            assertThat(names(graph.send("GET", search, null, EVENTUAL)))
                    .containsExactlyInAnyOrder("Zoe Adams", "adam Zed");
            String words = encode("\"displayName:doe\" AND \"displayName:42 jane\"");
            assertThat(names(graph.send("GET", "/v1.0/users?$search=" + words, null, EVENTUAL)))
                    .containsExactly("JaneDoe42");
        }
    }

    @ParameterizedTest
    @EnumSource(EachDatabase.class)
    void aSearchKnowsTheWordsOfNow(EachDatabase database) {
        try (GraphWorld graph = new GraphWorld(database.fresh())) {
            String ada = id(graph.post("/v1.0/users", work("ada", "Ada Ada-Byron")));
            id(graph.post("/v1.0/users", work("zoe", "Zoe Byron")));
            assertThat(searched(graph, "byron ada")).containsExactly("Ada Ada-Byron");
            assertThat(searched(graph, "b")).hasSize(2);
            graph.patch("/v1.0/users/" + ada, "{\"displayName\":\"Ada King\"}");
            graph.patch("/v1.0/users/" + ada, "{\"jobTitle\":\"Countess\"}");
            assertThat(searched(graph, "byron")).containsExactly("Zoe Byron");
            assertThat(searched(graph, "king")).containsExactly("Ada King");
            graph.delete("/v1.0/users/" + ada);
            assertThat(searched(graph, "king")).isEmpty();
            graph.post("/v1.0/directory/deletedItems/" + ada + "/restore", "{}");
            assertThat(searched(graph, "king")).containsExactly("Ada King");
        }
    }

    private static List<String> searched(GraphWorld graph, String words) {
        String search = encode("\"displayName:" + words + "\"");
        return names(graph.send("GET", "/v1.0/users?$search=" + search, null, EVENTUAL));
    }

    /** Without an order of the caller's own it is that of the index. */
    @ParameterizedTest
    @EnumSource(EachDatabase.class)
    void pagesOfThoseWhoseNameBeginsSo(EachDatabase database) {
        try (GraphWorld graph = new GraphWorld(database.fresh())) {
            for (String name : List.of("Ada D", "ada B", "Bob", "ADA c", "Ada A")) {
                id(graph.post("/v1.0/users", work(name.replace(" ", ""), name)));
            }
            List<String> all = new ArrayList<>();
            String next = "/v1.0/users?$top=1&$filter=" + encode("startswith(displayName,'ada')");
            while (next != null) {
                JsonNode page = graph.get(next).json();
                page.path("value").forEach(user -> all.add(user.path("displayName").asString()));
                String link = page.path("@odata.nextLink").asString("");
                next = link.isEmpty() ? null : link.substring(link.indexOf("/v1.0"));
            }
            assertThat(all).containsExactly("Ada A", "ada B", "ADA c", "Ada D");
        }
    }

    private static List<String> names(Answer list) {
        assertThat(list.status()).as(list.text()).isEqualTo(200);
        List<String> names = new ArrayList<>();
        list.json().path("value").forEach(user -> names.add(user.path("displayName").asString()));
        return names;
    }

    @ParameterizedTest
    @EnumSource(EachDatabase.class)
    void peopleCarryTheValuesOfRegisteredExtensions(EachDatabase database) {
        try (GraphWorld graph = new GraphWorld(database.fresh())) {
            Answer attribute =
                    graph.post(
                            "/v1.0/identity/userFlowAttributes",
                            "{\"displayName\":\"Loyalty\",\"dataType\":\"string\"}");
            String name = id(attribute);
            String user = id(graph.post("/v1.0/users", work("bob", "Bob")));
            assertThat(graph.patch("/v1.0/users/" + user, "{\"" + name + "\":\"Gold\"}").status())
                    .isEqualTo(204);
            Answer read = graph.get("/v1.0/users/" + user + "?$select=id," + name);
            assertThat(read.json().path(name).asString()).isEqualTo("Gold");
            assertThat(graph.get("/v1.0/users/" + user).json().has(name)).isFalse();
            String filter = encode(name + " eq 'gold'");
            assertThat(graph.get("/v1.0/users?$filter=" + filter).json().path("value")).hasSize(1);
            Answer number = graph.patch("/v1.0/users/" + user, "{\"" + name + "\":5}");
            assertThat(number.status()).isEqualTo(400);
            Answer unknown =
                    graph.patch("/v1.0/users/" + user, "{\"extension_nothing_such\":\"x\"}");
            assertThat(unknown.message()).contains("extension properties are not available");
            assertThat(graph.delete("/v1.0/identity/userFlowAttributes/" + name).status())
                    .isEqualTo(204);
            assertThat(graph.patch("/v1.0/users/" + user, "{\"" + name + "\":\"x\"}").status())
                    .isEqualTo(400);
        }
    }

    static String encode(String text) {
        return java.net.URLEncoder.encode(text, java.nio.charset.StandardCharsets.UTF_8);
    }
}
