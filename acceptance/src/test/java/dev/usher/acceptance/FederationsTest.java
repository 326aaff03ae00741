package dev.usher.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.acceptance.fixture.Graph;
import dev.usher.acceptance.fixture.Json;
import dev.usher.acceptance.fixture.Pkcs12;
import dev.usher.acceptance.fixture.Proves;
import dev.usher.acceptance.fixture.Reply;
import dev.usher.acceptance.fixture.Usher;
import dev.usher.acceptance.fixture.UsherTest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Organisations federated by SAML or WS-Federation, in both versions. */
@UsherTest
class FederationsTest {

    private static final String ROOT = "/directory/federationConfigurations";
    private static final String CAST =
            ROOT + "/microsoft.graph.samlOrWsFedExternalDomainFederation";

    private final Usher usher;

    FederationsTest(Usher usher) {
        this.usher = usher;
    }

    /** A federation of that domain, with an issuer of its own. */
    static Map<String, Object> federation(String domain) {
        return Json.object(
                "@odata.type",
                "#microsoft.graph.samlOrWsFedExternalDomainFederation",
                "displayName",
                domain,
                "issuerUri",
                "https://sts." + domain + "/",
                "passiveSignInUri",
                "https://sts." + domain + "/signin",
                "metadataExchangeUri",
                "https://sts." + domain + "/metadata",
                "preferredAuthenticationProtocol",
                "saml",
                "signingCertificate",
                Pkcs12.certificate(),
                "domains",
                List.of(
                        Json.object(
                                "@odata.type",
                                "microsoft.graph.externalDomainName",
                                "id",
                                domain)));
    }

    private static String domain() {
        return Usher.fresh("d").toLowerCase(Locale.ROOT) + ".example";
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1.0", "beta"})
    @Proves("GET /directory/federationConfigurations")
    @Proves("POST /directory/federationConfigurations")
    @Proves("GET /directory/federationConfigurations/$count")
    @Proves("GET /directory/federationConfigurations/{federation-id}")
    @Proves("PATCH /directory/federationConfigurations/{federation-id}")
    @Proves("DELETE /directory/federationConfigurations/{federation-id}")
    void lifecycle(String version) {
        Graph graph = usher.graph(version, usher.tenant(), usher.tenant().admin());
        String domain = domain();
        Reply created = graph.post(ROOT, federation(domain)).expect(201);
        String id = created.json().get("id").asString();
        assertThat(created.need("Location")).isEqualTo(graph.url(ROOT + "/" + id));
        assertThat(created.json().get("@odata.type").asString())
                .isEqualTo("#microsoft.graph.samlOrWsFedExternalDomainFederation");

        assertThat(graph.get(ROOT).values("id")).contains(id);
        assertThat(Integer.parseInt(graph.get(ROOT + "/$count").expect(200).text())).isPositive();
        assertThat(graph.get("/identity/identityProviders").values("id"))
                .as("a federation is no provider of flows")
                .doesNotContain(id);
        graph.get("/identity/identityProviders/microsoft.graph.samlOrWsFedProvider")
                .refused(404, "ResourceNotFound");
        graph.patch(ROOT + "/" + id, Map.of("displayName", "Renamed")).expect(204);
        JsonNode read = graph.get(ROOT + "/" + id).expect(200).json();
        assertThat(read.get("displayName").asString()).isEqualTo("Renamed");
        assertThat(read.get("preferredAuthenticationProtocol").asString()).isEqualTo("saml");

        Map<String, Object> other = federation(domain());
        other.put("issuerUri", "https://sts." + domain + "/");
        graph.post(ROOT, other).refused(409, "Conflict");
        graph.delete(ROOT + "/" + id).expect(204);
        graph.get(ROOT + "/" + id).expect(404).error();
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1.0", "beta"})
    @Proves(
            "GET /directory/federationConfigurations/microsoft.graph.samlOrWsFedExternalDomainFederation")
    @Proves(
            "POST /directory/federationConfigurations/microsoft.graph.samlOrWsFedExternalDomainFederation")
    @Proves(
            "GET /directory/federationConfigurations/microsoft.graph.samlOrWsFedExternalDomainFederation/{federation-id}")
    @Proves(
            "PATCH"
                + " /directory/federationConfigurations/microsoft.graph.samlOrWsFedExternalDomainFederation/{federation-id}")
    @Proves(
            "GET /directory/federationConfigurations/microsoft.graph.samlOrWsFedExternalDomainFederation/{federation-id}/domains")
    @Proves(
            "POST /directory/federationConfigurations/microsoft.graph.samlOrWsFedExternalDomainFederation/{federation-id}/domains")
    @Proves(
            "DELETE"
                + " /directory/federationConfigurations/microsoft.graph.samlOrWsFedExternalDomainFederation/{federation-id}/domains/{domain-name}")
    void domainsByCast(String version) {
        Graph graph = usher.graph(version, usher.tenant(), usher.tenant().admin());
        String domain = domain();
        String id = graph.post(CAST, federation(domain)).expect(201).json().get("id").asString();
        String domains = CAST + "/" + id + "/domains";

        assertThat(graph.get(CAST).values("id")).contains(id);
        graph.patch(CAST + "/" + id, Map.of("preferredAuthenticationProtocol", "wsFed"))
                .expect(204);
        JsonNode read = graph.get(CAST + "/" + id + "?$expand=domains").expect(200).json();
        assertThat(read.get("preferredAuthenticationProtocol").asString()).isEqualTo("wsFed");
        assertThat(read.at("/domains/0/id").asString()).isEqualTo(domain);
        String second = domain();
        graph.post(domains, Map.of("id", second)).expect(201);
        assertThat(graph.get(domains).values("id")).containsExactlyInAnyOrder(domain, second);
        graph.post(CAST, federation(second)).refused(409, "Conflict");
        graph.delete(domains + "/" + domain).expect(204);
        assertThat(graph.get(domains).values("id")).containsExactly(second);
        graph.delete(ROOT + "/" + id).expect(204);
        graph.delete(
                        ROOT
                                + "/"
                                + graph.post(CAST, federation(second))
                                        .expect(201)
                                        .json()
                                        .get("id")
                                        .asString())
                .expect(204);
    }
}
