package dev.usher.graph;

import dev.usher.directory.Credentials;
import dev.usher.directory.PasswordHasher;
import dev.usher.directory.PasswordRule;
import dev.usher.directory.PasswordSignIn;
import dev.usher.ids.TenantId;
import dev.usher.odata.GraphError;
import dev.usher.odata.Refusal;
import dev.usher.odata.Violation;
import dev.usher.odata.Violation.Rule;
import dev.usher.store.Actor;
import dev.usher.store.Entity;
import dev.usher.store.Kind;
import dev.usher.store.WriteTx;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The {@code passwordProfile} of a person: written in clear, kept as a hash, never shown. */
final class PasswordProfiles {

    private static final String PROFILE = "passwordProfile";
    private static final String PASSWORD = "password";

    /** A hash that another system made, in place of a password. */
    private static final String IMPORTED = "importedPasswordHash";

    /** Where the hash stands between the room outside the transaction and the one inside. */
    private static final String HASH = "hash";

    private static final String WEAK = "weak";
    private static final String GIVEN = "given";
    private static final String POLICIES = "passwordPolicies";
    private static final String NO_STRENGTH = "DisableStrongPassword";
    private static final String FORCE_CHANGE = "forceChangePasswordNextSignIn";

    private final PasswordHasher hasher;
    private final PasswordSignIn signIn;
    private final Kind users;

    PasswordProfiles(PasswordSignIn signIn, Kind users) {
        this.hasher = signIn.hasher();
        this.signIn = signIn;
        this.users = users;
    }

    /**
     * Puts a hash in the place of a password.
     *
     * @throws Refusal 400 for one that can be nobody's, 429 when there is no turn for hashing
     */
    void prepare(ObjectNode draft) {
        if (!(draft.get(PROFILE) instanceof ObjectNode profile)) {
            return;
        }
        JsonNode password = profile.path(PASSWORD);
        JsonNode imported = profile.path(IMPORTED);
        profile.remove(List.of(PASSWORD, IMPORTED));
        if (imported.isString()) {
            if (password.isString() || !PasswordHasher.known(imported.stringValue())) {
                throw invalid(
                        IMPORTED,
                        "'"
                                + IMPORTED
                                + "' is no hash in a format that is known, or stands beside a"
                                + " password.");
            }
            profile.put(HASH, imported.stringValue());
        } else if (password.isString()) {
            String clear = password.stringValue();
            if (!PasswordRule.possible(clear)) {
                throw tooWeak();
            }
            profile.put(HASH, hash(clear));
            profile.put(WEAK, !PasswordRule.strong(clear));
        }
    }

    private String hash(String password) {
        try {
            return hasher.hash(password);
        } catch (PasswordHasher.Busy busy) {
            throw new Refusal(
                    GraphError.TOO_MANY_REQUESTS, "Too many passwords are being set; try again.");
        }
    }

    /** Whether the body held a password, in whichever form. */
    static boolean given(ObjectNode properties) {
        return properties.path(PROFILE).path(GIVEN).asBoolean(false);
    }

    /**
     * @param policies where the password policies stand that apply
     * @throws Refusal 400 if the password is weak and nothing allows it to be
     */
    static void requireStrength(ObjectNode properties, ObjectNode policies) {
        boolean weak = properties.path(PROFILE).path(WEAK).asBoolean(false);
        if (weak && !policies.path(POLICIES).asString("").contains(NO_STRENGTH)) {
            throw tooWeak();
        }
    }

    /** Leaves of the profile only what is kept with the person. */
    static void forget(ObjectNode properties) {
        if (properties.get(PROFILE) instanceof ObjectNode profile) {
            boolean given = profile.has(HASH);
            profile.remove(List.of(HASH, WEAK));
            if (given) {
                profile.put(GIVEN, true);
            }
            if (!profile.has(FORCE_CHANGE)) {
                profile.put(FORCE_CHANGE, false);
            }
        }
    }

    /** Leaves out that there was a password, once the rules have been checked. */
    static void forgetFlag(ObjectNode properties) {
        if (properties.get(PROFILE) instanceof ObjectNode profile) {
            profile.remove(GIVEN);
        }
    }

    /** The next sign-in asks the person for another password. */
    static void demandChange(ObjectNode properties) {
        properties.withObject(PROFILE).put(FORCE_CHANGE, true);
    }

    /** The hash of the password that a body held. */
    static Optional<String> hash(ObjectNode draft) {
        JsonNode hash = draft.path(PROFILE).path(HASH);
        return hash.isString() ? Optional.of(hash.stringValue()) : Optional.empty();
    }

    /** Gives a person, who is locked, another password; sessions from before end. */
    Entity change(WriteTx tx, Entity user, String hash) {
        Credentials.set(tx, user.id(), hash);
        ObjectNode properties = user.properties().deepCopy();
        properties.put(Users.PASSWORD_CHANGED, tx.now().toString());
        properties.put(Users.SESSIONS_FROM, tx.now().toString());
        return tx.replace(users, user.with(properties));
    }

    /**
     * The hash of a new password that a person chose.
     *
     * @throws Refusal 400 if it is not good enough
     */
    String chosen(String password) {
        if (!PasswordRule.strong(password)) {
            throw tooWeak();
        }
        return hash(password);
    }

    /** Whether it is the caller's password; a wrong one counts as at a sign-in. */
    PasswordSignIn.Checked check(TenantId tenant, Actor actor, String password) {
        try {
            return signIn.check(tenant, actor, Objects.requireNonNull(actor.userId()), password);
        } catch (PasswordHasher.Busy busy) {
            throw new Refusal(
                    GraphError.TOO_MANY_REQUESTS, "Too many passwords are being checked.");
        }
    }

    private static Refusal tooWeak() {
        return invalid(
                PASSWORD,
                "The specified password does not comply with password complexity requirements."
                        + " Please provide a different password.");
    }

    private static Refusal invalid(String name, String message) {
        String target = PROFILE + "/" + name;
        return new Refusal(
                GraphError.INVALID_VALUE,
                message,
                target,
                List.of(new Violation(target, Rule.NOT_ALLOWED, message)));
    }
}
