package dev.usher.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.kiota.serialization.Parsable;
import com.microsoft.kiota.serialization.ValuedEnum;
import dev.usher.acceptance.fixture.Golden;
import dev.usher.acceptance.fixture.Metadata;
import dev.usher.acceptance.fixture.Metadata.Type;
import dev.usher.acceptance.fixture.Proves;
import dev.usher.acceptance.fixture.Usher;
import dev.usher.acceptance.fixture.UsherTest;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The types that {@code $metadata} publishes against the model classes of Microsoft's SDKs. Each
 * difference stands in {@code schema-differences.tsv} with its reason.
 */
@UsherTest
class SchemaComparisonTest {

    private static final String DIFFERENCES = "schema-differences.tsv";
    private static final Map<String, String> MODELS =
            Map.of(
                    "v1.0", "com.microsoft.graph.models.",
                    "beta", "com.microsoft.graph.beta.models.");
    private static final Map<String, String> PRIMITIVES =
            Map.of(
                    "Edm.String", "String",
                    "Edm.Boolean", "Boolean",
                    "Edm.Int32", "Integer",
                    "Edm.Int64", "Long",
                    "Edm.Single", "Float",
                    "Edm.Double", "Double",
                    "Edm.DateTimeOffset", "OffsetDateTime",
                    "Edm.Guid", "UUID");

    private final Usher usher;

    SchemaComparisonTest(Usher usher) {
        this.usher = usher;
    }

    @Test
    @Proves("GET /$metadata")
    void differencesAreThoseAgreedOn() {
        Set<String> found = new TreeSet<>();
        for (String version : MODELS.keySet()) {
            Metadata metadata =
                    Metadata.parse(
                            usher.withToken(version, () -> null)
                                    .get("/$metadata")
                                    .expect(200)
                                    .body());
            for (Type type : metadata.types().values()) {
                compare(version, type, found);
            }
        }

        assertThat(found).containsExactlyInAnyOrderElementsOf(agreed().keySet());
    }

    @Test
    void everyDifferenceHasItsReason() {
        assertThat(agreed()).isNotEmpty().doesNotContainValue("");
    }

    /** The listed differences and why. */
    private static Map<String, String> agreed() {
        Map<String, String> agreed = new LinkedHashMap<>();
        for (String line : Golden.read(DIFFERENCES).lines().toList()) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            String[] cells = line.split("\t", -1);
            for (String version : cells[0].equals("both") ? MODELS.keySet() : Set.of(cells[0])) {
                agreed.put(version + " " + cells[1], cells[2].strip());
            }
        }
        return agreed;
    }

    private static void compare(String version, Type type, Set<String> found) {
        String name = type.name();
        Class<?> model;
        try {
            model = Class.forName(MODELS.get(version) + upper(name));
        } catch (ClassNotFoundException e) {
            found.add(version + " " + name + ": not in SDK");
            return;
        }
        if (model.isEnum()) {
            difference(version + " " + name, members(model), type.members().keySet(), found);
            return;
        }
        String base = model.getSuperclass() == Object.class ? "" : lower(model.getSuperclass());
        if (!base.equals(type.base())) {
            found.add(
                    "%s %s: base %s, in SDK %s"
                            .formatted(version, name, type.base(), base.isEmpty() ? "none" : base));
        }
        difference(version + " " + name, fields(model), type.members().keySet(), found);
        type.members()
                .forEach((member, edm) -> compareType(version, name, model, member, edm, found));
    }

    private static void difference(
            String type, Set<String> theirs, Set<String> ours, Set<String> found) {
        for (String member : theirs) {
            if (!ours.contains(member)) {
                found.add(type + "." + member + ": only in SDK");
            }
        }
        for (String member : ours) {
            if (!theirs.contains(member)) {
                found.add(type + "." + member + ": not in SDK");
            }
        }
    }

    private static void compareType(
            String version,
            String type,
            Class<?> model,
            String member,
            String edm,
            Set<String> found) {
        String expected = java(edm);
        Arrays.stream(model.getMethods())
                .filter(method -> method.getName().equals("get" + upper(member)))
                .map(method -> simple(method.getGenericReturnType().getTypeName()))
                .filter(actual -> !actual.equals(expected))
                .forEach(actual ->
                        found.add(
                                "%s %s.%s: %s, in SDK %s"
                                        .formatted(version, type, member, expected, actual)));
    }

    private static String java(String edm) {
        if (edm.startsWith("Collection(")) {
            return "List<" + java(edm.substring(11, edm.length() - 1)) + ">";
        }
        return PRIMITIVES.getOrDefault(edm, upper(edm.substring(edm.lastIndexOf('.') + 1)));
    }

    private static String simple(String typeName) {
        return typeName.replaceAll("[\\w.]+\\.(\\w+)", "$1");
    }

    /** The model's own fields: what it can read, less what its base class can. */
    private static Set<String> fields(Class<?> model) {
        Set<String> fields = new TreeSet<>(readable(model));
        if (Parsable.class.isAssignableFrom(model.getSuperclass())) {
            fields.removeAll(readable(model.getSuperclass()));
        }
        fields.remove("@odata.type");
        return fields;
    }

    private static Set<String> readable(Class<?> model) {
        assertThat(Modifier.isAbstract(model.getModifiers())).as("%s", model).isFalse();
        try {
            Parsable instance = (Parsable) model.getConstructor().newInstance();
            return instance.getFieldDeserializers().keySet();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Set<String> members(Class<?> model) {
        return Arrays.stream(model.getEnumConstants())
                .map(member -> ((ValuedEnum) member).getValue())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String upper(String name) {
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }

    private static String lower(Class<?> model) {
        String name = model.getSimpleName();
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }
}
