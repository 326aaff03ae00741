package dev.usher.edm;

/** A complex type (CSDL 4.01 section 9). */
public final class ComplexType extends StructuredType {

    ComplexType(String qualifiedName, boolean isAbstract, boolean open, Annotations annotations) {
        super(qualifiedName, isAbstract, open, annotations);
    }
}
