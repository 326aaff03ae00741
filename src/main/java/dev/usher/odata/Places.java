package dev.usher.odata;

import dev.usher.edm.EntityType;
import dev.usher.edm.NavigationProperty;
import dev.usher.edm.PrimitiveType;
import dev.usher.edm.Terms;
import dev.usher.store.Entity;
import dev.usher.store.Operand;
import dev.usher.store.Query;
import dev.usher.store.ReadTx;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** The places of the members of an ordered contained collection ({@link Terms#ORDER_BY}). */
final class Places {

    private Places() {}

    /** The given order; without one the collection's own, which may be none. */
    static List<Query.Order> order(NavigationProperty navigation, List<Query.Order> given) {
        return given.isEmpty()
                ? member(navigation).map(name -> List.of(by(name, false))).orElse(given)
                : given;
    }

    /** Puts a new member behind the others. The caller holds the owner locked. */
    static void append(
            ReadTx tx,
            Locator locator,
            NavigationProperty navigation,
            EntityType type,
            Query.Scope scope,
            ObjectNode properties) {
        Optional<String> member = member(navigation);
        if (member.isEmpty()) {
            return;
        }
        Query any = locator.query(type, scope, 1);
        Query last =
                new Query(
                        any.kind(),
                        any.types(),
                        scope,
                        null,
                        List.of(by(member.get(), true)),
                        null,
                        1,
                        0);
        long highest =
                tx.query(last).items().stream()
                        .mapToLong(entity -> place(entity, member.get()))
                        .findFirst()
                        .orElse(0);
        properties.put(member.get(), highest + 1);
    }

    private static long place(Entity entity, String member) {
        return entity.properties().path(member).asLong(0);
    }

    private static Optional<String> member(NavigationProperty navigation) {
        return navigation.annotations().text(Terms.ORDER_BY);
    }

    private static Query.Order by(String member, boolean descending) {
        return new Query.Order(
                new Operand.Property("", List.of(member), PrimitiveType.INT64), descending);
    }
}
