package dev.usher.oauth;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import dev.usher.client.Clients;
import dev.usher.client.FederatedCredential;
import dev.usher.store.Entity;
import dev.usher.store.Kind;
import dev.usher.tenant.Tenant;
import java.net.URI;
import java.security.KeyPair;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Tokens of another issuer that do not speak for a client, and why. */
final class FederatedAssertions {

    private static final String ISSUER = "https://ci.example";
    private static final String SILENT = "https://silent.example";
    private static final String SUBJECT = "job";
    private static final String AUDIENCE = "api://x";

    private final World world;
    private final KeyPair keys;

    private FederatedAssertions(World world, KeyPair keys) {
        this.world = world;
        this.keys = keys;
    }

    record Case(AadError error, String what, String assertion) {}

    /** The client trusts two issuers; one publishes the keys, the other does not answer. */
    static List<Case> refused(World world, Tenant tenant, Clients.Created client, KeyPair keys) {
        trust(world, tenant, client, ISSUER);
        trust(world, tenant, client, SILENT);
        world.published.put(
                URI.create(ISSUER + "/.well-known/openid-configuration"),
                "{\"issuer\":\"%s\",\"jwks_uri\":\"%s/keys\"}".formatted(ISSUER, ISSUER));
        world.published.put(
                URI.create(ISSUER + "/keys"),
                new JWKSet(new RSAKey.Builder((RSAPublicKey) keys.getPublic()).build()).toString());
        return new FederatedAssertions(world, keys).cases();
    }

    private List<Case> cases() {
        FederatedAssertions forger = new FederatedAssertions(world, RawJwt.rsa(2048));
        return List.of(
                new Case(
                        AadError.FEDERATED_ISSUER,
                        "a stranger",
                        token("https://else.example", SUBJECT, AUDIENCE, 600)),
                new Case(
                        AadError.FEDERATED_SUBJECT,
                        "another job",
                        token(ISSUER, "Job", AUDIENCE, 600)),
                new Case(
                        AadError.FEDERATED_AUDIENCE,
                        "for others",
                        token(ISSUER, SUBJECT, "api://y", 600)),
                new Case(
                        AadError.FEDERATED_KEY,
                        "another key",
                        forger.token(ISSUER, SUBJECT, AUDIENCE, 600)),
                new Case(
                        AadError.FEDERATED_UNREACHABLE,
                        "no answer",
                        token(SILENT, SUBJECT, AUDIENCE, 600)),
                new Case(
                        AadError.ASSERTION_TIME,
                        "expired elsewhere",
                        token(ISSUER, SUBJECT, AUDIENCE, -600)));
    }

    private String token(String issuer, String subject, String audience, int seconds) {
        return RawJwt.rs256(
                keys.getPrivate(),
                "{\"alg\":\"RS256\"}",
                "{\"iss\":\"%s\",\"sub\":\"%s\",\"aud\":\"%s\",\"exp\":%d}"
                        .formatted(
                                issuer,
                                subject,
                                audience,
                                world.clock.now().getEpochSecond() + seconds));
    }

    private static void trust(
            World world, Tenant tenant, Clients.Created client, String issuer) {
        Kind kind = new Kind(FederatedCredential.KIND, null, Map.of(), Set.of());
        ObjectNode credential =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("name", "ci")
                        .put("issuer", issuer)
                        .put("subject", SUBJECT);
        credential.putArray("audiences").add(AUDIENCE);
        Entity entity =
                new Entity(
                        kind.name(),
                        client.objectId(),
                        world.ids.guid().toString(),
                        "microsoft.graph." + kind.name(),
                        0,
                        credential);
        world.here.store().write(tenant.id(), World.ACTOR, tx -> tx.insert(kind, entity));
    }
}
