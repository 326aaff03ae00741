package dev.usher.directory;

import dev.usher.edm.PrimitiveType;
import dev.usher.store.Entity;
import dev.usher.store.Folding;
import dev.usher.store.Kind;
import dev.usher.store.Operand;
import dev.usher.store.Predicate;
import dev.usher.store.Query;
import dev.usher.store.ReadTx;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Finds the people who sign in. */
public final class People {

    /** The longest name that anybody signs in under, in characters. */
    public static final int NAME_CHARS_MAX = 1024;

    private static final Kind USER =
            new Kind(
                    "user",
                    "user_account",
                    Map.of(
                            "createdDateTime",
                            new Kind.Column("created_at", Kind.Column.Type.INSTANT)),
                    Set.of());
    private static final Kind ROLE_ASSIGNMENT =
            new Kind(
                    "roleAssignment",
                    "role_assignment",
                    Map.of(
                            "principalId",
                            new Kind.Column("principal_id", Kind.Column.Type.TEXT),
                            "roleDefinitionId",
                            new Kind.Column("role_definition_id", Kind.Column.Type.TEXT),
                            "directoryScopeId",
                            new Kind.Column("directory_scope_id", Kind.Column.Type.TEXT)),
                    Set.of());

    /** The kinds that a {@link Person} is read from. */
    public static final Set<String> KINDS = Set.of(USER.name(), ROLE_ASSIGNMENT.name());

    private static final String DIRECTORY = "/";
    private static final int ROLES_MAX = 1000;

    private People() {}

    /**
     * Whoever signs in under that name with a password of this tenant: their principal name, or the
     * name of a local account. Case plays no part.
     *
     * @param issuer the tenant's initial domain
     */
    public static Optional<Person> bySignInName(ReadTx tx, String name, String issuer) {
        if (name.length() > NAME_CHARS_MAX) {
            return Optional.empty();
        }
        String wanted = Folding.fold(name);
        return tx.sql(
                        "select entity_key from user_identity where tenant_id = :tenant"
                                + " and assigned_key = :name and issuer_key = :issuer")
                .bind("name", wanted)
                .bind("issuer", Folding.fold(issuer))
                .one(row -> row.text("entity_key"))
                .flatMap(key -> tx.find(USER, "", key))
                .filter(user -> local(user.properties(), wanted))
                .map(user -> person(tx, user));
    }

    /** The person of that object id. */
    public static Optional<Person> byId(ReadTx tx, String id) {
        return tx.find(USER, "", id).map(user -> person(tx, user));
    }

    /** Not a name under which another issuer knows the person. */
    private static boolean local(ObjectNode user, String wanted) {
        return StreamSupport.stream(user.path("identities").spliterator(), false)
                .filter(identity -> !text(identity, "signInType").equalsIgnoreCase("federated"))
                .anyMatch(identity ->
                        Folding.fold(text(identity, "issuerAssignedId")).equals(wanted));
    }

    private static Person person(ReadTx tx, Entity user) {
        ObjectNode properties = user.properties();
        return new Person(
                user.id(),
                text(properties, "displayName"),
                text(properties, "userPrincipalName"),
                properties.path("accountEnabled").asBoolean(true),
                text(properties, "signInSessionsValidFromDateTime"),
                properties
                        .path("passwordProfile")
                        .path("forceChangePasswordNextSignIn")
                        .asBoolean(false),
                roles(tx, user.id()));
    }

    private static String text(JsonNode node, String name) {
        return node.path(name).asString("");
    }

    private static Set<String> roles(ReadTx tx, String id) {
        Predicate theirs =
                new Predicate.And(
                        List.of(is("principalId", id), is("directoryScopeId", DIRECTORY)));
        Query query =
                new Query(
                        ROLE_ASSIGNMENT,
                        List.of(),
                        new Query.Scope.Children(""),
                        theirs,
                        List.of(),
                        null,
                        ROLES_MAX,
                        0);
        return tx.query(query).items().stream()
                .map(assignment -> text(assignment.properties(), "roleDefinitionId"))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Predicate is(String property, String value) {
        return new Predicate.Compare(
                new Operand.Property("", List.of(property), PrimitiveType.STRING),
                Predicate.Operator.EQ,
                new Operand.Literal(value, PrimitiveType.STRING));
    }
}
