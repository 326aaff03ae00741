package dev.usher.flow;

/** Under what names pages post what is no attribute. */
public final class FieldNames {

    public static final String NAME = "email";
    public static final String PASSWORD = "password";
    public static final String KEEP = "rememberMe";
    public static final String CODE = "email_ver_input";
    public static final String NEW_PASSWORD = "newPassword";
    public static final String REPEATED_PASSWORD = "reenterPassword";

    private FieldNames() {}
}
