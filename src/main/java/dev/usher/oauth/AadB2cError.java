package dev.usher.oauth;

import dev.usher.text.CatalogueEntry;
import java.util.Arrays;

/**
 * What the endpoints of user flows refuse, by the room that refuses it. Codes and OAuth errors are
 * those that applications of Azure AD B2C know; {@code %s} in a template is filled in for the
 * request. {@code docs/errors.md} is made from it.
 */
public enum AadB2cError implements CatalogueEntry {
    NO_SUCH_FLOW(
            Room.ADDRESS,
            90022,
            "invalid_request",
            404,
            "There is no user flow '%s' in the tenant '%s'."),
    NOT_INTERACTIVE(
            Room.ADDRESS,
            90031,
            "invalid_request",
            400,
            "The user flow '%s' has no pages on which a person could sign in."),

    NO_CLIENT_ID(Room.CLIENT, 90008, "invalid_request", 400, "The request names no application."),
    CLIENT_NOT_FOUND(
            Room.CLIENT,
            90018,
            "unauthorized_client",
            400,
            "The application '%s' is not registered in the tenant '%s'."),
    CLIENT_DISABLED(
            Room.CLIENT, 90092, "unauthorized_client", 400, "The application '%s' is disabled."),
    NO_REDIRECT_URIS(
            Room.CLIENT,
            90007,
            "invalid_request",
            400,
            "The application '%s' has no redirect URIs registered."),
    REDIRECT_URI(
            Room.CLIENT,
            90006,
            "invalid_request",
            400,
            "The redirect URI '%s' of the request is not registered for the application '%s'."),
    NO_SECRET(
            Room.CLIENT,
            90079,
            "invalid_client",
            401,
            "Clients must send a client_secret when they redeem a confidential grant."),
    WRONG_SECRET(
            Room.CLIENT,
            90081,
            "invalid_client",
            401,
            "The credential of the request is not one of the application '%s': %s"),
    PUBLIC_WITH_SECRET(
            Room.CLIENT,
            90084,
            "invalid_client",
            401,
            "Public clients must not send a client_secret when they redeem a public grant."),

    MISSING_PARAMETER(
            Room.REQUEST,
            90083,
            "invalid_request",
            400,
            "The request lacks a required parameter: %s."),
    INVALID_INPUT(
            Room.REQUEST, 90122, "invalid_request", 400, "The request is not acceptable: %s."),
    RESPONSE_TYPE(
            Room.REQUEST,
            90013,
            "unsupported_response_type",
            400,
            "The response_type '%s' of the request is not supported."),
    RESPONSE_MODE(
            Room.REQUEST,
            90014,
            "invalid_request",
            400,
            "The response_mode '%s' of the request is not supported, or not with its"
                    + " response_type."),
    IMPLICIT(
            Room.REQUEST,
            90057,
            "unauthorized_client",
            400,
            "The application is not set up to get tokens from the authorization endpoint."),
    PROMPT(
            Room.REQUEST,
            90043,
            "invalid_request",
            400,
            "The prompt '%s' of the request has a value that is not supported."),
    MAX_AGE(
            Room.REQUEST,
            90120,
            "invalid_request",
            400,
            "The max_age '%s' of the request is no number of seconds within bounds."),
    SPA_WITHOUT_CHALLENGE(
            Room.REQUEST,
            99059,
            "invalid_request",
            400,
            "A single-page application must send a code_challenge."),
    CHALLENGE(
            Room.REQUEST,
            90183,
            "invalid_request",
            400,
            "The code_challenge or code_verifier is missing or malformed."),
    CHALLENGE_METHOD(
            Room.REQUEST,
            90184,
            "invalid_request",
            400,
            "The code_challenge_method '%s' is not supported; use S256."),

    NO_SCOPE(Room.SCOPE, 90010, "invalid_request", 400, "The request names no scope."),
    SCOPE_CHARACTERS(
            Room.SCOPE,
            99005,
            "invalid_scope",
            400,
            "The scope '%s' has a character that a scope may not have."),
    NO_RESOURCE(
            Room.SCOPE,
            90055,
            "invalid_scope",
            400,
            "The scope '%s' must name a resource, such as the application's own client id."),
    NO_OPENID(
            Room.SCOPE,
            90110,
            "invalid_scope",
            400,
            "The scope must have 'openid' when the response_type has 'id_token'."),
    SCOPE(Room.SCOPE, 90117, "invalid_scope", 400, "The scope '%s' is not supported."),
    SEVERAL_RESOURCES(
            Room.SCOPE,
            90146,
            "invalid_scope",
            400,
            "The scope '%s' names more than one resource; ask for one at a time."),
    NOT_GRANTED(
            Room.SCOPE,
            90205,
            "invalid_scope",
            400,
            "The application '%s' was not granted any of what it asks for at that resource."),

    NO_SESSION(
            Room.SESSION,
            90077,
            "interaction_required",
            400,
            "Nobody is signed in for this request, and prompt=none allows no page."),
    STATE_LOST(
            Room.SESSION,
            90046,
            "invalid_request",
            400,
            "What was under way in this browser could not be continued. Go back to the application"
                    + " and start again."),
    CANCELLED(Room.JOURNEY, 90091, "access_denied", 400, "The user has cancelled the sign-in."),
    FORGOT_PASSWORD(
            Room.JOURNEY, 90118, "access_denied", 400, "The user has forgotten their password."),

    GRANT_TYPE(
            Room.GRANT,
            90086,
            "unsupported_grant_type",
            400,
            "The grant_type '%s' is not supported here."),
    GRANT_EXPIRED(
            Room.GRANT,
            90080,
            "invalid_grant",
            400,
            "The grant has expired or was used before. Sign in again."),
    GRANT_OF_OTHER_FLOW(
            Room.GRANT,
            90088,
            "invalid_grant",
            400,
            "The grant was not issued by the user flow of this endpoint, '%s'."),
    GRANT_OF_OTHER_CLIENT(
            Room.GRANT,
            90279,
            "invalid_grant",
            400,
            "The grant was not issued to the application '%s'."),
    REDIRECT_URI_DIFFERS(
            Room.GRANT,
            90287,
            "invalid_grant",
            400,
            "The redirect_uri is not the one that the grant was issued for."),
    VERIFIER(
            Room.GRANT,
            90182,
            "invalid_grant",
            400,
            "The code_verifier does not match the code_challenge."),
    ACCOUNT_GONE(
            Room.GRANT,
            90128,
            "invalid_grant",
            400,
            "The account of the grant does not exist any more. Sign in again."),
    ACCOUNT_DISABLED(
            Room.GRANT,
            90111,
            "invalid_grant",
            400,
            "The account cannot be used: it is disabled, or its password must be changed."),
    GRANT_REVOKED(Room.GRANT, 90129, "invalid_grant", 400, "The grant was revoked. Sign in again."),

    PASSWORDS_NOT_ALLOWED(
            Room.PASSWORD,
            90224,
            "unauthorized_client",
            400,
            "The application '%s' is not registered as a public client, which the password grant"
                    + " takes."),
    PASSWORD_MISSING(
            Room.PASSWORD,
            99015,
            "invalid_request",
            400,
            "The password grant lacks a required input: %s."),
    WRONG_PASSWORD(
            Room.PASSWORD, 90225, "access_denied", 400, "The user name or the password is wrong."),
    ACCOUNT_LOCKED(
            Room.PASSWORD,
            90114,
            "access_denied",
            400,
            "The account is locked for a while, after too many wrong passwords."),
    BUSY(
            Room.PASSWORD,
            90244,
            "temporarily_unavailable",
            429,
            "There are too many requests at the moment. Wait, and try again."),

    THROTTLED(
            Room.SESSION,
            90229,
            "temporarily_unavailable",
            429,
            "There were too many requests from your network. Wait, and try again."),

    SIGNED_OUT_URI(
            Room.LOGOUT,
            90067,
            "invalid_request",
            400,
            "The post_logout_redirect_uri '%s' is not one of an application that the request"
                    + " names."),
    NO_HINT(Room.LOGOUT, 90272, "invalid_request", 400, "The request lacks an id_token_hint."),
    HINT(
            Room.LOGOUT,
            90210,
            "invalid_request",
            400,
            "The id_token_hint is not an id token of this user flow."),
    HINT_AUDIENCE(
            Room.LOGOUT,
            90209,
            "invalid_request",
            400,
            "The id_token_hint was not issued to the application of the request.");

    /** Which part of the endpoints refuses. */
    enum Room {
        ADDRESS("oauth.FlowAddress"),
        CLIENT("oauth.FlowClients"),
        REQUEST("oauth.AuthorizeReader"),
        SCOPE("oauth.FlowScopes"),
        SESSION("oauth.AuthorizeEndpoint"),
        JOURNEY("flow.FlowRunner"),
        GRANT("oauth.FlowTokenEndpoint"),
        PASSWORD("oauth.FlowPasswordGrant"),
        LOGOUT("oauth.LogoutEndpoint");

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

    AadB2cError(Room room, int number, String oauthError, int httpStatus, String template) {
        this.room = room;
        this.number = number;
        this.oauthError = oauthError;
        this.httpStatus = httpStatus;
        this.template = template;
    }

    /**
     * The error of that number.
     *
     * @throws IllegalArgumentException if there is none
     */
    static AadB2cError of(int number) {
        return Arrays.stream(values())
                .filter(error -> error.number == number)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("AADB2C" + number));
    }

    @Override
    public String code() {
        return "AADB2C" + number;
    }

    @Override
    public int status() {
        return httpStatus;
    }

    @Override
    public String room() {
        return room.where;
    }

    @Override
    public String meaning() {
        return Sentences.general(template);
    }

    /** The {@code error} of RFC 6749 section 4.1.2.1 or 5.2, or of OpenID Connect. */
    public String oauthError() {
        return oauthError;
    }

    /** The sentence, with {@code %s} for what the request said. */
    public String template() {
        return template;
    }
}
