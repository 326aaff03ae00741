package dev.usher.graph;

import dev.usher.edm.Model;
import dev.usher.ids.Ids;
import dev.usher.odata.Draft;
import dev.usher.odata.Strategy;
import dev.usher.odata.Violation.Rule;
import dev.usher.odata.Violations;
import dev.usher.store.Entity;
import dev.usher.store.Kind;
import dev.usher.store.Kinds;
import dev.usher.store.ReadTx;
import dev.usher.store.WriteTx;
import dev.usher.tenant.TenantKind;
import dev.usher.tenant.TenantSeed;
import dev.usher.tenant.Tenants;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code socialIdentityProvider}, one of each type in a tenant, and the built-in providers that
 * every tenant has from its first moment.
 */
final class IdentityProviders implements Strategy, TenantSeed {

    static final String KIND = "identityProvider";

    /** The link from a flow to its providers; both of Graph's navigation properties show it. */
    static final String OF_FLOW = "userFlowIdentityProviders";

    /** What the portal preselects for a new flow. */
    static final String DEFAULT = "AADSignup-OAUTH";

    /** The types of social provider that Graph knows, as it spells them. */
    static final List<String> SOCIAL_TYPES =
            List.of(
                    "Amazon",
                    "Facebook",
                    "GitHub",
                    "Google",
                    "LinkedIn",
                    "Microsoft",
                    "QQ",
                    "Twitter",
                    "WeChat",
                    "Weibo");

    private static final String TYPE = "identityProviderType";
    private static final String BUILT_IN = "microsoft.graph.builtInIdentityProvider";

    /** A built-in provider, and the kinds of tenant that have it. */
    private record BuiltIn(String id, String type, String displayName, Set<TenantKind> kinds) {}

    private static final List<BuiltIn> BUILT_INS =
            List.of(
                    new BuiltIn(
                            DEFAULT,
                            "AADSignup",
                            "Azure Active Directory Sign up",
                            Set.of(TenantKind.WORKFORCE, TenantKind.EXTERNAL)),
                    new BuiltIn(
                            "MSASignup-OAUTH",
                            "MicrosoftAccount",
                            "Microsoft Account",
                            Set.of(TenantKind.WORKFORCE)),
                    new BuiltIn(
                            "EmailOtpSignup-OAUTH",
                            "EmailOTP",
                            "Email One Time Passcode",
                            Set.of(TenantKind.WORKFORCE, TenantKind.EXTERNAL)),
                    new BuiltIn(
                            "EmailPassword-OAUTH",
                            "EmailPassword",
                            "Email with password",
                            Set.of(TenantKind.EXTERNAL)));

    private final Kind kind;

    IdentityProviders(Model model) {
        this.kind = Kinds.of(model.entityType("microsoft.graph.identityProviderBase"));
    }

    @Override
    public String type() {
        return "microsoft.graph.identityProviderBase";
    }

    /** The key follows from the type: {@code Google-OAUTH}. */
    @Override
    public String key(WriteTx tx, Draft draft, Ids ids) {
        JsonNode type = draft.properties().path(TYPE);
        return socialType(type).orElse("Unknown") + "-OAUTH";
    }

    @Override
    public void complete(ObjectNode properties) {
        socialType(properties.path(TYPE)).ifPresent(canonical -> properties.put(TYPE, canonical));
    }

    @Override
    public void validate(ReadTx tx, Candidate candidate, Violations violations) {
        JsonNode type = candidate.properties().path(TYPE);
        boolean social = candidate.type().endsWith("socialIdentityProvider");
        if (social && type.isString() && socialType(type).isEmpty()) {
            violations.add(
                    TYPE,
                    Rule.NOT_ALLOWED,
                    "'"
                            + type.stringValue()
                            + "' is not one of "
                            + String.join(", ", SOCIAL_TYPES)
                            + ".");
        } else if (social && candidate.isNew() && type.isString()) {
            AvailableProviderTypes.require(tx, type.stringValue(), TYPE, violations);
        }
    }

    @Override
    public void deleting(ReadTx tx, Entity entity) {
        InUse.refuse(tx, entity, "identity provider");
    }

    @Override
    public void seed(WriteTx tx) {
        TenantKind tenant = Tenants.kind(tx);
        for (BuiltIn provider : BUILT_INS) {
            if (tenant != TenantKind.ALL && !provider.kinds().contains(tenant)) {
                continue;
            }
            ObjectNode properties = JsonNodeFactory.instance.objectNode();
            properties.put("displayName", provider.displayName());
            properties.put(TYPE, provider.type());
            tx.insert(kind, new Entity(KIND, "", provider.id(), BUILT_IN, 0, properties));
        }
    }

    private static Optional<String> socialType(JsonNode given) {
        return given.isString()
                ? SOCIAL_TYPES.stream()
                        .filter(type -> type.equalsIgnoreCase(given.stringValue()))
                        .findFirst()
                : Optional.empty();
    }
}
