package dev.usher.oauth;

import static dev.usher.oauth.FormText.encode;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.client.Clients;
import dev.usher.client.NewClient;
import dev.usher.http.Headers;
import dev.usher.http.Response;
import dev.usher.store.TestDatabases;
import dev.usher.store.WriteTx;
import dev.usher.tenant.Tenant;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
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

/** Each error of the catalogue, by a request that earns it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AadErrorTest {

    private static final String SCOPE = "https://graph.microsoft.com/.default";
    private static final String NOWHERE = "99999999-9999-4999-8999-999999999999";

    private record Case(AadError error, String what, Response response) {}

    private final List<Case> cases = new ArrayList<>();
    private World world;
    private Tenant tenant;
    private Clients.Created client;

    @BeforeAll
    void earnEachError() {
        world = new World(TestDatabases.sqliteSettings());
        tenant = world.tenant();
        KeyPair keys = RawJwt.rsa(2048);
        X509Certificate certificate =
                Certificates.of(keys, "2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z");
        String thumbprint = Certificates.base64url(Certificates.thumbprint(certificate, "SHA-256"));
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
        new AssertionErrors(world, tenant, client, keys, thumbprint, this::add).earn();
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
        // neither people nor flows are here: PersonErrorsTest and TenantAddressTest have them
        here.removeIf(e -> e.isAboutPeople() || e == AadError.NO_USER_FLOW);
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
                .startsWith(one.error.code() + ": ")
                .doesNotContain("%s");
        assertThat(body.at("/error_codes/0").asInt()).isEqualTo(one.error.number());
        assertThat(body.path("error").asString()).isEqualTo(one.error.oauthError());
        assertThat(one.response.status()).isEqualTo(one.error.status());
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
