package dev.usher.flow;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The settings of a user flow that Graph lacks ({@code usher.settings}), typed. Immutable.
 *
 * @param applicationClaims what tokens say of a person: names of built-in claims such as {@code
 *     givenName}, and ids of custom attributes
 * @param applications the client ids, lower case, of the applications that meet this flow at the
 *     tenant's own authorization endpoint
 * @param flowClaim the name of the claim that says which flow it was: {@code tfp} or {@code acr}
 * @param embeddedPasswordReset whether a forgotten password is reset within the flow
 * @param idTokenHintRequired whether signing out takes an {@code id_token_hint}
 * @param issuerForm what {@code iss} looks like
 * @param customPassword the bounds of a password; null unless the rule is {@code CUSTOM}
 * @param keepMeSignedIn how long who asks for it is kept signed in; zero if that is not offered
 * @param refreshTokenLifetime how long an unused refresh token is good
 * @param refreshTokenWindow how long refreshing can go on in all; null for as long as one likes
 * @param tokenLifetime of access and id tokens
 */
public record FlowSettings(
        Set<String> applicationClaims,
        Set<String> applications,
        String flowClaim,
        boolean embeddedPasswordReset,
        boolean idTokenHintRequired,
        IssuerForm issuerForm,
        PasswordRule passwordRule,
        @Nullable CustomPassword customPassword,
        Duration keepMeSignedIn,
        Duration refreshTokenLifetime,
        @Nullable Duration refreshTokenWindow,
        SessionExpiry sessionExpiry,
        SessionScope sessionScope,
        Duration sessionLifetime,
        Duration tokenLifetime) {

    /** What the issuer of a flow looks like. */
    public enum IssuerForm {
        /** {@code {origin}/{tenant}/{flow}/v2.0}. */
        USER_FLOW,
        /** {@code {origin}/{tenant}/v2.0/}, one for all flows. */
        TENANT,
        /** {@code {origin}/tfp/{tenant}/{flow, lower case}/v2.0/}. */
        TRUST_FRAMEWORK_POLICY
    }

    /** What passwords must look like. */
    public enum PasswordRule {
        SIMPLE,
        STRONG,
        CUSTOM
    }

    /** From when the lifetime of a session counts. */
    public enum SessionExpiry {
        /** From when it was last used. */
        ROLLING,
        /** From when the person signed in. */
        ABSOLUTE
    }

    /** For what else a sign-in counts. */
    public enum SessionScope {
        TENANT,
        APPLICATION,
        USER_FLOW,
        /** For nothing: every request runs the journey. */
        SUPPRESSED
    }

    /**
     * The bounds of a password.
     *
     * @param characterClasses how many of lower case, upper case, digits and symbols it needs
     */
    public record CustomPassword(
            int minimumLength, int maximumLength, int characterClasses, boolean digitsOnly) {}

    public FlowSettings {
        applicationClaims = Set.copyOf(applicationClaims);
        applications = Set.copyOf(applications);
    }

    /** Reads settings in which every default is filled in. */
    static FlowSettings read(ObjectNode settings) {
        JsonNode custom = settings.path("customPasswordRule");
        Duration window = days(settings, "refreshTokenWindowDays");
        return new FlowSettings(
                texts(settings, "applicationClaims"),
                texts(settings, "applications").stream()
                        .map(id -> id.toLowerCase(Locale.ROOT))
                        .collect(Collectors.toUnmodifiableSet()),
                settings.path("flowIdClaim").asString(),
                settings.path("isEmbeddedPasswordResetEnabled").asBoolean(),
                settings.path("isIdTokenHintRequiredOnSignOut").asBoolean(),
                choice(IssuerForm.class, settings, "issuerForm"),
                choice(PasswordRule.class, settings, "passwordRule"),
                custom.isObject() ? custom(custom) : null,
                days(settings, "keepMeSignedInDays"),
                days(settings, "refreshTokenLifetimeDays"),
                window.isZero() ? null : window,
                choice(SessionExpiry.class, settings, "sessionExpiry"),
                choice(SessionScope.class, settings, "sessionScope"),
                Duration.ofMinutes(settings.path("sessionLifetimeMinutes").asLong()),
                Duration.ofMinutes(settings.path("tokenLifetimeMinutes").asLong()));
    }

    private static CustomPassword custom(JsonNode rule) {
        return new CustomPassword(
                rule.path("minimumLength").asInt(),
                rule.path("maximumLength").asInt(),
                rule.path("characterClasses").asInt(),
                rule.path("isDigitsOnly").asBoolean());
    }

    private static Duration days(ObjectNode settings, String name) {
        return Duration.ofDays(settings.path(name).asLong());
    }

    private static Set<String> texts(ObjectNode settings, String name) {
        Set<String> texts = new LinkedHashSet<>();
        settings.path(name).forEach(item -> texts.add(item.asString()));
        return texts;
    }

    /** {@code trustFrameworkPolicy} in the schema is {@code TRUST_FRAMEWORK_POLICY} here. */
    private static <E extends Enum<E>> E choice(Class<E> type, ObjectNode settings, String name) {
        String member = settings.path(name).asString();
        return Enum.valueOf(
                type, member.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toUpperCase(Locale.ROOT));
    }
}
