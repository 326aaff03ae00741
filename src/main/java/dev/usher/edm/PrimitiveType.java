package dev.usher.edm;

import java.util.Arrays;
import java.util.Optional;

/** The primitive types that Graph's schema uses (CSDL 4.01 section 3.3). */
public enum PrimitiveType implements EdmType {
    STRING("Edm.String"),
    BOOLEAN("Edm.Boolean"),
    INT32("Edm.Int32"),
    INT64("Edm.Int64"),
    SINGLE("Edm.Single"),
    DOUBLE("Edm.Double"),
    GUID("Edm.Guid"),
    DATE_TIME_OFFSET("Edm.DateTimeOffset"),
    BINARY("Edm.Binary"),
    STREAM("Edm.Stream");

    private final String qualifiedName;

    PrimitiveType(String qualifiedName) {
        this.qualifiedName = qualifiedName;
    }

    @Override
    public String qualifiedName() {
        return qualifiedName;
    }

    public boolean numeric() {
        return this == INT32 || this == INT64 || this == SINGLE || this == DOUBLE;
    }

    public static Optional<PrimitiveType> of(String qualifiedName) {
        return Arrays.stream(values())
                .filter(type -> type.qualifiedName.equals(qualifiedName))
                .findFirst();
    }
}
