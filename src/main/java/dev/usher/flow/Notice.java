package dev.usher.flow;

/** Something that a page tells a person, by the text of Graph's language files that says it. */
public enum Notice {
    WRONG_PASSWORD("ErrorMessage", "UserMessageIfInvalidPassword"),
    ACCOUNT_LOCKED("ErrorMessage", "UserMessageIfUserAccountLocked"),
    ACCOUNT_DISABLED("ErrorMessage", "UserMessageIfUserAccountDisabled"),
    MUST_CHANGE_PASSWORD("UxElement", "must_change_password"),
    BUSY("ErrorMessage", "AADRequestsThrottled"),
    NO_EMAIL("UxElement", "requiredField_email"),
    INVALID_EMAIL("UxElement", "invalid_email"),
    NO_PASSWORD("UxElement", "requiredField_password"),
    THROTTLED("UxElement", "ver_fail_throttled"),
    CODE_FORMAT("UxElement", "ver_incorrect_format"),
    CODE_WRONG("UxElement", "ver_fail_retry"),
    CODE_SPOILED("UxElement", "ver_fail_no_retry"),
    CODE_EXPIRED("UxElement", "ver_fail_code_expired"),
    ACCOUNT_EXISTS("ErrorMessage", "UserMessageIfClaimsPrincipalAlreadyExists"),
    NAME_TAKEN("UxElement", "name_taken"),
    NO_ACCOUNT("UxElement", "no_account"),
    MISSING("ErrorMessage", "UserMessageIfMissingRequiredElement"),
    PATTERN("ErrorMessage", "UserMessageIfIncorrectPattern"),
    INVALID("ErrorMessage", "UserMessageIfInvalidInput"),
    PASSWORD_WEAK("UxElement", "password_weak"),
    PASSWORDS_DIFFER("UxElement", "error_passwordEntryMismatch");

    private final String elementType;
    private final String stringId;

    Notice(String elementType, String stringId) {
        this.elementType = elementType;
        this.stringId = stringId;
    }

    /** See {@link dev.usher.text.EnglishTexts.Text}. */
    public String elementType() {
        return elementType;
    }

    /** See {@link dev.usher.text.EnglishTexts.Text}. */
    public String stringId() {
        return stringId;
    }
}
