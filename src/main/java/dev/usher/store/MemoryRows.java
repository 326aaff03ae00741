package dev.usher.store;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Answers a {@link Query} from a bounded list of entities as the databases would from their rows:
 * the same filter, order, cursor and count. The scope plays no part; the list is what it holds.
 */
public final class MemoryRows {

    private final List<Entity> entities;

    public MemoryRows(List<Entity> entities) {
        this.entities = List.copyOf(entities);
    }

    /** One page, as {@link ReadTx#query}. */
    public Page page(Query query) {
        List<Query.Order> orders = query.orderBy();
        Query.Cursor after = query.after();
        List<Entity> found =
                matching(query)
                        .filter(entity -> after == null || isBehind(entity, after, orders))
                        .sorted(comparator(orders))
                        .skip(query.skip())
                        .limit(query.limit() + 1L)
                        .toList();
        if (found.size() <= query.limit()) {
            return new Page(found, null);
        }
        List<Entity> items = found.subList(0, query.limit());
        Entity last = items.getLast();
        return new Page(items, new Query.Cursor(values(last, orders), last.key()));
    }

    /** As {@link ReadTx#count}. */
    public long count(Query query) {
        return matching(query).count();
    }

    private Stream<Entity> matching(Query query) {
        Predicate filter = query.filter();
        return entities.stream()
                .filter(entity -> query.types().isEmpty() || query.types().contains(entity.type()))
                .filter(entity -> filter == null || Evaluation.holds(filter, entity));
    }

    private static Comparator<Entity> comparator(List<Query.Order> orders) {
        return (one, other) -> {
            int byKeys = compare(values(one, orders), values(other, orders), orders);
            return byKeys == 0 ? Evaluation.order(one.key(), other.key()) : byKeys;
        };
    }

    private static boolean isBehind(Entity entity, Query.Cursor cursor, List<Query.Order> orders) {
        int byKeys = compare(values(entity, orders), cursor.values(), orders);
        return byKeys == 0 ? Evaluation.order(entity.key(), cursor.key()) > 0 : byKeys > 0;
    }

    private static int compare(
            List<@Nullable Object> one, List<@Nullable Object> other, List<Query.Order> orders) {
        for (int i = 0; i < orders.size(); i++) {
            int order = Evaluation.order(one.get(i), other.get(i));
            if (order != 0) {
                return orders.get(i).descending() ? -order : order;
            }
        }
        return 0;
    }

    private static List<@Nullable Object> values(Entity entity, List<Query.Order> orders) {
        Map<String, Object> scope = Map.of("", entity);
        @Nullable Object[] values = new @Nullable Object[orders.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = Evaluation.operand(orders.get(i).by(), scope);
        }
        return Arrays.asList(values);
    }
}
