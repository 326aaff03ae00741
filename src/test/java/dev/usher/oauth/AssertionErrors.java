package dev.usher.oauth;

import static dev.usher.oauth.FormText.encode;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import dev.usher.client.Clients;
import dev.usher.client.FederatedCredential;
import dev.usher.http.Response;
import dev.usher.store.Entity;
import dev.usher.store.Kind;
import dev.usher.tenant.Tenant;
import java.net.URI;
import java.security.KeyPair;
import java.security.interfaces.RSAPublicKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Client assertions that earn errors: of clients themselves, and of those that they trust. */
final class AssertionErrors {

    private static final String ASSERTION_TYPE =
            "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static final String NOWHERE = "99999999-9999-4999-8999-999999999999";

    /** Takes what was earned. */
    @FunctionalInterface
    interface Earned {
        void add(AadError error, String what, Response response);
    }

    private static final String SCOPE = "https://graph.microsoft.com/.default";

    private final World world;
    private final Tenant tenant;
    private final Clients.Created client;
    private final KeyPair keys;
    private final String thumbprint;
    private final Earned earned;

    AssertionErrors(
            World world,
            Tenant tenant,
            Clients.Created client,
            KeyPair keys,
            String thumbprint,
            Earned earned) {
        this.world = world;
        this.tenant = tenant;
        this.client = client;
        this.keys = keys;
        this.thumbprint = thumbprint;
        this.earned = earned;
    }

    void earn() {
        assertions();
        federated();
    }

    private void assertions() {
        String header = "{\"alg\":\"RS256\",\"x5t#S256\":\"" + thumbprint + "\"}";
        assertion(AadError.ASSERTION_MALFORMED, "no token", "x.y");
        assertion(AadError.ASSERTION_MALFORMED, "too long", "x".repeat(20_000));
        assertion(AadError.ASSERTION_MALFORMED, "no claims", sign(header, "\"text\""));
        assertion(
                AadError.ASSERTION_MALFORMED,
                "unsigned",
                RawJwt.unsigned("{\"alg\":\"none\"}", claims("")));
        assertion(AadError.ASSERTION_MALFORMED, "no jti", sign(header, claims("\"jti\":null,")));
        assertion(AadError.ASSERTION_CLIENT, "sub", sign(header, claims("\"sub\":\"x\",")));
        assertion(AadError.ASSERTION_CLIENT, "iss", sign(header, claims("\"iss\":null,")));
        assertion(
                AadError.ASSERTION_AUDIENCE,
                "another server",
                sign(header, claims("\"aud\":\"https://login.microsoftonline.com/x/v2.0\",")));
        assertion(
                AadError.ASSERTION_AUDIENCE,
                "another tenant",
                sign(header, claims("\"aud\":\"" + World.ORIGIN + "/" + NOWHERE + "/v2.0\",")));
        long now = world.clock.now().getEpochSecond();
        for (String time :
                List.of(
                        "\"exp\":null,",
                        "\"exp\":\"soon\",",
                        "\"exp\":" + (now - 300) + ",",
                        "\"exp\":" + (now + 3901) + ",",
                        "\"nbf\":" + (now + 301) + ",",
                        "\"iat\":" + (now + 301) + ",")) {
            assertion(AadError.ASSERTION_TIME, time, sign(header, claims(time)));
        }
        assertionKeys(header);
    }

    private void federated() {
        String issuer = "https://ci.example";
        trust(issuer);
        trust("https://silent.example");
        world.published.put(
                URI.create(issuer + "/.well-known/openid-configuration"),
                "{\"issuer\":\"" + issuer + "\",\"jwks_uri\":\"" + issuer + "/keys\"}");
        world.published.put(
                URI.create(issuer + "/keys"),
                new JWKSet(new RSAKey.Builder((RSAPublicKey) keys.getPublic()).build()).toString());
        String claims = "{\"iss\":\"%s\",\"sub\":\"%s\",\"aud\":\"%s\",\"exp\":%d}";
        long until = world.clock.now().getEpochSecond() + 600;
        String header = "{\"alg\":\"RS256\"}";
        assertion(
                AadError.FEDERATED_ISSUER,
                "a stranger",
                sign(header, claims.formatted("https://else.example", "job", "api://x", until)));
        assertion(
                AadError.FEDERATED_SUBJECT,
                "another job",
                sign(header, claims.formatted(issuer, "Job", "api://x", until)));
        assertion(
                AadError.FEDERATED_AUDIENCE,
                "for others",
                sign(header, claims.formatted(issuer, "job", "api://y", until)));
        assertion(
                AadError.FEDERATED_KEY,
                "another key",
                RawJwt.rs256(
                        RawJwt.rsa(2048).getPrivate(),
                        header,
                        claims.formatted(issuer, "job", "api://x", until)));
        assertion(
                AadError.FEDERATED_UNREACHABLE,
                "no answer",
                sign(header, claims.formatted("https://silent.example", "job", "api://x", until)));
        assertion(
                AadError.ASSERTION_TIME,
                "expired elsewhere",
                sign(header, claims.formatted(issuer, "job", "api://x", until - 1200)));
    }

    private void trust(String issuer) {
        Kind kind = new Kind(FederatedCredential.KIND, null, Map.of(), Set.of());
        ObjectNode credential =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("name", "ci")
                        .put("issuer", issuer)
                        .put("subject", "job");
        credential.putArray("audiences").add("api://x");
        world.here
                .store()
                .write(
                        tenant.id(),
                        World.ACTOR,
                        tx -> {
                            tx.insert(
                                    kind,
                                    new Entity(
                                            kind.name(),
                                            client.objectId(),
                                            world.ids.guid().toString(),
                                            "microsoft.graph." + kind.name(),
                                            0,
                                            credential));
                            return true;
                        });
    }

    private void assertionKeys(String header) {
        assertion(AadError.ASSERTION_KEY, "no thumbprint", sign("{\"alg\":\"RS256\"}", claims("")));
        assertion(
                AadError.ASSERTION_KEY,
                "unknown thumbprint",
                sign("{\"alg\":\"RS256\",\"x5t\":\"AAAA\"}", claims("")));
        assertion(
                AadError.ASSERTION_KEY,
                "two thumbprints that differ",
                sign(header.replace("}", ",\"x5t\":\"AAAA\"}"), claims("")));
        assertion(
                AadError.ASSERTION_KEY,
                "another key",
                RawJwt.rs256(RawJwt.rsa(2048).getPrivate(), header, claims("")));
        assertion(
                AadError.ASSERTION_KEY,
                "an HMAC with the public key",
                RawJwt.hs256(
                        keys.getPublic().getEncoded(),
                        header.replace("RS256", "HS256"),
                        claims("")));
        String once = sign(header, claims(""));
        world.post(path(tenant.id()), encode(asserted(once)));
        assertion(AadError.ASSERTION_REPLAYED, "twice", once);
        Map<String, String> wrongType = asserted(sign(header, claims("")));
        wrongType.put("client_assertion_type", "jwt");
        earned.add(
                AadError.MALFORMED_REQUEST,
                "client_assertion_type",
                world.post(path(tenant.id()), encode(wrongType)));
    }

    private void assertion(AadError error, String what, String assertion) {
        earned.add(error, what, world.post(path(tenant.id()), encode(asserted(assertion))));
    }

    private Map<String, String> asserted(String assertion) {
        Map<String, String> form = form();
        form.remove("client_secret");
        form.put("client_assertion_type", ASSERTION_TYPE);
        form.put("client_assertion", assertion);
        return form;
    }

    private String sign(String header, String claims) {
        return RawJwt.rs256(keys.getPrivate(), header, claims);
    }

    /** Right claims; those given come first and win. */
    private String claims(String changed) {
        long now = world.clock.now().getEpochSecond();
        String right =
                "\"iss\":\"%s\",|\"sub\":\"%s\",|\"aud\":\"%s\",|\"jti\":\"%s\",|\"exp\":%d,"
                        .formatted(
                                client.appId(),
                                client.appId(),
                                World.ORIGIN + path(tenant.id()),
                                world.ids.guid(),
                                now + 600);
        String name = changed.isEmpty() ? "none" : changed.substring(0, changed.indexOf(':'));
        StringBuilder json = new StringBuilder("{").append(changed);
        for (String claim : right.split("\\|")) {
            json.append(claim.startsWith(name) ? "" : claim);
        }
        return json.append("\"end\":true}").toString();
    }

    private Map<String, String> form() {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "client_credentials");
        form.put("client_id", client.appId());
        form.put("client_secret", client.secret());
        form.put("scope", SCOPE);
        return form;
    }

    private static String path(Object tenant) {
        return "/" + tenant + "/oauth2/v2.0/token";
    }
}
