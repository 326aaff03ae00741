package dev.usher.flow;

import java.util.Set;

/** What the buttons of pages post as {@code action}. */
public final class Actions {

    public static final String CONTINUE = "continue";
    public static final String CANCEL = "cancel";
    public static final String SIGN_IN = "signIn";
    public static final String SIGN_UP = "signUp";
    public static final String PASSWORD = "password";
    public static final String CODE = "code";
    public static final String FORGOT = "forgot";
    public static final String SEND = "send";
    public static final String RESEND = "resend";
    public static final String VERIFY = "verify";
    public static final String CHANGE = "change";

    /** Those after which a mail is sent. */
    static final Set<String> MAILING = Set.of(SEND, RESEND);

    private Actions() {}
}
