package dev.usher.edm;

/**
 * A navigation property (CSDL 4.01 section 8).
 *
 * @param contained whether the targets exist only inside their owner; otherwise they are linked
 */
public record NavigationProperty(
        String name,
        EntityType target,
        boolean collection,
        boolean contained,
        boolean nullable,
        Annotations annotations) {

    /**
     * The name under which links are stored. Two navigation properties with one link name are two
     * views of the same links (Graph's deprecated {@code identityProviders}).
     */
    public String linkName() {
        return annotations.text(Terms.LINK).orElse(name);
    }

    /** Whether the target is fixed on create. */
    public boolean immutable() {
        return annotations.flag(Terms.IMMUTABLE);
    }

    /** Whether members are there without being stored. */
    public boolean given() {
        return annotations.value(Terms.GIVEN).isPresent();
    }

    /** Whether members are given and none is ever stored. */
    public boolean fixed() {
        return annotations.text(Terms.GIVEN).filter("fixed"::equals).isPresent();
    }
}
