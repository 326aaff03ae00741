package dev.usher.graph;

import dev.usher.edm.Model;
import dev.usher.edm.PrimitiveType;
import dev.usher.odata.ActionHandler;
import dev.usher.odata.FunctionHandler;
import dev.usher.odata.GraphError;
import dev.usher.odata.Refusal;
import dev.usher.store.Entity;
import dev.usher.store.Kind;
import dev.usher.store.Kinds;
import dev.usher.store.Operand;
import dev.usher.store.Query;
import dev.usher.store.ReadTx;
import dev.usher.store.WriteTx;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The order in which a flow asks for its attributes: {@code getOrder} and {@code setOrder}. */
final class AssignmentOrder {

    private static final String ORDER = "order";
    private static final String PARAMETER = "newAssignmentOrder";
    private static final int PAGE = 500;

    private final Kind kind;

    AssignmentOrder(Model model) {
        this.kind = Kinds.of(model.entityType(AttributeAssignments.TYPE));
    }

    /** {@code getOrder}: the ids of the attributes, first to last. */
    FunctionHandler reader() {
        return new FunctionHandler() {
            @Override
            public String name() {
                return "microsoft.graph.getOrder";
            }

            @Override
            public JsonNode call(
                    ReadTx tx, @Nullable String boundKey, Map<String, JsonNode> arguments) {
                ObjectNode result = JsonNodeFactory.instance.objectNode();
                ArrayNode order = result.putArray(ORDER);
                assignments(tx, String.valueOf(boundKey)).forEach(each -> order.add(each.id()));
                return result;
            }
        };
    }

    /** {@code setOrder}: takes every assigned attribute exactly once. */
    ActionHandler writer() {
        return new ActionHandler() {
            @Override
            public String name() {
                return "microsoft.graph.setOrder";
            }

            @Override
            public @Nullable Entity run(
                    WriteTx tx, @Nullable Entity bound, Map<String, JsonNode> arguments) {
                if (bound == null) {
                    throw new IllegalStateException("an order without a flow");
                }
                JsonNode order =
                        arguments.getOrDefault(PARAMETER, JsonNodeFactory.instance.nullNode());
                set(tx, bound, order.path(ORDER));
                return null;
            }
        };
    }

    private void set(WriteTx tx, Entity flow, JsonNode order) {
        if (!order.isArray()) {
            throw invalid("there is no order in the body");
        }
        Map<String, Entity> assigned = new LinkedHashMap<>();
        assignments(tx, flow.path()).forEach(each -> assigned.put(each.key(), each));
        List<Entity> ordered = new ArrayList<>();
        for (JsonNode id : order) {
            Entity assignment = assigned.remove(Entity.fold(id.asString("")));
            if (assignment == null) {
                throw invalid("'" + id.asString("") + "' is not assigned, or is named twice");
            }
            ordered.add(assignment);
        }
        if (!assigned.isEmpty()) {
            throw invalid("it lacks " + String.join(", ", assigned.keySet()));
        }
        for (int place = 1; place <= ordered.size(); place++) {
            move(tx, ordered.get(place - 1), place);
        }
    }

    private void move(WriteTx tx, Entity assignment, long place) {
        if (assignment.properties().path(AttributeAssignments.POSITION).asLong(0) == place) {
            return;
        }
        Entity locked = tx.lock(kind, assignment.parent(), assignment.id()).orElseThrow();
        locked.properties().put(AttributeAssignments.POSITION, place);
        tx.replace(kind, locked);
    }

    private List<Entity> assignments(ReadTx tx, String flow) {
        return tx.all(
                new Query(
                        kind,
                        List.of(),
                        new Query.Scope.Children(flow),
                        null,
                        List.of(
                                new Query.Order(
                                        new Operand.Property(
                                                "",
                                                List.of(AttributeAssignments.POSITION),
                                                PrimitiveType.INT64),
                                        false)),
                        null,
                        PAGE,
                        0));
    }

    private static Refusal invalid(String why) {
        return new Refusal(
                GraphError.INVALID_VALUE,
                "The order must name every assigned attribute exactly once: " + why + ".",
                PARAMETER + "/" + ORDER,
                List.of());
    }
}
