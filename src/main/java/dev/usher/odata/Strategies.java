package dev.usher.odata;

import dev.usher.edm.EntityType;
import dev.usher.edm.Operation;
import dev.usher.edm.StructuredType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The strategies by type, the functions and actions by name. */
public final class Strategies {

    private static final Strategy NOTHING_TO_ADD = () -> "";

    private final Map<String, Strategy> byType;
    private final Map<String, FunctionHandler> functions;
    private final Map<String, ActionHandler> actions;

    public Strategies(
            List<Strategy> strategies,
            List<FunctionHandler> functions,
            List<ActionHandler> actions) {
        this.byType = byName(strategies, Strategy::type);
        this.functions = byName(functions, FunctionHandler::name);
        this.actions = byName(actions, ActionHandler::name);
    }

    private static <T> Map<String, T> byName(List<T> all, Function<T, String> name) {
        return all.stream().collect(Collectors.toMap(name, Function.identity()));
    }

    /** The strategy of the type, else of its nearest base type, else one that adds nothing. */
    public Strategy of(EntityType type) {
        Optional<StructuredType> at = Optional.of(type);
        while (at.isPresent()) {
            Strategy strategy = byType.get(at.get().qualifiedName());
            if (strategy != null) {
                return strategy;
            }
            at = at.get().base();
        }
        return NOTHING_TO_ADD;
    }

    /** What runs the function; absent means that it is not served. */
    public Optional<FunctionHandler> function(Operation operation) {
        String overload = operation.qualifiedName() + "(" + operation.binding().text() + ")";
        FunctionHandler handler = functions.get(overload);
        return Optional.ofNullable(
                handler == null ? functions.get(operation.qualifiedName()) : handler);
    }

    /** What runs the action; absent means that it is not served. */
    public Optional<ActionHandler> action(String qualifiedName) {
        return Optional.ofNullable(actions.get(qualifiedName));
    }
}
