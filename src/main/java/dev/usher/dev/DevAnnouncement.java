package dev.usher.dev;

import dev.usher.http.Headers;
import dev.usher.http.Request;
import dev.usher.http.Response;
import dev.usher.http.Trail;
import dev.usher.ids.Ids;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Function;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Says that the server is ready: to scripts by {@code dev.json}, to people by a few lines with a
 * request that they can paste.
 */
public final class DevAnnouncement {

    /** Where the server can be reached, without trailing slashes. */
    public record Urls(String http, String https, String management) {}

    static final String SEED_BODY =
            "{\"@odata.type\":\"#Microsoft.Cpim.Api.DataModels.b2xIdentityUserFlow\","
                    + "\"userFlowType\":\"String\",\"userFlowTypeVersion\":\"Single\","
                    + "\"apiConnectorConfiguration\":{\"@odata.type\":"
                    + "\"microsoft.graph.userFlowApiConnectorConfiguration\"}}";

    private final DevDirectory directory;
    private final DevCertificates certificates;
    private final Urls urls;
    private final Ids ids;

    public DevAnnouncement(
            DevDirectory directory, DevCertificates certificates, Urls urls, Ids ids) {
        this.directory = directory;
        this.certificates = certificates;
        this.urls = urls;
        this.ids = ids;
    }

    /**
     * Writes {@code dev.json} (its keys are a contract with scripts).
     *
     * @param pid of this process
     */
    public void write(long pid) {
        ObjectNode facts = JsonMapper.shared().createObjectNode();
        facts.put("httpUrl", urls.http);
        facts.put("httpsUrl", urls.https);
        facts.put("managementUrl", urls.management);
        facts.put("caFile", certificates.caFile().toAbsolutePath().normalize().toString());
        facts.put("pid", pid);
        describe(DevTenant.CONTOSO, facts);
        describe(DevTenant.FABRIKAM, facts.putObject("otherTenant"));
        directory.announce(facts);
    }

    private void describe(DevTenant tenant, ObjectNode into) {
        into.put("tenantId", tenant.id().toString());
        into.put("tenantDomain", tenant.domain());
        ObjectNode clients = into.putObject("clients");
        for (DevTenant.Role role : DevTenant.Role.values()) {
            ObjectNode client = clients.putObject(role.key());
            client.put("clientId", tenant.clientId(role));
            client.put("secret", directory.secret(tenant, role));
            if (role == DevTenant.Role.ADMIN) {
                String name = tenant.certificateName();
                client.put("certFile", absolute(certificates.clientCertificate(name)));
                client.put("keyFile", absolute(certificates.clientKey(name)));
            }
        }
    }

    private static String absolute(Path file) {
        return file.toAbsolutePath().normalize().toString();
    }

    /**
     * The lines for the terminal.
     *
     * @param server answers the token request, without the network between
     */
    public String text(Function<Request, Response> server) {
        DevTenant tenant = DevTenant.CONTOSO;
        return """

        Usher is ready.

          Graph API    %1$s/v1.0   %2$s/v1.0
          tokens       %2$s/%3$s/oauth2/v2.0/token
          management   %4$s/health/ready   %4$s/metrics
          trust        %5$s
          all facts    %6$s/dev.json

        Add a user flow:

        curl -i -X POST '%1$s/beta/identity/b2xUserFlows/$ref' \\
          -H 'Content-Type: application/json' \\
          -H 'Authorization: Bearer %7$s' \\
          -d '%8$s'

        """
                .formatted(
                        urls.http,
                        urls.https,
                        tenant.domain(),
                        urls.management,
                        absolute(certificates.caFile()),
                        directory.path(),
                        token(tenant, server),
                        SEED_BODY);
    }

    private String token(DevTenant tenant, Function<Request, Response> server) {
        DevTenant.Role role = DevTenant.Role.ADMIN;
        String form =
                "grant_type=client_credentials&client_id=%s&client_secret=%s&scope=%s"
                        .formatted(
                                tenant.clientId(role),
                                encode(directory.secret(tenant, role)),
                                encode("https://graph.microsoft.com/.default"));
        String requestId = ids.guid().toString();
        Response response =
                server.apply(
                        new Request(
                                "POST",
                                urls.http,
                                "/" + tenant.id() + "/oauth2/v2.0/token",
                                null,
                                new Headers()
                                        .set("Content-Type", "application/x-www-form-urlencoded"),
                                form.getBytes(StandardCharsets.US_ASCII),
                                requestId,
                                requestId,
                                "127.0.0.1",
                                new Trail()));
        String body = new String(response.body(), StandardCharsets.UTF_8);
        if (response.status() != 200) {
            throw new IllegalStateException("no token for the administrator: " + body);
        }
        return JsonMapper.shared().readTree(body).path("access_token").asString();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
