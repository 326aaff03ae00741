package dev.usher.acceptance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.acceptance.fixture.Crowd;
import dev.usher.acceptance.fixture.Distribution;
import dev.usher.acceptance.fixture.Distribution.Finished;
import dev.usher.acceptance.fixture.Json;
import dev.usher.acceptance.fixture.Registered;
import dev.usher.acceptance.fixture.RsaKey;
import dev.usher.acceptance.fixture.Usher;
import dev.usher.acceptance.fixture.UsherTest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** {@code az rest} of the Azure CLI, with a token of its own and the CA by its usual variable. */
@UsherTest
class AzRestTest {

    private final Usher usher;

    AzRestTest(Usher usher) {
        this.usher = usher;
    }

    private Finished az(String method, String path, Object body, String... more) {
        Program az = Program.needed("az");
        String token = usher.tokens().of(usher.tenant(), usher.tenant().admin());
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "rest",
                                "--only-show-errors",
                                "--skip-authorization-header",
                                "--method",
                                method,
                                "--url",
                                usher.json().httpsUrl() + "/v1.0" + path,
                                "--headers",
                                "Authorization=Bearer " + token));
        arguments.addAll(List.of(more));
        if (body != null) {
            arguments.addAll(List.of("Content-Type=application/json", "--body", Json.write(body)));
        }
        return az.run(
                Map.of(
                        "REQUESTS_CA_BUNDLE",
                        usher.json().caFile().toString(),
                        "AZURE_CONFIG_DIR",
                        Distribution.workDirectory("az").toString(),
                        "AZURE_CORE_COLLECT_TELEMETRY",
                        "no"),
                arguments.toArray(String[]::new));
    }

    private JsonNode done(String method, String path, Object body, String... more) {
        Finished finished = az(method, path, body, more);
        assertThat(finished.exit()).as("%s %s: %s", method, path, finished.err()).isZero();
        return Json.parse(finished.out().isBlank() ? "{}" : finished.out());
    }

    @Test
    void theLifeOfAFlow() {
        String name = Usher.fresh("Az");
        String flows = "/identity/b2xUserFlows";
        JsonNode flow =
                done(
                        "post",
                        flows,
                        Json.object(
                                "id",
                                name,
                                "userFlowType",
                                "signUpOrSignIn",
                                "userFlowTypeVersion",
                                1));
        String one = flows + "/" + flow.get("id").asString();
        JsonNode connector =
                done("post", "/identity/apiConnectors", Usher.connector(name + " by az"));
        String step = one + "/apiConnectorConfiguration/postAttributeCollection/$ref";
        done(
                "put",
                step,
                Map.of(
                        "@odata.id",
                        "/v1.0/identity/apiConnectors/" + connector.get("id").asString()));

        JsonNode found = done("get", one + "?$expand=userFlowIdentityProviders", null);
        assertThat(found.get("id").asString()).isEqualTo("B2X_1_" + name);
        assertThat(found.get("userFlowIdentityProviders")).isNotEmpty();
        String filter = flows + "?$filter=id eq 'B2X_1_" + name + "'&$count=true";
        assertThat(done("get", filter, null).at("/@odata.count").asInt()).isEqualTo(1);

        done("delete", step, null);
        done("delete", "/identity/apiConnectors/" + connector.get("id").asString(), null);
        done("delete", one, null);
        Finished gone = az("get", one, null);
        assertThat(gone.exit()).isNotZero();
        assertThat(gone.err()).contains("ResourceNotFound");
    }

    private List<String> found(String query, String... headers) {
        return done("get", "/users?" + query, null, headers)
                .get("value")
                .valueStream()
                .map(item -> item.get("id").asString())
                .toList();
    }

    private String created(String path, Object body) {
        return done("post", path, body).get("id").asString();
    }

    @Test
    void aPerson() {
        Crowd.gather(usher);
        String name = Usher.fresh("Az");
        String mail = name + "@example.com";
        Map<String, Object> body =
                Json.object(
                        "displayName",
                        name + " by az",
                        "mail",
                        mail,
                        "identities",
                        List.of(
                                Json.object(
                                        "signInType",
                                        "emailAddress",
                                        "issuer",
                                        usher.tenant().domain(),
                                        "issuerAssignedId",
                                        mail)),
                        "passwordProfile",
                        Json.object("password", "Correct-Horse-" + name));
        String id = created("/users", body);
        String identity =
                "$filter=identities/any(c:c/issuerAssignedId eq '%s' and c/issuer eq '%s')"
                        .formatted(mail, usher.tenant().domain());
        assertThat(found("$filter=mail eq '" + mail + "'")).containsExactly(id);
        assertThat(found(identity)).containsExactly(id);
        assertThat(found("$search=\"displayName:" + name + "\"", "ConsistencyLevel=eventual"))
                .containsExactly(id);

        Set<String> crowd = new HashSet<>();
        String next = "/users?$filter=" + Crowd.FILTER + "&$select=id&$top=" + Crowd.PAGE_MAX;
        int pages = 0;
        while (next != null) {
            JsonNode page = done("get", next, null);
            page.get("value").forEach(item -> crowd.add(item.get("id").asString()));
            JsonNode link = page.get("@odata.nextLink");
            next = link == null ? null : link.asString().replaceFirst("^.*/v1\\.0", "");
            pages++;
        }
        assertThat(crowd).hasSize(Crowd.SIZE);
        assertThat(pages).isEqualTo(6);
        done("delete", "/users/" + id, null);
    }

    @Test
    void anApplicationWithItsGrant() {
        RsaKey key = new RsaKey();
        JsonNode application =
                done(
                        "post",
                        "/applications",
                        Json.object(
                                "displayName",
                                Usher.fresh("Az"),
                                "keyCredentials",
                                List.of(key.credential())));
        String appId = application.get("appId").asString();
        String principal = created("/servicePrincipals", Map.of("appId", appId));
        String one = "/applications/" + application.get("id").asString();
        String secret =
                done("post", one + "/addPassword", Json.object()).get("secretText").asString();
        String resource =
                done("get", "/servicePrincipals(appId='" + Registered.GRAPH + "')", null)
                        .get("id")
                        .asString();
        String grants = "/servicePrincipals/" + principal + "/appRoleAssignments";
        String grant =
                created(
                        grants,
                        Json.object(
                                "principalId",
                                principal,
                                "resourceId",
                                resource,
                                "appRoleId",
                                Registered.ROLE_ID));
        Registered registered = new Registered(usher, appId, secret, key);
        List<String> tokens = registered.granted();
        done("delete", grants + "/" + grant, null);
        registered.revoked(tokens);
        done("delete", one, null);
    }
}
