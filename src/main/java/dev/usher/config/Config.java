package dev.usher.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can be set; {@code config/defaults.yaml} says what each is for. A component's key
 * is its name in lower case with dashes: {@code httpPort} is {@code http-port}.
 */
public record Config(
        @Nullable String host,
        int httpPort,
        int httpsPort,
        @Nullable String managementHost,
        int managementPort,
        String data,
        @Nullable String database,
        @Nullable String databaseUser,
        @Nullable String databasePassword,
        int databaseReaders,
        int databaseWriters,
        List<String> publicOrigins,
        @Nullable String tlsCert,
        @Nullable String tlsKey,
        List<String> trustedProxies,
        @Nullable String masterKeyFile,
        @Nullable String masterKey,
        List<TrustedIssuer> trustedIssuers,
        List<String> outboundAllow,
        @Nullable String outboundCa,
        @Nullable String smtpUrl,
        @Nullable String smtpUser,
        @Nullable String smtpPassword,
        @Nullable String mailFrom,
        int bodyMax,
        int headerMax,
        int uriMax,
        int idleSeconds,
        int receiveSeconds,
        int drainSeconds,
        int networkRequests,
        int networkMails,
        int networkFailures,
        int auditDays,
        int signInDays,
        boolean quotaTwin,
        @Nullable String logFormat) {

    /**
     * Another authority whose tokens are accepted.
     *
     * @param issuer the exact {@code iss}
     * @param jwksUrl where its keys are published
     * @param tenant the tenant of ours, by GUID or domain
     * @param audiences accepted {@code aud} values; empty for those of the Graph API
     */
    public record TrustedIssuer(
            String issuer, String jwksUrl, String tenant, List<String> audiences) {

        public TrustedIssuer {
            audiences = audiences == null ? List.of() : List.copyOf(audiences);
        }
    }

    /** The JDBC URL: the one that is set, or the SQLite file in the data directory. */
    public String databaseUrl() {
        return database != null ? database : "jdbc:sqlite:" + data + "/usher.db";
    }

    /** The configuration is unusable; the message says what and how to mend it. */
    public static final class Invalid extends RuntimeException {

        public Invalid(String message) {
            super(message);
        }

        public Invalid(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
