package dev.usher.acceptance.bench;

import dev.usher.acceptance.fixture.Client;
import dev.usher.acceptance.fixture.Distribution;
import dev.usher.acceptance.fixture.Tenant;
import dev.usher.acceptance.fixture.Usher;
import dev.usher.acceptance.fixture.UsherProcess;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A server under measurement, with its data and the requests that are sent to it. What is read
 * never grows: flows are created in the other tenant.
 */
final class Subject implements AutoCloseable {

    /** The objects of each sort that are read. */
    static final int OBJECTS = 200;

    private static final int NUMBERS = 100_000_000;

    private final Usher usher;
    private final Map<String, Template> templates = new LinkedHashMap<>();
    private final Map<String, Template> warmUps = new HashMap<>();

    private Subject(Usher usher) {
        this.usher = usher;
    }

    /**
     * Starts a server on that database, with its log as a production server writes it.
     *
     * @param javaOptions for the server's Java machine, such as those that record a profile
     */
    static Subject start(Path data, String database, String javaOptions) {
        List<String> wrapper =
                List.of("env", "USHER_LOG_FORMAT=json", "USHER_JAVA_OPTS=" + javaOptions);
        return new Subject(Usher.of(UsherProcess.dev(wrapper, data, "--database", database)));
    }

    /** A directory for a server's data, under the build directory. */
    static Path directory() {
        return Distribution.workDirectory("bench");
    }

    /** Creates what the requests read, then makes the requests. */
    void fill() {
        for (int i = 0; i < OBJECTS; i++) {
            usher.newFlow("bench%08d".formatted(i));
            usher.newConnector("Connector %08d".formatted(i));
        }
        String v1 = "/v1.0/identity/";
        String flow = v1 + "b2xUserFlows/B2X_1_bench" + Template.NUMBER;
        String some = v1 + "apiConnectors?$filter=startswith(displayName,'Connector%200000001')";
        // with the same head as the others: reading it is part of what a server costs
        templates.put("static", get("/dev/fixed", token(usher.tenant())));
        templates.put("get", get(flow, token(usher.tenant())));
        templates.put("list", get(v1 + "b2xUserFlows?$top=100", token(usher.tenant())));
        templates.put("filter", get(some, token(usher.tenant())));
        templates.put("create", create(usher.otherTenant()));
        warmUps.put("create", create(usher.tenant()));
        templates.put("token", tokenRequest());
    }

    private String token(Tenant tenant) {
        return usher.tokens().of(tenant, tenant.admin());
    }

    /**
     * What warms the server up for an operation; flows are created in another tenant than the one
     * that the measurement fills.
     */
    Template warmUp(String operation) {
        Template other = warmUps.get(operation);
        return other == null ? Objects.requireNonNull(templates.get(operation)) : other;
    }

    Map<String, Template> templates() {
        return templates;
    }

    private String head(String method, String path, String token) {
        return method
                + " "
                + path
                + " HTTP/1.1\r\nHost: "
                + URI.create(usher.json().httpUrl()).getAuthority()
                + (token.isEmpty() ? "" : "\r\nAuthorization: Bearer " + token);
    }

    private Template get(String path, String token) {
        return Template.of(head("GET", path, token), "", OBJECTS, 200);
    }

    private Template create(Tenant tenant) {
        String body =
                "{\"id\":\"made"
                        + Template.NUMBER
                        + "\",\"userFlowType\":\"signUpOrSignIn\",\"userFlowTypeVersion\":1}";
        String head = head("POST", "/v1.0/identity/b2xUserFlows", token(tenant));
        return Template.of(head + "\r\nContent-Type: application/json", body, NUMBERS, 201);
    }

    private Template tokenRequest() {
        Client client = usher.tenant().reader();
        String body =
                "grant_type=client_credentials&client_id="
                        + client.id()
                        + "&scope=https%3A%2F%2Fgraph.microsoft.com%2F.default&client_secret="
                        + URLEncoder.encode(client.secret(), StandardCharsets.UTF_8);
        String head = head("POST", "/" + usher.tenant().id() + "/oauth2/v2.0/token", "");
        return Template.of(
                head + "\r\nContent-Type: application/x-www-form-urlencoded", body, 1, 200);
    }

    Load load() {
        return new Load(URI.create(usher.json().httpUrl()).getPort());
    }

    Proc process() {
        return new Proc(usher.json().pid());
    }

    @Override
    public void close() {
        usher.close();
    }
}
