package dev.usher.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.SignedJWT;
import dev.usher.client.ClientCertificate;
import dev.usher.ids.TenantId;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Tokens of the authorities that the operator trusts, as Entra issues them for Graph. */
final class ExternalTokens {

    /** The tenant in which Microsoft keeps personal accounts. */
    static final String PERSONAL_TENANT = "9188040d-6c67-4c5b-b112-36a304b66dad";

    private static final String PERSONAL_PROVIDER = "live.com";
    private static final Set<JWSAlgorithm> ALGORITHMS =
            Set.of(JWSAlgorithm.RS256, JWSAlgorithm.PS256, JWSAlgorithm.ES256);

    private final RemoteKeys keys;
    private final TokenChecks checks;

    ExternalTokens(RemoteKeys keys, TokenChecks checks) {
        this.keys = keys;
        this.checks = checks;
    }

    AccessToken verify(
            SignedJWT token,
            Claims claims,
            TenantId tenant,
            TrustedIssuer issuer,
            Set<String> audiences) {
        TokenChecks.algorithm(token, ALGORITHMS);
        if (keys.candidates(issuer.jwksUrl(), token.getHeader()).stream()
                .noneMatch(key -> verifies(token, key))) {
            throw TokenChecks.badSignature();
        }
        TokenChecks.audience(claims, issuer.audiences().isEmpty() ? audiences : issuer.audiences());
        checks.times(claims, tenant);
        String clientId =
                claims.text("appid", "azp", "client_id")
                        .orElseThrow(() -> TokenChecks.malformed("it names no client"));
        return isApplication(claims)
                ? new AccessToken(
                        tenant,
                        clientId,
                        null,
                        AccountKind.APPLICATION,
                        Set.copyOf(claims.texts("roles")),
                        Set.of(),
                        TokenChecks.expiry(claims))
                : delegated(claims, tenant, clientId);
    }

    private static AccessToken delegated(Claims claims, TenantId tenant, String clientId) {
        String userId =
                claims.text("oid", "sub")
                        .orElseThrow(() -> TokenChecks.malformed("it names no person"));
        return new AccessToken(
                tenant,
                clientId,
                userId,
                isPersonal(claims) ? AccountKind.PERSONAL : AccountKind.WORK,
                claims.text("scp").stream()
                        .flatMap(scopes -> Arrays.stream(scopes.split(" ")))
                        .filter(scope -> !scope.isEmpty())
                        .collect(Collectors.toUnmodifiableSet()),
                claims.texts("wids").stream()
                        .map(role -> role.toLowerCase(Locale.ROOT))
                        .collect(Collectors.toUnmodifiableSet()),
                TokenChecks.expiry(claims));
    }

    /** {@code idtyp} says so; without it, a token without scopes speaks for no person. */
    private static boolean isApplication(Claims claims) {
        Optional<String> type = claims.text("idtyp");
        return type.isPresent() ? type.get().equals("app") : !claims.has("scp");
    }

    private static boolean isPersonal(Claims claims) {
        return claims.text("tid").filter(PERSONAL_TENANT::equalsIgnoreCase).isPresent()
                || claims.text("idp").filter(PERSONAL_PROVIDER::equals).isPresent();
    }

    /** Whether the key, unless it is too weak, signed the token. */
    static boolean verifies(SignedJWT token, JWK key) {
        if (!(key instanceof AsymmetricJWK asymmetric)
                || (key instanceof RSAKey rsa && rsa.size() < ClientCertificate.KEY_BITS_MIN)) {
            return false;
        }
        try {
            return token.verify(
                    new DefaultJWSVerifierFactory()
                            .createJWSVerifier(token.getHeader(), asymmetric.toPublicKey()));
        } catch (JOSEException unusable) {
            return false;
        }
    }
}
