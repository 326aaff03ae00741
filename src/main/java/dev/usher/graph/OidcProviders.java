package dev.usher.graph;

import dev.usher.odata.Strategy;
import dev.usher.odata.Violation.Rule;
import dev.usher.odata.Violations;
import dev.usher.store.Entity;
import dev.usher.store.ReadTx;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code oidcIdentityProvider}: any OpenID Connect provider, by authorization code. */
final class OidcProviders implements Strategy {

    private static final String ISSUER = "issuer";
    private static final String RESPONSE_TYPE = "responseType";
    private static final String WELL_KNOWN = "wellKnownEndpoint";

    private final UrlRule urls;

    OidcProviders(UrlRule urls) {
        this.urls = urls;
    }

    @Override
    public String type() {
        return "microsoft.graph.oidcIdentityProvider";
    }

    @Override
    public void validate(Candidate candidate, Violations violations) {
        ObjectNode properties = candidate.properties();
        issuer(properties.path(ISSUER), violations);
        String endpoint = properties.path(WELL_KNOWN).asString("");
        if (!endpoint.isEmpty() && urls.callable(endpoint).isEmpty()) {
            violations.add(
                    WELL_KNOWN,
                    Rule.NOT_ALLOWED,
                    "'" + WELL_KNOWN + "' must be an absolute https URL.");
        }
        JsonNode responseType = properties.path(RESPONSE_TYPE);
        if (responseType.isString() && !responseType.stringValue().equals("code")) {
            violations.add(
                    RESPONSE_TYPE,
                    Rule.NOT_ALLOWED,
                    "'" + RESPONSE_TYPE + "' must be code; no other is supported here.");
        }
        scope(properties, violations);
    }

    /** OpenID Connect Core 1.0 section 2; Microsoft's own directories are not federated so. */
    private void issuer(JsonNode issuer, Violations violations) {
        if (!issuer.isString() || issuer.stringValue().isEmpty()) {
            return;
        }
        Optional<URI> url = urls.callable(issuer.stringValue());
        boolean usable =
                url.isPresent() && url.get().getRawQuery() == null && !microsoft(url.get());
        if (!usable) {
            violations.add(
                    ISSUER,
                    Rule.NOT_ALLOWED,
                    "'"
                            + ISSUER
                            + "' must be an absolute https URL without query or fragment, and not"
                            + " one of microsoftonline.com.");
        }
    }

    private static boolean microsoft(URI url) {
        String host = "." + url.getHost().toLowerCase(Locale.ROOT);
        return host.endsWith(".microsoftonline.com");
    }

    /** Without the scope openid a provider gives no ID token (OpenID Connect Core 1.0, 3.1.2.1). */
    static void scope(ObjectNode properties, Violations violations) {
        String scope = properties.path("scope").asString("").strip();
        if (!scope.isEmpty() && !(" " + scope + " ").contains(" openid ")) {
            violations.add("scope", Rule.NOT_ALLOWED, "'scope' must contain openid.");
        }
    }

    @Override
    public void validate(ReadTx tx, Candidate candidate, Violations violations) {
        validate(candidate, violations);
        if (candidate.isNew()) {
            AvailableProviderTypes.require(tx, "OIDC", "@odata.type", violations);
        }
    }

    @Override
    public void deleting(ReadTx tx, Entity entity) {
        InUse.refuse(tx, entity, "identity provider");
    }
}
