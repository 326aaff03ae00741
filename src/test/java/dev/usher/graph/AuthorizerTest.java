package dev.usher.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.edm.EntityType;
import dev.usher.edm.NavigationProperty;
import dev.usher.edm.Schema;
import dev.usher.ids.TenantId;
import dev.usher.odata.Address;
import dev.usher.odata.Draft;
import dev.usher.odata.GraphError;
import dev.usher.odata.Permission;
import dev.usher.odata.Plan;
import dev.usher.odata.Refusal;
import dev.usher.odata.Shape;
import dev.usher.token.AccessToken;
import dev.usher.token.AccountKind;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

/** What a caller may do of a plan. */
class AuthorizerTest {

    private static final Permission CHANGE = permission("Thing.Change");
    private static final Permission MAKE = permission("Thing.Make");

    private static Permission permission(String name) {
        return new Permission(
                List.of(List.of(name)), List.of(), List.of(), false, false, false, false, false);
    }

    private static AccessToken caller(String... permissions) {
        return new AccessToken(
                new TenantId(UUID.fromString("11111111-1111-4111-8111-111111111111")),
                "client",
                null,
                AccountKind.APPLICATION,
                Set.of(permissions),
                Set.of(),
                Instant.EPOCH);
    }

    private static Plan.Upsert upsert(@Nullable Refusal ifAbsent) {
        EntityType flow =
                Schema.load().model("beta").entityType("microsoft.graph.identityUserFlow");
        NavigationProperty navigation =
                Schema.load()
                        .model("beta")
                        .entityType("microsoft.graph.b2cIdentityUserFlow")
                        .navigation("languages")
                        .orElseThrow();
        Address.Members members = new Address.Members(null, List.of(), navigation, flow);
        return new Plan.Upsert(
                new Address.Item(members, "de", navigation.target(), null),
                new Draft(
                        navigation.target(),
                        "de",
                        JsonNodeFactory.instance.objectNode(),
                        List.of(),
                        List.of(),
                        List.of()),
                Shape.ALL,
                List.of(CHANGE),
                MAKE,
                ifAbsent);
    }

    private static @Nullable Refusal ifAbsent(AccessToken caller, Plan.Upsert plan) {
        return ((Plan.Upsert) Authorizer.authorize(caller, plan)).ifAbsent();
    }

    @Test
    void whoMayOnlyChangeDoesNotCreate() {
        assertThat(ifAbsent(caller("Thing.Change", "Thing.Make"), upsert(null))).isNull();
        assertThat(ifAbsent(caller("Thing.Change"), upsert(null)))
                .hasMessageContaining("Thing.Make");
        assertThatThrownBy(() -> ifAbsent(caller("Thing.Make"), upsert(null)))
                .hasMessageContaining("Thing.Change");
    }

    /** A gap in the schema opens nothing. */
    @Test
    void whereNoPermissionIsNamedNobodyGetsIn() {
        Permission none =
                new Permission(List.of(), List.of(), List.of(), false, false, false, false, false);
        Plan.Upsert plan = upsert(null);
        Plan.Upsert open =
                new Plan.Upsert(
                        plan.address(), plan.draft(), plan.shape(), List.of(none), MAKE, null);
        assertThatThrownBy(() -> ifAbsent(caller("Thing.Change", "Thing.Make"), open))
                .isInstanceOf(Refusal.class);
    }

    @Test
    void whereNothingIsCreatedThatNeedsNoPermission() {
        Refusal gone = new Refusal(GraphError.NOT_FOUND, "gone");
        assertThat(ifAbsent(caller("Thing.Change"), upsert(gone))).isSameAs(gone);
    }
}
