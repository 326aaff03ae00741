package dev.usher.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.microsoft.graph.beta.identity.b2xuserflows.item.apiconnectorconfiguration.ApiConnectorConfigurationRequestBuilder;
import com.microsoft.graph.beta.models.ClientCertificateAuthentication;
import com.microsoft.graph.beta.models.IdentityApiConnector;
import com.microsoft.graph.beta.models.Pkcs12Certificate;
import com.microsoft.graph.beta.models.ReferenceUpdate;
import com.microsoft.graph.beta.models.odataerrors.ODataError;
import dev.usher.acceptance.fixture.Pkcs12;
import dev.usher.acceptance.fixture.Proves;
import dev.usher.acceptance.fixture.Sdk;
import dev.usher.acceptance.fixture.Usher;
import dev.usher.acceptance.fixture.UsherTest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Every method of the SDK's builders of a flow's connector steps, beta. */
@UsherTest
class StepsBetaSdkTest {

    private final Usher usher;

    StepsBetaSdkTest(Usher usher) {
        this.usher = usher;
    }

    private ApiConnectorConfigurationRequestBuilder steps(String flow) {
        return Sdk.beta(usher)
                .identity()
                .b2xUserFlows()
                .byB2xIdentityUserFlowId(flow)
                .apiConnectorConfiguration();
    }

    /** A connector that authenticates with a certificate. */
    private IdentityApiConnector connector() {
        Pkcs12 certificate = Pkcs12.fresh(Usher.fresh("passphrase "));
        Pkcs12Certificate upload = new Pkcs12Certificate();
        upload.setPkcs12Value(certificate.base64());
        upload.setPassword(certificate.password());
        IdentityApiConnector connector = new IdentityApiConnector();
        connector.setDisplayName(Usher.fresh("Step"));
        connector.setTargetUrl("https://api.example.test/step");
        connector.setAuthenticationConfiguration(upload);
        return Sdk.beta(usher).identity().apiConnectors().post(connector);
    }

    private ReferenceUpdate reference(IdentityApiConnector connector) {
        ReferenceUpdate reference = new ReferenceUpdate();
        reference.setOdataId(url(connector));
        return reference;
    }

    private String url(IdentityApiConnector connector) {
        return usher.beta().url("/identity/apiConnectors/" + connector.getId());
    }

    /** By hand: the SDK expects a text where OData has an object. */
    private JsonNode reference(String flow, String step) {
        String path = "/identity/b2xUserFlows/" + flow + "/apiConnectorConfiguration/" + step;
        return usher.beta().get(path + "/$ref").expect(200).json();
    }

    private static IdentityApiConnector renamed() {
        IdentityApiConnector change = new IdentityApiConnector();
        change.setDisplayName("Renamed through the step");
        return change;
    }

    private static void hasTwoCertificates(IdentityApiConnector connector) {
        var authentication =
                (ClientCertificateAuthentication) connector.getAuthenticationConfiguration();
        assertThat(authentication.getCertificateList()).hasSize(2);
        assertThat(connector.getDisplayName()).isEqualTo("Renamed through the step");
    }

    private static void isGone(Runnable call) {
        ODataError gone = catchThrowableOfType(ODataError.class, call::run);
        assertThat(gone.getResponseStatusCode()).isEqualTo(404);
    }

    @Test
    @Proves(
            "PUT /identity/b2xUserFlows/{flow-id}/apiConnectorConfiguration/postFederationSignup/$ref")
    @Proves(
            "GET /identity/b2xUserFlows/{flow-id}/apiConnectorConfiguration/postFederationSignup/$ref")
    @Proves(
            "DELETE"
                + " /identity/b2xUserFlows/{flow-id}/apiConnectorConfiguration/postFederationSignup/$ref")
    @Proves("GET /identity/b2xUserFlows/{flow-id}/apiConnectorConfiguration/postFederationSignup")
    @Proves("PATCH /identity/b2xUserFlows/{flow-id}/apiConnectorConfiguration/postFederationSignup")
    @Proves(
            "DELETE"
                + " /identity/b2xUserFlows/{flow-id}/apiConnectorConfiguration/postFederationSignup")
    @Proves(
            "POST /identity/b2xUserFlows/{flow-id}/apiConnectorConfiguration/postFederationSignup/uploadClientCertificate")
    void afterFederation() {
        String flow = usher.newFlow(Usher.fresh("Steps"));
        var step = steps(flow).postFederationSignup();
        IdentityApiConnector connector = connector();
        step.ref().put(reference(connector));
        assertThat(reference(flow, "postFederationSignup").path("@odata.id").asString())
                .contains(connector.getId());
        assertThat(step.get().getId()).isEqualTo(connector.getId());
        step.patch(renamed());
        Pkcs12 second = Pkcs12.fresh(Usher.fresh("passphrase "));
        var body =
                new com.microsoft.graph.beta.identity.b2xuserflows.item.apiconnectorconfiguration
                        .postfederationsignup.uploadclientcertificate
                        .UploadClientCertificatePostRequestBody();
        body.setPkcs12Value(second.base64());
        body.setPassword(second.password());
        hasTwoCertificates(step.uploadClientCertificate().post(body));
        step.delete();
        isGone(step::get);
        step.ref().put(reference(connector));
        step.ref().delete();
        isGone(step::get);
    }

    @Test
    @Proves(
            "PUT /identity/b2xUserFlows/{flow-id}/apiConnectorConfiguration/postAttributeCollection/$ref")
    @Proves(
            "GET /identity/b2xUserFlows/{flow-id}/apiConnectorConfiguration/postAttributeCollection/$ref")
    @Proves(
            "DELETE"
                + " /identity/b2xUserFlows/{flow-id}/apiConnectorConfiguration/postAttributeCollection/$ref")
    @Proves(
            "GET /identity/b2xUserFlows/{flow-id}/apiConnectorConfiguration/postAttributeCollection")
    @Proves(
            "PATCH"
                + " /identity/b2xUserFlows/{flow-id}/apiConnectorConfiguration/postAttributeCollection")
    @Proves(
            "DELETE"
                + " /identity/b2xUserFlows/{flow-id}/apiConnectorConfiguration/postAttributeCollection")
    @Proves(
            "POST /identity/b2xUserFlows/{flow-id}/apiConnectorConfiguration/postAttributeCollection/uploadClientCertificate")
    void afterAttributes() {
        String flow = usher.newFlow(Usher.fresh("Steps"));
        var step = steps(flow).postAttributeCollection();
        IdentityApiConnector connector = connector();
        step.ref().put(reference(connector));
        assertThat(reference(flow, "postAttributeCollection").path("@odata.id").asString())
                .contains(connector.getId());
        assertThat(step.get().getId()).isEqualTo(connector.getId());
        step.patch(renamed());
        Pkcs12 second = Pkcs12.fresh(Usher.fresh("passphrase "));
        var body =
                new com.microsoft.graph.beta.identity.b2xuserflows.item.apiconnectorconfiguration
                        .postattributecollection.uploadclientcertificate
                        .UploadClientCertificatePostRequestBody();
        body.setPkcs12Value(second.base64());
        body.setPassword(second.password());
        hasTwoCertificates(step.uploadClientCertificate().post(body));
        step.delete();
        isGone(step::get);
        step.ref().put(reference(connector));
        step.ref().delete();
        isGone(step::get);
    }

    @Test
    @Proves("GET /identity/b2xUserFlows/{flow-id}/apiConnectorConfiguration/preTokenIssuance")
    @Proves("PATCH /identity/b2xUserFlows/{flow-id}/apiConnectorConfiguration/preTokenIssuance")
    @Proves("DELETE /identity/b2xUserFlows/{flow-id}/apiConnectorConfiguration/preTokenIssuance")
    @Proves(
            "POST /identity/b2xUserFlows/{flow-id}/apiConnectorConfiguration/preTokenIssuance/uploadClientCertificate")
    void beforeTheToken() {
        String flow = usher.newFlow(Usher.fresh("Steps"));
        // this step's reference has no builder
        String path =
                "/identity/b2xUserFlows/" + flow + "/apiConnectorConfiguration/preTokenIssuance";
        var step = steps(flow).preTokenIssuance();
        IdentityApiConnector connector = connector();
        usher.beta().put(path + "/$ref", Map.of("@odata.id", url(connector))).expect(204);
        assertThat(step.get().getId()).isEqualTo(connector.getId());
        step.patch(renamed());
        Pkcs12 second = Pkcs12.fresh(Usher.fresh("passphrase "));
        var body =
                new com.microsoft.graph.beta.identity.b2xuserflows.item.apiconnectorconfiguration
                        .pretokenissuance.uploadclientcertificate
                        .UploadClientCertificatePostRequestBody();
        body.setPkcs12Value(second.base64());
        body.setPassword(second.password());
        hasTwoCertificates(step.uploadClientCertificate().post(body));
        step.delete();
        isGone(step::get);
    }
}
