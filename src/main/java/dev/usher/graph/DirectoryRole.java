package dev.usher.graph;

import java.util.Arrays;
import java.util.Optional;

/** The directory roles that matter to the schema's operations, by their template ids. */
enum DirectoryRole {
    GLOBAL_ADMINISTRATOR("Global Administrator", "62e90394-69f5-4237-9190-012177145e10"),
    USER_FLOW_ADMINISTRATOR(
            "External ID User Flow Administrator", "6e591065-9bad-43ed-90f3-e9424366d2f0"),
    USER_FLOW_ATTRIBUTE_ADMINISTRATOR(
            "External ID User Flow Attribute Administrator",
            "0f971eea-41eb-4569-a71e-57bb8a3eff1e"),
    IDENTITY_PROVIDER_ADMINISTRATOR(
            "External Identity Provider Administrator", "be2f45a1-457d-42af-a067-6ec1fa63bc45"),
    AUTHENTICATION_EXTENSIBILITY_ADMINISTRATOR(
            "Authentication Extensibility Administrator", "25a516ed-2fa0-40ea-a2d0-12923a21473a");

    private final String displayName;
    private final String templateId;

    DirectoryRole(String displayName, String templateId) {
        this.displayName = displayName;
        this.templateId = templateId;
    }

    String templateId() {
        return templateId;
    }

    static Optional<DirectoryRole> named(String displayName) {
        return Arrays.stream(values())
                .filter(role -> role.displayName.equalsIgnoreCase(displayName))
                .findFirst();
    }
}
