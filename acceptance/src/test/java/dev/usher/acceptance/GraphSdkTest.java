package dev.usher.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import com.microsoft.graph.core.requests.GraphClientFactory;
import com.microsoft.graph.core.tasks.PageIterator;
import com.microsoft.graph.identity.IdentityRequestBuilder;
import com.microsoft.graph.models.ApiAuthenticationConfigurationBase;
import com.microsoft.graph.models.B2xIdentityUserFlow;
import com.microsoft.graph.models.B2xIdentityUserFlowCollectionResponse;
import com.microsoft.graph.models.BasicAuthentication;
import com.microsoft.graph.models.BuiltInIdentityProvider;
import com.microsoft.graph.models.IdentityApiConnector;
import com.microsoft.graph.models.IdentityBuiltInUserFlowAttribute;
import com.microsoft.graph.models.IdentityProvider;
import com.microsoft.graph.models.IdentityProviderBase;
import com.microsoft.graph.models.ReferenceCreate;
import com.microsoft.graph.models.ReferenceUpdate;
import com.microsoft.graph.models.SocialIdentityProvider;
import com.microsoft.graph.models.UserFlowApiConnectorConfiguration;
import com.microsoft.graph.models.UserFlowType;
import com.microsoft.graph.models.odataerrors.ODataError;
import com.microsoft.graph.serviceclient.GraphServiceClient;
import com.microsoft.kiota.HttpMethod;
import com.microsoft.kiota.RequestInformation;
import com.microsoft.kiota.authentication.AuthenticationProvider;
import com.microsoft.kiota.serialization.Parsable;
import com.microsoft.kiota.serialization.ParsableFactory;
import com.microsoft.kiota.serialization.UntypedNode;
import dev.usher.acceptance.fixture.Client;
import dev.usher.acceptance.fixture.Proves;
import dev.usher.acceptance.fixture.SdkToken;
import dev.usher.acceptance.fixture.Shows;
import dev.usher.acceptance.fixture.Usher;
import dev.usher.acceptance.fixture.UsherTest;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import okhttp3.OkHttpClient;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/**
 * Microsoft's Graph SDK for Java, v1.0, against this server: only base URL, authority and CA differ
 * from what it would use against Microsoft's.
 */
@UsherTest
class GraphSdkTest {

    private static final String VERSION = "v1.0";

    private final Usher usher;
    private final GraphServiceClient client;
    private final IdentityRequestBuilder identity;

    GraphSdkTest(Usher usher) {
        this.usher = usher;
        this.client = client(usher.tenant().admin());
        this.identity = client.identity();
    }

    private GraphServiceClient client(Client application) {
        return client(SdkToken.provider(usher, application));
    }

    private GraphServiceClient client(AuthenticationProvider authentication) {
        OkHttpClient http =
                GraphClientFactory.create(GraphServiceClient.getGraphClientOptions())
                        .sslSocketFactory(
                                usher.trust().context().getSocketFactory(), usher.trust().manager())
                        .build();
        GraphServiceClient made = new GraphServiceClient(authentication, http);
        made.getRequestAdapter().setBaseUrl(usher.json().httpsUrl() + "/" + VERSION);
        return made;
    }

    private static B2xIdentityUserFlow flow(String name) {
        B2xIdentityUserFlow flow = new B2xIdentityUserFlow();
        flow.setId(name);
        flow.setUserFlowType(UserFlowType.SignUpOrSignIn);
        flow.setUserFlowTypeVersion(1f);
        return flow;
    }

    private IdentityApiConnector newConnector(String name) {
        BasicAuthentication authentication = new BasicAuthentication();
        authentication.setUsername("someone");
        authentication.setPassword("correct horse");
        IdentityApiConnector connector = new IdentityApiConnector();
        connector.setDisplayName(name);
        connector.setTargetUrl("https://api.example.test/check");
        connector.setAuthenticationConfiguration(authentication);
        return identity.apiConnectors().post(connector);
    }

    private String url(String path) {
        return usher.json().httpsUrl() + "/" + VERSION + path;
    }

    @Test
    @Proves("POST /identity/b2xUserFlows")
    @Proves("GET /identity/b2xUserFlows/{flow-id}")
    @Proves("PATCH /identity/b2xUserFlows/{flow-id}")
    @Proves("DELETE /identity/b2xUserFlows/{flow-id}")
    void flowLifecycle() {
        String name = Usher.fresh("Sdk");

        B2xIdentityUserFlow created = identity.b2xUserFlows().post(flow(name));

        assertThat(created.getId()).isEqualTo("B2X_1_" + name);
        assertThat(created.getUserFlowType()).isEqualTo(UserFlowType.SignUpOrSignIn);
        assertThat(created.getUserFlowTypeVersion()).isEqualTo(1f);
        var item = identity.b2xUserFlows().byB2xIdentityUserFlowId(created.getId());
        B2xIdentityUserFlow read =
                item.get(request ->
                        request.queryParameters.expand =
                                new String[] {"userFlowIdentityProviders"});
        assertThat(read.getUserFlowIdentityProviders())
                .singleElement()
                .isInstanceOf(BuiltInIdentityProvider.class)
                .extracting(IdentityProviderBase::getId)
                .isEqualTo("AADSignup-OAUTH");

        IdentityApiConnector connector = newConnector(Usher.fresh("Check"));
        B2xIdentityUserFlow change = new B2xIdentityUserFlow();
        change.setApiConnectorConfiguration(linked(connector));
        item.patch(change);
        assertThat(item.apiConnectorConfiguration().postFederationSignup().get().getId())
                .isEqualTo(connector.getId());

        item.delete();
        ODataError gone = catchThrowableOfType(ODataError.class, item::get);
        assertThat(gone.getResponseStatusCode()).isEqualTo(404);
    }

    /** How the documentation links a connector with the SDK: as additional data. */
    private UserFlowApiConnectorConfiguration linked(IdentityApiConnector connector) {
        IdentityApiConnector reference = new IdentityApiConnector();
        reference
                .getAdditionalData()
                .put("@odata.id", url("/identity/apiConnectors/" + connector.getId()));
        UserFlowApiConnectorConfiguration configuration = new UserFlowApiConnectorConfiguration();
        configuration.setPostFederationSignup(reference);
        return configuration;
    }

    @Test
    @Proves("POST /identity/b2xUserFlows")
    @Proves("GET /identity/b2xUserFlows/{flow-id}/apiConnectorConfiguration")
    @Proves(
            "PUT /identity/b2xUserFlows/{flow-id}/apiConnectorConfiguration/postAttributeCollection/$ref")
    void createWithConnectors() {
        IdentityApiConnector connector = newConnector(Usher.fresh("Check"));
        B2xIdentityUserFlow flow = flow(Usher.fresh("Sdk"));
        flow.setApiConnectorConfiguration(linked(connector));

        String id = identity.b2xUserFlows().post(flow).getId();

        var steps = identity.b2xUserFlows().byB2xIdentityUserFlowId(id).apiConnectorConfiguration();
        UserFlowApiConnectorConfiguration read =
                steps.get(request ->
                        request.queryParameters.expand =
                                new String[] {"postFederationSignup", "postAttributeCollection"});
        assertThat(read.getPostFederationSignup().getId()).isEqualTo(connector.getId());
        ApiAuthenticationConfigurationBase authentication =
                read.getPostFederationSignup().getAuthenticationConfiguration();
        assertThat(((BasicAuthentication) authentication).getPassword()).isEqualTo("******");
        assertThat(read.getPostAttributeCollection()).isNull();

        ReferenceUpdate reference = new ReferenceUpdate();
        reference.setOdataId(url("/identity/apiConnectors/" + connector.getId()));
        steps.postAttributeCollection().ref().put(reference);
        assertThat(steps.postAttributeCollection().get().getId()).isEqualTo(connector.getId());
        steps.postAttributeCollection().ref().put(new ReferenceUpdate());
        ODataError unset =
                catchThrowableOfType(ODataError.class, () -> steps.postAttributeCollection().get());
        assertThat(unset.getResponseStatusCode()).isEqualTo(404);
    }

    @Test
    @Proves("POST /identity/b2xUserFlows")
    @Proves("POST /identity/b2xUserFlows/{flow-id}/userFlowIdentityProviders/$ref")
    @Proves("GET /identity/b2xUserFlows/{flow-id}/userFlowIdentityProviders")
    @Proves("DELETE /identity/b2xUserFlows/{flow-id}/userFlowIdentityProviders/$ref?@id={url}")
    @Proves("DELETE /identity/b2xUserFlows/{flow-id}/userFlowIdentityProviders/{provider-id}/$ref")
    void createWithProviders() {
        String google = ProvidersTest.ensureSocial(usher.graph(), "Google");
        IdentityProvider chosen = new IdentityProvider();
        chosen.setId(google);
        chosen.setType("Google");
        chosen.setName("Google");
        B2xIdentityUserFlow flow = flow(Usher.fresh("Sdk"));
        flow.setIdentityProviders(List.of(chosen));

        String id = identity.b2xUserFlows().post(flow).getId();

        var providers =
                identity.b2xUserFlows().byB2xIdentityUserFlowId(id).userFlowIdentityProviders();
        assertThat(providers.get().getValue())
                .singleElement()
                .isInstanceOf(SocialIdentityProvider.class)
                .extracting(IdentityProviderBase::getId)
                .isEqualTo(google);
        ReferenceCreate reference = new ReferenceCreate();
        reference.setOdataId(url("/identity/identityProviders/EmailOtpSignup-OAUTH"));
        providers.ref().post(reference);
        assertThat(providers.count().get()).isEqualTo(2);
        providers
                .ref()
                .delete(request ->
                        request.queryParameters.id =
                                url("/identity/identityProviders/EmailOtpSignup-OAUTH"));
        providers.byIdentityProviderBaseId(google).ref().delete();
        assertThat(providers.get().getValue()).isEmpty();
    }

    @Test
    @Proves("GET /identity/b2xUserFlows")
    @Proves("GET /identity/b2xUserFlows/$count")
    void listsAndPages() throws ReflectiveOperationException {
        String prefix = Usher.fresh("Paged");
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            made.add(identity.b2xUserFlows().post(flow(prefix + i)).getId());
        }
        String filter = "startswith(id,'B2X_1_" + prefix + "')";
        B2xIdentityUserFlowCollectionResponse first =
                identity.b2xUserFlows()
                        .get(request -> {
                            request.queryParameters.filter = filter;
                            request.queryParameters.count = true;
                            request.queryParameters.orderby = new String[] {"id desc"};
                            request.headers.add("Prefer", "odata.maxpagesize=2");
                        });
        assertThat(first.getOdataCount()).isEqualTo(7);
        assertThat(first.getValue()).hasSize(2);
        assertThat(first.getOdataNextLink()).startsWith(usher.json().httpsUrl());

        List<String> seen = new ArrayList<>();
        new PageIterator.Builder<B2xIdentityUserFlow, B2xIdentityUserFlowCollectionResponse>()
                .client(client)
                .collectionPage(first)
                .collectionPageFactory(
                        B2xIdentityUserFlowCollectionResponse::createFromDiscriminatorValue)
                .processPageItemCallback(flow -> {
                    seen.add(flow.getId());
                    return true;
                })
                .build()
                .iterate();

        assertThat(seen).containsExactlyElementsOf(made.reversed());
        assertThat(
                        identity.b2xUserFlows()
                                .count()
                                .get(request -> request.queryParameters.filter = filter))
                .isEqualTo(7);
    }

    @Test
    @Proves("POST /identity/apiConnectors")
    @Proves("GET /identity/apiConnectors")
    @Proves("GET /identity/apiConnectors/{connector-id}")
    @Proves("PATCH /identity/apiConnectors/{connector-id}")
    @Proves("DELETE /identity/apiConnectors/{connector-id}")
    void connectors() {
        String name = Usher.fresh("Sdk");
        var item = identity.apiConnectors().byIdentityApiConnectorId(newConnector(name).getId());

        assertThat(
                        identity.apiConnectors()
                                .get(request ->
                                        request.queryParameters.filter =
                                                "displayName eq '" + name + "'")
                                .getValue())
                .singleElement()
                .extracting(IdentityApiConnector::getTargetUrl)
                .isEqualTo("https://api.example.test/check");
        IdentityApiConnector change = new IdentityApiConnector();
        change.setTargetUrl("https://api.example.test/other");
        item.patch(change);
        assertThat(item.get().getTargetUrl()).isEqualTo("https://api.example.test/other");
        assertThat(item.get().getDisplayName()).isEqualTo(name);
        item.delete();
        assertThat(catchThrowableOfType(ODataError.class, item::get).getResponseStatusCode())
                .isEqualTo(404);
    }

    @Test
    @Proves("GET /identity/identityProviders")
    @Proves("GET /identity/identityProviders/availableProviderTypes")
    @Proves("GET /identity/userFlowAttributes")
    @Proves("GET /identity/userFlowAttributes/{attribute-id}")
    void catalogues() {
        assertThat(identity.identityProviders().get().getValue())
                .extracting(IdentityProviderBase::getId)
                .contains("AADSignup-OAUTH");
        assertThat(identity.identityProviders().availableProviderTypes().get().getValue())
                .contains("Google");
        var attributes = identity.userFlowAttributes().get().getValue();
        assertThat(attributes).extracting("id").contains("city", "displayName");
        assertThat(attributes)
                .filteredOn("id", "city")
                .hasOnlyElementsOfType(IdentityBuiltInUserFlowAttribute.class);
        assertThat(
                        identity.userFlowAttributes()
                                .byIdentityUserFlowAttributeId("city")
                                .get()
                                .getDataType()
                                .getValue())
                .isEqualTo("string");
    }

    @Test
    @Proves("POST /identity/b2xUserFlows/$ref")
    void seedThroughTheRequestAdapter() {
        RequestInformation request = new RequestInformation();
        request.httpMethod = HttpMethod.POST;
        request.setUri(URI.create(url("/identity/b2xUserFlows/$ref")));
        request.setStreamContent(
                new ByteArrayInputStream(SeedTest.body("\n").getBytes(StandardCharsets.UTF_8)),
                "application/json");

        assertThat(
                        client.getRequestAdapter()
                                .send(request, errors(), UntypedNode::createFromDiscriminatorValue))
                .isNull();

        request.headers.add("Prefer", "return=representation");
        request.setStreamContent(
                new ByteArrayInputStream(SeedTest.body("\n").getBytes(StandardCharsets.UTF_8)),
                "application/json");
        B2xIdentityUserFlow flow =
                client.getRequestAdapter()
                        .send(request, errors(), B2xIdentityUserFlow::createFromDiscriminatorValue);
        assertThat(flow.getId()).startsWith("B2X_1_");
        assertThat(flow.getUserFlowType()).isEqualTo(UserFlowType.SignUpOrSignIn);
    }

    private static HashMap<String, ParsableFactory<? extends Parsable>> errors() {
        HashMap<String, ParsableFactory<? extends Parsable>> errors = new HashMap<>();
        errors.put("4XX", ODataError::createFromDiscriminatorValue);
        return errors;
    }

    @Test
    @Shows("V20")
    void refusalsArriveAsODataErrors() {
        String name = Usher.fresh("Sdk");
        identity.b2xUserFlows().post(flow(name));
        AuthenticationProvider forged =
                (request, context) -> request.headers.add("Authorization", "Bearer a.b.c");
        var noPermission = client(usher.tenant().none()).identity().b2xUserFlows();

        refused(400, "AADB2C", () -> identity.b2xUserFlows().post(new B2xIdentityUserFlow()));
        refused(
                401,
                "InvalidAuthenticationToken",
                () -> client(forged).identity().b2xUserFlows().get());
        refused(403, "AADB2C", noPermission::get);
        refused(
                404,
                null,
                () -> identity.b2xUserFlows().byB2xIdentityUserFlowId("B2X_1_Nowhere").get());
        refused(409, null, () -> identity.b2xUserFlows().post(flow(name)));
    }

    private static void refused(int status, String code, ThrowingCallable call) {
        ODataError error = catchThrowableOfType(ODataError.class, call);
        assertThat(error).as("an ODataError with %d", status).isNotNull();
        assertThat(error.getResponseStatusCode()).isEqualTo(status);
        assertThat(error.getError().getMessage()).isNotBlank();
        if (code != null) {
            assertThat(error.getError().getCode()).isEqualTo(code);
        }
        assertThat(error.getError().getInnerError().getRequestId()).isNotBlank();
        assertThat(error.getError().getInnerError().getDate())
                .isCloseTo(OffsetDateTime.now(ZoneOffset.UTC), within(Duration.ofMinutes(5)));
    }
}
