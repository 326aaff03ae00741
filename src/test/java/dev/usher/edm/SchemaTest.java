package dev.usher.edm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.store.Kind;
import dev.usher.store.Kinds;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SchemaTest {

    private final Schema schema = Schema.load();
    private final Model v1 = schema.model("v1.0");
    private final Model beta = schema.model("beta");

    @Test
    void aVersionHasOnlyItsOwnElements() {
        assertThat(complex(v1, "userFlowApiConnectorConfiguration").navigation("preTokenIssuance"))
                .isEmpty();
        assertThat(
                        complex(beta, "userFlowApiConnectorConfiguration")
                                .navigation("preTokenIssuance"))
                .isPresent();
        assertThat(v1.type("microsoft.graph.identityProviderState")).isEmpty();
        assertThat(beta.type("graph.identityProviderState")).isPresent();
        assertThatThrownBy(() -> schema.model("v2.0")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void namesAreFoundIgnoringCase() {
        EntityType flow = entity(v1, "B2XIDENTITYUSERFLOW");
        assertThat(flow.name()).isEqualTo("b2xIdentityUserFlow");
        assertThat(flow.property("USERFLOWTYPE")).isPresent();
        assertThat(flow.navigation("userflowidentityproviders")).isPresent();
        assertThat(v1.root("Identity")).isPresent();
    }

    @Test
    void aTypeInheritsPropertiesAndKeyInBaseFirstOrder() {
        EntityType flow = entity(v1, "b2xIdentityUserFlow");
        assertThat(flow.properties())
                .extracting(Property::name)
                .containsExactly(
                        "id", "userFlowType", "userFlowTypeVersion", "apiConnectorConfiguration");
        assertThat(flow.key()).isEqualTo("id");
        assertThat(flow.isA(entity(v1, "entity"))).isTrue();
        assertThat(entity(v1, "identityProviderBase").family())
                .extracting(StructuredType::name)
                .containsExactlyInAnyOrder(
                        "identityProviderBase",
                        "appleManagedIdentityProvider",
                        "builtInIdentityProvider",
                        "oidcIdentityProvider",
                        "samlOrWsFedProvider",
                        "samlOrWsFedExternalDomainFederation",
                        "socialIdentityProvider");
    }

    /** An annotation on an inherited property holds for the type and those below, not above it. */
    @Test
    void aTypeAnnotatesWhatItInherits() {
        assertThat(property(v1, "b2xIdentityUserFlow", "id").immutable()).isTrue();
        assertThat(property(v1, "identityApiConnector", "id").computed()).isTrue();
        assertThat(property(v1, "entity", "id").computed()).isFalse();
        Property social = property(v1, "socialIdentityProvider", "displayName");
        assertThat(social.annotations().flag(Terms.REQUIRED)).isTrue();
        assertThat(social.annotations().number(Terms.MAX_LENGTH)).hasValue(256);
        Property builtIn = property(v1, "builtInIdentityProvider", "displayName");
        assertThat(builtIn.annotations().flag(Terms.REQUIRED)).isFalse();
    }

    @Test
    void storageFollowsFromTheAnnotations() {
        Kind providers = Kinds.of(entity(v1, "socialIdentityProvider"));
        assertThat(providers.name()).isEqualTo("identityProvider");
        assertThat(providers.document()).isTrue();
        assertThat(providers.secrets())
                .isEqualTo(
                        Set.of(
                                List.of("certificateData"),
                                List.of("clientAuthentication", "clientSecret"),
                                List.of("clientSecret")));
        Kind connectors = Kinds.of(entity(v1, "identityApiConnector"));
        assertThat(connectors.secrets())
                .as("those of every form, and what is kept beside a certificate")
                .isEqualTo(
                        Set.of(
                                List.of("authenticationConfiguration", "password"),
                                List.of("authenticationConfiguration", "pkcs12Value"),
                                List.of(
                                        "authenticationConfiguration",
                                        "certificateList",
                                        "password"),
                                List.of(
                                        "authenticationConfiguration",
                                        "certificateList",
                                        "pkcs12Value")));
        Kind applications = Kinds.of(entity(v1, "application"));
        assertThat(applications.table()).isEqualTo("application");
        assertThat(applications.columns().keySet())
                .containsExactly("appId", "createdDateTime", "displayName");
    }

    @Test
    void bothProviderListsOfAFlowAreOneSetOfLinks() {
        EntityType flow = entity(v1, "b2xIdentityUserFlow");
        assertThat(flow.navigation())
                .filteredOn(navigation -> !navigation.contained())
                .extracting(NavigationProperty::linkName)
                .containsOnly("userFlowIdentityProviders");
    }

    @Test
    void anOperationIsFoundByItsBinding() {
        EntityType providers = entity(v1, "identityProviderBase");
        assertThat(v1.operation("availableprovidertypes", providers, true)).isPresent();
        assertThat(v1.operation("microsoft.graph.availableProviderTypes", providers, true))
                .isPresent();
        assertThat(v1.operation("availableProviderTypes", providers, false)).isEmpty();
        assertThat(v1.operation("availableProviderTypes", entity(v1, "identityApiConnector"), true))
                .isEmpty();
    }

    @Test
    void permissionsStandWhereTheyAreLookedFor() {
        NavigationProperty flows =
                entity(v1, "identityContainer").navigation("b2xUserFlows").orElseThrow();
        assertThat(flows.annotations().text(Terms.PERMISSIONS, "Read"))
                .hasValue("IdentityUserFlow.Read.All IdentityUserFlow.ReadWrite.All");
        assertThat(flows.annotations().text(Terms.PERMISSIONS, "Write"))
                .hasValue("IdentityUserFlow.ReadWrite.All");
        Property connectors = property(v1, "b2xIdentityUserFlow", "apiConnectorConfiguration");
        assertThat(connectors.annotations().text(Terms.PERMISSIONS, "Read"))
                .hasValue("IdentityUserFlow.ReadWrite.All");
    }

    private static EntityType entity(Model model, String name) {
        return model.entityType("microsoft.graph." + name);
    }

    private static StructuredType complex(Model model, String name) {
        return (StructuredType) model.type("microsoft.graph." + name).orElseThrow();
    }

    private static Property property(Model model, String type, String name) {
        return entity(model, type).property(name).orElseThrow();
    }
}
