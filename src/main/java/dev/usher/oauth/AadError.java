package dev.usher.oauth;

import dev.usher.text.CatalogueEntry;
import java.util.Optional;

/**
 * What the OAuth endpoints refuse, by the room that refuses it. Codes and OAuth errors are those
 * that Entra's clients know; {@code %s} in a template is filled in for the request. This list is
 * the catalogue: {@code docs/errors.md} is made from it.
 */
public enum AadError implements CatalogueEntry {
    EMPTY_REQUEST(Room.REQUEST, 90121, "invalid_request", 400, "The request has no body."),
    MALFORMED_REQUEST(
            Room.REQUEST, 90013, "invalid_request", 400, "The request cannot be read: %s."),
    DUPLICATE_FIELD(
            Room.REQUEST,
            9000411,
            "invalid_request",
            400,
            "The request is not well-formed: the parameter '%s' comes more than once."),
    MISSING_FIELD(
            Room.REQUEST,
            900144,
            "invalid_request",
            400,
            "The request body must contain the following parameter: '%s'."),

    NO_TENANT(
            Room.TENANT,
            90019,
            "invalid_request",
            400,
            "The address '%s' names no tenant; use a tenant's GUID or domain."),
    TENANT_NAME(
            Room.TENANT,
            900023,
            "invalid_request",
            400,
            "The tenant identifier '%s' is neither a GUID nor a domain name."),
    TENANT_NOT_FOUND(
            Room.TENANT,
            90002,
            "invalid_request",
            400,
            "Tenant '%s' not found. Check the tenant's GUID or domain."),
    TENANT_DISABLED(
            Room.TENANT, 5000224, "invalid_request", 400, "The tenant '%s' has been disabled."),
    TENANT_NOT_SPECIFIC(
            Room.TENANT,
            9001023,
            "invalid_request",
            400,
            "The grant type is not supported over the address '%s'; use a tenant's own."),

    UNSUPPORTED_GRANT(
            Room.GRANT,
            70003,
            "unsupported_grant_type",
            400,
            "The grant type '%s' is not supported here."),

    CLIENT_NOT_FOUND(
            Room.CLIENT,
            700016,
            "unauthorized_client",
            400,
            "Application with identifier '%s' was not found in the directory '%s'."),
    CLIENT_DISABLED(
            Room.CLIENT, 7000112, "unauthorized_client", 400, "Application '%s' (%s) is disabled."),
    NO_USER_FLOW(
            Room.CLIENT,
            70001,
            "unauthorized_client",
            400,
            "No user flow is set up for the application '%s' (%s) at the tenant's own address. Add"
                    + " it to the conditions of an events flow or to the applications of a user"
                    + " flow's settings, or use the address of a user flow."),
    NO_CREDENTIAL(
            Room.CLIENT,
            7000218,
            "invalid_client",
            401,
            "The request must contain the following parameter: 'client_assertion' or"
                    + " 'client_secret'."),
    WRONG_SECRET(
            Room.CLIENT,
            7000215,
            "invalid_client",
            401,
            "Invalid client secret provided. Send the secret's value, not its id, for application"
                    + " '%s'."),
    EXPIRED_SECRET(
            Room.CLIENT,
            7000222,
            "invalid_client",
            401,
            "The provided client secret has expired; add a new one to application '%s'."),
    ASSERTION_MALFORMED(
            Room.CLIENT,
            50027,
            "invalid_client",
            401,
            "The client assertion is not a usable JSON Web Token: %s."),
    ASSERTION_CLIENT(
            Room.CLIENT,
            700021,
            "invalid_client",
            401,
            "The client assertion's issuer and subject are not the client '%s'."),
    ASSERTION_AUDIENCE(
            Room.CLIENT,
            700023,
            "invalid_client",
            401,
            "The client assertion's audience is not this tenant's token endpoint or issuer."),
    ASSERTION_TIME(
            Room.CLIENT,
            700024,
            "invalid_client",
            401,
            "The client assertion is not within its valid time range: %s."),
    ASSERTION_KEY(
            Room.CLIENT,
            700027,
            "invalid_client",
            401,
            "The client assertion was not signed by a certificate of the application: %s."),
    ASSERTION_REPLAYED(
            Room.CLIENT,
            50012,
            "invalid_client",
            401,
            "Authentication failed: the client assertion has been used before."),

    FEDERATED_ISSUER(
            Room.CLIENT,
            700211,
            "invalid_client",
            401,
            "No matching federated identity record found for presented assertion issuer '%s'."),
    FEDERATED_AUDIENCE(
            Room.CLIENT,
            700212,
            "invalid_client",
            401,
            "No matching federated identity record found for presented assertion audience '%s'."),
    FEDERATED_SUBJECT(
            Room.CLIENT,
            700213,
            "invalid_client",
            401,
            "No matching federated identity record found for presented assertion subject '%s'."
                    + " Subjects are compared exactly."),
    FEDERATED_KEY(
            Room.CLIENT,
            5000811,
            "invalid_client",
            401,
            "Unable to verify token signature: no key that the assertion's issuer publishes made"
                    + " it."),
    FEDERATED_UNREACHABLE(
            Room.CLIENT,
            50166,
            "invalid_request",
            400,
            "Request to External OIDC endpoint failed: the keys of '%s' cannot be had."),

    WRONG_PASSWORD(
            Room.PERSON,
            50126,
            "invalid_grant",
            400,
            "Error validating credentials due to invalid username or password."),
    ACCOUNT_LOCKED(
            Room.PERSON,
            50053,
            "invalid_grant",
            400,
            "The account is locked: there were too many sign-ins with a wrong password. Try again"
                    + " later."),
    ACCOUNT_DISABLED(Room.PERSON, 50057, "invalid_grant", 400, "The user account is disabled."),
    PASSWORD_EXPIRED(
            Room.PERSON,
            50055,
            "invalid_grant",
            400,
            "The password is expired; the person has to choose another one."),
    NOT_ASSIGNED(
            Room.PERSON,
            50105,
            "invalid_grant",
            400,
            "The signed in user is not assigned to a role for the application '%s'."),
    CONSENT_REQUIRED(
            Room.PERSON,
            65001,
            "invalid_grant",
            400,
            "Neither the user nor an administrator has consented to use the application '%s'"
                    + " (%s)."),
    BUSY(
            Room.PERSON,
            90033,
            "temporarily_unavailable",
            503,
            "Too many passwords are being checked at the moment; try again."),

    THROTTLED(
            Room.PERSON,
            90055,
            "temporarily_unavailable",
            429,
            "There were too many requests from this network. Wait, and try again."),

    MALFORMED_SCOPE(
            Room.SCOPE,
            70011,
            "invalid_scope",
            400,
            "The provided value for the input parameter 'scope' is not valid: '%s'."),
    SCOPE_NOT_DEFAULT(
            Room.SCOPE,
            1002012,
            "invalid_scope",
            400,
            "The provided value for scope '%s' is not valid. Client credential flows must have a"
                    + " scope value with /.default suffixed to the resource identifier."),
    SEVERAL_RESOURCES(
            Room.SCOPE,
            700022,
            "invalid_scope",
            400,
            "The provided scope '%s' names more than one resource."),
    SCOPE_UNKNOWN(
            Room.SCOPE,
            650053,
            "invalid_client",
            400,
            "The application '%s' asked for scope '%s' that doesn't exist on the resource '%s'."),
    RESOURCE_NOT_FOUND(
            Room.SCOPE,
            500011,
            "invalid_resource",
            400,
            "The resource principal named '%s' was not found in the tenant '%s'."),

    UNKNOWN_INSTANCE(
            Room.INSTANCE,
            50049,
            "invalid_instance",
            400,
            "The authority of '%s' is not served here.");

    /** Which part of the endpoints refuses. */
    public enum Room {
        REQUEST("oauth.Form"),
        TENANT("oauth.TenantAddress"),
        GRANT("oauth.TokenEndpoint"),
        CLIENT("oauth.ClientAuthentication"),
        PERSON("oauth.PasswordGrant"),
        SCOPE("oauth.Scopes"),
        INSTANCE("oauth.Discovery");

        private final String where;

        Room(String where) {
            this.where = where;
        }
    }

    private final Room room;
    private final int number;
    private final String oauthError;
    private final int httpStatus;
    private final String template;

    AadError(Room room, int number, String oauthError, int httpStatus, String template) {
        this.room = room;
        this.number = number;
        this.oauthError = oauthError;
        this.httpStatus = httpStatus;
        this.template = template;
    }

    @Override
    public String room() {
        return room.where;
    }

    /** Whether it says something of a person who signs in. */
    boolean isAboutPeople() {
        return room == Room.PERSON;
    }

    @Override
    public String code() {
        return "AADSTS" + number;
    }

    /** The number behind {@code AADSTS}. */
    public int number() {
        return number;
    }

    @Override
    public int status() {
        return httpStatus;
    }

    @Override
    public String meaning() {
        return Sentences.general(template);
    }

    /** The {@code error} of RFC 6749 section 5.2, or Entra's own. */
    public String oauthError() {
        return oauthError;
    }

    /** The finer word that Entra's clients look at, for some. */
    Optional<String> suberror() {
        return this == CONSENT_REQUIRED ? Optional.of("consent_required") : Optional.empty();
    }

    /** The sentence, with {@code %s} for what the request said. */
    public String template() {
        return template;
    }
}
