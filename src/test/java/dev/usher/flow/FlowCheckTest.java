package dev.usher.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.flow.FlowFacts.Part;
import dev.usher.http.AddressRules;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What is found in a flow, and what is not. */
class FlowCheckTest {

    private static final String B2C = "microsoft.graph.b2cIdentityUserFlow";
    private static final String B2X = "microsoft.graph.b2xIdentityUserFlow";

    private static Part part(String id, String type, String json) {
        return new Part(
                id, "microsoft.graph." + type, (ObjectNode) JsonMapper.shared().readTree(json));
    }

    private static Part assignment(boolean optional) {
        return part(
                "city", "identityUserFlowAttributeAssignment", "{\"isOptional\":" + optional + "}");
    }

    private static Part google() {
        return part("Google-OAUTH", "socialIdentityProvider", "{}");
    }

    private static Part connector(String url) {
        return part("c", "identityApiConnector", "{\"targetUrl\":\"" + url + "\"}");
    }

    private static List<String> found(FlowFacts facts, String... allowed) {
        return new FlowCheck(AddressRules.allowing(List.of(allowed)))
                .findings(facts).stream()
                        .map(finding -> finding.code() + " " + finding.target())
                        .toList();
    }

    @Test
    void aSoundFlowHasNone() {
        FlowFacts facts =
                new FlowFacts(
                        B2X,
                        "signUpOrSignIn",
                        List.of(assignment(false)),
                        List.of(google()),
                        Map.of("postFederationSignup", connector("https://api.example.test/")));
        assertThat(found(facts)).isEmpty();
    }

    @Test
    void anAddressIsProvenWhateverTheFlowSays() {
        for (boolean verified : new boolean[] {true, false}) {
            Part email =
                    part(
                            "email",
                            "identityUserFlowAttributeAssignment",
                            "{\"requiresVerification\":" + verified + "}");
            FlowFacts facts =
                    new FlowFacts(
                            B2C, "signUpOrSignIn", List.of(email), List.of(google()), Map.of());
            assertThat(found(facts))
                    .isEqualTo(
                            verified
                                    ? List.of()
                                    : List.of("AddressIsProven userAttributeAssignments/email"));
        }
    }

    @Test
    void requiredAttributesNeedAPage() {
        for (String type : List.of("signIn", "passwordReset", "resourceOwner")) {
            assertThat(
                            found(
                                    new FlowFacts(
                                            B2C,
                                            type,
                                            List.of(assignment(false)),
                                            List.of(),
                                            Map.of())))
                    .containsExactly("RequiredAttributeNotCollected userAttributeAssignments/city");
            assertThat(
                            found(
                                    new FlowFacts(
                                            B2C,
                                            type,
                                            List.of(assignment(true)),
                                            List.of(),
                                            Map.of())))
                    .isEmpty();
        }
    }

    @Test
    void providersMustBeOfferedAndRun() {
        Part apple = part("Apple-Managed-OIDC", "appleManagedIdentityProvider", "{}");
        Part query =
                part(
                        "OIDC-V1-a",
                        "openIdConnectIdentityProvider",
                        "{\"responseType\":\"id_token\",\"responseMode\":\"query\"}");
        Part post =
                part(
                        "OIDC-V1-b",
                        "openIdConnectIdentityProvider",
                        "{\"responseType\":\"id_token\",\"responseMode\":\"form_post\"}");
        assertThat(
                        found(
                                new FlowFacts(
                                        B2C,
                                        "signIn",
                                        List.of(),
                                        List.of(apple, query, post),
                                        Map.of())))
                .containsExactly(
                        "ProviderCannotRun userFlowIdentityProviders/Apple-Managed-OIDC",
                        "ProviderCannotRun userFlowIdentityProviders/OIDC-V1-a");
        assertThat(
                        found(
                                new FlowFacts(
                                        B2C,
                                        "passwordReset",
                                        List.of(),
                                        List.of(google()),
                                        Map.of())))
                .containsExactly("ProviderNotOffered userFlowIdentityProviders/Google-OAUTH");
        assertThat(found(new FlowFacts(B2X, "signUpOrSignIn", List.of(), List.of(), Map.of())))
                .containsExactly("NoIdentityProvider userFlowIdentityProviders");
    }

    @Test
    void stepsMustBeReachedAndTheirConnectorsReachable() {
        Map<String, Part> tokens =
                Map.of("preTokenIssuance", connector("https://api.example.test/"));
        assertThat(
                        found(
                                new FlowFacts(
                                        B2X,
                                        "signUpOrSignIn",
                                        List.of(),
                                        List.of(google()),
                                        tokens)))
                .containsExactly("StepNotReached apiConnectorConfiguration/preTokenIssuance");
        assertThat(found(new FlowFacts(B2C, "signIn", List.of(), List.of(), tokens))).isEmpty();
        assertThat(found(new FlowFacts(B2C, "passwordReset", List.of(), List.of(), tokens)))
                .containsExactly("StepNotReached apiConnectorConfiguration/preTokenIssuance");
        for (String url :
                List.of(
                        "https://10.0.0.1/check",
                        "https://localhost/check",
                        "https://[::1]/check",
                        "https://169.254.169.254/")) {
            FlowFacts facts =
                    new FlowFacts(
                            B2C,
                            "signUp",
                            List.of(),
                            List.of(),
                            Map.of("postAttributeCollection", connector(url)));
            assertThat(found(facts))
                    .as(url)
                    .containsExactly(
                            "ConnectorNotReachable"
                                    + " apiConnectorConfiguration/postAttributeCollection");
            assertThat(found(facts, "10.0.0.0/8", "127.0.0.0/8", "::1", "169.254.0.0/16"))
                    .as(url)
                    .isEmpty();
        }
    }
}
