package dev.usher.graph;

import dev.usher.ids.Ids;
import dev.usher.odata.Draft;
import dev.usher.odata.Strategy;
import dev.usher.odata.Violations;
import dev.usher.store.Entity;
import dev.usher.store.ReadTx;
import dev.usher.store.WriteTx;

/** {@code appleManagedIdentityProvider}: Sign in with Apple, once in a tenant. */
final class AppleProviders implements Strategy {

    private static final String ID = "Apple-Managed-OIDC";

    @Override
    public String type() {
        return "microsoft.graph.appleManagedIdentityProvider";
    }

    @Override
    public String key(WriteTx tx, Draft draft, Ids ids) {
        return ID;
    }

    @Override
    public void validate(ReadTx tx, Candidate candidate, Violations violations) {
        validate(candidate, violations);
        if (candidate.isNew()) {
            AvailableProviderTypes.require(tx, "AppleManaged", "@odata.type", violations);
        }
    }

    @Override
    public void deleting(ReadTx tx, Entity entity) {
        InUse.refuse(tx, entity, "identity provider");
    }
}
