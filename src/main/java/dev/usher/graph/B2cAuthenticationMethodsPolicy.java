package dev.usher.graph;

import dev.usher.odata.Strategy;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code b2cAuthenticationMethodsPolicy}: which local accounts a B2C tenant offers; by e-mail
 * address alone until somebody says otherwise.
 */
final class B2cAuthenticationMethodsPolicy implements Strategy {

    @Override
    public String type() {
        return "microsoft.graph.b2cAuthenticationMethodsPolicy";
    }

    @Override
    public void complete(ObjectNode properties) {
        properties.put("isEmailPasswordAuthenticationEnabled", true);
        properties.put("isPhoneOneTimePasswordAuthenticationEnabled", false);
        properties.put("isUserNameAuthenticationEnabled", false);
    }
}
