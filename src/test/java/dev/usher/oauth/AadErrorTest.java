package dev.usher.oauth;

import static dev.usher.oauth.FormText.encode;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import dev.usher.client.Clients;
import dev.usher.client.FederatedCredential;
import dev.usher.client.NewClient;
import dev.usher.http.Headers;
import dev.usher.http.Response;
import dev.usher.store.Entity;
import dev.usher.store.Kind;
import dev.usher.store.TestDatabases;
import dev.usher.store.WriteTx;
import dev.usher.tenant.Tenant;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Each error of the catalogue, by a request that earns it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AadErrorTest {

    private static final String ASSERTION_TYPE =
            "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static final String SCOPE = "https://graph.microsoft.com/.default";
    private static final String NOWHERE = "99999999-9999-4999-8999-999999999999";

    private record Case(AadError error, String what, Response response) {}

    private final List<Case> cases = new ArrayList<>();
    private World world;
    private Tenant tenant;
    private Clients.Created client;
    private KeyPair keys;
    private String thumbprint;

    @BeforeAll
    void earnEachError() {
        world = new World(TestDatabases.sqliteSettings());
        tenant = world.tenant();
        keys = RawJwt.rsa(2048);
        X509Certificate certificate =
                Certificates.of(keys, "2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z");
        thumbprint = Certificates.base64url(Certificates.thumbprint(certificate, "SHA-256"));
        client =
                write(tx ->
                        world.here
                                .clients()
                                .create(
                                        tx,
                                        new NewClient(null, "App", Set.of(), null, certificate)));
        requests();
        tenants();
        secrets();
        assertions();
        federated();
        scopes();
        others();
    }

    @AfterAll
    void close() {
        world.close();
    }

    @TestFactory
    List<DynamicTest> eachCase() {
        return cases.stream()
                .map(one -> DynamicTest.dynamicTest(one.error + ": " + one.what, () -> check(one)))
                .toList();
    }

    @Test
    void everyErrorOfTheCatalogueIsEarned() {
        Set<AadError> here = EnumSet.allOf(AadError.class);
        // there are no people here: PasswordGrantTest has them
        here.removeIf(error -> error.room() == AadError.Room.PERSON);
        // and no user flows: TenantAddressTest has them
        here.remove(AadError.NO_USER_FLOW);
        assertThat(cases.stream().map(Case::error).collect(Collectors.toSet())).isEqualTo(here);
    }

    @Test
    void codesAreUnique() {
        assertThat(EnumSet.allOf(AadError.class).stream().map(AadError::code))
                .doesNotHaveDuplicates();
    }

    private static void check(Case one) {
        JsonNode body = Json.of(one.response);
        assertThat(body.path("error_description").asString())
                .startsWith("AADSTS" + one.error.code() + ": ")
                .doesNotContain("%s");
        assertThat(body.at("/error_codes/0").asInt()).isEqualTo(one.error.code());
        assertThat(body.path("error").asString()).isEqualTo(one.error.oauthError());
        assertThat(one.response.status()).isEqualTo(one.error.httpStatus());
    }

    private void requests() {
        add(AadError.EMPTY_REQUEST, "no body", world.post(path(tenant.id()), ""));
        add(
                AadError.MALFORMED_REQUEST,
                "a JSON body",
                world.send(
                        "POST",
                        path(tenant.id()),
                        "{}",
                        new Headers().set("Content-Type", "application/json")));
        raw(AadError.MALFORMED_REQUEST, "bad escape", "grant_type=%zz");
        raw(AadError.MALFORMED_REQUEST, "cut escape", "grant_type=%4");
        raw(AadError.MALFORMED_REQUEST, "bad UTF-8", "grant_type=%ff");
        raw(AadError.MALFORMED_REQUEST, "too many bytes", "a=" + "b".repeat(Form.BYTES_MAX));
        raw(AadError.MALFORMED_REQUEST, "too many fields", "a=b&".repeat(Form.FIELDS_MAX));
        raw(AadError.DUPLICATE_FIELD, "twice", "grant_type=client_credentials&grant_type=x");
        post(AadError.MISSING_FIELD, "no grant_type", form -> form.remove("grant_type"));
        post(AadError.MISSING_FIELD, "no client_id", form -> form.remove("client_id"));
        post(AadError.MISSING_FIELD, "an empty client_id", form -> form.put("client_id", ""));
        post(AadError.MISSING_FIELD, "no scope", form -> form.remove("scope"));
        add(
                AadError.MISSING_FIELD,
                "no resource",
                world.post("/" + tenant.id() + "/oauth2/token", encode(form())));
        for (String grant : List.of("authorization_code", "refresh_token", "device_code")) {
            post(AadError.UNSUPPORTED_GRANT, grant, form -> form.put("grant_type", grant));
        }
        add(
                AadError.UNSUPPORTED_GRANT,
                "password for version 1",
                world.post("/" + tenant.id() + "/oauth2/token", encode(passwordForm("User.Read"))));
    }

    private void tenants() {
        for (String shared : List.of("common", "Organizations", "consumers")) {
            add(AadError.TENANT_NOT_SPECIFIC, shared, world.post(path(shared), encode(form())));
        }
        add(AadError.TENANT_NAME, "no name", world.post(path("a_b"), encode(form())));
        add(AadError.TENANT_NOT_FOUND, "a GUID", world.post(path(NOWHERE), encode(form())));
        add(AadError.TENANT_NOT_FOUND, "a domain", world.post(path("no.example"), encode(form())));
        Tenant disabled = world.tenant();
        world.here.tenants().disable(World.ACTOR, disabled.id());
        add(AadError.TENANT_DISABLED, "a tenant", world.post(path(disabled.id()), encode(form())));
        add(
                AadError.NO_TENANT,
                "metadata",
                world.get("/common/v2.0/.well-known/openid-configuration"));
        Tenant other = world.tenant();
        add(
                AadError.CLIENT_NOT_FOUND,
                "another tenant's",
                world.post(path(other.id()), encode(form())));
    }

    private void secrets() {
        post(AadError.CLIENT_NOT_FOUND, "no such", form -> form.put("client_id", NOWHERE));
        post(AadError.CLIENT_NOT_FOUND, "no GUID", form -> form.put("client_id", "x"));
        post(AadError.NO_CREDENTIAL, "nothing", form -> form.remove("client_secret"));
        post(AadError.WRONG_SECRET, "wrong", form -> form.put("client_secret", "wrong"));
        post(
                AadError.MALFORMED_REQUEST,
                "secret and assertion",
                form -> form.putAll(Map.of("client_assertion", "x", "client_assertion_type", "y")));
        basic(AadError.MALFORMED_REQUEST, "two ways", "Basic " + base64(client.appId() + ":x"));
        basic(AadError.MALFORMED_REQUEST, "not base64", "Basic ***");
        basic(AadError.MALFORMED_REQUEST, "no colon", "Basic " + base64("abc"));
        Clients.AddedSecret old =
                write(tx ->
                        world.here
                                .clients()
                                .addSecret(
                                        tx,
                                        client.appId(),
                                        "old",
                                        world.clock.now().minusSeconds(60),
                                        world.clock.now()));
        post(AadError.EXPIRED_SECRET, "old", form -> form.put("client_secret", old.secret()));
        Clients.Created disabled = world.client(tenant);
        write(tx -> {
            world.here.clients().setEnabled(tx, disabled.appId(), false);
            return true;
        });
        Map<String, String> right = form();
        right.put("client_id", disabled.appId());
        right.put("client_secret", disabled.secret());
        add(AadError.CLIENT_DISABLED, "disabled", world.post(path(tenant.id()), encode(right)));
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
        write(tx ->
                tx.insert(
                        kind,
                        new Entity(
                                kind.name(),
                                client.objectId(),
                                world.ids.guid().toString(),
                                "microsoft.graph." + kind.name(),
                                0,
                                credential)));
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
        add(
                AadError.MALFORMED_REQUEST,
                "client_assertion_type",
                world.post(path(tenant.id()), encode(wrongType)));
    }

    private void scopes() {
        for (String unknown : List.of("Nothing.Read", "openid https://graph.microsoft.com/No")) {
            add(
                    AadError.SCOPE_UNKNOWN,
                    unknown,
                    world.post(path(tenant.id()), encode(passwordForm(unknown))));
        }
        add(
                AadError.RESOURCE_NOT_FOUND,
                "another resource for a person",
                world.post(path(tenant.id()), encode(passwordForm("api://other/Read"))));
        post(AadError.MALFORMED_SCOPE, "a quote", form -> form.put("scope", "\"" + SCOPE));
        for (String scope : List.of("User.Read", "openid", "https://graph.microsoft.com")) {
            post(AadError.SCOPE_NOT_DEFAULT, scope, form -> form.put("scope", scope));
        }
        post(
                AadError.SEVERAL_RESOURCES,
                "two",
                form -> form.put("scope", SCOPE + " https://vault.azure.net/.default"));
        post(
                AadError.RESOURCE_NOT_FOUND,
                "another",
                form -> form.put("scope", "https://vault.azure.net/.default"));
        Map<String, String> older = form();
        older.put("resource", "https://graph.windows.net/");
        add(
                AadError.RESOURCE_NOT_FOUND,
                "version 1",
                world.post("/" + tenant.id() + "/oauth2/token", encode(older)));
    }

    private void others() {
        for (String endpoint :
                List.of(
                        "https%3A%2F%2Fevil.example%2Fcommon%2Foauth2%2Fauthorize",
                        "https%3A%2F%2Flocalhost%3A8443", "not%20a%20url", "mailto%3Aa%40b")) {
            add(
                    AadError.UNKNOWN_INSTANCE,
                    endpoint,
                    world.get("/common/discovery/instance?authorization_endpoint=" + endpoint));
        }
    }

    private void add(AadError error, String what, Response response) {
        cases.add(new Case(error, what, response));
    }

    private void raw(AadError error, String what, String body) {
        add(error, what, world.post(path(tenant.id()), body));
    }

    private void post(AadError error, String what, Consumer<Map<String, String>> change) {
        Map<String, String> form = form();
        change.accept(form);
        add(error, what, world.post(path(tenant.id()), encode(form)));
    }

    private void basic(AadError error, String what, String authorization) {
        add(
                error,
                what,
                world.send(
                        "POST",
                        path(tenant.id()),
                        encode(form()),
                        new Headers().set("Authorization", authorization)));
    }

    private void assertion(AadError error, String what, String assertion) {
        add(error, what, world.post(path(tenant.id()), encode(asserted(assertion))));
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

    private static String path(Object tenant) {
        return "/" + tenant + "/oauth2/v2.0/token";
    }

    private Map<String, String> form() {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "client_credentials");
        form.put("client_id", client.appId());
        form.put("client_secret", client.secret());
        form.put("scope", SCOPE);
        return form;
    }

    private Map<String, String> passwordForm(String scope) {
        Map<String, String> form = form();
        form.put("grant_type", "password");
        form.put("scope", scope);
        return form;
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private <T> T write(java.util.function.Function<WriteTx, T> work) {
        return world.here.store().write(tenant.id(), World.ACTOR, work);
    }
}
