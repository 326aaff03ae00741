package dev.usher.graph;

import dev.usher.directory.Credentials;
import dev.usher.ids.Ids;
import dev.usher.odata.Draft;
import dev.usher.odata.Strategy;
import dev.usher.odata.Violation.Rule;
import dev.usher.odata.Violations;
import dev.usher.store.Entity;
import dev.usher.store.ReadTx;
import dev.usher.store.WriteTx;
import dev.usher.tenant.Tenants;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code user}: a person, with a work account, local accounts, or identities of other issuers. */
final class Users implements Strategy {

    static final String TYPE = "microsoft.graph.user";
    static final String UPN = "userPrincipalName";
    static final String SESSIONS_FROM = "signInSessionsValidFromDateTime";
    static final String PASSWORD_CHANGED = "lastPasswordChangeDateTime";

    private static final String IDENTITIES = UserIdentities.PROPERTY;
    private static final String NICKNAME = "mailNickname";
    private static final String MAIL = "mail";
    private static final String ENABLED = "accountEnabled";

    private final UserRules rules;
    private final UserIdentities identities;
    private final ProtectedPeople protectedPeople;
    private final PasswordProfiles passwords;
    private final ExtensionValues extensions;
    private final DeletedObjects deleted;

    Users(
            DirectoryKinds kinds,
            PasswordProfiles passwords,
            ExtensionValues extensions,
            DeletedObjects deleted) {
        this.rules = new UserRules(kinds);
        this.identities = new UserIdentities(kinds);
        this.protectedPeople = new ProtectedPeople(kinds);
        this.passwords = passwords;
        this.extensions = extensions;
        this.deleted = deleted;
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public void prepare(Draft draft) {
        passwords.prepare(draft.properties());
    }

    /** A local account is not asked for a principal name; it gets one of its id. */
    @Override
    public String key(WriteTx tx, Draft draft, Ids ids) {
        String id = ids.guid().toString();
        ObjectNode properties = draft.properties();
        PasswordProfiles.requireStrength(properties, properties);
        String initial = Tenants.current(tx).domains().getFirst();
        if (!UserIdentities.given(properties).isEmpty()) {
            putIfAbsent(properties, UPN, id + "@" + initial);
            putIfAbsent(properties, NICKNAME, id);
        }
        UserIdentities.namePrincipal(properties, initial);
        return id;
    }

    private static void putIfAbsent(ObjectNode properties, String name, String value) {
        if (properties.path(name).asString("").isEmpty()) {
            properties.put(name, value);
        }
    }

    @Override
    public void complete(ObjectNode properties) {
        PasswordProfiles.forget(properties);
        if (!properties.has(ENABLED) && !UserIdentities.given(properties).isEmpty()) {
            properties.put(ENABLED, true);
        }
        if (!properties.has("userType")) {
            properties.put("userType", "Member");
        }
        for (String list : List.of("businessPhones", "otherMails")) {
            if (!properties.has(list)) {
                properties.putArray(list);
            }
        }
        address(properties);
    }

    @Override
    public void merge(ObjectNode before, ObjectNode after) {
        PasswordProfiles.requireStrength(after, after);
        PasswordProfiles.forget(after);
        PasswordProfiles.forgetFlag(after);
        after.propertyNames().stream()
                .filter(name -> name.startsWith(ExtensionValues.PREFIX) && after.get(name).isNull())
                .toList()
                .forEach(after::remove);
        UserIdentities.keepPrincipal(before, after);
        address(after);
    }

    /** The address of a person is the primary one of the proxy addresses. */
    private static void address(ObjectNode properties) {
        ArrayNode addresses = properties.putArray("proxyAddresses");
        String mail = properties.path(MAIL).asString("");
        if (!mail.isEmpty()) {
            addresses.add("SMTP:" + mail);
        }
    }

    @Override
    public void validate(ReadTx tx, Candidate candidate, Violations violations) {
        rules.check(tx, candidate, violations);
        identities.check(tx, candidate, violations);
        extensions.check(tx, candidate, violations);
    }

    @Override
    public void creating(WriteTx tx, Candidate candidate) {
        ObjectNode properties = candidate.properties();
        PasswordProfiles.forgetFlag(properties);
        String now = tx.now().toString();
        properties.put("createdDateTime", now);
        properties.put(SESSIONS_FROM, now);
        if (UserIdentities.local(properties)) {
            properties.put("creationType", "LocalAccount");
        }
        properties.put(PASSWORD_CHANGED, now);
    }

    @Override
    public void created(WriteTx tx, Entity entity, Draft draft) {
        PasswordProfiles.hash(draft.properties())
                .ifPresent(hash -> Credentials.set(tx, entity.id(), hash));
    }

    @Override
    public void changing(WriteTx tx, Candidate candidate) {
        protectedPeople.changing(tx, candidate);
    }

    @Override
    public Entity updated(WriteTx tx, Entity before, Entity after, Draft draft) {
        return PasswordProfiles.hash(draft.properties())
                .map(hash -> passwords.change(tx, after, hash))
                .orElse(after);
    }

    @Override
    public void deleted(WriteTx tx, Entity entity) {
        if (DeletedObjects.gone(entity)) {
            DeletedObjects.requireManager(tx, entity);
            Credentials.remove(tx, entity.id());
            return;
        }
        protectedPeople.require(tx, entity.id());
        deleted.revoke(tx, entity.id());
        deleted.keep(tx, entity);
    }

    @Override
    public ObjectNode shown(ObjectNode stored, Instant now) {
        JsonNode age = stored.path("ageGroup");
        if (!age.isString()) {
            return stored;
        }
        ObjectNode shown = stored.deepCopy();
        return shown.put(
                "legalAgeGroupClassification",
                classification(
                        age.stringValue(), stored.path("consentProvidedForMinor").asString("")));
    }

    private static String classification(String age, String consent) {
        if (!age.equalsIgnoreCase("minor")) {
            return age.equalsIgnoreCase("adult") ? "adult" : "notAdult";
        }
        return switch (consent.toLowerCase(java.util.Locale.ROOT)) {
            case "granted" -> "minorWithParentalConsent";
            case "notrequired" -> "minorNoParentalConsentRequired";
            default -> "minorWithoutParentalConsent";
        };
    }

    /** That another object has that value already. */
    static void taken(String property, Violations violations) {
        violations.add(
                property,
                Rule.CONFLICT,
                "Another object with the same value for property " + property + " already exists.");
    }

    static boolean changed(Candidate candidate, String property) {
        return candidate.isNew()
                || candidate.changed().has(property)
                || (property.equals(IDENTITIES) && candidate.changed().has(UPN));
    }
}
