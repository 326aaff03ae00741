package dev.usher.graph;

import dev.usher.ids.Ids;
import dev.usher.odata.Draft;
import dev.usher.odata.Strategy;
import dev.usher.odata.Violation.Rule;
import dev.usher.odata.Violations;
import dev.usher.store.Entity;
import dev.usher.store.ReadTx;
import dev.usher.store.WriteTx;
import java.util.Arrays;
import tools.jackson.databind.node.ObjectNode;

/** {@code openIdConnectIdentityProvider} of beta: any OpenID Connect provider, for b2c flows. */
final class OpenIdConnectProviders implements Strategy {

    private static final String METADATA = "metadataUrl";
    private static final String METADATA_END = ".well-known/openid-configuration";
    private static final String SECRET = "clientSecret";

    private final UrlRule urls;

    OpenIdConnectProviders(UrlRule urls) {
        this.urls = urls;
    }

    @Override
    public String type() {
        return "microsoft.graph.openIdConnectIdentityProvider";
    }

    /** {@code OIDC-V1-{name}-{guid}}; the name is the display name's letters and digits. */
    @Override
    public String key(WriteTx tx, Draft draft, Ids ids) {
        String name = draft.properties().path("displayName").asString("");
        return "OIDC-V1-" + name.replaceAll("[^\\p{L}\\p{N}_]", "") + "-" + ids.guid();
    }

    @Override
    public void validate(Candidate candidate, Violations violations) {
        ObjectNode properties = candidate.properties();
        String metadata = properties.path(METADATA).asString("");
        boolean usable = metadata.endsWith(METADATA_END) && urls.callable(metadata).isPresent();
        if (!metadata.isEmpty() && !usable) {
            violations.add(
                    METADATA,
                    Rule.NOT_ALLOWED,
                    "'"
                            + METADATA
                            + "' must be an absolute https URL that ends in "
                            + METADATA_END
                            + ".");
        }
        boolean code =
                Arrays.asList(properties.path("responseType").asString("").split(",", -1))
                        .contains("code");
        if (code && properties.path(SECRET).asString("").isEmpty()) {
            violations.add(
                    SECRET,
                    Rule.REQUIRED,
                    "The value must not be null or empty for the response type code. Parameter"
                            + " name: "
                            + SECRET);
        }
        OidcProviders.scope(properties, violations);
    }

    @Override
    public void validate(ReadTx tx, Candidate candidate, Violations violations) {
        validate(candidate, violations);
        if (candidate.isNew()) {
            AvailableProviderTypes.require(tx, "OpenIdConnect", "@odata.type", violations);
        }
    }

    @Override
    public void deleting(ReadTx tx, Entity entity) {
        InUse.refuse(tx, entity, "identity provider");
    }
}
