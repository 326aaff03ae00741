package dev.usher.graph;

import dev.usher.edm.Model;
import dev.usher.edm.PrimitiveType;
import dev.usher.store.Entity;
import dev.usher.store.Folding;
import dev.usher.store.Kind;
import dev.usher.store.Kinds;
import dev.usher.store.Operand;
import dev.usher.store.Predicate;
import dev.usher.store.Query;
import dev.usher.store.ReadTx;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Where the objects of the directory are kept, and the look-ups that its rules need. */
record DirectoryKinds(
        Kind user,
        Kind application,
        Kind servicePrincipal,
        Kind appRoleAssignment,
        Kind permissionGrant,
        Kind extensionProperty,
        Kind directoryRole,
        Kind roleAssignment,
        Kind roleDefinition) {

    static final String NAMESPACE = "microsoft.graph.";

    /** Deleted objects, until they are restored or gone for good. */
    static final Kind DELETED = new Kind("deletedItem", null, Map.of(), Set.of());

    /** The most entities that one look-up of a rule reads. */
    static final int FOUND_MAX = 1000;

    static DirectoryKinds of(Model model) {
        return new DirectoryKinds(
                kind(model, "user"),
                kind(model, "application"),
                kind(model, "servicePrincipal"),
                kind(model, "appRoleAssignment"),
                kind(model, "oAuth2PermissionGrant"),
                kind(model, "extensionProperty"),
                kind(model, "directoryRole"),
                kind(model, "unifiedRoleAssignment"),
                kind(model, "unifiedRoleDefinition"));
    }

    private static Kind kind(Model model, String type) {
        return Kinds.of(model.entityType(NAMESPACE + type));
    }

    /** The kind of people, applications and service principals, by type. */
    Kind ofObject(String type) {
        return switch (type.substring(NAMESPACE.length())) {
            case "user" -> user;
            case "application" -> application;
            case "servicePrincipal" -> servicePrincipal;
            default -> throw new IllegalArgumentException(type);
        };
    }

    /** The person, application or service principal of that id. */
    Optional<Entity> object(ReadTx tx, String id) {
        return tx.find(user, "", id)
                .or(() -> tx.find(servicePrincipal, "", id))
                .or(() -> tx.find(application, "", id));
    }

    /** The service principal of that client id. */
    Optional<Entity> principal(ReadTx tx, String appId) {
        return where(tx, servicePrincipal, Map.of("appId", appId.toLowerCase(Locale.ROOT))).stream()
                .findFirst();
    }

    /** The entities of a kind at the top whose properties have these values, as they are kept. */
    static List<Entity> where(ReadTx tx, Kind kind, Map<String, String> values) {
        return where(tx, kind, "", values);
    }

    /** As above, contained in an entity. */
    static List<Entity> where(ReadTx tx, Kind kind, String parent, Map<String, String> values) {
        List<Predicate> parts =
                new TreeMap<>(values)
                        .entrySet().stream()
                                .map(value -> equal(property(value.getKey()), value.getValue()))
                                .toList();
        return query(tx, kind, parent, new Predicate.And(parts));
    }

    /** The entities that fulfil the condition. */
    static List<Entity> query(ReadTx tx, Kind kind, String parent, Predicate filter) {
        return tx.query(
                        new Query(
                                kind,
                                List.of(),
                                new Query.Scope.Children(parent),
                                filter,
                                List.of(),
                                null,
                                FOUND_MAX,
                                0))
                .items();
    }

    static Operand property(String name) {
        return new Operand.Property("", List.of(name), PrimitiveType.STRING);
    }

    static Predicate equal(Operand operand, String value) {
        return new Predicate.Compare(
                operand, Predicate.Operator.EQ, new Operand.Literal(value, PrimitiveType.STRING));
    }

    /** Equal ignoring case. */
    static Predicate alike(Operand operand, String value) {
        return equal(new Operand.Lower(operand), Folding.fold(value));
    }
}
