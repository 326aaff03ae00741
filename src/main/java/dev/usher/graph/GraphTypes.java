package dev.usher.graph;

import dev.usher.edm.Model;
import dev.usher.odata.Strategies;
import dev.usher.tenant.TenantSeed;
import java.util.List;

/** Everything that Graph's types add to the engine, in one place. */
public final class GraphTypes {

    private final Strategies strategies;
    private final List<TenantSeed> seeds;

    /**
     * @param model the schema of any version; storage is the same in all
     * @param plainHttpConnectors whether connectors may call {@code http}; for development mode
     *     alone
     */
    public GraphTypes(Model model, boolean plainHttpConnectors) {
        IdentityProviders providers = new IdentityProviders(model);
        this.strategies =
                new Strategies(
                        List.of(new UserFlows(), new ApiConnectors(plainHttpConnectors), providers),
                        List.of(new AvailableProviderTypes()));
        this.seeds = List.of(providers, new UserFlowAttributes(model));
    }

    public Strategies strategies() {
        return strategies;
    }

    /** What a new tenant holds. */
    public List<TenantSeed> seeds() {
        return seeds;
    }
}
