package dev.usher.graph;

import dev.usher.odata.MemberSource;
import dev.usher.store.Entity;
import dev.usher.store.ReadTx;
import dev.usher.tenant.Tenant;
import dev.usher.tenant.Tenants;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The tenant itself as Graph shows it: {@code organization} and its {@code domain}s. */
final class Organizations {

    private static final String MANAGED = "Managed";
    private static final String CAPABILITIES = "Email, OfficeCommunicationsOnline";
    private static final int PASSWORD_DAYS = 90;
    private static final int NOTICE_DAYS = 14;

    private Organizations() {}

    /** Always one. */
    static MemberSource organization() {
        return new MemberSource() {
            @Override
            public String collection() {
                return "organization";
            }

            @Override
            public List<Entity> members(ReadTx tx, @Nullable Entity owner) {
                return List.of(organization(Tenants.current(tx)));
            }
        };
    }

    /** The verified ones, the initial one first. */
    static MemberSource domains() {
        return new MemberSource() {
            @Override
            public String collection() {
                return "domains";
            }

            @Override
            public List<Entity> members(ReadTx tx, @Nullable Entity owner) {
                List<String> names = Tenants.current(tx).domains();
                List<Entity> domains = new ArrayList<>();
                for (String name : names) {
                    domains.add(domain(name, name.equals(names.getFirst())));
                }
                return domains;
            }
        };
    }

    private static Entity organization(Tenant tenant) {
        ObjectNode properties = JsonNodeFactory.instance.objectNode();
        properties.put("displayName", tenant.displayName());
        properties.put("createdDateTime", tenant.createdAt().toString());
        properties.put(
                "tenantType",
                switch (tenant.kind()) {
                    case WORKFORCE, ALL -> "AAD";
                    case B2C -> "AAD B2C";
                    case EXTERNAL -> "CIAM";
                });
        ArrayNode domains = properties.putArray("verifiedDomains");
        for (String name : tenant.domains()) {
            boolean first = name.equals(tenant.domains().getFirst());
            domains.addObject()
                    .put("capabilities", CAPABILITIES)
                    .put("isDefault", first)
                    .put("isInitial", first)
                    .put("name", name)
                    .put("type", MANAGED);
        }
        return new Entity(
                "organization",
                "",
                tenant.id().toString(),
                "microsoft.graph.organization",
                1,
                properties);
    }

    private static Entity domain(String name, boolean first) {
        ObjectNode properties =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("authenticationType", MANAGED)
                        .put("isAdminManaged", true)
                        .put("isDefault", first)
                        .put("isInitial", first)
                        .put("isRoot", true)
                        .put("isVerified", true)
                        .put("passwordValidityPeriodInDays", PASSWORD_DAYS)
                        .put("passwordNotificationWindowInDays", NOTICE_DAYS);
        properties.putArray("supportedServices").add("Email").add("OfficeCommunicationsOnline");
        return new Entity("domain", "", name, "microsoft.graph.domain", 1, properties);
    }
}
