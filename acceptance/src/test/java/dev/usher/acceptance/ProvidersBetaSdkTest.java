package dev.usher.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.microsoft.graph.beta.models.IdentityProvider;
import com.microsoft.graph.beta.models.ReferenceCreate;
import com.microsoft.graph.beta.models.SocialIdentityProvider;
import com.microsoft.graph.beta.models.odataerrors.ODataError;
import dev.usher.acceptance.fixture.Proves;
import dev.usher.acceptance.fixture.Sdk;
import dev.usher.acceptance.fixture.Usher;
import dev.usher.acceptance.fixture.UsherTest;
import org.junit.jupiter.api.Test;

/** A flow's providers in both views, single providers, and the counts, by the SDK, beta. */
@UsherTest
class ProvidersBetaSdkTest {

    private final Usher usher;

    ProvidersBetaSdkTest(Usher usher) {
        this.usher = usher;
    }

    @Test
    @Proves("GET /identity/b2xUserFlows/{flow-id}/userFlowIdentityProviders")
    @Proves("GET /identity/b2xUserFlows/{flow-id}/userFlowIdentityProviders/$count")
    @Proves("GET /identity/b2xUserFlows/{flow-id}/userFlowIdentityProviders/$ref")
    @Proves("POST /identity/b2xUserFlows/{flow-id}/userFlowIdentityProviders/$ref")
    @Proves("DELETE /identity/b2xUserFlows/{flow-id}/userFlowIdentityProviders/$ref?@id={url}")
    @Proves("GET /identity/b2xUserFlows/{flow-id}/identityProviders")
    @Proves("GET /identity/b2xUserFlows/{flow-id}/identityProviders/$count")
    @Proves("GET /identity/b2xUserFlows/{flow-id}/identityProviders/{provider-id}")
    @SuppressWarnings("deprecation") // the older view is served too
    void oneSetInTwoViews() {
        String id = usher.newFlow(Usher.fresh("Views"));
        var flow = Sdk.beta(usher).identity().b2xUserFlows().byB2xIdentityUserFlowId(id);
        String google = ProvidersTest.ensureSocial(usher.beta(), "Google");
        String url = usher.beta().url("/identity/identityProviders/" + google);
        ReferenceCreate reference = new ReferenceCreate();
        reference.setOdataId(url);
        flow.userFlowIdentityProviders().ref().post(reference);

        assertThat(flow.userFlowIdentityProviders().get().getValue()).hasSize(2);
        assertThat(flow.userFlowIdentityProviders().count().get()).isEqualTo(2);
        // by hand: the SDK expects texts where OData has objects
        String references = "/identity/b2xUserFlows/" + id + "/userFlowIdentityProviders/$ref";
        assertThat(usher.beta().get(references).values("@odata.id")).hasSize(2);
        assertThat(flow.identityProviders().get().getValue())
                .extracting(IdentityProvider::getType)
                .contains("Google");
        assertThat(flow.identityProviders().count().get()).isEqualTo(1);
        assertThat(flow.identityProviders().byIdentityProviderId(google).get().getId())
                .isEqualTo(google);

        flow.userFlowIdentityProviders().ref().delete(request -> request.queryParameters.id = url);
        assertThat(flow.identityProviders().count().get()).isZero();
    }

    @Test
    @Proves("GET /identity/identityProviders/{provider-id}")
    @Proves("PATCH /identity/identityProviders/{provider-id}")
    @Proves("GET /identity/identityProviders/$count")
    @Proves("GET /identity/apiConnectors/$count")
    @Proves("GET /identity/userFlowAttributes/$count")
    void singleProvidersAndCounts() {
        var identity = Sdk.beta(usher).identity();
        String id = ProvidersTest.ensureSocial(usher.beta(), "Amazon");
        var item = identity.identityProviders().byIdentityProviderBaseId(id);
        String name = Usher.fresh("Amazon");
        SocialIdentityProvider change = new SocialIdentityProvider();
        change.setDisplayName(name);
        item.patch(change);
        var read = (SocialIdentityProvider) item.get();
        assertThat(read.getDisplayName()).isEqualTo(name);
        assertThat(read.getClientSecret()).isEqualTo("******");

        int connectors = identity.apiConnectors().count().get();
        usher.newConnector(Usher.fresh("Counted"));
        assertThat(identity.apiConnectors().count().get()).isEqualTo(connectors + 1);
        int providers = identity.identityProviders().count().get();
        item.delete();
        assertThat(identity.identityProviders().count().get()).isEqualTo(providers - 1);
        assertThat(identity.userFlowAttributes().count().get())
                .isGreaterThanOrEqualTo(identity.userFlowAttributes().get().getValue().size());
        ODataError gone = catchThrowableOfType(ODataError.class, item::get);
        assertThat(gone.getResponseStatusCode()).isEqualTo(404);
    }
}
