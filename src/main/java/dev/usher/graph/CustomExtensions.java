package dev.usher.graph;

import dev.usher.odata.Strategy;
import dev.usher.odata.Violation.Rule;
import dev.usher.odata.Violations;
import dev.usher.store.Entity;
import dev.usher.store.ReadTx;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** {@code customAuthenticationExtension}: a web API that answers at an authentication event. */
final class CustomExtensions implements Strategy {

    static final String TYPE = "microsoft.graph.customAuthenticationExtension";
    static final String ENDPOINT = "endpointConfiguration";
    static final String AUTHENTICATION = "authenticationConfiguration";

    private static final String CLAIMS = "claimsForTokenConfiguration";
    private static final String CLAIM = "claimIdInApiResponse";
    private static final String CLIENT = "clientConfiguration";

    private final UrlRule urls;

    CustomExtensions(UrlRule urls) {
        this.urls = urls;
    }

    @Override
    public String type() {
        return "microsoft.graph.customCalloutExtension";
    }

    @Override
    public void validate(Candidate candidate, Violations violations) {
        for (String name : List.of("targetUrl", "url")) {
            String url = candidate.properties().path(ENDPOINT).path(name).asString("");
            if (!url.isEmpty() && urls.callable(url).isEmpty()) {
                violations.add(
                        ENDPOINT + "/" + name,
                        Rule.NOT_ALLOWED,
                        "'"
                                + name
                                + "' must be an absolute https URL with a host, and without user"
                                + " information or fragment.");
            }
        }
        ClientConfiguration.check(candidate.properties().path(CLIENT), CLIENT, violations);
        Set<String> seen = new HashSet<>();
        int at = 0;
        for (JsonNode claim : candidate.properties().path(CLAIMS)) {
            String id = claim.path(CLAIM).asString("");
            if (!seen.add(id)) {
                violations.add(
                        CLAIMS + "/" + at + "/" + CLAIM,
                        Rule.NOT_ALLOWED,
                        "The claim '" + id + "' is named twice.");
            }
            at++;
        }
    }

    @Override
    public void deleting(ReadTx tx, Entity entity) {
        InUse.refuse(tx, entity, "custom authentication extension");
    }
}
