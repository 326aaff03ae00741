package dev.usher.edm;

/** A structural property (CSDL 4.01 section 7). */
public record Property(String name, TypeRef type, boolean nullable, Annotations annotations) {

    /** Set by the service; a client may repeat the value but not choose it. */
    public boolean computed() {
        return annotations.flag(Terms.COMPUTED);
    }

    /** May be set on create only. */
    public boolean immutable() {
        return annotations.flag(Terms.IMMUTABLE);
    }

    /** Write-only: sealed in the store, shown as asterisks, refused in every query option. */
    public boolean secret() {
        return annotations.flag(Terms.SECRET);
    }
}
