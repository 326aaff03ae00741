package dev.usher.graph;

import dev.usher.odata.Strategy;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code authenticationFlowsPolicy}: whether guests may sign themselves up. They may until somebody
 * says otherwise: there is no portal to enable it in.
 */
final class AuthenticationFlowsPolicy implements Strategy {

    private static final String SIGN_UP = "selfServiceSignUp";

    @Override
    public String type() {
        return "microsoft.graph.authenticationFlowsPolicy";
    }

    @Override
    public void complete(ObjectNode properties) {
        properties.put("description", "Whether people can sign themselves up in this tenant.");
        properties.put("displayName", "Authentication flows policy");
        properties.putObject(SIGN_UP).put("isEnabled", true);
    }
}
