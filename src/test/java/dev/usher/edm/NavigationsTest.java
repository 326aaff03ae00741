package dev.usher.edm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NavigationsTest {

    private final Model model = Schema.load().model("v1.0");

    private List<String> paths(String type) {
        return Navigations.of(model.entityType("microsoft.graph." + type)).stream()
                .map(Navigations.Reached::path)
                .toList();
    }

    @Test
    void namesTheTypeThatDeclaresWhatStandsInsideAComplexValue() {
        assertThat(paths("onTokenIssuanceStartListener"))
                .containsExactly(
                        "conditions/applications/includeApplications",
                        "handler/microsoft.graph.onTokenIssuanceStartCustomExtensionHandler"
                                + "/customExtension");
    }

    @Test
    void findsThoseOfDerivedTypesToo() {
        assertThat(paths("authenticationEventListener"))
                .contains(
                        "handler/microsoft.graph.onOtpSendCustomExtensionHandler/customExtension",
                        "handler/microsoft.graph.onAttributeCollectionExternalUsersSelfServiceSignUp"
                            + "/attributes")
                .doesNotHaveDuplicates();
    }

    @Test
    void anInheritedOneStandsOnce() {
        assertThat(paths("b2xIdentityUserFlow"))
                .containsOnlyOnce("apiConnectorConfiguration/postFederationSignup")
                .contains("userFlowIdentityProviders");
    }
}
