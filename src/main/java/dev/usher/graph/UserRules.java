package dev.usher.graph;

import dev.usher.odata.Strategy.Candidate;
import dev.usher.odata.Violation.Rule;
import dev.usher.odata.Violations;
import dev.usher.store.Entity;
import dev.usher.store.ReadTx;
import dev.usher.tenant.Tenants;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the properties of a person must be like. */
final class UserRules {

    private static final Pattern ALIAS = Pattern.compile("[A-Za-z0-9'._!#^~-]{1,64}");
    private static final Pattern NICKNAME = Pattern.compile("[^@()\\\\\\[\\]\";:<>, ]+");
    private static final Pattern COUNTRY = Pattern.compile("[A-Za-z]{2}");
    private static final Pattern MAIL =
            Pattern.compile("[!-~&&[^@<>(),;:\\\\\"\\[\\]]]{1,64}@[A-Za-z0-9.-]{1,255}");

    /** The only values of some properties, in lower case. */
    private static final Map<String, List<String>> CHOICES =
            Map.of(
                    "ageGroup", List.of("minor", "notadult", "adult", "undefined"),
                    "consentProvidedForMinor", List.of("granted", "denied", "notrequired"),
                    "userType", List.of("member", "guest"));

    private static final String DISPLAY_NAME = "displayName";
    private static final String POLICIES = "passwordPolicies";

    private final DirectoryKinds kinds;

    UserRules(DirectoryKinds kinds) {
        this.kinds = kinds;
    }

    static boolean mailAddress(String text) {
        return MAIL.matcher(text).matches();
    }

    void check(ReadTx tx, Candidate candidate, Violations violations) {
        ObjectNode properties = candidate.properties();
        required(candidate, violations);
        principalName(tx, candidate, violations);
        matches(properties, "mailNickname", NICKNAME, violations);
        matches(properties, "usageLocation", COUNTRY, violations);
        matches(properties, "mail", MAIL, violations);
        CHOICES.forEach((name, values) -> {
            String value = properties.path(name).asString("");
            if (!value.isEmpty() && !values.contains(value.toLowerCase(Locale.ROOT))) {
                invalid(name, violations);
            }
        });
        for (JsonNode mail : properties.path("otherMails")) {
            if (!mailAddress(mail.asString(""))) {
                invalid("otherMails", violations);
                break;
            }
        }
        if (properties.path("businessPhones").size() > 1) {
            invalid("businessPhones", violations);
        }
        for (String policy : properties.path(POLICIES).asString("").split(",", -1)) {
            boolean known =
                    policy.isBlank()
                            || List.of("DisablePasswordExpiration", "DisableStrongPassword", "None")
                                    .contains(policy.strip());
            if (!known) {
                invalid(POLICIES, violations);
            }
        }
    }

    private static void required(Candidate candidate, Violations violations) {
        ObjectNode properties = candidate.properties();
        missing(properties, DISPLAY_NAME, violations);
        missing(properties, Users.UPN, violations);
        if (!candidate.isNew()) {
            return;
        }
        boolean work = UserIdentities.given(properties).isEmpty();
        if (work) {
            missing(properties, "accountEnabled", violations);
            missing(properties, "mailNickname", violations);
        }
        boolean needsPassword = work || UserIdentities.local(properties);
        if (needsPassword && !PasswordProfiles.given(properties)) {
            violations.add(
                    "passwordProfile/password",
                    Rule.REQUIRED,
                    "A value is required for property 'password' of resource 'User'.");
        }
    }

    private static void missing(ObjectNode properties, String name, Violations violations) {
        JsonNode value = properties.path(name);
        boolean nothing =
                value.isMissingNode()
                        || value.isNull()
                        || (value.isString() && value.stringValue().isBlank());
        if (nothing && !violations.concerns(name)) {
            violations.add(
                    name,
                    Rule.REQUIRED,
                    "A value is required for property '" + name + "' of resource 'User'.");
        }
    }

    private void principalName(ReadTx tx, Candidate candidate, Violations violations) {
        String name = candidate.properties().path(Users.UPN).asString("");
        if (name.isEmpty() || !Users.changed(candidate, Users.UPN)) {
            return;
        }
        int at = name.lastIndexOf('@');
        if (at < 0 || !ALIAS.matcher(name.substring(0, at)).matches()) {
            invalid(Users.UPN, violations);
            return;
        }
        String domain = name.substring(at + 1).toLowerCase(Locale.ROOT);
        if (!Tenants.current(tx).domains().contains(domain)) {
            violations.add(
                    Users.UPN,
                    Rule.NOT_ALLOWED,
                    "The domain portion of the userPrincipalName property is invalid. You must use"
                            + " one of the verified domain names in your organization.");
            return;
        }
        List<Entity> same =
                DirectoryKinds.query(
                        tx,
                        kinds.user(),
                        "",
                        DirectoryKinds.alike(DirectoryKinds.property(Users.UPN), name));
        if (same.stream().anyMatch(other -> !other.id().equals(candidate.id()))) {
            Users.taken(Users.UPN, violations);
        }
    }

    private static void matches(
            ObjectNode properties, String name, Pattern pattern, Violations violations) {
        JsonNode value = properties.path(name);
        if (value.isString() && !pattern.matcher(value.stringValue()).matches()) {
            invalid(name, violations);
        }
    }

    private static void invalid(String name, Violations violations) {
        violations.add(
                name,
                Rule.NOT_ALLOWED,
                "Invalid value specified for property '" + name + "' of resource 'User'.");
    }
}
