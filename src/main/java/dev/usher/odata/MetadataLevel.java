package dev.usher.odata;

/** How much control information an answer carries (OData JSON Format 4.01, 3.1). */
public enum MetadataLevel {
    NONE,
    MINIMAL,
    FULL;

    /** As in the media type parameter. */
    public String text() {
        return switch (this) {
            case NONE -> "none";
            case MINIMAL -> "minimal";
            case FULL -> "full";
        };
    }
}
