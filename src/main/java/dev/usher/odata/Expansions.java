package dev.usher.odata;

import dev.usher.edm.Step;
import java.util.ArrayList;
import java.util.List;

/** Moves expansions between an entity and a complex property inside it. */
final class Expansions {

    private Expansions() {}

    /** The same expansions, seen from the entity that holds the complex property. */
    static Shape below(List<Step> path, Shape shape) {
        List<Shape.Expansion> moved = new ArrayList<>();
        for (Shape.Expansion expansion : shape.expand()) {
            List<Step> complex = new ArrayList<>(path);
            complex.addAll(expansion.complex());
            moved.add(
                    new Shape.Expansion(
                            complex,
                            expansion.navigation(),
                            expansion.referencesOnly(),
                            expansion.filter(),
                            expansion.orderBy(),
                            expansion.limit(),
                            expansion.skip(),
                            expansion.automatic(),
                            expansion.shape()));
        }
        return new Shape(null, moved);
    }
}
