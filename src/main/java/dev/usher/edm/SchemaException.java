package dev.usher.edm;

import java.util.List;

/** The schema resources contradict themselves. The program does not start on such a schema. */
public final class SchemaException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // always the immutable list that List.copyOf makes
    private final List<String> findings;

    /** All findings at once, each with its place. */
    public SchemaException(List<String> findings) {
        super("the schema has " + findings.size() + " faults:\n  " + String.join("\n  ", findings));
        this.findings = List.copyOf(findings);
    }

    /** Every fault found, in document order. */
    public List<String> findings() {
        return findings;
    }
}
