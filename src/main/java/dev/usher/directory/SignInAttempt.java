package dev.usher.directory;

/**
 * Who asks to sign somebody in, from where: what the sign-in log says about it.
 *
 * @param clientId the application's client id
 * @param clientName its display name
 * @param clientAppUsed the kind of program, in Graph's words
 * @param correlationId the id under which the caller follows its request
 * @param ipAddress where it comes from
 * @param userAgent what it calls itself
 */
public record SignInAttempt(
        String clientId,
        String clientName,
        String clientAppUsed,
        String correlationId,
        String ipAddress,
        String userAgent) {

    /** The kind of program in which people sign in by pages. */
    public static final String BROWSER = "Browser";
}
