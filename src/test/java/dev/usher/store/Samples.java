package dev.usher.store;

import dev.usher.edm.PrimitiveType;
import dev.usher.ids.TenantId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Kinds and entities that the store's tests share. */
final class Samples {

    static final TenantId TENANT = TenantId.of("11111111-1111-4111-8111-111111111111");
    static final TenantId OTHER = TenantId.of("22222222-2222-4222-8222-222222222222");
    static final Actor ACTOR = new Actor("tests", null, "request-1");

    /** A document kind with a nested and a plain secret, which contains languages. */
    static final Kind FLOW =
            new Kind(
                    "userFlow",
                    null,
                    Map.of(),
                    Set.of(List.of("secret"), List.of("authentication", "password")),
                    Set.of("language", "page"));

    static final Kind LANGUAGE = new Kind("language", null, Map.of(), Set.of());
    static final Kind PAGE = new Kind("page", null, Map.of(), Set.of());

    /** The kind of the link targets. */
    static final Kind PROVIDER = new Kind("identityProvider", null, Map.of(), Set.of());

    /** A table-stored kind. */
    static final Kind APPLICATION =
            new Kind(
                    "application",
                    "application",
                    Map.of(
                            "appId", new Kind.Column("app_id", Kind.Column.Type.TEXT),
                            "displayName", new Kind.Column("display_name", Kind.Column.Type.TEXT),
                            "createdDateTime",
                                    new Kind.Column("created_at", Kind.Column.Type.INSTANT)),
                    Set.of(List.of("secret"), List.of("authentication", "password")));

    /** A table-stored kind with folded columns and an index of items. */
    static final Kind USER =
            new Kind(
                    "user",
                    "user_account",
                    Map.of(
                            "createdDateTime",
                            new Kind.Column("created_at", Kind.Column.Type.INSTANT)),
                    Set.of(),
                    Set.of(),
                    new Kind.Indexing(
                            Map.of(
                                    "userPrincipalName", "upn_key",
                                    "mail", "mail_key",
                                    "displayName", "display_name_key"),
                            Map.of(
                                    "identities",
                                    new Kind.ItemIndex(
                                            "user_identity",
                                            new TreeMap<>(
                                                    Map.of(
                                                            "issuer", "issuer_key",
                                                            "issuerAssignedId", "assigned_key")))),
                            Map.of("displayName", "user_word")));

    private Samples() {}

    /** The kind of what entities of that kind contain: no two owners share one. */
    static Kind inside(Kind owner) {
        return owner.document() ? LANGUAGE : PAGE;
    }

    static Entity entity(Kind kind, String id) {
        return entity(kind, id, properties(kind, id));
    }

    static Entity entity(Kind kind, String id, ObjectNode properties) {
        return new Entity(kind.name(), "", id, "test." + kind.name(), 0, properties);
    }

    static Entity child(Kind kind, Entity owner, String id) {
        return new Entity(
                kind.name(), owner.path(), id, "test." + kind.name(), 0, properties(kind, id));
    }

    /** What a kind needs at least. */
    static ObjectNode properties(Kind kind, String id) {
        ObjectNode properties = object();
        if (!kind.document()) {
            properties.put("appId", "app-of-" + Entity.fold(id));
        }
        return properties.put("displayName", "Name of " + id);
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static Operand.Property property(String path) {
        return property(path, PrimitiveType.STRING);
    }

    static Operand.Property property(String path, PrimitiveType type) {
        return new Operand.Property("", List.of(path.split("/")), type);
    }

    static Operand.Literal text(String value) {
        return new Operand.Literal(value, PrimitiveType.STRING);
    }

    static Predicate equal(Operand left, Operand right) {
        return new Predicate.Compare(left, Predicate.Operator.EQ, right);
    }
}
