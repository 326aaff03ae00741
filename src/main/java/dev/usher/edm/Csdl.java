package dev.usher.edm;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * CSDL documents as written: names unresolved, both service versions together. Filled by {@link
 * CsdlReader}, turned into a {@link Model} for each version by {@link ModelBuilder}.
 */
final class Csdl {

    /** A declaration's place, such as {@code graph.csdl.xml:12}. */
    record Origin(String document, int line) {
        @Override
        public String toString() {
            return document + ":" + line;
        }
    }

    record EnumDecl(
            Origin origin, String qualifiedName, boolean flags, List<EnumType.Member> members) {}

    record StructuredDecl(
            Origin origin,
            String qualifiedName,
            boolean entity,
            @Nullable String base,
            boolean isAbstract,
            boolean open,
            boolean hasStream,
            List<String> keys,
            List<PropertyDecl> properties) {}

    /** A structural or a navigation property; {@code contained} is for the latter alone. */
    record PropertyDecl(
            Origin origin,
            String name,
            boolean navigation,
            String type,
            boolean nullable,
            boolean contained) {}

    record OperationDecl(
            Origin origin,
            String qualifiedName,
            boolean action,
            boolean bound,
            List<PropertyDecl> parameters,
            @Nullable String result) {}

    record RootDecl(Origin origin, String target, String name, String type, boolean collection) {}

    /** The annotations of one target. */
    static final class AnnotationsDecl {
        private final Origin origin;
        private final Map<String, AnnotationValue> values = new LinkedHashMap<>();

        AnnotationsDecl(Origin origin) {
            this.origin = origin;
        }

        Origin origin() {
            return origin;
        }

        Map<String, AnnotationValue> values() {
            return values;
        }
    }

    private final List<EnumDecl> enums = new ArrayList<>();
    private final List<StructuredDecl> structured = new ArrayList<>();
    private final List<OperationDecl> operations = new ArrayList<>();
    private final List<RootDecl> roots = new ArrayList<>();
    private final Map<String, AnnotationsDecl> annotations = new LinkedHashMap<>();

    List<EnumDecl> enums() {
        return enums;
    }

    List<StructuredDecl> structured() {
        return structured;
    }

    List<OperationDecl> operations() {
        return operations;
    }

    List<RootDecl> roots() {
        return roots;
    }

    /** By target path, as written with the namespace in full. */
    Map<String, AnnotationsDecl> annotations() {
        return annotations;
    }
}
