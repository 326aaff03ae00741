package dev.usher.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.graph.GraphWorld.Answer;
import dev.usher.oauth.EachDatabase;
import dev.usher.observe.Observation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Several requests in one. */
class BatchTest {

    private static final String FLOW =
            "{'id':'Batched','userFlowType':'signUpOrSignIn','userFlowTypeVersion':1}";

    private final GraphWorld graph = new GraphWorld(EachDatabase.SQLITE.fresh());

    @AfterEach
    void close() {
        graph.close();
    }

    private Answer batch(String... requests) {
        return graph.post(
                "/v1.0/$batch",
                "{\"requests\":[" + String.join(",", requests).replace('\'', '"') + "]}");
    }

    private static String get(String id, String url, String more) {
        return "{'id':'" + id + "','method':'GET','url':'" + url + "'" + more + "}";
    }

    private static JsonNode response(Answer batch, String id) {
        assertThat(batch.status()).as(batch.text()).isEqualTo(200);
        return batch.json()
                .path("responses")
                .valueStream()
                .filter(entry -> entry.path("id").asString().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void eachIsAnsweredAsIfItCameAlone() {
        Answer batch =
                batch(
                        get("read", "identity/b2xUserFlows/B2X_1_Batched", ",'dependsOn':['MAKE']"),
                        "{'id':'make','method':'post','url':'/identity/b2xUserFlows',"
                                + "'headers':{'content-type':'application/json'},'body':"
                                + FLOW
                                + "}",
                        get("count", "/identity/b2xUserFlows/$count", ",'dependsOn':['make']"),
                        get("none", "/identity/b2xUserFlows/B2X_1_No", ""),
                        "{'id':'gone','method':'DELETE','url':'identity/b2xUserFlows/B2X_1_Batched',"
                            + "'dependsOn':['read','count']}");
        assertThat(response(batch, "make").path("status").asInt()).isEqualTo(201);
        assertThat(response(batch, "make").at("/headers/Location").asString())
                .endsWith("/v1.0/identity/b2xUserFlows/B2X_1_Batched");
        assertThat(response(batch, "read").at("/body/id").asString()).isEqualTo("B2X_1_Batched");
        assertThat(response(batch, "count").path("body").asString()).isEqualTo("1");
        JsonNode none = response(batch, "none");
        assertThat(none.path("status").asInt()).isEqualTo(404);
        assertThat(none.at("/body/error/innerError/request-id").asString())
                .isEqualTo(none.at("/headers/request-id").asString())
                .isNotEqualTo(response(batch, "read").at("/headers/request-id").asString());
        assertThat(response(batch, "gone").path("status").asInt()).isEqualTo(204);
        assertThat(response(batch, "gone").has("body")).isFalse();
        assertThat(graph.get("/v1.0/identity/b2xUserFlows/$count").text()).isEqualTo("0");
    }

    @Test
    void whatDependsOnAFailureIsNotTried() {
        Answer batch =
                batch(
                        get("1", "/identity/b2xUserFlows/B2X_1_No", ""),
                        "{'id':'2','method':'POST','url':'/identity/b2xUserFlows','dependsOn':['1'],"
                            + "'headers':{'Content-Type':'application/json'},'body':"
                                + FLOW
                                + "}",
                        get("3", "/identity/b2xUserFlows", ",'dependsOn':['2']"));
        assertThat(response(batch, "2").path("status").asInt()).isEqualTo(424);
        assertThat(response(batch, "2").at("/body/error/code").asString())
                .isEqualTo("FailedDependency");
        assertThat(response(batch, "3").path("status").asInt()).isEqualTo(424);
        assertThat(graph.get("/v1.0/identity/b2xUserFlows/$count").text()).isEqualTo("0");
    }

    @Test
    void theCallerIsWhoSentTheBatch() {
        String reader = graph.token("IdentityUserFlow.Read.All");
        String body =
                ("{'requests':[{'id':'1','method':'POST','url':'/identity/b2xUserFlows',"
                                + "'headers':{'Authorization':'Bearer "
                                + graph.token
                                + "','Content-Type':'application/json'},'body':"
                                + FLOW
                                + "}]}")
                        .replace('\'', '"');
        Answer batch = graph.sendAs(reader, "POST", "/v1.0/$batch", body);
        assertThat(response(batch, "1").path("status").asInt()).isEqualTo(403);
        assertThat(graph.sendAs("nothing", "POST", "/v1.0/$batch", body).status()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://graph.microsoft.com/v1.0/identity",
                "//host/identity",
                "/$batch",
                "%24batch",
                "/identity/nothing"
            })
    void aUrlThatLeadsNowhereFailsAlone(String url) {
        Answer batch = batch(get("bad", url, ""), get("good", "identity/b2xUserFlows", ""));
        assertThat(response(batch, "bad").path("status").asInt()).isEqualTo(400);
        assertThat(response(batch, "good").path("status").asInt()).isEqualTo(200);
    }

    @Test
    void aBodyThatIsNoBatchIsRefusedAsAWhole() {
        List<String> tooMany = new ArrayList<>();
        for (int i = 0; i <= BatchReader.REQUESTS_MAX; i++) {
            tooMany.add(get("r" + i, "/identity/b2xUserFlows", ""));
        }
        assertThat(batch(tooMany.toArray(String[]::new)).status()).isEqualTo(400);
        assertThat(batch(tooMany.subList(0, 20).toArray(String[]::new)).status()).isEqualTo(200);
        assertThat(batch().status()).isEqualTo(400);
        assertThat(batch(get("a", "/x", ""), get("A", "/x", "")).status()).isEqualTo(400);
        assertThat(batch(get("a", "/x", ",'dependsOn':['b']")).status()).isEqualTo(400);
        assertThat(
                        batch(
                                        get("a", "/x", ",'dependsOn':['b']"),
                                        get("b", "/x", ",'dependsOn':['a']"))
                                .status())
                .isEqualTo(400);
        assertThat(batch("{'method':'GET','url':'/x'}").status()).isEqualTo(400);
        assertThat(batch("{'id':'1','url':'/x'}").status()).isEqualTo(400);
        assertThat(batch("{'id':'1','method':'GET'}").status()).isEqualTo(400);
        assertThat(graph.post("/v1.0/$batch", "{").status()).isEqualTo(400);
        assertThat(graph.get("/v1.0/$batch").status()).isEqualTo(405);
    }

    @Test
    void aTenantInThePathCountsForEachRequest() {
        String body =
                "{\"requests\":[{\"id\":\"1\",\"method\":\"GET\",\"url\":\"/identity/b2xUserFlows\"}]}";
        Answer own = graph.post("/beta/contoso.onmicrosoft.com/$batch", body);
        assertThat(response(own, "1").path("status").asInt()).isEqualTo(200);
        Answer other = graph.post("/beta/fabrikam.onmicrosoft.com/%24batch", body);
        assertThat(response(other, "1").path("status").asInt()).isEqualTo(401);
    }

    @Test
    void everyAnswerNamesTheMachine() {
        for (Answer answer :
                List.of(
                        graph.get("/v1.0/identity/b2xUserFlows"),
                        graph.get("/v1.0/nothing"),
                        graph.send("OPTIONS", "/beta/identity", null))) {
            assertThat(answer.header("x-ms-ags-diagnostic")).startsWith("{\"ServerInfo\":");
        }
    }

    /** Each is counted under its own route, also one that is refused; no label holds a key. */
    @Test
    void eachIsToldOfByItsRoute() {
        batch(
                get("a", "identity/b2xUserFlows/B2X_1_No", ""),
                get("b", "identity/b2xUserFlows", ",'dependsOn':['a']"),
                get("c", "https://graph.microsoft.com/v1.0/me", ""),
                get("d", "identity/nothing", ""),
                get("e", "identity/apiConnectors?$top=0", ""),
                get("f", "identity/apiConnectors", ""));
        assertThat(
                        graph.world.observed.stream()
                                .filter(Observation.RequestServed.class::isInstance)
                                .map(Observation.RequestServed.class::cast)
                                .map(served -> served.route() + " " + served.status()))
                .containsExactly(
                        "/v1.0/identity/b2xUserFlows/{id} 404",
                        "none 400",
                        "none 400",
                        "none 400",
                        "/v1.0/identity/apiConnectors 200",
                        "none 424");
    }
}
