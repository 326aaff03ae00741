package dev.usher.flow;

import dev.usher.flow.FlowFacts.Part;
import dev.usher.http.AddressRules;
import java.net.InetAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Holds a flow as it is stored against what a run of it could do: a pure function, which asks
 * nobody. Graph accepts such flows, and so do we; the findings tell whoever wrote them.
 */
public final class FlowCheck {

    private static final String B2X = "microsoft.graph.b2xIdentityUserFlow";

    /** The flow types that show a page for attributes. */
    private static final Set<String> WITH_ATTRIBUTES =
            Set.of("signUp", "signUpOrSignIn", "profileUpdate");

    /** The flow types that offer identity providers. */
    private static final Set<String> WITH_PROVIDERS =
            Set.of("signUp", "signIn", "signUpOrSignIn", "profileUpdate");

    /** The flow types that come by each step. */
    private static final Map<String, Set<String>> REACHED =
            Map.of(
                    "postFederationSignup", Set.of("signUp", "signUpOrSignIn"),
                    "postAttributeCollection", Set.of("signUp", "signUpOrSignIn"),
                    "preTokenIssuance",
                            Set.of("signUp", "signIn", "signUpOrSignIn", "profileUpdate"));

    private final AddressRules rules;

    /**
     * @param rules which addresses connectors may be called at
     */
    public FlowCheck(AddressRules rules) {
        this.rules = rules;
    }

    /** Every finding, in the order of the facts; none for a flow that can do what it says. */
    public List<FlowFinding> findings(FlowFacts facts) {
        List<FlowFinding> found = new ArrayList<>();
        attributes(facts, found);
        providers(facts, found);
        steps(facts, found);
        return List.copyOf(found);
    }

    private static void attributes(FlowFacts facts, List<FlowFinding> found) {
        unproven(facts, found);
        if (WITH_ATTRIBUTES.contains(facts.flowType())) {
            return;
        }
        for (Part assignment : facts.assignments()) {
            if (!assignment.properties().path("isOptional").asBoolean(false)) {
                found.add(
                        new FlowFinding(
                                "RequiredAttributeNotCollected",
                                "userAttributeAssignments/" + assignment.id(),
                                "The attribute '"
                                        + assignment.id()
                                        + "' is required, but a flow of type "
                                        + facts.flowType()
                                        + " has no page that asks for it."));
            }
        }
    }

    /** Nobody gets an account with an address that may be another's. */
    private static void unproven(FlowFacts facts, List<FlowFinding> found) {
        for (Part assignment : facts.assignments()) {
            if (assignment.id().equals("email")
                    && !assignment.properties().path("requiresVerification").asBoolean(true)) {
                found.add(
                        new FlowFinding(
                                "AddressIsProven",
                                "userAttributeAssignments/" + assignment.id(),
                                "The address is proven by a code, whatever requiresVerification"
                                        + " says."));
            }
        }
    }

    private static void providers(FlowFacts facts, List<FlowFinding> found) {
        String property = "userFlowIdentityProviders";
        if (facts.type().equals(B2X) && facts.providers().isEmpty()) {
            found.add(
                    new FlowFinding(
                            "NoIdentityProvider",
                            property,
                            "Nobody can sign in: the flow has no identity provider."));
        }
        for (Part provider : facts.providers()) {
            String target = property + "/" + provider.id();
            if (!WITH_PROVIDERS.contains(facts.flowType())) {
                found.add(
                        new FlowFinding(
                                "ProviderNotOffered",
                                target,
                                "A flow of type "
                                        + facts.flowType()
                                        + " never offers an identity provider."));
            } else if (!runs(provider)) {
                found.add(
                        new FlowFinding(
                                "ProviderCannotRun",
                                target,
                                "The provider '"
                                        + provider.id()
                                        + "' is not shown: it lacks what signing in takes."));
            }
        }
    }

    /** Whether the provider's own settings suffice to send somebody there and back. */
    private static boolean runs(Part provider) {
        JsonNode properties = provider.properties();
        return switch (provider.type()) {
            case "microsoft.graph.appleManagedIdentityProvider" ->
                    !properties.path("certificateData").asString("").isEmpty();
            case "microsoft.graph.openIdConnectIdentityProvider" ->
                    // a token must not travel in a query (OAuth 2.0 Multiple Response Types, 3)
                    properties.path("responseType").asString("").equals("code")
                            || properties.path("responseMode").asString("").equals("form_post");
            default -> true;
        };
    }

    private void steps(FlowFacts facts, List<FlowFinding> found) {
        facts.steps()
                .forEach((step, connector) -> {
                    String target = "apiConnectorConfiguration/" + step;
                    boolean b2xToken = facts.type().equals(B2X) && step.equals("preTokenIssuance");
                    boolean reached =
                            REACHED.getOrDefault(step, Set.of()).contains(facts.flowType());
                    if (b2xToken || !reached) {
                        found.add(
                                new FlowFinding(
                                        "StepNotReached",
                                        target,
                                        "A flow of type "
                                                + facts.flowType()
                                                + " does not come by the step '"
                                                + step
                                                + "'."));
                    } else if (!reachable(connector.properties().path("targetUrl").asString(""))) {
                        found.add(
                                new FlowFinding(
                                        "ConnectorNotReachable",
                                        target,
                                        "The connector '"
                                                + connector.id()
                                                + "' is at an address that calls may not go to."));
                    }
                });
    }

    /** Judges what the URL itself says; a name is looked up when it is called, and judged then. */
    private boolean reachable(String url) {
        String host = URI.create(url).getHost();
        if (host == null) {
            return false;
        }
        String bare = host.replaceAll("[\\[\\]]", "");
        String literal = bare.equalsIgnoreCase("localhost") ? "127.0.0.1" : bare;
        try {
            return !rules.allowed(bare, List.of(InetAddress.ofLiteral(literal))).isEmpty();
        } catch (IllegalArgumentException aName) {
            return true;
        }
    }
}
