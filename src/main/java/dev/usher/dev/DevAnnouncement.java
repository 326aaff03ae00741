package dev.usher.dev;

import java.nio.file.Path;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
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

    public DevAnnouncement(DevDirectory directory, DevCertificates certificates, Urls urls) {
        this.directory = directory;
        this.certificates = certificates;
        this.urls = urls;
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
        samples(tenant, into);
    }

    /** What applications of people need: one without a secret, people, and flows. */
    private void samples(DevTenant tenant, ObjectNode into) {
        into.putObject("app").put("clientId", tenant.appId());
        ArrayNode users = into.putArray("users");
        for (DevSamples.Sample person : DevSamples.PEOPLE) {
            users.addObject()
                    .put("email", person.email())
                    .put("password", directory.password(tenant, person.email()));
        }
        ObjectNode flows = into.putObject("flows");
        DevSamples.FLOWS.forEach(flows::put);
    }

    private static String absolute(Path file) {
        return file.toAbsolutePath().normalize().toString();
    }

    /**
     * The lines for the terminal.
     *
     * @param samples where a token for the request comes from
     */
    public String text(DevSamples samples) {
        DevTenant tenant = DevTenant.CONTOSO;
        return """

        Usher is ready.

          Graph API    %1$s/v1.0   %2$s/v1.0
          tokens       %2$s/%3$s/oauth2/v2.0/token
          management   %4$s/health/ready   %4$s/metrics
          mails        %1$s/dev/mail (a page in a browser, JSON elsewhere)
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
                        samples.token(tenant),
                        SEED_BODY);
    }
}
