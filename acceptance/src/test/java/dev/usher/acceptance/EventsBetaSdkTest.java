package dev.usher.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.graph.beta.identity.IdentityRequestBuilder;
import com.microsoft.graph.beta.identity.authenticationeventsflows.item.AuthenticationEventsFlowItemRequestBuilder;
import com.microsoft.graph.beta.identity.customauthenticationextensions.validateauthenticationconfiguration.ValidateAuthenticationConfigurationPostRequestBody;
import com.microsoft.graph.beta.models.AuthenticationAttributeCollectionInputConfiguration;
import com.microsoft.graph.beta.models.AuthenticationAttributeCollectionInputType;
import com.microsoft.graph.beta.models.AuthenticationAttributeCollectionPage;
import com.microsoft.graph.beta.models.AuthenticationAttributeCollectionPageViewConfiguration;
import com.microsoft.graph.beta.models.AuthenticationConditionApplication;
import com.microsoft.graph.beta.models.AuthenticationFlowsPolicy;
import com.microsoft.graph.beta.models.AzureAdTokenAuthentication;
import com.microsoft.graph.beta.models.B2cAuthenticationMethodsPolicy;
import com.microsoft.graph.beta.models.BuiltInIdentityProvider;
import com.microsoft.graph.beta.models.CustomExtensionClientConfiguration;
import com.microsoft.graph.beta.models.ExternalUsersSelfServiceSignUpEventsFlow;
import com.microsoft.graph.beta.models.GenericError;
import com.microsoft.graph.beta.models.HttpRequestEndpoint;
import com.microsoft.graph.beta.models.IdentityUserFlowAttribute;
import com.microsoft.graph.beta.models.OnAttributeCollectionExternalUsersSelfServiceSignUp;
import com.microsoft.graph.beta.models.OnAuthenticationMethodLoadStartExternalUsersSelfServiceSignUp;
import com.microsoft.graph.beta.models.OnInteractiveAuthFlowStartExternalUsersSelfServiceSignUp;
import com.microsoft.graph.beta.models.OnTokenIssuanceStartCustomExtension;
import com.microsoft.graph.beta.models.OnTokenIssuanceStartCustomExtensionHandler;
import com.microsoft.graph.beta.models.OnTokenIssuanceStartListener;
import com.microsoft.graph.beta.models.ReferenceCreate;
import com.microsoft.graph.beta.models.SelfServiceSignUpAuthenticationFlowConfiguration;
import com.microsoft.graph.beta.models.odataerrors.ODataError;
import com.microsoft.graph.beta.serviceclient.GraphServiceClient;
import com.microsoft.graph.core.requests.GraphClientFactory;
import dev.usher.acceptance.fixture.SdkToken;
import dev.usher.acceptance.fixture.Usher;
import dev.usher.acceptance.fixture.UsherTest;
import java.util.List;
import java.util.UUID;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;

/** Events flows, listeners, extensions and policies by Microsoft's SDK for Java, beta. */
@UsherTest
class EventsBetaSdkTest {

    private static final String VERSION = "beta";

    private final GraphServiceClient client;
    private final IdentityRequestBuilder identity;
    private final String root;

    EventsBetaSdkTest(Usher usher) {
        OkHttpClient http =
                GraphClientFactory.create(GraphServiceClient.getGraphClientOptions())
                        .sslSocketFactory(
                                usher.trust().context().getSocketFactory(), usher.trust().manager())
                        .build();
        root = usher.json().httpsUrl() + "/" + VERSION;
        client = new GraphServiceClient(SdkToken.provider(usher, usher.tenant().admin()), http);
        client.getRequestAdapter().setBaseUrl(root);
        identity = client.identity();
    }

    private static OnAttributeCollectionExternalUsersSelfServiceSignUp asking(String attribute) {
        var input = new AuthenticationAttributeCollectionInputConfiguration();
        input.setAttribute(attribute);
        input.setLabel("Label");
        input.setInputType(AuthenticationAttributeCollectionInputType.Text);
        var view = new AuthenticationAttributeCollectionPageViewConfiguration();
        view.setInputs(List.of(input));
        var page = new AuthenticationAttributeCollectionPage();
        page.setViews(List.of(view));
        var collection = new OnAttributeCollectionExternalUsersSelfServiceSignUp();
        collection.setAttributeCollectionPage(page);
        return collection;
    }

    private static ExternalUsersSelfServiceSignUpEventsFlow flow(String name) {
        var allowed = new OnInteractiveAuthFlowStartExternalUsersSelfServiceSignUp();
        allowed.setIsSignUpAllowed(true);
        var provider = new BuiltInIdentityProvider();
        provider.setId("EmailPassword-OAUTH");
        var methods = new OnAuthenticationMethodLoadStartExternalUsersSelfServiceSignUp();
        methods.setIdentityProviders(List.of(provider));
        var attribute = new IdentityUserFlowAttribute();
        attribute.setId("city");
        var collection = asking("city");
        collection.setAttributes(List.of(attribute));
        var flow = new ExternalUsersSelfServiceSignUpEventsFlow();
        flow.setDisplayName(name);
        flow.setOnInteractiveAuthFlowStart(allowed);
        flow.setOnAuthenticationMethodLoadStart(methods);
        flow.setOnAttributeCollection(collection);
        return flow;
    }

    private AuthenticationEventsFlowItemRequestBuilder create(String name) {
        var created = identity.authenticationEventsFlows().post(flow(name));
        assertThat(created).isInstanceOf(ExternalUsersSelfServiceSignUpEventsFlow.class);
        return identity.authenticationEventsFlows().byAuthenticationEventsFlowId(created.getId());
    }

    private ReferenceCreate reference(String path) {
        ReferenceCreate reference = new ReferenceCreate();
        reference.setOdataId(root + path);
        return reference;
    }

    @Test
    void flows() {
        String name = Usher.fresh("Flow");
        var item = create(name);
        var flows = identity.authenticationEventsFlows();
        assertThat(flows.count().get()).isPositive();
        assertThat(flows.graphExternalUsersSelfServiceSignUpEventsFlow().count().get())
                .isPositive();
        String byName = "displayName eq '" + name + "'";
        assertThat(flows.get(request -> request.queryParameters.filter = byName).getValue())
                .singleElement()
                .isInstanceOfSatisfying(
                        ExternalUsersSelfServiceSignUpEventsFlow.class,
                        shown -> {
                            var asked =
                                    (OnAttributeCollectionExternalUsersSelfServiceSignUp)
                                            shown.getOnAttributeCollection();
                            assertThat(asked.getAttributes())
                                    .extracting(IdentityUserFlowAttribute::getId)
                                    .containsExactly("city");
                        });
        assertThat(
                        flows.graphExternalUsersSelfServiceSignUpEventsFlow()
                                .get(request -> request.queryParameters.filter = byName)
                                .getValue())
                .hasSize(1);
        var change = new ExternalUsersSelfServiceSignUpEventsFlow();
        change.setDescription("Changed");
        change.setOnAttributeCollection(asking("surname"));
        item.patch(change);
        assertThat(item.get().getDescription()).isEqualTo("Changed");
        assertThat(item.graphExternalUsersSelfServiceSignUpEventsFlow().get().getDisplayName())
                .isEqualTo(name);
        assertThat(item.conditions().get().getApplications()).isNotNull();
        assertThatThrownBy(() -> flows.post(flow(name)))
                .isInstanceOfSatisfying(
                        ODataError.class,
                        error -> assertThat(error.getResponseStatusCode()).isEqualTo(409));
        item.delete();
    }

    @Test
    void applicationsOfFlows() {
        var item = create(Usher.fresh("Flow"));
        var application = new AuthenticationConditionApplication();
        application.setAppId(UUID.randomUUID().toString());
        var list = item.conditions().applications().includeApplications();
        assertThat(list.post(application).getAppId()).isEqualTo(application.getAppId());
        assertThat(list.get().getValue())
                .extracting(AuthenticationConditionApplication::getAppId)
                .containsExactly(application.getAppId());
        assertThat(list.count().get()).isEqualTo(1);
        var cast =
                item.graphExternalUsersSelfServiceSignUpEventsFlow()
                        .conditions()
                        .applications()
                        .includeApplications();
        assertThat(cast.count().get()).isEqualTo(1);
        var one = cast.byAuthenticationConditionApplicationAppId(application.getAppId());
        assertThat(one.get().getAppId()).isEqualTo(application.getAppId());
        one.delete();
        assertThat(list.get().getValue()).isEmpty();

        var another = new AuthenticationConditionApplication();
        another.setAppId(UUID.randomUUID().toString());
        assertThat(cast.post(another).getAppId()).isEqualTo(another.getAppId());
        assertThat(cast.get().getValue()).hasSize(1);
        var plain = list.byAuthenticationConditionApplicationAppId(another.getAppId());
        assertThat(plain.get().getAppId()).isEqualTo(another.getAppId());
        plain.delete();
        assertThat(list.count().get()).isZero();
        item.delete();
    }

    @Test
    void attributesOfFlows() {
        var item = create(Usher.fresh("Flow"));
        var attributes =
                item.graphExternalUsersSelfServiceSignUpEventsFlow()
                        .onAttributeCollection()
                        .graphOnAttributeCollectionExternalUsersSelfServiceSignUp()
                        .attributes();
        attributes.ref().post(reference("/identity/userFlowAttributes/surname"));
        assertThat(attributes.get().getValue())
                .extracting(IdentityUserFlowAttribute::getId)
                .containsExactly("city", "surname");
        assertThat(attributes.count().get()).isEqualTo(2);
        attributes.byIdentityUserFlowAttributeId("surname").ref().delete();
        attributes
                .ref()
                .delete(request ->
                        request.queryParameters.id = root + "/identity/userFlowAttributes/city");
        assertThat(attributes.get().getValue()).isEmpty();
        item.delete();
    }

    @Test
    void providersOfFlows() {
        var item = create(Usher.fresh("Flow"));
        var providers =
                item.graphExternalUsersSelfServiceSignUpEventsFlow()
                        .onAuthenticationMethodLoadStart()
                        .graphOnAuthenticationMethodLoadStartExternalUsersSelfServiceSignUp()
                        .identityProviders();
        String other = "/identity/identityProviders/EmailOtpSignup-OAUTH";
        providers.ref().post(reference(other));
        assertThat(providers.get().getValue()).hasSize(2);
        assertThat(providers.count().get()).isEqualTo(2);
        providers.byIdentityProviderBaseId("EmailPassword-OAUTH").ref().delete();
        assertThatThrownBy(() ->
                        providers
                                .ref()
                                .delete(request -> request.queryParameters.id = root + other))
                .isInstanceOfSatisfying(
                        ODataError.class,
                        error -> assertThat(error.getResponseStatusCode()).isEqualTo(400));
        item.delete();
    }

    private static HttpRequestEndpoint endpoint() {
        var endpoint = new HttpRequestEndpoint();
        endpoint.setTargetUrl("https://api.example.test/roles");
        return endpoint;
    }

    private static AzureAdTokenAuthentication authentication() {
        var authentication = new AzureAdTokenAuthentication();
        authentication.setResourceId("api://elsewhere.test/" + UUID.randomUUID());
        return authentication;
    }

    @Test
    void extensionsAndListeners() {
        var extension = new OnTokenIssuanceStartCustomExtension();
        extension.setDisplayName(Usher.fresh("Extension"));
        extension.setEndpointConfiguration(endpoint());
        extension.setAuthenticationConfiguration(authentication());
        var extensions = identity.customAuthenticationExtensions();
        String id = extensions.post(extension).getId();
        var item = extensions.byCustomAuthenticationExtensionId(id);
        assertThat(extensions.get().getValue()).isNotEmpty();
        assertThat(extensions.count().get()).isPositive();
        var change = new OnTokenIssuanceStartCustomExtension();
        change.setClientConfiguration(new CustomExtensionClientConfiguration());
        change.getClientConfiguration().setTimeoutInMilliseconds(1000);
        item.patch(change);
        assertThat(item.get().getClientConfiguration().getTimeoutInMilliseconds()).isEqualTo(1000);
        var body = new ValidateAuthenticationConfigurationPostRequestBody();
        body.setEndpointConfiguration(endpoint());
        body.setAuthenticationConfiguration(authentication());
        assertThat(extensions.validateAuthenticationConfiguration().post(body).getErrors())
                .extracting(GenericError::getCode)
                .containsExactly("DomainNameDoesNotMatch", "ServicePrincipalNotFound");
        assertThat(item.validateAuthenticationConfiguration().post().getErrors()).hasSize(2);

        var called = new OnTokenIssuanceStartCustomExtension();
        called.setId(id);
        var handler = new OnTokenIssuanceStartCustomExtensionHandler();
        handler.setCustomExtension(called);
        var listener = new OnTokenIssuanceStartListener();
        listener.setHandler(handler);
        var listeners = identity.authenticationEventListeners();
        var created = listeners.post(listener);
        var one = listeners.byAuthenticationEventListenerId(created.getId());
        assertThat(listeners.get().getValue()).isNotEmpty();
        assertThat(listeners.count().get()).isPositive();
        var renamed = new OnTokenIssuanceStartListener();
        renamed.setDisplayName("Roles");
        one.patch(renamed);
        var shown = (OnTokenIssuanceStartListener) one.get();
        assertThat(shown.getDisplayName()).isEqualTo("Roles");
        assertThat(
                        ((OnTokenIssuanceStartCustomExtensionHandler) shown.getHandler())
                                .getCustomExtension()
                                .getId())
                .isEqualTo(id);
        one.delete();
        item.delete();
    }

    @Test
    void policies() {
        var item = client.policies().authenticationFlowsPolicy();
        assertThat(item.get().getId()).isEqualTo("authenticationFlowsPolicy");
        for (boolean enabled : List.of(false, true)) {
            var signUp = new SelfServiceSignUpAuthenticationFlowConfiguration();
            signUp.setIsEnabled(enabled);
            var change = new AuthenticationFlowsPolicy();
            change.setSelfServiceSignUp(signUp);
            item.patch(change);
            assertThat(item.get().getSelfServiceSignUp().getIsEnabled()).isEqualTo(enabled);
        }
    }

    @Test
    void localAccounts() {
        var item = client.policies().b2cAuthenticationMethodsPolicy();
        assertThat(item.get().getId()).isEqualTo("b2CAuthenticationMethodsPolicy");
        for (boolean enabled : List.of(true, false)) {
            var change = new B2cAuthenticationMethodsPolicy();
            change.setIsUserNameAuthenticationEnabled(enabled);
            item.patch(change);
            assertThat(item.get().getIsUserNameAuthenticationEnabled()).isEqualTo(enabled);
        }
    }
}
