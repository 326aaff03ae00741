package dev.usher.token;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the tokens of a user flow say of a person. The names that flows choose by are Graph's, those
 * in the token OpenID Connect's where it has one (OIDC Core 5.1). What is not known of a person is
 * left out.
 */
public final class PersonClaims {

    /** {@code ver} of the tokens that say this. */
    public static final String VERSION = "1.0";

    private static final String EMAILS = "emails";
    private static final String OBJECT_ID = "objectId";
    private static final String PROVIDER = "identityProvider";
    private static final String NEW_USER = "newUser";

    /** The names of the person's properties, and of the claims that repeat them. */
    private static final Map<String, String> PLAIN =
            Map.ofEntries(
                    Map.entry("city", "city"),
                    Map.entry("country", "country"),
                    Map.entry("displayName", "name"),
                    Map.entry("givenName", "given_name"),
                    Map.entry("jobTitle", "jobTitle"),
                    Map.entry("legalAgeGroupClassification", "legalAgeGroupClassification"),
                    Map.entry("postalCode", "postalCode"),
                    Map.entry("state", "state"),
                    Map.entry("streetAddress", "streetAddress"),
                    Map.entry("surname", "family_name"));

    /** The attributes that ask for an address of the person's. */
    private static final Set<String> ADDRESSES = Set.of(EMAILS, "email", "emailReadonly");

    /** A custom attribute: the token leaves the owner's id out. */
    private static final Pattern CUSTOM = Pattern.compile("(?i)extension_[0-9a-f]{32}_(.+)");

    private PersonClaims() {}

    /**
     * The claims, by name.
     *
     * @param wanted what the flow says of people
     * @param userId the person's object id
     * @param user the person's properties, as stored
     * @param newUser whether the account was made in this sign-in
     * @param identityProvider null for a local account
     */
    public static Map<String, Object> of(
            Collection<String> wanted,
            String userId,
            ObjectNode user,
            boolean newUser,
            @Nullable String identityProvider) {
        Map<String, Object> claims = new LinkedHashMap<>();
        for (String name : wanted) {
            Matcher custom = CUSTOM.matcher(name);
            if (PLAIN.containsKey(name)) {
                put(claims, String.valueOf(PLAIN.get(name)), user.path(name));
            } else if (ADDRESSES.contains(name)) {
                List<String> emails = emails(user);
                if (!emails.isEmpty()) {
                    claims.put(EMAILS, emails);
                }
            } else if (custom.matches()) {
                put(claims, "extension_" + custom.group(1), property(user, name));
            } else if (name.equals(OBJECT_ID)) {
                claims.put("oid", userId);
            } else if (name.equals(PROVIDER) && identityProvider != null) {
                claims.put("idp", identityProvider);
            } else if (name.equals(NEW_USER) && newUser) {
                claims.put(NEW_USER, true);
            }
        }
        return claims;
    }

    /** The names of extension properties are compared ignoring case. */
    private static JsonNode property(ObjectNode user, String name) {
        return user.propertyNames().stream()
                .filter(known -> known.equalsIgnoreCase(name))
                .findFirst()
                .map(user::path)
                .orElseGet(() -> user.path(name));
    }

    private static void put(Map<String, Object> claims, String claim, JsonNode value) {
        if (value.isArray() && !value.isEmpty()) {
            claims.put(
                    claim,
                    StreamSupport.stream(value.spliterator(), false)
                            .map(JsonNode::asString)
                            .toList());
        } else if (value.isBoolean()) {
            claims.put(claim, value.booleanValue());
        } else if (value.isIntegralNumber()) {
            claims.put(claim, value.longValue());
        } else if (value.isString() && !value.asString().isEmpty()) {
            claims.put(claim, value.asString());
        }
    }

    /** The address that the person signs in with first, then the others. */
    private static List<String> emails(ObjectNode user) {
        List<String> all = new ArrayList<>();
        for (JsonNode identity : user.path("identities")) {
            if (identity.path("signInType").asString("").equals("emailAddress")) {
                all.add(identity.path("issuerAssignedId").asString(""));
            }
        }
        all.add(user.path("mail").asString(""));
        user.path("otherMails").forEach(mail -> all.add(mail.asString("")));
        Set<String> seen = new LinkedHashSet<>();
        return all.stream()
                .filter(mail -> !mail.isEmpty() && seen.add(mail.toLowerCase(Locale.ROOT)))
                .toList();
    }
}
