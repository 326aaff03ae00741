package dev.usher.odata;

import dev.usher.edm.EdmType;
import dev.usher.edm.EntityType;
import dev.usher.edm.Model;
import dev.usher.edm.NavigationProperty;
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
    private final Map<String, MemberSource> sources;
    private final Map<String, GivenMembers> given;
    private final Map<String, MediaHandler> media;

    public Strategies(
            List<Strategy> strategies,
            List<FunctionHandler> functions,
            List<ActionHandler> actions,
            List<GivenMembers> given,
            List<MediaHandler> media) {
        this(strategies, functions, actions, given, media, List.of());
    }

    public Strategies(
            List<Strategy> strategies,
            List<FunctionHandler> functions,
            List<ActionHandler> actions,
            List<GivenMembers> given,
            List<MediaHandler> media,
            List<MemberSource> sources) {
        this.byType = byName(strategies, Strategy::type);
        this.functions = byName(functions, FunctionHandler::name);
        this.actions = byName(actions, ActionHandler::name);
        this.given = byName(given, GivenMembers::type);
        this.media = byName(media, MediaHandler::type);
        this.sources = byName(sources, MemberSource::collection);
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

    /** What supplies the members of a collection; absent for those that are kept as such. */
    public Optional<MemberSource> source(Address.Members members) {
        Address.One owner = members.owner();
        if (owner == null) {
            return Optional.ofNullable(sources.get(members.navigation().name()));
        }
        Optional<StructuredType> at = Optional.of(owner.type());
        while (at.isPresent()) {
            MemberSource source =
                    sources.get(at.get().qualifiedName() + "/" + members.navigation().name());
            if (source != null) {
                return Optional.of(source);
            }
            at = at.get().base();
        }
        return Optional.empty();
    }

    /**
     * @throws IllegalStateException if the schema has given members or streams that nothing serves
     */
    void check(Model model) {
        for (EdmType type : model.types().values()) {
            if (type instanceof EntityType entity) {
                entity.ownNavigation().stream()
                        .filter(NavigationProperty::given)
                        .forEach(navigation -> given(navigation.target()));
                if (entity.hasStream() && !entity.isAbstract()) {
                    media(entity);
                }
            }
        }
    }

    /** What gives the members of that type. */
    GivenMembers given(EntityType type) {
        return served(given, type);
    }

    /** What reads and writes the streams of that type. */
    MediaHandler media(EntityType type) {
        return served(media, type);
    }

    private static <T> T served(Map<String, T> handlers, EntityType type) {
        T handler = handlers.get(type.qualifiedName());
        if (handler == null) {
            throw new IllegalStateException(type + " is annotated, but nothing serves it");
        }
        return handler;
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
