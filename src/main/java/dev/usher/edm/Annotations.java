package dev.usher.edm;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The annotations of one model element: qualified term to value, in document order. */
public record Annotations(Map<String, AnnotationValue> values) {

    public static final Annotations NONE = new Annotations(Map.of());

    public Optional<AnnotationValue> value(String term) {
        return Optional.ofNullable(values.get(term));
    }

    /** A Boolean term; absent means false. */
    public boolean flag(String term) {
        return value(term)
                .map(v -> v instanceof AnnotationValue.Bool(boolean b) && b)
                .orElse(false);
    }

    public Optional<String> text(String term) {
        return value(term).map(v -> v instanceof AnnotationValue.Text(String text) ? text : null);
    }

    public OptionalLong number(String term) {
        return value(term).orElse(null) instanceof AnnotationValue.Num(long n)
                ? OptionalLong.of(n)
                : OptionalLong.empty();
    }

    /** A Boolean member of a record term, such as {@code InsertRestrictions/Insertable}. */
    public boolean flag(String term, String member, boolean otherwise) {
        if (values.get(term) instanceof AnnotationValue.Rec(var members)
                && members.get(member) instanceof AnnotationValue.Bool(boolean set)) {
            return set;
        }
        return otherwise;
    }

    /** Whether a member of a record term is that member of an enumeration. */
    public boolean states(String term, String member, String enumMember) {
        return values.get(term) instanceof AnnotationValue.Rec(var members)
                && members.get(member) instanceof AnnotationValue.Member(String stated)
                && stated.equals(enumMember);
    }

    /** A string member of a record term. */
    public Optional<String> text(String term, String member) {
        return values.get(term) instanceof AnnotationValue.Rec(var members)
                        && members.get(member) instanceof AnnotationValue.Text(String text)
                ? Optional.of(text)
                : Optional.empty();
    }
}
