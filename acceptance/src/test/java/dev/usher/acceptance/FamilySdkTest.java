package dev.usher.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.graph.core.requests.GraphClientFactory;
import com.microsoft.graph.identity.IdentityRequestBuilder;
import com.microsoft.graph.identity.apiconnectors.item.uploadclientcertificate.UploadClientCertificatePostRequestBody;
import com.microsoft.graph.models.AppleManagedIdentityProvider;
import com.microsoft.graph.models.ClientCertificateAuthentication;
import com.microsoft.graph.models.IdentityApiConnector;
import com.microsoft.graph.models.IdentityCustomUserFlowAttribute;
import com.microsoft.graph.models.IdentityProvider;
import com.microsoft.graph.models.IdentityUserFlowAttribute;
import com.microsoft.graph.models.IdentityUserFlowAttributeDataType;
import com.microsoft.graph.models.IdentityUserFlowAttributeType;
import com.microsoft.graph.models.OidcClientSecretAuthentication;
import com.microsoft.graph.models.OidcIdentityProvider;
import com.microsoft.graph.models.OidcInboundClaimMappingOverride;
import com.microsoft.graph.models.OidcResponseType;
import com.microsoft.graph.models.Pkcs12Certificate;
import com.microsoft.graph.models.Pkcs12CertificateInformation;
import com.microsoft.graph.models.odataerrors.ODataError;
import com.microsoft.graph.serviceclient.GraphServiceClient;
import dev.usher.acceptance.fixture.Pkcs12;
import dev.usher.acceptance.fixture.Proves;
import dev.usher.acceptance.fixture.SdkToken;
import dev.usher.acceptance.fixture.Usher;
import dev.usher.acceptance.fixture.UsherTest;
import java.util.EnumSet;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;

/** Client certificates, custom attributes and own providers by Microsoft's SDK for Java, v1.0. */
@UsherTest
class FamilySdkTest {

    private static final String VERSION = "v1.0";

    private final GraphServiceClient client;
    private final IdentityRequestBuilder identity;

    FamilySdkTest(Usher usher) {
        OkHttpClient http =
                GraphClientFactory.create(GraphServiceClient.getGraphClientOptions())
                        .sslSocketFactory(
                                usher.trust().context().getSocketFactory(), usher.trust().manager())
                        .build();
        this.client =
                new GraphServiceClient(SdkToken.provider(usher, usher.tenant().admin()), http);
        client.getRequestAdapter().setBaseUrl(usher.json().httpsUrl() + "/" + VERSION);
        this.identity = client.identity();
    }

    @Test
    @Proves("POST /identity/apiConnectors/{connector-id}/uploadClientCertificate")
    void certificatesOfAConnector() {
        Pkcs12 first = Pkcs12.fresh("one");
        Pkcs12 second = Pkcs12.fresh("");
        Pkcs12Certificate upload = new Pkcs12Certificate();
        upload.setPkcs12Value(first.base64());
        upload.setPassword(first.password());
        IdentityApiConnector connector = new IdentityApiConnector();
        connector.setDisplayName(Usher.fresh("Certified"));
        connector.setTargetUrl("https://api.example.test/check");
        connector.setAuthenticationConfiguration(upload);

        IdentityApiConnector created = identity.apiConnectors().post(connector);

        Pkcs12CertificateInformation information =
                ((ClientCertificateAuthentication) created.getAuthenticationConfiguration())
                        .getCertificateList()
                        .getFirst();
        assertThat(information.getThumbprint()).isEqualTo(first.thumbprint());
        assertThat(information.getIsActive()).isTrue();
        assertThat(information.getNotAfter() - information.getNotBefore()).isEqualTo(25 * 3600L);

        UploadClientCertificatePostRequestBody body = new UploadClientCertificatePostRequestBody();
        body.setPkcs12Value(second.base64());
        body.setPassword(second.password());
        var item = identity.apiConnectors().byIdentityApiConnectorId(created.getId());
        IdentityApiConnector uploaded = item.uploadClientCertificate().post(body);

        var certificates =
                ((ClientCertificateAuthentication) uploaded.getAuthenticationConfiguration())
                        .getCertificateList();
        assertThat(certificates)
                .extracting(Pkcs12CertificateInformation::getThumbprint)
                .containsExactly(first.thumbprint(), second.thumbprint());
        assertThat(certificates)
                .extracting(Pkcs12CertificateInformation::getIsActive)
                .containsExactly(false, true);
        body.setPassword("not it");
        assertThatThrownBy(() -> item.uploadClientCertificate().post(body))
                .isInstanceOfSatisfying(
                        ODataError.class,
                        error -> assertThat(error.getResponseStatusCode()).isEqualTo(400));
        item.delete();
    }

    /** A new one for each request: the SDK sends of a model only what changed since the last. */
    private static IdentityUserFlowAttribute attribute(String name) {
        IdentityUserFlowAttribute attribute = new IdentityUserFlowAttribute();
        attribute.setDisplayName(name);
        attribute.setDataType(IdentityUserFlowAttributeDataType.StringCollection);
        attribute.setDescription("What you like");
        return attribute;
    }

    @Test
    @Proves("POST /identity/userFlowAttributes")
    @Proves("PATCH /identity/userFlowAttributes/{attribute-id}")
    @Proves("DELETE /identity/userFlowAttributes/{attribute-id}")
    void customAttribute() {
        String name = Usher.fresh("Hobby");

        IdentityUserFlowAttribute created = identity.userFlowAttributes().post(attribute(name));

        assertThat(created).isInstanceOf(IdentityCustomUserFlowAttribute.class);
        assertThat(created.getId()).matches("extension_[0-9a-f]{32}_" + name);
        assertThat(created.getUserFlowAttributeType())
                .isEqualTo(IdentityUserFlowAttributeType.Custom);
        assertThat(created.getDataType())
                .isEqualTo(IdentityUserFlowAttributeDataType.StringCollection);
        var item = identity.userFlowAttributes().byIdentityUserFlowAttributeId(created.getId());
        IdentityUserFlowAttribute change = new IdentityUserFlowAttribute();
        change.setDescription("What you like best");
        item.patch(change);
        assertThat(item.get().getDescription()).isEqualTo("What you like best");
        assertThatThrownBy(() -> identity.userFlowAttributes().post(attribute(name)))
                .isInstanceOfSatisfying(
                        ODataError.class,
                        error -> assertThat(error.getResponseStatusCode()).isEqualTo(409));
        item.delete();
        assertThatThrownBy(item::get).isInstanceOf(ODataError.class);
    }

    @Test
    @SuppressWarnings("deprecation")
    @Proves("GET /identityProviders")
    @Proves("POST /identityProviders")
    @Proves("GET /identityProviders/$count")
    @Proves("GET /identityProviders/availableProviderTypes")
    @Proves("GET /identityProviders/{provider-id}")
    @Proves("PATCH /identityProviders/{provider-id}")
    @Proves("DELETE /identityProviders/{provider-id}")
    void deprecatedProviders() {
        IdentityProvider provider = new IdentityProvider();
        provider.setName("Shop");
        provider.setType("Amazon");
        provider.setClientId("client");
        provider.setClientSecret("a client's secret");

        IdentityProvider created = client.identityProviders().post(provider);

        assertThat(created.getId()).isEqualTo("Amazon-OAUTH");
        assertThat(client.identityProviders().get().getValue())
                .extracting(IdentityProvider::getId)
                .contains("Amazon-OAUTH");
        assertThat(client.identityProviders().count().get()).isPositive();
        assertThat(client.identityProviders().availableProviderTypes().get().getValue())
                .contains("OpenIDConnect");
        var item = client.identityProviders().byIdentityProviderId("Amazon-OAUTH");
        IdentityProvider change = new IdentityProvider();
        change.setName("Market");
        item.patch(change);
        assertThat(item.get().getName()).isEqualTo("Market");
        item.delete();
        assertThatThrownBy(item::get).isInstanceOf(ODataError.class);
    }

    @Test
    @Proves("POST /identity/identityProviders")
    void ownProviders() {
        OidcClientSecretAuthentication authentication = new OidcClientSecretAuthentication();
        authentication.setClientSecret("a client's secret");
        OidcInboundClaimMappingOverride mapping = new OidcInboundClaimMappingOverride();
        mapping.setGivenName("first");
        OidcIdentityProvider oidc = new OidcIdentityProvider();
        oidc.setDisplayName("Contoso");
        oidc.setClientId("client");
        oidc.setIssuer("https://login.contoso.example/tenant");
        oidc.setWellKnownEndpoint(
                "https://login.contoso.example/tenant/.well-known/openid-configuration");
        oidc.setResponseType(EnumSet.of(OidcResponseType.Code));
        oidc.setScope("openid profile");
        oidc.setClientAuthentication(authentication);
        oidc.setInboundClaimMapping(mapping);

        var created = (OidcIdentityProvider) identity.identityProviders().post(oidc);

        assertThat(created.getInboundClaimMapping().getGivenName()).isEqualTo("first");
        assertThat(created.getResponseType()).containsExactly(OidcResponseType.Code);
        assertThat(
                        ((OidcClientSecretAuthentication) created.getClientAuthentication())
                                .getClientSecret())
                .isEqualTo("******");
        identity.identityProviders().byIdentityProviderBaseId(created.getId()).delete();

        AppleManagedIdentityProvider apple = new AppleManagedIdentityProvider();
        apple.setDisplayName("Sign in with Apple");
        apple.setDeveloperId("developer");
        apple.setServiceId("service");
        apple.setKeyId("key");
        apple.setCertificateData("a private key");
        var made = (AppleManagedIdentityProvider) identity.identityProviders().post(apple);
        assertThat(made.getId()).isEqualTo("Apple-Managed-OIDC");
        assertThat(made.getCertificateData()).isEqualTo("******");
        identity.identityProviders().byIdentityProviderBaseId(made.getId()).delete();
    }
}
