package dev.usher.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.acceptance.fixture.Graph;
import dev.usher.acceptance.fixture.Json;
import dev.usher.acceptance.fixture.Proves;
import dev.usher.acceptance.fixture.Reply;
import dev.usher.acceptance.fixture.RsaKey;
import dev.usher.acceptance.fixture.Sdk;
import dev.usher.acceptance.fixture.Usher;
import dev.usher.acceptance.fixture.UsherTest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Certificates that applications roll, and names under which they are created. */
@UsherTest
class KeysTest {

    private final Usher usher;

    KeysTest(Usher usher) {
        this.usher = usher;
    }

    private Graph graph(String version) {
        return usher.graph(version, usher.tenant(), usher.tenant().admin());
    }

    private JsonNode application(RsaKey key) {
        return usher.graph()
                .post(
                        "/applications",
                        Json.object(
                                "displayName",
                                Usher.fresh("Keys"),
                                "keyCredentials",
                                List.of(key.credential())))
                .expect(201)
                .json();
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1.0", "beta"})
    @Proves("POST /applications/{id}/addKey")
    @Proves("POST /applications/{id}/removeKey")
    void aCertificateIsRolled(String version) {
        Graph graph = graph(version);
        RsaKey first = new RsaKey();
        RsaKey second = new RsaKey();
        JsonNode application = application(first);
        String id = application.get("id").asString();
        String path = "/applications/" + id;
        String old = application.at("/keyCredentials/0/keyId").asString();

        Map<String, Object> foreign =
                Json.object("keyCredential", second.credential(), "proof", second.proof(id));
        graph.post(path + "/addKey", foreign).refused(400, "Request_BadRequest");
        Reply added =
                graph.post(
                        path + "/addKey",
                        Json.object(
                                "keyCredential", second.credential(), "proof", first.proof(id)));
        String keyId = added.expect(200).json().get("keyId").asString();
        Map<String, Object> removal = Json.object("keyId", old, "proof", second.proof(id));
        graph.post(path + "/removeKey", removal).expect(204);
        graph.post(path + "/removeKey", removal).refused(400, "Request_BadRequest");
        JsonNode left = graph.get(path).expect(200).json().get("keyCredentials");
        assertThat(left).hasSize(1);
        assertThat(left.get(0).get("keyId").asString()).isEqualTo(keyId);
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1.0", "beta"})
    @Proves("PATCH /applications(uniqueName='{name}')")
    void aNameIsCreatedOnceThenChanged(String version) {
        Graph graph = graph(version);
        String path = "/applications(uniqueName='" + Usher.fresh("pipeline") + "')";
        Map<String, Object> body = Json.object("displayName", "Pipeline");

        graph.patch(path, body).refused(404, "Request_ResourceNotFound");
        Reply created = graph.patch(path, body, "Prefer", "create-if-missing").expect(201);
        graph.patch(path, Map.of("notes", "noted"), "Prefer", "create-if-missing").expect(204);
        JsonNode read = graph.get(path).expect(200).json();
        assertThat(read.get("id")).isEqualTo(created.json().get("id"));
        assertThat(read.get("notes").asString()).isEqualTo("noted");
    }

    @Test
    void bySdk() {
        RsaKey first = new RsaKey();
        RsaKey second = new RsaKey();
        String id = application(first).get("id").asString();
        var graph = Sdk.stable(usher);
        var credential = new com.microsoft.graph.models.KeyCredential();
        credential.setType("AsymmetricX509Cert");
        credential.setUsage("Verify");
        credential.setKey(second.certificate());
        var add = new com.microsoft.graph.applications.item.addkey.AddKeyPostRequestBody();
        add.setKeyCredential(credential);
        add.setProof(first.proof(id));
        UUID keyId = graph.applications().byApplicationId(id).addKey().post(add).getKeyId();
        var remove = new com.microsoft.graph.applications.item.removekey.RemoveKeyPostRequestBody();
        remove.setKeyId(keyId);
        remove.setProof(first.proof(id));
        graph.applications().byApplicationId(id).removeKey().post(remove);
        assertThat(graph.applications().byApplicationId(id).get().getKeyCredentials()).hasSize(1);
    }

    @Test
    void byBetaSdk() {
        RsaKey first = new RsaKey();
        RsaKey second = new RsaKey();
        String id = application(first).get("id").asString();
        var graph = Sdk.beta(usher);
        var credential = new com.microsoft.graph.beta.models.KeyCredential();
        credential.setType("AsymmetricX509Cert");
        credential.setUsage("Verify");
        credential.setKey(second.certificate());
        var add = new com.microsoft.graph.beta.applications.item.addkey.AddKeyPostRequestBody();
        add.setKeyCredential(credential);
        add.setProof(first.proof(id));
        UUID keyId = graph.applications().byApplicationId(id).addKey().post(add).getKeyId();
        var remove =
                new com.microsoft.graph.beta.applications.item.removekey.RemoveKeyPostRequestBody();
        remove.setKeyId(keyId);
        remove.setProof(first.proof(id));
        graph.applications().byApplicationId(id).removeKey().post(remove);
        assertThat(graph.applications().byApplicationId(id).get().getKeyCredentials()).hasSize(1);
    }
}
