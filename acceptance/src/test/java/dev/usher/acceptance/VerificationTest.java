package dev.usher.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.acceptance.fixture.Golden;
import dev.usher.acceptance.fixture.Graph;
import dev.usher.acceptance.fixture.Json;
import dev.usher.acceptance.fixture.Pkcs12;
import dev.usher.acceptance.fixture.Reply;
import dev.usher.acceptance.fixture.Shows;
import dev.usher.acceptance.fixture.TestMethods;
import dev.usher.acceptance.fixture.Usher;
import dev.usher.acceptance.fixture.UsherTest;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.launcher.core.LauncherFactory;
import tools.jackson.databind.JsonNode;

/** The points of {@code points.tsv}: each is shown by a test, and those that no other shows. */
@UsherTest
class VerificationTest {

    private static final Map<String, Integer> POINTS = Map.of("V", 20, "C", 7, "W", 15);

    private final Usher usher;

    VerificationTest(Usher usher) {
        this.usher = usher;
    }

    private Graph graph(String version) {
        return usher.graph(version, usher.tenant(), usher.tenant().admin());
    }

    @Test
    void eachPointIsShownByATest() {
        List<String> listed =
                Golden.read("points.tsv")
                        .lines()
                        .filter(line -> !line.startsWith("#"))
                        .map(line -> line.split("\t"))
                        .peek(cells -> assertThat(cells).hasSize(3).doesNotContain(""))
                        .map(cells -> cells[0])
                        .toList();
        Stream<String> numbered =
                POINTS.entrySet().stream()
                        .flatMap(points ->
                                IntStream.rangeClosed(1, points.getValue())
                                        .mapToObj(number -> points.getKey() + number));
        assertThat(listed).containsExactlyInAnyOrderElementsOf(numbered.toList());
        assertThat(TestMethods.by(LauncherFactory.create(), Shows.class, Shows::value))
                .containsOnlyKeys(listed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1.0", "beta"})
    @Shows("V13")
    void assignmentsNeedNoBooleansAndPatchAnswersAsPreferred(String version) {
        Graph graph = graph(version);
        String list = assignments("Preferred");
        JsonNode made =
                graph.post(
                                list,
                                Json.object(
                                        "displayName",
                                        "City",
                                        "userInputType",
                                        "textBox",
                                        "userAttribute",
                                        Map.of("id", "city")))
                        .expect(201)
                        .json();
        assertThat(made.get("isOptional").booleanValue()).isFalse();
        assertThat(made.get("requiresVerification").booleanValue()).isFalse();
        Map<String, Object> change = Map.of("isOptional", true);
        assertThat(graph.patch(list + "/city", change).expect(204).body()).isEmpty();
        Reply shown = graph.patch(list + "/city", change, "Prefer", "return=representation");
        assertThat(shown.expect(200).json().get("isOptional").booleanValue()).isTrue();
        assertThat(shown.need("Preference-Applied")).isEqualTo("return=representation");
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1.0", "beta"})
    @Shows("V14")
    void anOrderIsAPermutation(String version) {
        Graph graph = graph(version);
        String list = assignments("Ordered");
        graph.post(
                        list,
                        Json.object(
                                "displayName",
                                "City",
                                "userInputType",
                                "textBox",
                                "userAttribute",
                                Map.of("id", "city")))
                .expect(201);
        for (String call : List.of("/getOrder", "/getOrder()")) {
            assertThat(graph.get(list + call).expect(200).json().get("order").toString())
                    .isEqualTo("[\"emailReadonly\",\"city\"]");
        }
        for (List<String> order :
                List.of(
                        List.of("city"),
                        List.of("city", "city"),
                        List.of("city", "emailReadonly", "surname"),
                        List.<String>of())) {
            graph.post(list + "/setOrder", Map.of("newAssignmentOrder", Map.of("order", order)))
                    .refused(400, "AADB2C");
        }
        assertThat(graph.get(list + "/getOrder").json().get("order").get(0).asString())
                .isEqualTo("emailReadonly");
    }

    private String assignments(String flow) {
        return "/identity/b2xUserFlows/"
                + usher.newFlow(Usher.fresh(flow))
                + "/userAttributeAssignments";
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1.0", "beta"})
    @Shows("V18")
    void certificatesAreListedAndTheirFilesAreNot(String version) {
        Graph graph = graph(version);
        Pkcs12 first = Pkcs12.fresh("the first password");
        Pkcs12 second = Pkcs12.fresh("the second password");
        Reply created =
                graph.post(
                                "/identity/apiConnectors",
                                Json.object(
                                        "displayName",
                                        Usher.fresh("Certified"),
                                        "targetUrl",
                                        "https://api.example.test/check",
                                        "authenticationConfiguration",
                                        Json.object(
                                                "@odata.type",
                                                "microsoft.graph.pkcs12Certificate",
                                                "pkcs12Value",
                                                first.base64(),
                                                "password",
                                                first.password())))
                        .expect(201);
        String connector = "/identity/apiConnectors/" + created.json().get("id").asString();
        Reply uploaded =
                graph.post(
                                connector + "/uploadClientCertificate",
                                Map.of(
                                        "pkcs12Value",
                                        second.base64(),
                                        "password",
                                        second.password()))
                        .expect(200);
        Reply read = graph.get(connector).expect(200);
        JsonNode list = read.json().at("/authenticationConfiguration/certificateList");
        assertThat(list.valueStream().map(each -> each.get("thumbprint").asString()))
                .containsExactly(first.thumbprint(), second.thumbprint());
        assertThat(list.valueStream().filter(each -> each.get("isActive").booleanValue()))
                .hasSize(1);
        for (Reply reply : List.of(created, uploaded, read)) {
            assertThat(reply.text())
                    .doesNotContain(
                            first.password(),
                            second.password(),
                            first.base64(),
                            second.base64(),
                            "pkcs12Value");
        }
    }
}
