package dev.usher.dev;

import dev.usher.ids.TenantId;
import java.util.List;
import java.util.Locale;

/**
 * A tenant that every development directory starts with. Its three clients have the fixed client
 * ids {@code a000000N-} followed by the rest of the tenant's id; N is 1 for admin, 2 for reader, 3
 * for none.
 */
enum DevTenant {
    CONTOSO("11111111-1111-4111-8111-111111111111", "contoso"),
    FABRIKAM("22222222-2222-4222-8222-222222222222", "fabrikam");

    /** The clients of a tenant, by what they may do. */
    enum Role {
        /** Holds every permission that an application can hold. */
        ADMIN(1),
        /** Holds IdentityUserFlow.Read.All. */
        READER(2),
        /** Holds nothing. */
        NONE(3);

        private final int number;

        Role(int number) {
            this.number = number;
        }

        String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final String id;
    private final String label;

    DevTenant(String id, String label) {
        this.id = id;
        this.label = label;
    }

    TenantId id() {
        return TenantId.of(id);
    }

    String label() {
        return label;
    }

    String domain() {
        return label + ".onmicrosoft.com";
    }

    String clientId(Role role) {
        return "a000000" + role.number + id.substring(8);
    }

    /** The client id of the application that people use, which has no secret. */
    String appId() {
        return "a0000004" + id.substring(8);
    }

    /** The name of the administrator's certificate and key files, without suffix. */
    String certificateName() {
        return label + "-admin";
    }

    static List<DevTenant> all() {
        return List.of(values());
    }
}
