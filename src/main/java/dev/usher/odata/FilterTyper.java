package dev.usher.odata;

import dev.usher.edm.EntityType;
import dev.usher.edm.NavigationProperty;
import dev.usher.edm.Navigations;
import dev.usher.edm.PrimitiveType;
import dev.usher.edm.StructuredType;
import dev.usher.odata.FilterPaths.Found;
import dev.usher.odata.FilterPaths.Variable;
import dev.usher.store.Folding;
import dev.usher.store.Operand;
import dev.usher.store.Predicate;
import dev.usher.store.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * {@code Expression -> Predicate}: gives every name its property and every literal its type. What
 * the store could not evaluate, or may not (secrets), is refused here.
 */
final class FilterTyper {

    private final StoredTypes storedTypes;
    private final FilterPaths paths;

    private final Consumer<Navigations.Reached> crossed;

    private FilterTyper(
            StoredTypes storedTypes, EntityType type, Consumer<Navigations.Reached> crossed) {
        this.storedTypes = storedTypes;
        this.paths = new FilterPaths(storedTypes, type);
        this.crossed = crossed;
    }

    /**
     * @param crossed takes each navigation property behind which the filter looks
     */
    static Predicate filter(
            StoredTypes storedTypes,
            EntityType type,
            Expression expression,
            Consumer<Navigations.Reached> crossed) {
        return new FilterTyper(storedTypes, type, crossed).predicate(expression);
    }

    static List<Query.Order> orderBy(
            StoredTypes storedTypes, EntityType type, List<QueryOptions.Order> orders) {
        FilterTyper typer = new FilterTyper(storedTypes, type, _ -> {});
        try {
            return orders.stream()
                    .map(order -> new Query.Order(typer.sortKey(order.by()), order.descending()))
                    .toList();
        } catch (Refusal refusal) {
            throw refusal.as(GraphError.SYNTAX);
        }
    }

    private Predicate predicate(Expression expression) {
        return switch (expression) {
            case Expression.Binary binary -> binary(binary);
            case Expression.Not(var of) -> new Predicate.Not(predicate(of));
            case Expression.In in -> in(in);
            case Expression.Call call -> call(call);
            case Expression.Lambda lambda -> lambda(lambda);
            case Expression.Path path -> {
                Found found = find(path);
                if (found.operand().type() != PrimitiveType.BOOLEAN) {
                    throw invalid("'" + path.text() + "' is not a condition");
                }
                yield new Predicate.True(found.operand());
            }
            case Expression.Literal(var value, var kind, _) -> {
                if (kind != Expression.Literal.Kind.BOOLEAN) {
                    throw invalid("'" + value + "' is not a condition");
                }
                yield new Predicate.Constant((Boolean) value);
            }
        };
    }

    private Predicate binary(Expression.Binary binary) {
        return switch (binary.operator()) {
            case "and" -> new Predicate.And(operands(binary));
            case "or" -> new Predicate.Or(operands(binary));
            default -> comparison(binary);
        };
    }

    /** All that the same word joins, in one list: such a chain may be too long for recursion. */
    private List<Predicate> operands(Expression.Binary chain) {
        List<Expression> operands = new ArrayList<>();
        Expression at = chain;
        while (at instanceof Expression.Binary(var operator, var left, var right)
                && operator.equals(chain.operator())) {
            operands.add(right);
            at = left;
        }
        operands.add(at);
        return operands.reversed().stream().map(this::predicate).toList();
    }

    private Predicate comparison(Expression.Binary binary) {
        Predicate.Operator operator =
                Predicate.Operator.valueOf(binary.operator().toUpperCase(Locale.ROOT));
        if (conditionText(binary.left()) != null) {
            return truth(binary.left(), operator, binary.right());
        }
        if (conditionText(binary.right()) != null) {
            return truth(binary.right(), operator, binary.left());
        }
        Found left = binary.left() instanceof Expression.Path path ? find(path) : null;
        Found right = binary.right() instanceof Expression.Path path ? find(path) : null;
        Operand leftOperand = operand(binary.left(), left, right);
        Operand rightOperand = operand(binary.right(), right, left);
        boolean enums =
                (left != null && left.enumType() != null)
                        || (right != null && right.enumType() != null);
        boolean ordered = operator != Predicate.Operator.EQ && operator != Predicate.Operator.NE;
        if (enums && ordered) {
            throw invalid("enumeration members compare by eq and ne alone");
        }
        compatible(leftOperand, rightOperand);
        return new Predicate.Compare(leftOperand, operator, rightOperand);
    }

    /** {@code startswith(..) eq true} and the like: a condition compared with a Boolean literal. */
    private Predicate truth(Expression condition, Predicate.Operator operator, Expression literal) {
        Predicate known = predicate(condition);
        boolean equality = operator == Predicate.Operator.EQ || operator == Predicate.Operator.NE;
        if (!equality
                || !(literal instanceof Expression.Literal(var value, var kind, _))
                || kind != Expression.Literal.Kind.BOOLEAN) {
            throw invalid("a condition compares with true or false alone, by eq or ne");
        }
        Predicate is = new Predicate.Is(known, (Boolean) value);
        return operator == Predicate.Operator.EQ ? is : new Predicate.Not(is);
    }

    private static @Nullable String conditionText(Expression expression) {
        return switch (expression) {
            case Expression.Call call when !call.name().startsWith("to") -> call.name();
            case Expression.Not _, Expression.In _, Expression.Lambda _, Expression.Binary _ ->
                    "condition";
            default -> null;
        };
    }

    private Operand operand(Expression expression, @Nullable Found found, @Nullable Found other) {
        if (found != null) {
            return found.operand();
        }
        if (expression instanceof Expression.Literal literal) {
            return other == null
                    ? text(Literals.untyped(literal))
                    : text(
                            Literals.typed(literal, other.operand().type(), other.enumType()),
                            other);
        }
        return textOperand(expression);
    }

    /** A literal as it compares: a text without its case, where that plays no part. */
    private Operand.Literal text(Operand.Literal literal) {
        return paths.ignoreCase() && literal.value() instanceof String text
                ? new Operand.Literal(Folding.fold(text), literal.type())
                : literal;
    }

    /** As above, but the members of an enumeration, dates and GUIDs stay as they are. */
    private Operand.Literal text(Operand.Literal literal, @Nullable Found other) {
        boolean plain =
                other == null
                        || (other.enumType() == null
                                && other.operand().type() == PrimitiveType.STRING);
        return plain ? text(literal) : literal;
    }

    private Operand textOperand(Expression expression) {
        Operand operand =
                switch (expression) {
                    case Expression.Path path -> find(path).operand();
                    case Expression.Literal literal -> text(Literals.untyped(literal));
                    case Expression.Call(var name, var arguments) when name.equals("tolower") ->
                            new Operand.Lower(textOperand(only(name, arguments)));
                    case Expression.Call(var name, var arguments) when name.equals("toupper") ->
                            new Operand.Upper(textOperand(only(name, arguments)));
                    case Expression.Call(var name, _) ->
                            throw invalid("the function '" + name + "' is not supported");
                    default -> throw invalid("a value is expected where a condition stands");
                };
        if (operand.type() != PrimitiveType.STRING) {
            throw invalid("text is expected, not a value of " + operand.type().qualifiedName());
        }
        return operand;
    }

    private static Expression only(String name, List<Expression> arguments) {
        if (arguments.size() != 1) {
            throw invalid("the function '" + name + "' takes one argument");
        }
        return arguments.getFirst();
    }

    private Predicate in(Expression.In in) {
        Found found = in.left() instanceof Expression.Path path ? find(path) : null;
        Operand left = found == null ? textOperand(in.left()) : found.operand();
        List<Operand.Literal> values = new ArrayList<>();
        for (Expression value : in.values()) {
            if (!(value instanceof Expression.Literal literal)) {
                throw invalid("'in' takes literals");
            }
            Operand.Literal typed =
                    text(
                            Literals.typed(
                                    literal, left.type(), found == null ? null : found.enumType()),
                            found);
            compatible(left, typed);
            values.add(typed);
        }
        return new Predicate.In(left, values);
    }

    private Predicate call(Expression.Call call) {
        Predicate.Function function =
                switch (call.name()) {
                    case "startswith" -> Predicate.Function.STARTS_WITH;
                    case "endswith" -> Predicate.Function.ENDS_WITH;
                    case "contains" -> Predicate.Function.CONTAINS;
                    default -> throw invalid("the function '" + call.name() + "' is not supported");
                };
        if (call.arguments().size() != 2) {
            throw invalid("the function '" + call.name() + "' takes two arguments");
        }
        return new Predicate.TextMatch(
                function,
                textOperand(call.arguments().get(0)),
                textOperand(call.arguments().get(1)));
    }

    private Predicate lambda(Expression.Lambda lambda) {
        Optional<Navigations.Reached> reached = paths.navigation(lambda.of());
        if (reached.isPresent()) {
            crossed.accept(reached.get());
            return entityLambda(reached.get().navigation(), lambda);
        }
        Found found = paths.find(lambda.of(), true);
        if (!(found.operand() instanceof Operand.Property items)) {
            throw invalid("'" + lambda.of().text() + "' casts before a collection");
        }
        String variable = lambda.variable() == null ? "any" : lambda.variable();
        Variable item =
                found.property().type().type() instanceof StructuredType structured
                        ? new Variable(structured, null)
                        : new Variable(null, found.property());
        Predicate body = body(lambda, variable, item);
        return lambda.all()
                ? new Predicate.AllItems(items, variable, body)
                : new Predicate.AnyItem(items, variable, body);
    }

    private Predicate entityLambda(NavigationProperty navigation, Expression.Lambda lambda) {
        // given members are in no table
        if (!navigation.collection()
                || navigation.given()
                || storedTypes.union(navigation.target())) {
            throw invalid("'" + navigation.name() + "' cannot be filtered by");
        }
        StoredTypes.Stored stored = storedTypes.of(navigation.target());
        String variable = lambda.variable() == null ? "any" : lambda.variable();
        Predicate body = body(lambda, variable, new Variable(navigation.target(), null));
        if (navigation.contained()) {
            return lambda.all()
                    ? new Predicate.AllContained(stored.kind(), stored.types(), variable, body)
                    : new Predicate.AnyContained(stored.kind(), stored.types(), variable, body);
        }
        return lambda.all()
                ? new Predicate.AllLinked(
                        navigation.linkName(), stored.kind(), stored.types(), variable, body)
                : new Predicate.AnyLinked(
                        navigation.linkName(), stored.kind(), stored.types(), variable, body);
    }

    private Predicate body(Expression.Lambda lambda, String variable, Variable item) {
        if (lambda.body() == null) {
            return new Predicate.Constant(true);
        }
        paths.declare(variable, item);
        Predicate body = predicate(lambda.body());
        paths.forget(variable);
        return body;
    }

    private Operand sortKey(Expression expression) {
        return switch (expression) {
            case Expression.Path path -> find(path).operand();
            case Expression.Call call -> textOperand(call);
            default -> throw invalid("$orderby takes properties");
        };
    }

    private Found find(Expression.Path path) {
        return paths.find(path, false);
    }

    private static void compatible(Operand left, Operand right) {
        boolean nothing = isNull(left) || isNull(right);
        boolean same =
                left.type() == right.type() || (left.type().numeric() && right.type().numeric());
        if (!nothing && !same) {
            throw invalid(
                    "a value of "
                            + left.type().qualifiedName()
                            + " does not compare with one of "
                            + right.type().qualifiedName());
        }
    }

    private static boolean isNull(Operand operand) {
        return operand instanceof Operand.Literal(var value, _) && value == null;
    }

    static Refusal invalid(String why) {
        return ExpressionParser.malformed(why);
    }
}
