package dev.usher.grant;

/** At which of a tenant's addresses an application asked, which decides what its tokens are. */
public enum Authority {
    /** The address of one user flow: tokens as Azure AD B2C issues them. */
    USER_FLOW,
    /** The tenant's own, where the flow follows from the application: tokens as Entra does. */
    TENANT
}
