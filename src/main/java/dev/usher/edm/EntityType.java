package dev.usher.edm;

/** An entity type (CSDL 4.01 section 6). Its key is one string property. */
public final class EntityType extends StructuredType {

    private final boolean hasStream;
    private final String ownKey;

    EntityType(
            String qualifiedName,
            boolean isAbstract,
            boolean open,
            boolean hasStream,
            String ownKey,
            Annotations annotations) {
        super(qualifiedName, isAbstract, open, annotations);
        this.hasStream = hasStream;
        this.ownKey = ownKey;
    }

    /** Whether the entity has content of its own at {@code /$value}. */
    public boolean hasStream() {
        return hasStream;
    }

    /** The name of the key property: {@code id}, but for the few that declare another. */
    public String key() {
        if (!ownKey.isEmpty()) {
            return ownKey;
        }
        return base().map(type -> ((EntityType) type).key()).orElse("id");
    }
}
