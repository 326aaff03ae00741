package dev.usher.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.graph.beta.identity.b2cuserflows.item.B2cIdentityUserFlowItemRequestBuilder;
import com.microsoft.graph.beta.identity.b2cuserflows.item.userattributeassignments.setorder.SetOrderPostRequestBody;
import com.microsoft.graph.beta.models.AssignmentOrder;
import com.microsoft.graph.beta.models.IdentityProvider;
import com.microsoft.graph.beta.models.IdentityUserFlowAttribute;
import com.microsoft.graph.beta.models.IdentityUserFlowAttributeAssignment;
import com.microsoft.graph.beta.models.IdentityUserFlowAttributeInputType;
import com.microsoft.graph.beta.models.ReferenceCreate;
import dev.usher.acceptance.fixture.Json;
import dev.usher.acceptance.fixture.Proves;
import dev.usher.acceptance.fixture.Sdk;
import dev.usher.acceptance.fixture.Usher;
import dev.usher.acceptance.fixture.UsherTest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a B2C flow is linked to and asks for, by the SDK. */
@UsherTest
class B2cFlowsSdkTest {

    private final Usher usher;

    B2cFlowsSdkTest(Usher usher) {
        this.usher = usher;
    }

    private B2cIdentityUserFlowItemRequestBuilder flow() {
        String name = Usher.fresh("Shop");
        Object body =
                Json.object("id", name, "userFlowType", "signUpOrSignIn", "userFlowTypeVersion", 3);
        usher.beta().post("/identity/b2cUserFlows", body).expect(201);
        return Sdk.beta(usher).identity().b2cUserFlows().byB2cIdentityUserFlowId("B2C_1_" + name);
    }

    @Test
    @Proves("GET /identity/b2cUserFlows/{flow-id}/userFlowIdentityProviders")
    @Proves("GET /identity/b2cUserFlows/{flow-id}/userFlowIdentityProviders/$count")
    @Proves("GET /identity/b2cUserFlows/{flow-id}/identityProviders")
    @Proves("GET /identity/b2cUserFlows/{flow-id}/identityProviders/$count")
    @Proves("POST /identity/b2cUserFlows/{flow-id}/identityProviders/$ref")
    @Proves("DELETE /identity/b2cUserFlows/{flow-id}/identityProviders/{provider-id}/$ref")
    @SuppressWarnings("deprecation") // the older view is served too
    void providers() {
        var flow = flow();
        String google = ProvidersTest.ensureSocial(usher.beta(), "Google");
        ReferenceCreate reference = new ReferenceCreate();
        reference.setOdataId(usher.beta().url("/identity/identityProviders/" + google));
        flow.identityProviders().ref().post(reference);

        assertThat(flow.identityProviders().get().getValue())
                .extracting(IdentityProvider::getType)
                .containsExactly("Google");
        assertThat(flow.identityProviders().count().get()).isEqualTo(1);
        assertThat(flow.userFlowIdentityProviders().get().getValue()).hasSize(1);
        assertThat(flow.userFlowIdentityProviders().count().get()).isEqualTo(1);

        flow.identityProviders().byIdentityProviderId(google).ref().delete();
        assertThat(flow.userFlowIdentityProviders().count().get()).isZero();
    }

    @Test
    @Proves("GET /identity/b2cUserFlows/{flow-id}/userAttributeAssignments")
    @Proves("POST /identity/b2cUserFlows/{flow-id}/userAttributeAssignments")
    @Proves("GET /identity/b2cUserFlows/{flow-id}/userAttributeAssignments/$count")
    @Proves("GET /identity/b2cUserFlows/{flow-id}/userAttributeAssignments/{assignment-id}")
    @Proves("PATCH /identity/b2cUserFlows/{flow-id}/userAttributeAssignments/{assignment-id}")
    @Proves("DELETE /identity/b2cUserFlows/{flow-id}/userAttributeAssignments/{assignment-id}")
    @Proves(
            "GET /identity/b2cUserFlows/{flow-id}/userAttributeAssignments/{assignment-id}/userAttribute")
    @Proves("GET /identity/b2cUserFlows/{flow-id}/userAttributeAssignments/getOrder")
    @Proves("POST /identity/b2cUserFlows/{flow-id}/userAttributeAssignments/setOrder")
    void assignments() {
        var assignments = flow().userAttributeAssignments();
        IdentityUserFlowAttribute attribute = new IdentityUserFlowAttribute();
        attribute.setId("city");
        var assignment = new IdentityUserFlowAttributeAssignment();
        assignment.setUserAttribute(attribute);
        assignment.setDisplayName("Town");
        assignment.setUserInputType(IdentityUserFlowAttributeInputType.TextBox);
        assertThat(assignments.post(assignment).getId()).isEqualTo("city");
        assertThat(assignments.get().getValue()).hasSize(2);
        assertThat(assignments.count().get()).isEqualTo(2);

        AssignmentOrder order = new AssignmentOrder();
        order.setOrder(List.of("city", "email"));
        SetOrderPostRequestBody body = new SetOrderPostRequestBody();
        body.setNewAssignmentOrder(order);
        assignments.setOrder().post(body);
        assertThat(assignments.getOrder().get().getOrder()).containsExactly("city", "email");

        var item = assignments.byIdentityUserFlowAttributeAssignmentId("city");
        var change = new IdentityUserFlowAttributeAssignment();
        change.setIsOptional(true);
        item.patch(change);
        assertThat(item.get().getIsOptional()).isTrue();
        assertThat(item.userAttribute().get().getDisplayName()).isEqualTo("City");
        item.delete();
        assertThat(assignments.count().get()).isEqualTo(1);
    }
}
