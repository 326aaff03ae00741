package dev.usher.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.crypto.spec.PBEParameterSpec;

/**
 * A server's certificate, with those that lead to its CA, and its private key.
 *
 * @param chain the server's own certificate first
 */
public record Tls(List<X509Certificate> chain, PrivateKey key) {

    /** What PKCS#12 uses; here it hides nothing. */
    private static final int SALT_BYTES = 20;

    /**
     * Reads PEM files: a chain (RFC 7468 section 5) and an unencrypted PKCS#8, PKCS#1 or SEC 1 key.
     *
     * @throws IllegalArgumentException if a file is unreadable, or key and certificate do not fit;
     *     the message names the file
     */
    public static Tls read(Path certificates, Path key) {
        Tls tls = new Tls(certificates(certificates), privateKey(key));
        if (!tls.fits()) {
            throw new IllegalArgumentException(
                    "the key in " + key + " does not belong to the certificate in " + certificates);
        }
        return tls;
    }

    /** Whether what the key signs is verified by the certificate. */
    private boolean fits() {
        String algorithm =
                switch (key.getAlgorithm()) {
                    case "EC", "ECDSA" -> "SHA256withECDSA";
                    case "RSA" -> "SHA256withRSA";
                    default -> key.getAlgorithm();
                };
        byte[] probe = {1, 2, 3};
        try {
            Signature signer = Signature.getInstance(algorithm);
            signer.initSign(key);
            signer.update(probe);
            byte[] signature = signer.sign();
            Signature verifier = Signature.getInstance(algorithm);
            verifier.initVerify(chain.getFirst().getPublicKey());
            verifier.update(probe);
            return verifier.verify(signature);
        } catch (GeneralSecurityException ofAnotherKind) {
            return false;
        }
    }

    /** The certificates of a PEM file, in order; at least one. */
    public static List<X509Certificate> certificates(Path file) {
        try (var in = Files.newInputStream(file)) {
            List<X509Certificate> found = new ArrayList<>();
            for (Certificate one :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                found.add((X509Certificate) one);
            }
            if (found.isEmpty()) {
                throw new IllegalArgumentException("no certificate in " + file);
            }
            return List.copyOf(found);
        } catch (IOException | GeneralSecurityException unreadable) {
            throw unreadable(file, "certificates", unreadable);
        }
    }

    private static PrivateKey privateKey(Path file) {
        try {
            return PrivateKeys.read(Files.readString(file))
                    .orElseThrow(() ->
                            new IllegalArgumentException("no unencrypted private key in " + file));
        } catch (IOException unreadable) {
            throw unreadable(file, "a private key", unreadable);
        }
    }

    private static IllegalArgumentException unreadable(Path file, String what, Exception cause) {
        return new IllegalArgumentException(
                "cannot read " + what + " from " + file + ": " + cause.getMessage(), cause);
    }

    /**
     * The same as a key store in memory, its key under an empty password: so the many rounds that
     * would slow down who guesses one are left out.
     */
    KeyStore keyStore() {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setEntry(
                    "server",
                    new KeyStore.PrivateKeyEntry(key, chain.toArray(Certificate[]::new)),
                    new KeyStore.PasswordProtection(
                            new char[0],
                            "PBEWithHmacSHA256AndAES_128",
                            new PBEParameterSpec(new byte[SALT_BYTES], 1)));
            return store;
        } catch (GeneralSecurityException | IOException impossible) {
            throw new IllegalArgumentException("key and certificate do not fit", impossible);
        }
    }
}
