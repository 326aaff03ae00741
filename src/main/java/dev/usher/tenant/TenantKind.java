package dev.usher.tenant;

/** Which of Microsoft's products the tenant behaves as. */
public enum TenantKind {
    /** Entra ID: self-service sign-up of guests by b2x user flows. */
    WORKFORCE,
    /** Azure AD B2C: b2c user flows. */
    B2C,
    /** Entra External ID: authentication events flows. */
    EXTERNAL,
    /** Every family of user flows side by side. */
    ALL
}
