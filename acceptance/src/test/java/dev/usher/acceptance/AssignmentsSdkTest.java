package dev.usher.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.microsoft.graph.models.AssignmentOrder;
import com.microsoft.graph.models.IdentityUserFlowAttribute;
import com.microsoft.graph.models.IdentityUserFlowAttributeAssignment;
import com.microsoft.graph.models.IdentityUserFlowAttributeInputType;
import com.microsoft.graph.models.UserAttributeValuesItem;
import com.microsoft.graph.models.odataerrors.ODataError;
import dev.usher.acceptance.fixture.Proves;
import dev.usher.acceptance.fixture.Sdk;
import dev.usher.acceptance.fixture.Usher;
import dev.usher.acceptance.fixture.UsherTest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every method of the SDK's builder of attribute assignments, v1.0. */
@UsherTest
class AssignmentsSdkTest {

    private final Usher usher;

    AssignmentsSdkTest(Usher usher) {
        this.usher = usher;
    }

    private static IdentityUserFlowAttributeAssignment city() {
        IdentityUserFlowAttribute attribute = new IdentityUserFlowAttribute();
        attribute.setId("city");
        UserAttributeValuesItem paris = new UserAttributeValuesItem();
        paris.setName("Paris");
        paris.setValue("paris");
        paris.setIsDefault(true);
        IdentityUserFlowAttributeAssignment assignment = new IdentityUserFlowAttributeAssignment();
        assignment.setUserAttribute(attribute);
        assignment.setDisplayName("Town");
        assignment.setUserInputType(IdentityUserFlowAttributeInputType.RadioSingleSelect);
        assignment.setUserAttributeValues(List.of(paris));
        return assignment;
    }

    @Test
    @Proves("GET /identity/b2xUserFlows/{flow-id}/userAttributeAssignments")
    @Proves("POST /identity/b2xUserFlows/{flow-id}/userAttributeAssignments")
    @Proves("GET /identity/b2xUserFlows/{flow-id}/userAttributeAssignments/$count")
    @Proves("GET /identity/b2xUserFlows/{flow-id}/userAttributeAssignments/{assignment-id}")
    @Proves("PATCH /identity/b2xUserFlows/{flow-id}/userAttributeAssignments/{assignment-id}")
    @Proves("DELETE /identity/b2xUserFlows/{flow-id}/userAttributeAssignments/{assignment-id}")
    @Proves(
            "GET /identity/b2xUserFlows/{flow-id}/userAttributeAssignments/{assignment-id}/userAttribute")
    @Proves("GET /identity/b2xUserFlows/{flow-id}/userAttributeAssignments/getOrder")
    @Proves("POST /identity/b2xUserFlows/{flow-id}/userAttributeAssignments/setOrder")
    void lifecycle() {
        var assignments =
                Sdk.stable(usher)
                        .identity()
                        .b2xUserFlows()
                        .byB2xIdentityUserFlowId(usher.newFlow(Usher.fresh("Sdk")))
                        .userAttributeAssignments();
        var created = assignments.post(city());
        assertThat(created.getId()).isEqualTo("city");
        assertThat(created.getIsOptional()).isFalse();
        assertThat(created.getUserAttributeValues())
                .singleElement()
                .satisfies(value -> assertThat(value.getIsDefault()).isTrue());
        assertThat(assignments.get().getValue())
                .extracting(IdentityUserFlowAttributeAssignment::getId)
                .containsExactly("emailReadonly", "city");
        assertThat(assignments.count().get()).isEqualTo(2);
        assertThat(assignments.getOrder().get().getOrder())
                .containsExactly("emailReadonly", "city");

        AssignmentOrder order = new AssignmentOrder();
        order.setOrder(List.of("city", "emailReadonly"));
        var body =
                new com.microsoft.graph.identity.b2xuserflows.item.userattributeassignments.setorder
                        .SetOrderPostRequestBody();
        body.setNewAssignmentOrder(order);
        assignments.setOrder().post(body);
        assertThat(assignments.getOrder().get().getOrder())
                .containsExactly("city", "emailReadonly");

        var item = assignments.byIdentityUserFlowAttributeAssignmentId("city");
        var change = new IdentityUserFlowAttributeAssignment();
        change.setIsOptional(true);
        item.patch(change);
        var read =
                item.get(
                        request -> request.queryParameters.expand = new String[] {"userAttribute"});
        assertThat(read.getIsOptional()).isTrue();
        assertThat(read.getUserInputType())
                .isEqualTo(IdentityUserFlowAttributeInputType.RadioSingleSelect);
        assertThat(read.getUserAttribute().getDisplayName()).isEqualTo("City");
        assertThat(item.userAttribute().get().getId()).isEqualTo("city");

        item.delete();
        ODataError gone = catchThrowableOfType(ODataError.class, item::get);
        assertThat(gone.getResponseStatusCode()).isEqualTo(404);
    }
}
