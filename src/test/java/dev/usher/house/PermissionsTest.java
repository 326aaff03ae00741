package dev.usher.house;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.edm.Annotations;
import dev.usher.edm.EntityType;
import dev.usher.edm.Model;
import dev.usher.edm.NavigationProperty;
import dev.usher.edm.Operation;
import dev.usher.edm.Property;
import dev.usher.edm.Schema;
import dev.usher.edm.StructuredType;
import dev.usher.edm.Terms;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The permission annotations of the schema say the same as the operation list, for every operation
 * whose path the schema has.
 */
class PermissionsTest {

    /** Operations of the list that our schema says something else about, and why. */
    private static final List<String> DIFFERENT =
            List.of(
                    // the container itself is open to each of the family's read permissions
                    "GET /identity",
                    // personal accounts read and change themselves at /me
                    "GET /users/{id-or-upn}",
                    "PATCH /users/{id-or-upn}",
                    // changes a connector, so it needs the connectors' permission like its siblings
                    "PATCH"
                        + " /identity/b2xUserFlows/{flow-id}/apiConnectorConfiguration/preTokenIssuance",
                    "PATCH"
                        + " /identity/b2cUserFlows/{flow-id}/apiConnectorConfiguration/preTokenIssuance");

    private final Model model = Schema.load().model("beta");

    @TestFactory
    Stream<DynamicTest> theSchemaAgreesWithTheList() {
        return covered().stream()
                .map(op -> DynamicTest.dynamicTest(op.name(), () -> assertThatItAgrees(op)));
    }

    @Test
    void mostOfTheServedResourcesAreCovered() {
        assertThat(covered()).hasSizeGreaterThan(45);
    }

    private void assertThatItAgrees(Operations.Operation operation) {
        Deque<Annotations> path = resolve(operation.path()).orElseThrow();
        String rule = rule(path, operation.method(), operation.path().contains("$ref"));
        List<String> alternatives =
                Stream.of(rule.split(" ", -1)).map(each -> each.replace("+", " + ")).toList();
        if (operation.applicationPermission().equals(operation.permission())) {
            // the first alternative is the least privileged one
            assertThat(alternatives.getFirst()).isEqualTo(operation.permission());
        } else {
            assertThat(alternatives).contains(operation.permission());
            boolean delegatedOnly = is(path, "DelegatedOnly");
            assertThat(operation.applicationPermission().equals("not supported"))
                    .isEqualTo(delegatedOnly);
            if (!delegatedOnly) {
                assertThat(alternatives).contains(operation.applicationPermission());
            }
        }
        assertThat(is(path, "Personal")).isEqualTo(!operation.personal().equals("not supported"));
    }

    private static boolean is(Deque<Annotations> path, String member) {
        return path.stream()
                .filter(a ->
                        a.flag(Terms.PERMISSIONS, member, false)
                                == a.flag(Terms.PERMISSIONS, member, true))
                .findFirst()
                .filter(a -> a.flag(Terms.PERMISSIONS, member, false))
                .isPresent();
    }

    private List<Operations.Operation> covered() {
        List<Operations.Operation> covered = new ArrayList<>();
        for (Operations.Operation operation : Operations.all()) {
            if (!DIFFERENT.contains(operation.name()) && resolve(operation.path()).isPresent()) {
                covered.add(operation);
            }
        }
        return covered;
    }

    /** What the elements along a path are annotated with, the nearest first. */
    private Optional<Deque<Annotations>> resolve(String path) {
        Deque<Annotations> annotations = new ArrayDeque<>();
        StructuredType type = null;
        for (String segment : path.substring(1).split("/", -1)) {
            if (segment.startsWith("{") || (type != null && segment.startsWith("$"))) {
                continue;
            }
            if (type == null) {
                Optional<Model.Root> root = model.root(segment);
                if (root.isEmpty()) {
                    return Optional.empty();
                }
                annotations.push(root.get().annotations());
                type = root.get().type();
                continue;
            }
            if (segment.startsWith("microsoft.graph.")
                    && model.type(segment).orElse(null) instanceof StructuredType cast) {
                type = cast;
                continue;
            }
            Optional<NavigationProperty> navigation = type.navigation(segment);
            Optional<Property> property = type.property(segment);
            if (navigation.isPresent()) {
                annotations.push(navigation.get().annotations());
                type = navigation.get().target();
            } else if (property.isPresent()
                    && property.get().type().type() instanceof StructuredType complex) {
                annotations.push(property.get().annotations());
                type = complex;
            } else {
                Optional<Operation> operation = operation(type, segment);
                if (operation.isEmpty()) {
                    return Optional.empty();
                }
                annotations.push(operation.get().annotations());
            }
        }
        return Optional.of(annotations);
    }

    private Optional<Operation> operation(StructuredType type, String name) {
        return type instanceof EntityType entity
                ? model.operation(name, entity, true).or(() -> model.operation(name, entity, false))
                : Optional.empty();
    }

    private static String also(Annotations annotations, String member) {
        return annotations.text(Terms.PERMISSIONS, member).map(more -> " " + more).orElse("");
    }

    private static String rule(Deque<Annotations> nearestFirst, String method, boolean reference) {
        String access =
                switch (method) {
                    case "GET" -> "Read";
                    case "POST" -> reference ? "Link" : "Insert";
                    case "PATCH", "PUT" -> reference ? "Link" : "Update";
                    case "DELETE" -> reference ? "Link" : "Delete";
                    default -> throw new IllegalArgumentException(method);
                };
        List<String> names =
                access.equals("Read") ? List.of(access) : Arrays.asList(access, "Write");
        for (Annotations annotations : nearestFirst) {
            for (String name : names) {
                Optional<String> rule = annotations.text(Terms.PERMISSIONS, name);
                if (rule.isPresent()) {
                    // whoever is addressed may be the caller, or owned by it
                    return rule.get()
                            + also(annotations, names.getLast() + "Own")
                            + (name.equals("Insert") ? "" : also(annotations, "Owned"));
                }
            }
        }
        return "";
    }
}
