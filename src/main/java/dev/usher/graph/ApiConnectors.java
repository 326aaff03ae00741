package dev.usher.graph;

import dev.usher.odata.Strategy;
import dev.usher.odata.Violation.Rule;
import dev.usher.odata.Violations;
import dev.usher.store.Entity;
import dev.usher.store.ReadTx;
import java.net.URI;
import java.net.URISyntaxException;
import tools.jackson.databind.JsonNode;

/** {@code identityApiConnector}: a web API that a flow calls. */
final class ApiConnectors implements Strategy {

    private static final String TARGET = "targetUrl";

    private final boolean plainHttpAllowed;

    /**
     * @param plainHttpAllowed whether a target may be {@code http}; for development mode alone
     */
    ApiConnectors(boolean plainHttpAllowed) {
        this.plainHttpAllowed = plainHttpAllowed;
    }

    @Override
    public String type() {
        return "microsoft.graph.identityApiConnector";
    }

    @Override
    public void validate(Candidate candidate, Violations violations) {
        JsonNode target = candidate.properties().path(TARGET);
        if (target.isString()
                && !target.stringValue().isEmpty()
                && !callable(target.stringValue())) {
            violations.add(
                    TARGET,
                    Rule.NOT_ALLOWED,
                    "'"
                            + TARGET
                            + "' must be an absolute https URL with a host, and without user"
                            + " information or fragment.");
        }
    }

    private boolean callable(String text) {
        try {
            URI url = new URI(text);
            String scheme = String.valueOf(url.getScheme());
            boolean secure = scheme.equalsIgnoreCase("https");
            boolean tolerated = plainHttpAllowed && scheme.equalsIgnoreCase("http");
            return (secure || tolerated)
                    && url.getHost() != null
                    && url.getRawUserInfo() == null
                    && url.getRawFragment() == null;
        } catch (URISyntaxException malformed) {
            return false;
        }
    }

    @Override
    public void deleting(ReadTx tx, Entity entity) {
        InUse.refuse(tx, entity, "API connector");
    }
}
