package dev.usher.odata;

import dev.usher.edm.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The fragment of {@code @odata.context} (OData 4.01 Part 1, section 10). */
final class ContextUrl {

    private final ResourceUrls urls;

    ContextUrl(ResourceUrls urls) {
        this.urls = urls;
    }

    String collection(Address.Members members, Shape shape) {
        if (members.navigation().contained()) {
            return members.path() + suffix(shape);
        }
        String union = urls.setOfUnion(members.type());
        return (union == null ? "Collection(" + members.type().qualifiedName() + ")" : union)
                + suffix(shape);
    }

    String entity(Address address, Shape shape) {
        return switch (address) {
            case Address.Singleton singleton -> singleton.path() + suffix(shape);
            case Address.Members members -> set(members) + suffix(shape) + "/$entity";
            case Address.Item item -> set(item.of()) + suffix(shape) + "/$entity";
            case Address.Single single -> set(single) + suffix(shape) + "/$entity";
        };
    }

    private String set(Address.Single single) {
        @Nullable String set = single.navigation().contained() ? null : urls.setOf(single.type());
        return set == null ? single.path() : set;
    }

    private String set(Address.Members members) {
        if (members.navigation().contained()) {
            return members.path();
        }
        @Nullable String set = urls.setOf(members.type());
        return set == null ? members.path() : set;
    }

    String property(Address.One owner, List<Step> path, Shape shape) {
        StringBuilder text = new StringBuilder(owner.path());
        path.forEach(step -> text.append('/').append(step.path()));
        return text.append(suffix(shape)).toString();
    }

    /** {@code (id,displayName,nav(id))}; nothing when the shape is plain. */
    static String suffix(Shape shape) {
        if (shape.plain()) {
            return "";
        }
        List<String> parts = new ArrayList<>();
        Set<String> select = shape.select();
        if (select != null) {
            parts.addAll(select);
        }
        for (Shape.Expansion expansion : shape.expand()) {
            if (expansion.automatic()) {
                continue;
            }
            String nested = suffix(expansion.shape());
            parts.add(expansion.path() + (nested.isEmpty() ? "()" : nested));
        }
        return "(" + String.join(",", parts) + ")";
    }
}
