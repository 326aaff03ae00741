package dev.usher.graph;

import dev.usher.ids.Ids;
import dev.usher.odata.Strategy;
import dev.usher.odata.Violation.Rule;
import dev.usher.odata.Violations;
import dev.usher.store.Entity;
import dev.usher.store.ReadTx;
import dev.usher.store.WriteTx;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code extensionProperty}: a property that an application adds to directory objects. Those of a
 * tenant's custom user-flow attributes come and go with the attributes.
 */
final class ExtensionProperties implements Strategy {

    static final String TYPE = "microsoft.graph.extensionProperty";

    private static final String NAME = "name";
    private static final String DATA_TYPE = "dataType";
    private static final String TARGETS = "targetObjects";
    private static final Pattern SHORT_NAME = Pattern.compile("[A-Za-z0-9_]{1,92}");
    private static final List<String> DATA_TYPES =
            List.of("Binary", "Boolean", "DateTime", "Integer", "LargeInteger", "String");
    private static final Set<String> TARGET_TYPES =
            Set.of("User", "Group", "Organization", "Device", "Application", "AdministrativeUnit");

    private final DirectoryKinds kinds;

    ExtensionProperties(DirectoryKinds kinds) {
        this.kinds = kinds;
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public void complete(ObjectNode properties) {
        if (!properties.has("isMultiValued")) {
            properties.put("isMultiValued", false);
        }
        properties.put("isSyncedFromOnPremises", false);
        String given = properties.path(DATA_TYPE).asString("");
        DATA_TYPES.stream()
                .filter(type -> type.equalsIgnoreCase(given))
                .findFirst()
                .ifPresent(type -> properties.put(DATA_TYPE, type));
    }

    @Override
    public void validate(Candidate candidate, Violations violations) {
        ObjectNode properties = candidate.properties();
        if (!SHORT_NAME.matcher(properties.path(NAME).asString("")).matches()) {
            invalid(NAME, violations);
        }
        if (!DATA_TYPES.contains(properties.path(DATA_TYPE).asString(""))) {
            invalid(DATA_TYPE, violations);
        }
        JsonNode targets = properties.path(TARGETS);
        boolean known =
                targets.valueStream().allMatch(each -> TARGET_TYPES.contains(each.asString("")));
        if (targets.isEmpty() || !known) {
            invalid(TARGETS, violations);
        }
    }

    private static void invalid(String name, Violations violations) {
        violations.add(
                name,
                Rule.NOT_ALLOWED,
                "Invalid value specified for property '"
                        + name
                        + "' of resource 'ExtensionProperty'.");
    }

    /** The name is completed by the client id of the application. */
    @Override
    public void creating(WriteTx tx, Candidate candidate, @Nullable Entity owner) {
        Entity application = Objects.requireNonNull(owner);
        ObjectNode properties = candidate.properties();
        String appId = application.properties().path("appId").asString("");
        String name =
                ExtensionValues.PREFIX
                        + appId.replace("-", "")
                        + "_"
                        + properties.path(NAME).asString("");
        properties.put(NAME, name);
        properties.set("appDisplayName", application.properties().path("displayName"));
        if (!named(tx, application, name).isEmpty()) {
            Violations violations = new Violations();
            Users.taken(NAME, violations);
            violations.refuse();
        }
    }

    private List<Entity> named(ReadTx tx, Entity application, String name) {
        return DirectoryKinds.where(
                tx, kinds.extensionProperty(), application.path(), Map.of(NAME, name));
    }

    /** Adds the property behind a custom attribute of that key. */
    void add(WriteTx tx, Entity application, String name, String attributeType, Ids ids) {
        ObjectNode properties = JsonNodeFactory.instance.objectNode();
        properties.put(NAME, name).put(DATA_TYPE, dataType(attributeType));
        properties.put("isMultiValued", attributeType.equals("stringCollection"));
        properties.put("isSyncedFromOnPremises", false);
        properties.set("appDisplayName", application.properties().path("displayName"));
        ArrayNode targets = properties.putArray(TARGETS);
        targets.add("User");
        tx.insert(
                kinds.extensionProperty(),
                new Entity(
                        kinds.extensionProperty().name(),
                        application.path(),
                        ids.guid().toString(),
                        TYPE,
                        0,
                        properties));
    }

    /** Removes the property behind a custom attribute of that key. */
    void remove(WriteTx tx, Entity application, String name) {
        for (Entity entity : named(tx, application, name)) {
            tx.lock(kinds.extensionProperty(), entity.parent(), entity.id())
                    .ifPresent(locked -> tx.delete(kinds.extensionProperty(), locked));
        }
    }

    private static String dataType(String attributeType) {
        return switch (attributeType.toLowerCase(Locale.ROOT)) {
            case "boolean" -> "Boolean";
            case "int64" -> "LargeInteger";
            case "datetime" -> "DateTime";
            default -> "String";
        };
    }
}
