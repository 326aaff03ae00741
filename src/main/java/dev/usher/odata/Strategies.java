package dev.usher.odata;

import dev.usher.edm.EntityType;
import dev.usher.edm.StructuredType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The strategies by type, and the operations by name. */
public final class Strategies {

    private static final Strategy NOTHING_TO_ADD = () -> "";

    private final Map<String, Strategy> byType;
    private final Map<String, OperationHandler> operations;

    public Strategies(List<Strategy> strategies, List<OperationHandler> operations) {
        this.byType =
                strategies.stream().collect(Collectors.toMap(Strategy::type, Function.identity()));
        this.operations =
                operations.stream()
                        .collect(Collectors.toMap(OperationHandler::name, Function.identity()));
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

    /** What runs the operation; absent means that the operation is not served. */
    public Optional<OperationHandler> operation(String qualifiedName) {
        return Optional.ofNullable(operations.get(qualifiedName));
    }
}
