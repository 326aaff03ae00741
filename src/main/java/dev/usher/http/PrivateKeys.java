package dev.usher.http;

import java.io.IOException;
import java.io.StringReader;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/** Reads private keys in PEM form. */
final class PrivateKeys {

    /** RFC 7468 section 10. */
    private static final Pattern PKCS8 =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]+)-----END PRIVATE KEY-----");

    private static final List<String> ALGORITHMS = List.of("EC", "RSA", "EdDSA");

    private PrivateKeys() {}

    /**
     * The first unencrypted key: PKCS#8 by the JDK alone, since to load and check Bouncy Castle is
     * a good part of a start; PKCS#1 and SEC 1 by Bouncy Castle.
     *
     * @throws IOException if there is a key that cannot be read
     */
    static Optional<PrivateKey> read(String pem) throws IOException {
        Matcher block = PKCS8.matcher(pem);
        return block.find() ? Optional.of(pkcs8(block.group(1))) : older(pem);
    }

    private static PrivateKey pkcs8(String base64) throws IOException {
        PKCS8EncodedKeySpec key;
        try {
            key = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(base64));
        } catch (IllegalArgumentException malformed) {
            throw new IOException("not base64", malformed);
        }
        GeneralSecurityException last = null;
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(key);
            } catch (GeneralSecurityException ofAnother) {
                last = ofAnother;
            }
        }
        throw new IOException("a key of none of " + ALGORITHMS, last);
    }

    private static Optional<PrivateKey> older(String text) throws IOException {
        try (PEMParser pem = new PEMParser(new StringReader(text))) {
            JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
            for (Object found = pem.readObject(); found != null; found = pem.readObject()) {
                if (found instanceof PrivateKeyInfo info) {
                    return Optional.of(converter.getPrivateKey(info));
                }
                if (found instanceof PEMKeyPair pair) {
                    return Optional.of(converter.getPrivateKey(pair.getPrivateKeyInfo()));
                }
            }
            return Optional.empty();
        }
    }
}
