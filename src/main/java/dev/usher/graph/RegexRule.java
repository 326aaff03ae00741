package dev.usher.graph;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Optional;

/**
 * Which regular expressions can be asked of people's answers: those of RE2, which match in time
 * linear to the answer, so that none can stall a sign-up.
 */
final class RegexRule {

    private RegexRule() {}

    /** What is wrong with the expression; empty if nothing is. */
    static Optional<String> fault(String expression) {
        try {
            Pattern.compile(expression);
            return Optional.empty();
        } catch (PatternSyntaxException malformed) {
            return Optional.of(String.valueOf(malformed.getDescription()));
        }
    }
}
