package dev.usher.graph;

import tools.jackson.databind.node.ObjectNode;

/** {@code authenticationConditions}: the applications at whose sign-ins something happens. */
final class EventConditions {

    static final String CONDITIONS = "conditions";
    static final String PRIORITY = "priority";

    /** The place of what names none; a lower one comes first. */
    static final int PRIORITY_DEFAULT = 500;

    private static final String APPLICATIONS = "applications";
    private static final String ALL = "includeAllApplications";

    private EventConditions() {}

    /** Without conditions something happens nowhere. */
    static void complete(ObjectNode properties) {
        ObjectNode conditions =
                properties.get(CONDITIONS) instanceof ObjectNode given
                        ? given
                        : properties.putObject(CONDITIONS);
        ObjectNode applications =
                conditions.get(APPLICATIONS) instanceof ObjectNode given
                        ? given
                        : conditions.putObject(APPLICATIONS);
        if (!applications.hasNonNull(ALL)) {
            applications.put(ALL, false);
        }
        if (!properties.hasNonNull(PRIORITY)) {
            properties.put(PRIORITY, PRIORITY_DEFAULT);
        }
    }
}
