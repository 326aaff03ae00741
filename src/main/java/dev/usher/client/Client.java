package dev.usher.client;

import dev.usher.secret.Sha256;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * An application registration as the token rooms need it. Immutable.
 *
 * @param objectId the object id of the application
 * @param principalId the object id of its service principal: {@code oid} of its own tokens
 * @param enabled whether tokens are issued to it
 * @param permissions names of the Graph application permissions granted to it
 * @param roleIds template ids of the directory roles that it has for the whole directory
 * @param fallbackPublic whether it may act for people without proving who it is
 * @param assignmentRequired whether only people whom it was assigned to may use it
 * @param certificates what it may sign client assertions with, expired ones included
 * @param federated the tokens of other issuers by which it may prove itself
 * @param redirects where people are sent back to it
 */
public record Client(
        String appId,
        String objectId,
        String principalId,
        String displayName,
        boolean enabled,
        Set<String> permissions,
        Set<String> roleIds,
        boolean fallbackPublic,
        boolean assignmentRequired,
        List<ClientCertificate> certificates,
        List<ClientSecret> secrets,
        List<FederatedCredential> federated,
        Redirects redirects) {

    /** What a client secret turned out to be. */
    public enum SecretCheck {
        VALID,
        EXPIRED,
        WRONG
    }

    /** Compares with every secret of the client, in constant time. */
    public SecretCheck check(String secret, Instant now) {
        String hash = Sha256.base64url(secret);
        SecretCheck result = SecretCheck.WRONG;
        for (ClientSecret known : secrets) {
            if (!known.matches(hash)) {
                continue;
            }
            if (known.validAt(now)) {
                result = SecretCheck.VALID;
            } else if (!now.isBefore(known.end()) && result == SecretCheck.WRONG) {
                result = SecretCheck.EXPIRED;
            }
        }
        return result;
    }
}
