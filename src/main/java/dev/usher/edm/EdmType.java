package dev.usher.edm;

/** A type of the Entity Data Model (CSDL 4.01 section 4). */
public sealed interface EdmType permits PrimitiveType, EnumType, StructuredType {

    /** The qualified name, such as {@code microsoft.graph.userFlowType} or {@code Edm.String}. */
    String qualifiedName();
}
