package dev.usher.acceptance.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperationListTest {

    private static final String TENANT = "11111111-1111-4111-8111-111111111111";

    private final OperationList operations =
            new OperationList(
                    List.of(
                            line("GET", "/identity/flows"),
                            line("GET", "/identity/flows/$count"),
                            line("GET", "/identity/flows/{id}"),
                            line("GET", "/identity/flows/{id}/items/{item}"),
                            line("GET", "/identity/flows/{id}/getOrder"),
                            line("GET", "/identity/flows/microsoft.graph.special"),
                            line("GET", "/identity"),
                            line("GET", "/apps/{id}"),
                            line("GET", "/apps(appId='{appId}')"),
                            line("DELETE", "/identity/flows/{id}/items/{item}/$ref"),
                            line("DELETE", "/identity/flows/{id}/items/$ref"),
                            line("DELETE", "/identity/flows/{id}/items/$ref?@id={url}"),
                            line("*", "/identity/none/**")));

    private static Line line(String method, String path) {
        return new Line("beta", method, path, "200", true);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /beta/identity/flows, /identity/flows",
        "GET, /beta/identity/flows?$top=1, /identity/flows",
        "GET, /beta/identity/FLOWS, /identity/flows",
        "GET, /beta/identity/flows/$count, /identity/flows/$count",
        "GET, /beta/identity/flows/a, /identity/flows/{id}",
        "GET, /beta//identity/flows//a, /identity/flows/{id}",
        "GET, /beta/identity/flows('a'), /identity/flows/{id}",
        "GET, /beta/identity/flows(%27a%27)/items('b'), /identity/flows/{id}/items/{item}",
        "GET, /beta/identity/flows/a/getOrder(), /identity/flows/{id}/getOrder",
        "GET, /beta/identity/flows/a/getOrder, /identity/flows/{id}/getOrder",
        "GET, /beta/" + TENANT + "/identity/flows/a, /identity/flows/{id}",
        "GET, /beta/contoso.example/identity/flows/a, /identity/flows/{id}",
        "GET, /beta/identity/flows/microsoft.graph.special, "
                + "/identity/flows/microsoft.graph.special",
        "GET, /beta/identity/flows/graph.special, /identity/flows/microsoft.graph.special",
        "GET, /beta/identity/flows/a/microsoft.graph.special, /identity/flows/{id}",
        "DELETE, /beta/identity/flows/a/items/b/$ref, /identity/flows/{id}/items/{item}/$ref",
        "DELETE, /beta/identity/flows/a/items/$ref, /identity/flows/{id}/items/$ref",
        "DELETE, /beta/identity/flows/a/items/$ref?@id=http%3A%2F%2Fx, "
                + "/identity/flows/{id}/items/$ref?@id={url}",
        "DELETE, /beta/identity/flows/a/items/$ref?%40id=x, "
                + "/identity/flows/{id}/items/$ref?@id={url}",
        "GET, /beta/apps('a'), /apps/{id}",
        "GET, /beta/apps(appId='a'), /apps(appId='{appId}')",
        "GET, /beta/apps(appid=a), /apps(appId='{appId}')",
        "PUT, /beta/identity/none/a/b, /identity/none/**"
    })
    void aRequestBelongsToALine(String method, String target, String path) {
        assertThat(operations.match(method, target)).map(Line::path).contains(path);
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /beta/identity/flows",
        "GET, /v1.0/identity/flows",
        "GET, /identity/flows",
        "GET, /beta/identity/flows/a/b",
        "GET, /beta/identity/flows/$ref",
        "GET, /",
        "GET, %%%"
    })
    void orToNone(String method, String target) {
        assertThat(operations.match(method, target)).isEmpty();
    }

    @Test
    void aBatchGivesTheVersion() {
        assertThat(operations.matchInner("beta", "GET", "identity/flows")).isPresent();
        assertThat(operations.matchInner("v1.0", "GET", "/identity/flows")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "200, 200, true",
        "204, 200, true",
        "200, 404, false",
        "400/405, 405, true",
        "400, 200, false",
        "201 (new) / 204 (update), 204, true"
    })
    void successIsWhatTheListSays(String success, int status, boolean succeeds) {
        assertThat(new Line("beta", "GET", "/a", success, true).succeeds(status))
                .isEqualTo(succeeds);
    }
}
