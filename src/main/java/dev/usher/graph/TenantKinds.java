package dev.usher.graph;

import dev.usher.edm.Annotations;
import dev.usher.edm.Terms;
import dev.usher.odata.Address;
import dev.usher.odata.GraphError;
import dev.usher.odata.Plan;
import dev.usher.odata.Refusal;
import dev.usher.tenant.Tenant;
import dev.usher.tenant.TenantKind;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Refuses what tenants of the caller's kind do not have, as the schema says. */
final class TenantKinds {

    private TenantKinds() {}

    /**
     * @throws Refusal 403, naming the tenant, its kind and where to go instead
     */
    static void require(Tenant tenant, Plan plan) {
        switch (plan) {
            case Plan.Read read -> require(tenant, read.address());
            case Plan.Change change -> require(tenant, change.address());
            case Plan.Describe _ -> {}
        }
    }

    /**
     * As for a plan, where nothing is known but the place.
     *
     * @throws Refusal 403
     */
    static void require(Tenant tenant, Address address) {
        if (tenant.kind() == TenantKind.ALL) {
            return;
        }
        String kind = tenant.kind().name().toLowerCase(Locale.ROOT);
        for (Annotations annotations : address.annotations()) {
            Optional<String> kinds = annotations.text(Terms.TENANT_KINDS, "Kinds");
            if (kinds.isPresent() && !words(kinds.get()).contains(kind)) {
                String instead =
                        words(annotations.text(Terms.TENANT_KINDS, "Instead").orElse("")).stream()
                                .filter(pair -> pair.startsWith(kind + "="))
                                .map(pair -> pair.substring(kind.length() + 1))
                                .findFirst()
                                .orElse(null);
                String message =
                        "The tenant '"
                                + tenant.domains().getFirst()
                                + "' is of the kind "
                                + kind
                                + "; '"
                                + address.path()
                                + "' is for tenants of the kind "
                                + kinds.get().replace(" ", " or ")
                                + "."
                                + (instead == null ? "" : " Use " + instead + ".");
                Refusal refusal = new Refusal(GraphError.FORBIDDEN, message);
                throw instead == null ? refusal : refusal.withHint(instead);
            }
        }
    }

    private static List<String> words(String text) {
        return Arrays.asList(text.split(" ", -1));
    }
}
