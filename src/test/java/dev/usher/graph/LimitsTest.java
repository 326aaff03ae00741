package dev.usher.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.graph.GraphWorld.Answer;
import dev.usher.oauth.EachDatabase;
import dev.usher.oauth.World;
import dev.usher.store.Entity;
import dev.usher.store.Kind;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.node.JsonNodeFactory;

/** What one object refers to, and what one answer holds, has an end. */
class LimitsTest {

    private static final String FLOWS = "/v1.0/identity/b2xUserFlows";
    private static final String LINK = "userFlowIdentityProviders";
    private static final int TARGETS_MAX = 1_000;
    private static final int EMBEDDED_MAX = 50_000;

    /** The languages of a flow and the two pages of each. */
    private static final int OF_A_FLOW = 36 + 36 * 2;

    private static String flow(String name) {
        return "{\"id\":\"%s\",\"userFlowType\":\"signUpOrSignIn\",\"userFlowTypeVersion\":1}"
                .formatted(name);
    }

    @ParameterizedTest
    @EnumSource
    void anObjectRefersToSoManyOthersAndNoMore(EachDatabase database) {
        try (GraphWorld graph = new GraphWorld(database.fresh())) {
            graph.post(FLOWS, flow("Full"));
            String path = FLOWS + "/B2X_1_Full/" + LINK;
            link(graph, TARGETS_MAX - 1);
            assertThat(graph.get(path + "/$count").text()).isEqualTo("" + TARGETS_MAX);
            String one = "{\"@odata.id\":\"/v1.0/identity/identityProviders/MSASignup-OAUTH\"}";
            Answer refused = graph.post(path + "/$ref", one);
            assertThat(refused.status()).as(refused.text()).isEqualTo(403);
            assertThat(refused.json().at("/error/code").asString())
                    .isEqualTo("Directory_QuotaExceeded");
            assertThat(refused.message()).contains("1000 references", LINK);
            assertThat(graph.get(path + "/$count").text()).isEqualTo("" + TARGETS_MAX);
            String there = one.replace("MSASignup-OAUTH", "Extra-1");
            assertThat(graph.post(path + "/$ref", there).status()).isEqualTo(204);
            assertThat(graph.delete(path + "/Extra-1/$ref").status()).isEqualTo(204);
            assertThat(graph.post(path + "/$ref", one).status()).isEqualTo(204);
        }
    }

    /** Links the flow to so many more providers, as if each had been made and linked. */
    private static void link(GraphWorld graph, int providers) {
        Kind kind = new Kind("identityProvider", null, Map.of(), Set.of());
        graph.world
                .here
                .store()
                .write(
                        graph.tenant.id(),
                        World.ACTOR,
                        tx -> {
                            for (int i = 0; i < providers; i++) {
                                Entity made =
                                        tx.insert(
                                                kind,
                                                new Entity(
                                                        kind.name(),
                                                        "",
                                                        "Extra-" + i,
                                                        "microsoft.graph.socialIdentityProvider",
                                                        0,
                                                        JsonNodeFactory.instance.objectNode()));
                                tx.link(LINK, "userFlow", "b2x_1_full", kind.name(), made.path());
                            }
                            return null;
                        });
    }

    @Test
    void anAnswerEmbedsSoManyObjectsAndNoMore() {
        try (GraphWorld graph = new GraphWorld(EachDatabase.SQLITE.fresh())) {
            int most = EMBEDDED_MAX / OF_A_FLOW;
            for (int i = 0; i <= most; i++) {
                assertThat(graph.post(FLOWS, flow("F" + i)).status()).isEqualTo(201);
            }
            String expand = "?$select=id&$expand=languages($expand=defaultPages)&$top=";
            Answer full = graph.get(FLOWS + expand + most);
            assertThat(full.status()).isEqualTo(200);
            assertThat(full.json().path("value").size()).isEqualTo(most);
            Answer refused = graph.get(FLOWS + expand + (most + 1));
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.message()).contains("more than 50000 objects", "$top");
            assertThat(refused.json().at("/error/target").asString()).isEqualTo("$expand");
            for (String level : List.of("languages", "userAttributeAssignments")) {
                assertThat(graph.get(FLOWS + "?$expand=" + level + "&$top=999").status())
                        .isEqualTo(200);
            }
        }
    }
}
