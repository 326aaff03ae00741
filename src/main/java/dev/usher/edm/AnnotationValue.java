package dev.usher.edm;

import java.util.List;
import java.util.Map;

/** The value of an annotation (CSDL 4.01 section 14): the forms that our schema uses. */
public sealed interface AnnotationValue {

    record Text(String value) implements AnnotationValue {}

    record Bool(boolean value) implements AnnotationValue {}

    record Num(long value) implements AnnotationValue {}

    /** {@code yyyy-MM-dd}. */
    record Date(String value) implements AnnotationValue {}

    /** A member of an enumeration: {@code Namespace.Type/Member}. */
    record Member(String value) implements AnnotationValue {}

    record Rec(Map<String, AnnotationValue> members) implements AnnotationValue {}

    record Items(List<AnnotationValue> values) implements AnnotationValue {}
}
