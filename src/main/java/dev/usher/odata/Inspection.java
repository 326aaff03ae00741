package dev.usher.odata;

import dev.usher.odata.Violation.Rule;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What is to be said of an entity that breaks no rule, and yet may not be what was meant.
 *
 * @param header the response header that lists the findings
 */
public record Inspection(String header, List<Finding> findings) {

    /** Findings in the header; more are there, but not listed. */
    private static final int LISTED_MAX = 20;

    /**
     * One of them.
     *
     * @param code a token of letters
     * @param target what of the entity is meant
     */
    public record Finding(String code, String target, String message) {}

    /** A list of tokens with parameters (RFC 8941 3.1): {@code Code;target="a/b"}. */
    String value() {
        return findings.stream()
                .limit(LISTED_MAX)
                .map(finding -> finding.code() + ";target=\"" + plain(finding.target()) + "\"")
                .collect(Collectors.joining(", "));
    }

    /** A string of that form holds printable ASCII alone. */
    private static String plain(String text) {
        return text.replaceAll("[^ -~]|[\"\\\\]", "?");
    }

    /**
     * For who asked to be refused rather than told.
     *
     * @throws Refusal 400 with every finding
     */
    void refuse() {
        Violations violations = new Violations();
        for (Finding finding : findings) {
            violations.add(
                    finding.target(), Rule.NOT_ALLOWED, finding.code() + ": " + finding.message());
        }
        violations.refuse();
    }
}
