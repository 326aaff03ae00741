package dev.usher.flow;

/**
 * A reason why a flow cannot do all that it says.
 *
 * @param code a word that programs compare
 * @param target what of the flow is meant, such as {@code userAttributeAssignments/city}
 */
public record FlowFinding(String code, String target, String message) {}
