package dev.usher.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.microsoft.graph.models.IdentityProvider;
import com.microsoft.graph.models.ReferenceCreate;
import com.microsoft.graph.models.SocialIdentityProvider;
import com.microsoft.graph.models.odataerrors.ODataError;
import dev.usher.acceptance.fixture.Proves;
import dev.usher.acceptance.fixture.Sdk;
import dev.usher.acceptance.fixture.Usher;
import dev.usher.acceptance.fixture.UsherTest;
import org.junit.jupiter.api.Test;

/** A flow's providers in both views, single providers, and the counts, by the SDK, v1.0. */
@UsherTest
class ProvidersSdkTest {

    private final Usher usher;

    ProvidersSdkTest(Usher usher) {
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
        var flow = Sdk.stable(usher).identity().b2xUserFlows().byB2xIdentityUserFlowId(id);
        String google = ProvidersTest.ensureSocial(usher.graph(), "Google");
        String url = usher.graph().url("/identity/identityProviders/" + google);
        ReferenceCreate reference = new ReferenceCreate();
        reference.setOdataId(url);
        flow.userFlowIdentityProviders().ref().post(reference);

        assertThat(flow.userFlowIdentityProviders().get().getValue()).hasSize(2);
        assertThat(flow.userFlowIdentityProviders().count().get()).isEqualTo(2);
        // by hand: the SDK expects texts where OData has objects
        String references = "/identity/b2xUserFlows/" + id + "/userFlowIdentityProviders/$ref";
        assertThat(usher.graph().get(references).values("@odata.id")).hasSize(2);
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
        var identity = Sdk.stable(usher).identity();
        String id = ProvidersTest.ensureSocial(usher.graph(), "Amazon");
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
