package dev.usher.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.client.Clients;
import dev.usher.graph.GraphWorld.Answer;
import dev.usher.oauth.Certificates;
import dev.usher.oauth.EachDatabase;
import dev.usher.oauth.RawJwt;
import dev.usher.token.KeyProof;
import java.security.KeyPair;
import java.security.cert.CertificateEncodingException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** An application rolls its certificates by proving that it has one. */
class KeyActionsTest {

    private static final String FROM = "2026-01-01T00:00:00Z";
    private static final String HEADER = "{\"alg\":\"RS256\",\"typ\":\"JWT\"}";

    private final KeyPair first = RawJwt.rsa(2048);
    private final KeyPair second = RawJwt.rsa(2048);
    private GraphWorld graph;
    private String id;
    private String path;

    @BeforeEach
    void open() {
        graph = new GraphWorld(EachDatabase.SQLITE.fresh());
        Answer created =
                graph.post(
                        "/v1.0/applications",
                        "{\"displayName\":\"Rolling\",\"keyCredentials\":["
                                + credential(first, "2027-01-01T00:00:00Z")
                                + "]}");
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        id = created.json().path("id").asString();
        path = "/v1.0/applications/" + id;
    }

    @AfterEach
    void close() {
        graph.close();
    }

    private static String credential(KeyPair keys, String until) {
        try {
            byte[] der = Certificates.of(keys, FROM, until).getEncoded();
            return "{\"type\":\"AsymmetricX509Cert\",\"usage\":\"Verify\",\"key\":\""
                    + Certificates.base64(der)
                    + "\"}";
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    private String claims(String audience, String issuer, long begins, long ends) {
        long now = graph.world.clock.now().getEpochSecond();
        return "{\"aud\":\"%s\",\"iss\":\"%s\",\"nbf\":%d,\"exp\":%d}"
                .formatted(audience, issuer, now + begins, now + ends);
    }

    private String proof(KeyPair keys) {
        return RawJwt.rs256(keys.getPrivate(), HEADER, claims(KeyProof.AUDIENCE, id, 0, 600));
    }

    private Answer add(KeyPair keys, String proof) {
        String body = "{\"keyCredential\":%s,\"passwordCredential\":null,\"proof\":\"%s\"}";
        return graph.post(
                path + "/addKey", body.formatted(credential(keys, "2027-01-01T00:00:00Z"), proof));
    }

    private Answer remove(String keyId, String proof) {
        return graph.post(
                path + "/removeKey", "{\"keyId\":\"%s\",\"proof\":\"%s\"}".formatted(keyId, proof));
    }

    private List<String> keyIds() {
        return graph.get(path)
                .json()
                .path("keyCredentials")
                .valueStream()
                .map(key -> key.path("keyId").asString())
                .toList();
    }

    @Test
    void aKeyIsAddedAndTheOldOneRemoved() {
        String old = keyIds().getFirst();
        Answer added = add(second, proof(first));
        assertThat(added.status()).as(added.text()).isEqualTo(200);
        JsonNode shown = added.json();
        assertThat(shown.path("keyId").asString()).isNotEmpty();
        assertThat(shown.path("key").isMissingNode() || shown.path("key").isNull()).isTrue();
        assertThat(keyIds()).hasSize(2);

        assertThat(remove(old, proof(second)).status()).isEqualTo(204);
        assertThat(keyIds()).containsExactly(shown.path("keyId").asString());
        assertThat(add(first, proof(first)).status()).isEqualTo(400);
        assertThat(remove(UUID.randomUUID().toString(), proof(second)).status()).isEqualTo(400);
    }

    @Test
    void onlyAFreshProofOfAValidKeyCounts() {
        for (String claims :
                List.of(
                        claims("https://graph.microsoft.com", id, 0, 600),
                        claims(KeyProof.AUDIENCE, UUID.randomUUID().toString(), 0, 600),
                        claims(KeyProof.AUDIENCE, id, 0, 601),
                        claims(KeyProof.AUDIENCE, id, -600, 0),
                        claims(KeyProof.AUDIENCE, id, 301, 600),
                        "{}",
                        "[]")) {
            String proof = RawJwt.rs256(first.getPrivate(), HEADER, claims);
            assertThat(add(second, proof).status()).as(claims).isEqualTo(400);
        }
        assertThat(add(second, proof(second)).status()).isEqualTo(400);
        for (String malformed : List.of("", "x", "a.b.c", proof(first) + "x")) {
            assertThat(add(second, malformed).status()).as(malformed).isEqualTo(400);
        }
        assertThat(keyIds()).hasSize(1);
    }

    @Test
    void anExpiredCertificateProvesNothing() {
        KeyPair brief = RawJwt.rsa(2048);
        String body = "{\"keyCredential\":%s,\"passwordCredential\":null,\"proof\":\"%s\"}";
        graph.post(
                path + "/addKey",
                body.formatted(credential(brief, "2026-11-22T09:00:00Z"), proof(first)));
        assertThat(keyIds()).hasSize(2);
        assertThat(add(second, proof(brief)).status()).isEqualTo(400);
    }

    /** The proof is enough for what is the caller's own; for others' it takes the permission. */
    @Test
    void anApplicationRollsItsOwnCertificatesWithoutPermission() {
        JsonNode read = graph.get(path).json();
        String appId = read.path("appId").asString();
        graph.post("/v1.0/servicePrincipals", "{\"appId\":\"" + appId + "\"}");
        JsonNode secret = graph.post(path + "/addPassword", "{}").json();
        String own =
                graph.world.token(
                        graph.tenant,
                        new Clients.Created(appId, id, secret.path("secretText").asString()));
        String body =
                "{\"keyCredential\":%s,\"passwordCredential\":null,\"proof\":\"%s\"}"
                        .formatted(credential(second, "2027-01-01T00:00:00Z"), proof(first));
        for (String stranger : List.of(graph.token(), graph.token("User.ReadWrite.All"))) {
            Answer refused = graph.sendAs(stranger, "POST", path + "/addKey", body);
            assertThat(refused.status()).as(refused.text()).isEqualTo(403);
        }
        assertThat(keyIds()).hasSize(1);
        Answer added = graph.sendAs(own, "POST", path + "/addKey", body);
        assertThat(added.status()).as(added.text()).isEqualTo(200);
        String removal =
                "{\"keyId\":\"%s\",\"proof\":\"%s\"}"
                        .formatted(added.json().path("keyId").asString(), proof(first));
        assertThat(graph.sendAs(own, "POST", path + "/removeKey", removal).status()).isEqualTo(204);
        assertThat(graph.sendAs(own, "POST", path + "/addPassword", "{}").status()).isEqualTo(403);
        assertThat(graph.sendAs(own, "GET", path, null).status()).isEqualTo(403);
    }
}
