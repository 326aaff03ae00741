package dev.usher.acceptance.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.usher.acceptance.fixture.Distribution.Finished;
import dev.usher.acceptance.fixture.Fields;
import dev.usher.acceptance.fixture.FormBrowser;
import dev.usher.acceptance.fixture.Json;
import dev.usher.acceptance.fixture.Trust;
import dev.usher.acceptance.fixture.Usher;
import dev.usher.acceptance.fixture.UsherTest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Clients of other languages send people through a user flow, unchanged but for the address. */
@UsherTest
class UserFlowClientsTest {

    private static final Path ROOT = Path.of(System.getProperty("usher.root"), "acceptance");
    private static final Path NODE = ROOT.resolve("node");
    private static final Path PYTHON = Path.of("/usr/bin/python3");
    private static final Path MSAL = Path.of("/usr/lib/python3/dist-packages/msal");

    private static final String REDIRECT = "http://localhost:3000/signed-in";

    private final Usher usher;
    private final String flow;
    private final String person;
    private final String authority;

    UserFlowClientsTest(Usher usher) {
        this.usher = usher;
        this.flow = usher.tenant().flows().get("signUpOrSignIn");
        this.person = usher.tenant().users().keySet().iterator().next();
        this.authority = usher.json().httpsUrl() + "/" + usher.tenant().id() + "/" + flow;
    }

    private JsonNode node(String program, Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(more);
        environment.put("USHER_EMAIL", person);
        environment.put("USHER_PASSWORD", usher.tenant().users().get(person));
        environment.put("NODE_EXTRA_CA_CERTS", usher.json().caFile().toString());
        Program node = Program.needed("node", NODE.resolve("node_modules"));
        Finished finished = node.run(environment, NODE.resolve(program).toString());
        assertThat(finished.exit()).as(finished.err()).isZero();
        return Json.parse(finished.out());
    }

    private void isThePerson(JsonNode claims, String client) {
        assertThat(claims.get("iss").asString()).isEqualTo(authority + "/v2.0");
        assertThat(claims.get("aud").asString()).isEqualTo(client);
        assertThat(claims.get("tfp").asString()).isEqualTo(flow);
        assertThat(claims.at("/emails/0").asString()).isEqualTo(person);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void msalForNode(boolean confidential) {
        String client = confidential ? usher.tenant().admin().id() : usher.tenant().app();
        JsonNode result =
                node(
                        "msal.mjs",
                        Map.of(
                                "USHER_AUTHORITY",
                                authority,
                                "USHER_CLIENT",
                                client,
                                "USHER_SECRET",
                                confidential ? usher.tenant().admin().secret() : ""));

        assertThat(result.get("state").asString()).isEqualTo("a state with / + = &");
        isThePerson(result.get("claims"), client);
        isThePerson(result.get("renewed"), client);
        assertThat(result.get("homeAccountId").asString())
                .isEqualTo(
                        result.at("/claims/oid").asString()
                                + "-"
                                + flow.toLowerCase()
                                + "."
                                + usher.tenant().id());
        assertThat(result.get("fromCache").asBoolean()).isFalse();
        assertThat(result.get("accounts").asInt()).isZero();
        assertThat(result.get("out").asString()).isEqualTo(REDIRECT);
        assertThat(result.get("after").asString()).isEqualTo("interaction_required");
    }

    @Test
    void openidClient() {
        String client = usher.tenant().admin().id();
        JsonNode result =
                node(
                        "openid.mjs",
                        Map.of(
                                "USHER_ISSUER",
                                authority + "/v2.0",
                                "USHER_CLIENT",
                                client,
                                "USHER_SECRET",
                                usher.tenant().admin().secret()));

        assertThat(result.get("issuer").asString()).isEqualTo(authority + "/v2.0");
        isThePerson(result.get("claims"), client);
        isThePerson(result.get("renewed"), client);
        assertThat(result.at("/person/sub")).isEqualTo(result.at("/claims/sub"));
        assertThat(result.get("reuse").asString()).isEqualTo("invalid_grant");
        assertThat(result.get("out").asString()).isEqualTo(REDIRECT + "?state=bye");
    }

    /** What a program made of a sign-in, and the browser in which that was. */
    private record Talk(JsonNode result, String asked, FormBrowser browser) {}

    /** A program that prints an address, reads the answer to it, and prints what it made of it. */
    private Talk conversation(Map<String, String> environment, String... command)
            throws IOException {
        Path errors = Files.createTempFile("usher-client", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
        builder.environment().putAll(environment);
        Process program = builder.start();
        try (BufferedReader out =
                        new BufferedReader(
                                new InputStreamReader(
                                        program.getInputStream(), StandardCharsets.UTF_8));
                Writer in = program.outputWriter(StandardCharsets.UTF_8)) {
            String address = out.readLine();
            assertThat(address).as("%s", Files.readString(errors)).startsWith("https://");
            FormBrowser browser =
                    new FormBrowser(usher.http(), usher.json().httpsUrl())
                            .open(address)
                            .press(
                                    "next",
                                    "email",
                                    person,
                                    "password",
                                    usher.tenant().users().get(person));
            in.write(Json.write(Fields.of(browser.url())) + "\n");
            in.flush();
            String line = out.readLine();
            assertThat(line).as("%s", Files.readString(errors)).isNotNull();
            return new Talk(Json.parse(line), address, browser);
        } finally {
            program.destroy();
            Files.delete(errors);
        }
    }

    /** The browser is signed out where the metadata say, and comes back to the application. */
    private void signsOut(Talk talk, String endpoint, String idToken) {
        FormBrowser browser = talk.browser;
        String silently = talk.asked.replaceFirst("&prompt=[^&]*", "") + "&prompt=none";
        assertThat(Fields.of(browser.open(silently).url())).containsKey("code");
        browser.open(
                endpoint + "?id_token_hint=" + idToken + "&post_logout_redirect_uri=" + REDIRECT);
        assertThat(browser.url()).isEqualTo(REDIRECT);
        assertThat(Fields.of(browser.open(silently).url()))
                .containsEntry("error", "interaction_required");
    }

    private String endSession() {
        return usher.http()
                .get(authority + "/v2.0/.well-known/openid-configuration")
                .expect(200)
                .json()
                .get("end_session_endpoint")
                .asString();
    }

    @Test
    void msalForPython() throws IOException {
        assumeThat(PYTHON).exists();
        assumeThat(MSAL).exists();
        Talk talk =
                conversation(
                        Map.of(
                                "USHER_AUTHORITY",
                                authority,
                                "USHER_CLIENT",
                                usher.tenant().app(),
                                "REQUESTS_CA_BUNDLE",
                                usher.json().caFile().toString()),
                        PYTHON.toString(),
                        ROOT.resolve("python/msal_flow.py").toString());
        JsonNode result = talk.result;

        isThePerson(result.get("claims"), usher.tenant().app());
        assertThat(result.get("account").asString())
                .endsWith("-" + flow.toLowerCase() + "." + usher.tenant().id());
        assertThat(result.get("renewed").asBoolean()).isTrue();
        assertThat(result.get("rotated").asBoolean()).isTrue();
        assertThat(result.get("accounts").asInt()).isZero();
        signsOut(talk, endSession(), result.get("id_token").asString());
    }

    @Test
    void springSecurity() throws Exception {
        Path trusted = Files.createTempFile("usher-trust", ".p12");
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry("ca", Trust.certificate(usher.json().caFile()));
            try (OutputStream out = Files.newOutputStream(trusted)) {
                store.store(out, "changeit".toCharArray());
            }
            Talk talk =
                    conversation(
                            Map.of(),
                            ProcessHandle.current().info().command().orElseThrow(),
                            "-Djavax.net.ssl.trustStore=" + trusted,
                            "-Djavax.net.ssl.trustStorePassword=changeit",
                            "-cp",
                            System.getProperty("java.class.path"),
                            SpringFlow.class.getName(),
                            authority + "/v2.0",
                            usher.tenant().admin().id(),
                            usher.tenant().admin().secret());
            JsonNode result = talk.result;

            assertThat(result.get("issuer").asString()).isEqualTo(authority + "/v2.0");
            assertThat(result.at("/emails/0").asString()).isEqualTo(person);
            assertThat(result.get("renewed").asBoolean()).isTrue();
            assertThat(result.get("rotated").asBoolean()).isTrue();
            assertThat(result.get("userInfo").asBoolean()).isTrue();
            signsOut(talk, result.get("end").asString(), result.get("idToken").asString());
        } finally {
            Files.delete(trusted);
        }
    }
}
