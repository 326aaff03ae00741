package dev.usher.graph;

import dev.usher.edm.PrimitiveType;
import dev.usher.odata.Strategy.Candidate;
import dev.usher.odata.Violation.Rule;
import dev.usher.odata.Violations;
import dev.usher.store.Entity;
import dev.usher.store.Operand;
import dev.usher.store.Predicate;
import dev.usher.store.ReadTx;
import dev.usher.tenant.Tenants;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The identities of a person: under what name, of which issuer, they sign in. */
final class UserIdentities {

    static final String PROPERTY = "identities";

    /** Identities of one person, the principal name included. */
    static final int IDENTITIES_MAX = 11;

    private static final String TYPE = "signInType";
    private static final String ISSUER = "issuer";
    private static final String ASSIGNED = "issuerAssignedId";
    private static final String PRINCIPAL = "userPrincipalName";
    private static final String FEDERATED = "federated";

    private final DirectoryKinds kinds;

    UserIdentities(DirectoryKinds kinds) {
        this.kinds = kinds;
    }

    /** The identities but for that of the principal name, which the service adds. */
    static List<JsonNode> given(ObjectNode properties) {
        return StreamSupport.stream(properties.path(PROPERTY).spliterator(), false)
                .filter(identity -> !is(identity, PRINCIPAL))
                .toList();
    }

    /** Whether the person signs in under a name of this tenant's own, with a password. */
    static boolean local(ObjectNode properties) {
        return given(properties).stream().anyMatch(identity -> !is(identity, FEDERATED));
    }

    private static boolean is(JsonNode identity, String type) {
        return identity.path(TYPE).asString("").equalsIgnoreCase(type);
    }

    /** Makes the principal name one of the identities. */
    static void namePrincipal(ObjectNode properties, String initialDomain) {
        String name = properties.path(Users.UPN).asString("");
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        given(properties).forEach(all::add);
        if (!name.isEmpty()) {
            all.add(principal(name, initialDomain));
        }
        properties.set(PROPERTY, all);
    }

    /** A change keeps the identity of the principal name, and follows a change of that name. */
    static void keepPrincipal(ObjectNode before, ObjectNode after) {
        String issuer =
                StreamSupport.stream(before.path(PROPERTY).spliterator(), false)
                        .filter(identity -> is(identity, PRINCIPAL))
                        .map(identity -> identity.path(ISSUER).asString(""))
                        .findFirst()
                        .orElse("");
        namePrincipal(after, issuer);
    }

    private static ObjectNode principal(String name, String issuer) {
        return JsonNodeFactory.instance
                .objectNode()
                .put(ISSUER, issuer)
                .put(ASSIGNED, name)
                .put(TYPE, PRINCIPAL);
    }

    void check(ReadTx tx, Candidate candidate, Violations violations) {
        if (!Users.changed(candidate, PROPERTY)) {
            return;
        }
        JsonNode all = candidate.properties().path(PROPERTY);
        if (all.size() > IDENTITIES_MAX) {
            violations.add(
                    PROPERTY,
                    Rule.TOO_LONG,
                    "A person has at most " + (IDENTITIES_MAX - 1) + " identities.");
            return;
        }
        String initial = Tenants.current(tx).domains().getFirst();
        Set<String> seen = new HashSet<>();
        for (JsonNode identity : all) {
            String issuer = identity.path(ISSUER).asString("");
            String assigned = identity.path(ASSIGNED).asString("");
            if (!one(identity, issuer, assigned, initial, violations)) {
                continue;
            }
            if (is(identity, PRINCIPAL)) {
                continue;
            }
            boolean first = seen.add((issuer + "|" + assigned).toLowerCase(Locale.ROOT));
            if (!first || taken(tx, candidate.id(), issuer, assigned)) {
                Users.taken(PROPERTY, violations);
            }
        }
    }

    private static boolean one(
            JsonNode identity,
            String issuer,
            String assigned,
            String initial,
            Violations violations) {
        String type = identity.path(TYPE).asString("");
        if (issuer.isBlank() || assigned.isBlank() || type.isBlank()) {
            violations.add(
                    PROPERTY,
                    Rule.REQUIRED,
                    "An identity needs 'signInType', 'issuer' and 'issuerAssignedId'.");
            return false;
        }
        if (is(identity, FEDERATED)) {
            return true;
        }
        if (!issuer.equalsIgnoreCase(initial)) {
            violations.add(
                    PROPERTY,
                    Rule.NOT_ALLOWED,
                    "Issuer should match tenants domainName for non federated identity.");
            return false;
        }
        boolean mail = type.toLowerCase(Locale.ROOT).startsWith("emailaddress");
        boolean fits =
                is(identity, PRINCIPAL)
                        || (mail
                                ? UserRules.mailAddress(assigned)
                                : UserRules.mailAddress(assigned + "@" + initial));
        if (!fits) {
            violations.add(
                    PROPERTY,
                    Rule.NOT_ALLOWED,
                    "Invalid value specified for property 'issuerAssignedId' of resource 'User'.");
        }
        return fits;
    }

    private boolean taken(ReadTx tx, String id, String issuer, String assigned) {
        Operand.Property items = new Operand.Property("", List.of(PROPERTY), PrimitiveType.STRING);
        Predicate same =
                new Predicate.AnyItem(
                        items,
                        "i",
                        new Predicate.And(
                                List.of(
                                        DirectoryKinds.alike(member(ISSUER), issuer),
                                        DirectoryKinds.alike(member(ASSIGNED), assigned))));
        List<Entity> found = DirectoryKinds.query(tx, kinds.user(), "", same);
        return found.stream().anyMatch(other -> !other.id().equals(id));
    }

    private static Operand member(String name) {
        return new Operand.Property("i", List.of(name), PrimitiveType.STRING);
    }
}
