package dev.usher.edm;

/** The type of a property or parameter: a type, or a collection of it. */
public record TypeRef(EdmType type, boolean collection) {

    /** As in CSDL: {@code Collection(Edm.String)}. */
    public String text() {
        return collection ? "Collection(" + type.qualifiedName() + ")" : type.qualifiedName();
    }
}
