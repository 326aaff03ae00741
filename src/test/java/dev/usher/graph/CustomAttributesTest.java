package dev.usher.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.graph.GraphWorld.Answer;
import dev.usher.oauth.EachDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The rules of custom user-flow attributes. */
class CustomAttributesTest {

    private static final String SET = "/v1.0/identity/userFlowAttributes";
    private static final int AT_ONCE = 8;

    private static String attribute(String displayName, String dataType) {
        return "{\"displayName\":\"%s\",\"dataType\":\"%s\"}".formatted(displayName, dataType);
    }

    @ParameterizedTest
    @EnumSource
    void theKeyNamesApplicationAndName(EachDatabase database) {
        try (GraphWorld graph = new GraphWorld(database.fresh())) {
            Answer created = graph.post(SET, attribute("Favorite color!", "string"));
            assertThat(created.status()).as(created.text()).isEqualTo(201);
            String id = created.json().path("id").asString();
            assertThat(id).matches("extension_[0-9a-f]{32}_Favoritecolor");
            assertThat(created.json().path("userFlowAttributeType").asString()).isEqualTo("custom");
            assertThat(created.json().path("@odata.type").asString())
                    .isEqualTo("#microsoft.graph.identityCustomUserFlowAttribute");

            String second =
                    graph.post(SET, attribute("Size", "int64")).json().path("id").asString();
            assertThat(second.substring(0, 42))
                    .as("one application of the tenant owns all")
                    .isEqualTo(id.substring(0, 42));
            String appId =
                    id.substring(10, 42)
                            .replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5");
            assertThat(graph.world.here.clients().byAppId(graph.tenant.id(), appId))
                    .hasValueSatisfying(application ->
                            assertThat(application.displayName())
                                    .startsWith("b2c-extensions-app. Do not modify."));
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyDataTypeIsAccepted(EachDatabase database) {
        try (GraphWorld graph = new GraphWorld(database.fresh())) {
            for (String type :
                    List.of("string", "boolean", "int64", "stringCollection", "dateTime")) {
                Answer created =
                        graph.post(
                                SET,
                                attribute("As " + type, type)
                                        .replace("}", ",\"userFlowAttributeType\":\"custom\"}"));
                assertThat(created.status()).as(created.text()).isEqualTo(201);
                assertThat(created.json().path("dataType").asString()).isEqualTo(type);
            }
            assertThat(graph.post(SET, attribute("As x", "unknownFutureValue")).violations())
                    .containsExactly("dataType: EnumMemberUnknown");
            assertThat(graph.post(SET, attribute("?!", "string")).violations())
                    .containsExactly("displayName: ValueNotAllowed");
            assertThat(
                            graph.post(
                                            SET,
                                            attribute("Mine", "string")
                                                    .replace(
                                                            "}",
                                                            ",\"userFlowAttributeType\":\"builtIn\"}"))
                                    .violations())
                    .containsExactly("userFlowAttributeType: PropertyReadOnly");
        }
    }

    @ParameterizedTest
    @EnumSource
    void builtInsStayAsTheyAre(EachDatabase database) {
        try (GraphWorld graph = new GraphWorld(database.fresh())) {
            assertThat(graph.patch(SET + "/city", "{\"description\":\"x\"}").status())
                    .isEqualTo(400);
            assertThat(graph.delete(SET + "/city").status()).isEqualTo(400);
            assertThat(graph.post(SET, attribute("City", "string")).status()).isEqualTo(409);
            String builtIn =
                    attribute("Town", "string")
                            .replace(
                                    "{",
                                    "{\"@odata.type\":\"#microsoft.graph.identityBuiltInUserFlowAttribute\",");
            assertThat(graph.post(SET, builtIn).violations())
                    .containsExactly("@odata.type: ValueNotAllowed");
        }
    }

    /** Two names may have one key, and one name may be asked for many times at once. */
    @ParameterizedTest
    @EnumSource
    void aNameIsThereOnce(EachDatabase database) throws Exception {
        try (GraphWorld graph = new GraphWorld(database.fresh());
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            assertThat(graph.post(SET, attribute("Shoe size", "int64")).status()).isEqualTo(201);
            assertThat(graph.post(SET, attribute("ShoeSize", "int64")).status()).isEqualTo(409);
            List<Callable<Integer>> same = new ArrayList<>();
            List<Callable<Integer>> different = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                String own = "Hobby " + i;
                same.add(() -> graph.post(SET, attribute("Hobby", "string")).status());
                different.add(() -> graph.post(SET, attribute(own, "string")).status());
            }
            List<Integer> statuses = new ArrayList<>();
            for (Future<Integer> each : threads.invokeAll(same)) {
                statuses.add(each.get());
            }
            assertThat(statuses).containsOnly(201, 409).containsOnlyOnce(201);
            for (Future<Integer> each : threads.invokeAll(different)) {
                assertThat(each.get()).isEqualTo(201);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void anAttributeGoesUnlessInUse(EachDatabase database) {
        try (GraphWorld graph = new GraphWorld(database.fresh())) {
            String path =
                    SET
                            + "/"
                            + graph.post(SET, attribute("Hobby", "string"))
                                    .json()
                                    .path("id")
                                    .asString();
            assertThat(graph.patch(path, "{\"description\":\"What you like\"}").status())
                    .isEqualTo(204);
            assertThat(graph.get(path).json().path("description").asString())
                    .isEqualTo("What you like");
            assertThat(graph.patch(path, "{\"displayName\":\"Other\"}").violations())
                    .containsExactly("displayName: PropertyImmutable");
            assertThat(graph.patch(path, "{\"dataType\":\"int64\"}").violations())
                    .containsExactly("dataType: PropertyImmutable");
            assertThat(graph.delete(path).status()).isEqualTo(204);
            assertThat(graph.post(SET, attribute("Hobby", "string")).status()).isEqualTo(201);
        }
    }
}
