package dev.usher.oauth;

/**
 * The numbers behind {@code AADSTS} under which the same refusals are known where no address names
 * a user flow.
 */
final class EntraCodes {

    private EntraCodes() {}

    static int of(AadB2cError error) {
        return switch (error) {
            case NO_SUCH_FLOW, NOT_INTERACTIVE -> AadError.NO_USER_FLOW.number();
            case NO_CLIENT_ID, MISSING_PARAMETER, NO_SCOPE, PASSWORD_MISSING, NO_HINT ->
                    AadError.MISSING_FIELD.number();
            case CLIENT_NOT_FOUND -> AadError.CLIENT_NOT_FOUND.number();
            case CLIENT_DISABLED -> AadError.CLIENT_DISABLED.number();
            case NO_REDIRECT_URIS -> 500_113;
            case REDIRECT_URI, SIGNED_OUT_URI -> 50_011;
            case NO_SECRET, PASSWORDS_NOT_ALLOWED -> AadError.NO_CREDENTIAL.number();
            case WRONG_SECRET -> AadError.WRONG_SECRET.number();
            case PUBLIC_WITH_SECRET -> 700_025;
            case INVALID_INPUT -> AadError.MALFORMED_REQUEST.number();
            case RESPONSE_TYPE -> 70_005;
            case RESPONSE_MODE -> 70_007;
            case IMPLICIT -> 700_054;
            case PROMPT, MAX_AGE -> 90_023;
            case SPA_WITHOUT_CHALLENGE -> 9_002_325;
            case CHALLENGE -> 501_491;
            case CHALLENGE_METHOD -> 50_149;
            case SCOPE_CHARACTERS, NO_RESOURCE, NO_OPENID, SCOPE ->
                    AadError.MALFORMED_SCOPE.number();
            case SEVERAL_RESOURCES -> 28_000;
            case NOT_GRANTED -> AadError.CONSENT_REQUIRED.number();
            case NO_SESSION -> 50_058;
            case STATE_LOST -> 50_089;
            case CANCELLED -> 65_004;
            case FORGOT_PASSWORD -> 50_125;
            case GRANT_TYPE -> AadError.UNSUPPORTED_GRANT.number();
            case GRANT_EXPIRED -> 70_008;
            case GRANT_OF_OTHER_FLOW, GRANT_OF_OTHER_CLIENT -> 70_000;
            case REDIRECT_URI_DIFFERS -> 500_112;
            case VERIFIER -> 501_481;
            case ACCOUNT_GONE -> 50_034;
            case ACCOUNT_DISABLED -> AadError.ACCOUNT_DISABLED.number();
            case GRANT_REVOKED -> 50_173;
            case WRONG_PASSWORD -> AadError.WRONG_PASSWORD.number();
            case ACCOUNT_LOCKED -> AadError.ACCOUNT_LOCKED.number();
            case BUSY -> AadError.BUSY.number();
            case THROTTLED -> AadError.THROTTLED.number();
            case HINT, HINT_AUDIENCE -> AadError.ASSERTION_MALFORMED.number();
        };
    }

    /**
     * @param usual what it is at the address of a flow
     */
    static String oauthError(AadB2cError error, String usual) {
        return switch (error) {
            case NO_SESSION -> "login_required";
            case NOT_GRANTED -> "consent_required";
            case IMPLICIT -> "unsupported_response_type";
            default -> usual;
        };
    }
}
