package dev.usher.flow;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is stored of one user flow.
 *
 * @param type the qualified name of the flow's type
 * @param flowType such as {@code signUpOrSignIn}
 * @param assignments its attribute assignments
 * @param providers the identity providers that it links to
 * @param steps the API connectors of its steps, by the step's name
 */
public record FlowFacts(
        String type,
        String flowType,
        List<Part> assignments,
        List<Part> providers,
        Map<String, Part> steps) {

    /** One stored object: its key, its type's qualified name and its properties. */
    public record Part(String id, String type, ObjectNode properties) {}
}
