package dev.usher.edm;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a client can meet: every type and operation that some path from the container leads to, the
 * derived and the base types included. Only this is published.
 */
final class Reachable {

    private final Model model;
    private final Set<EdmType> types = new HashSet<>();
    private final Set<EdmType> met = new HashSet<>();

    private Reachable(Model model) {
        this.model = model;
    }

    static Reachable of(Model model) {
        Reachable reachable = new Reachable(model);
        model.container().forEach(root -> reachable.visit(root.type()));
        return reachable;
    }

    boolean contains(EdmType type) {
        return types.contains(type);
    }

    /** The operations bound to a reachable type, in schema order. */
    List<Operation> operations() {
        return model.operations().stream().filter(op -> contains(op.binding().type())).toList();
    }

    private void visit(EdmType type) {
        types.add(type);
        if (!met.add(type) || !(type instanceof StructuredType structured)) {
            return;
        }
        structured.base().ifPresent(this::visitBase);
        structured.family().forEach(this::visit);
        structured.properties().forEach(property -> visit(property.type().type()));
        structured.navigation().forEach(navigation -> visit(navigation.target()));
        for (Operation operation : model.operations()) {
            if (structured.isA((StructuredType) operation.binding().type())) {
                operation.parameters().forEach(parameter -> visit(parameter.type().type()));
                if (operation.result() != null) {
                    visit(operation.result().type());
                }
            }
        }
    }

    /** A base type is published, but its other derived types are not met through it. */
    private void visitBase(StructuredType base) {
        if (types.add(base)) {
            base.base().ifPresent(this::visitBase);
            base.ownProperties().forEach(property -> visit(property.type().type()));
            base.ownNavigation().forEach(navigation -> visit(navigation.target()));
        }
    }
}
