package dev.usher.token;

/** On whose behalf a token speaks: each kind has permissions of its own. */
public enum AccountKind {
    /** The application itself; permissions are its granted application permissions. */
    APPLICATION,
    /** A person with a work or school account; permissions are delegated scopes. */
    WORK,
    /** A person with a personal Microsoft account; permissions are delegated scopes. */
    PERSONAL
}
