package dev.usher.graph;

import dev.usher.edm.Model;
import dev.usher.odata.Strategy;
import dev.usher.odata.Violations;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** What events flows and listeners have in common: conditions, attributes, calls of extensions. */
abstract class EventStrategy implements Strategy {

    final AttributeCollection collection;
    private final List<String> calling;

    /**
     * @param collecting the property whose handler collects attributes
     * @param calling the properties whose handlers may say how an extension is called
     */
    EventStrategy(Model model, String collecting, List<String> calling) {
        this.collection = new AttributeCollection(model, collecting);
        this.calling = calling;
    }

    @Override
    public void complete(ObjectNode properties) {
        EventConditions.complete(properties);
    }

    @Override
    public void merge(ObjectNode before, ObjectNode after) {
        collection.merge(before, after);
    }

    @Override
    public void validate(Candidate candidate, Violations violations) {
        for (String handler : calling) {
            ClientConfiguration.check(
                    candidate
                            .properties()
                            .path(handler)
                            .path("configuration")
                            .path("clientConfiguration"),
                    handler + "/configuration/clientConfiguration",
                    violations);
        }
    }
}
