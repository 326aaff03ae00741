package dev.usher.directory;

import java.util.Arrays;
import java.util.Optional;

/** The built-in directory roles, by the public ids of their templates. */
public enum DirectoryRole {
    GLOBAL_ADMINISTRATOR(
            "Global Administrator",
            "62e90394-69f5-4237-9190-012177145e10",
            "Manages everything in the tenant."),
    GLOBAL_READER(
            "Global Reader",
            "f2ef992c-3afb-46b9-b7cf-a126ee74c451",
            "Reads everything in the tenant."),
    USER_ADMINISTRATOR(
            "User Administrator",
            "fe930be7-5e62-47db-91af-98c3a49a38b1",
            "Manages people and their passwords."),
    PASSWORD_ADMINISTRATOR(
            "Password Administrator",
            "966707d0-3269-4727-9be2-8c3a10f19b9d",
            "Sets new passwords for people without a role."),
    HELPDESK_ADMINISTRATOR(
            "Helpdesk Administrator",
            "729827e3-9c14-49f7-bb1b-9608f156bbb8",
            "Sets new passwords for people without a role."),
    PRIVILEGED_ROLE_ADMINISTRATOR(
            "Privileged Role Administrator",
            "e8611ab8-c189-46e8-94e1-60213ab1f814",
            "Manages roles and what applications are granted."),
    AUTHENTICATION_ADMINISTRATOR(
            "Authentication Administrator",
            "c4e39bd9-1100-46d3-8c65-fb160da0071f",
            "Manages what people without a role authenticate with."),
    PRIVILEGED_AUTHENTICATION_ADMINISTRATOR(
            "Privileged Authentication Administrator",
            "7be44c8a-adaf-4e2a-84d6-ab2649e08a13",
            "Sets the credentials of anybody."),
    APPLICATION_ADMINISTRATOR(
            "Application Administrator",
            "9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3",
            "Manages applications and service principals."),
    CLOUD_APPLICATION_ADMINISTRATOR(
            "Cloud Application Administrator",
            "158c047a-c907-4556-b7ef-446551a6b5f7",
            "Manages applications and service principals."),
    DIRECTORY_READERS(
            "Directory Readers",
            "88d8e3e3-8f55-4a1e-953a-9b9898b8876b",
            "Reads the basic facts of the directory."),
    DIRECTORY_WRITERS(
            "Directory Writers",
            "9360feb5-f418-4baa-8175-e2a00bac4301",
            "Reads and writes the basic facts of the directory."),
    REPORTS_READER(
            "Reports Reader", "4a5d8f65-41da-4de4-8968-e035b65339cf", "Reads sign-ins and audits."),
    SECURITY_READER(
            "Security Reader",
            "5d6b6bb7-de71-4623-b4af-96380a352509",
            "Reads sign-ins, audits and security settings."),
    SECURITY_OPERATOR(
            "Security Operator",
            "5f2222b1-57c3-48ba-8ad5-d4759f1fde6f",
            "Handles security events."),
    SECURITY_ADMINISTRATOR(
            "Security Administrator",
            "194ae4cb-b126-40b2-bd5b-6091b380977d",
            "Manages security settings."),
    EXTERNAL_ID_USER_FLOW_ADMINISTRATOR(
            "External ID User Flow Administrator",
            "6e591065-9bad-43ed-90f3-e9424366d2f0",
            "Manages user flows and API connectors."),
    EXTERNAL_ID_USER_FLOW_ATTRIBUTE_ADMINISTRATOR(
            "External ID User Flow Attribute Administrator",
            "0f971eea-41eb-4569-a71e-57bb8a3eff1e",
            "Manages the attributes that user flows ask for."),
    EXTERNAL_IDENTITY_PROVIDER_ADMINISTRATOR(
            "External Identity Provider Administrator",
            "be2f45a1-457d-42af-a067-6ec1fa63bc45",
            "Manages identity providers."),
    AUTHENTICATION_EXTENSIBILITY_ADMINISTRATOR(
            "Authentication Extensibility Administrator",
            "25a516ed-2fa0-40ea-a2d0-12923a21473a",
            "Manages custom authentication extensions and listeners."),
    GUEST_INVITER("Guest Inviter", "95e79109-95c0-4d8e-aee3-d01accf2d47b", "Invites guests."),
    B2C_IEF_KEYSET_ADMINISTRATOR(
            "B2C IEF Keyset Administrator",
            "aaf43236-0c0d-4d5f-883a-6955382ac081",
            "Manages the keys of custom policies."),
    B2C_IEF_POLICY_ADMINISTRATOR(
            "B2C IEF Policy Administrator",
            "3edaf663-341e-4475-9f94-5c398ef6c070",
            "Manages custom policies.");

    private final String displayName;
    private final String templateId;
    private final String description;

    DirectoryRole(String displayName, String templateId, String description) {
        this.displayName = displayName;
        this.templateId = templateId;
        this.description = description;
    }

    public String displayName() {
        return displayName;
    }

    /** A GUID in lower case, the same in every tenant. */
    public String templateId() {
        return templateId;
    }

    public String description() {
        return description;
    }

    /** The role of that name, ignoring case. */
    public static Optional<DirectoryRole> named(String displayName) {
        return Arrays.stream(values())
                .filter(role -> role.displayName.equalsIgnoreCase(displayName))
                .findFirst();
    }

    /** The role of that template, ignoring case. */
    public static Optional<DirectoryRole> ofTemplate(String templateId) {
        return Arrays.stream(values())
                .filter(role -> role.templateId.equalsIgnoreCase(templateId))
                .findFirst();
    }
}
