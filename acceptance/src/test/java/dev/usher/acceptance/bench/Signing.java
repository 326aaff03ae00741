package dev.usher.acceptance.bench;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;

/**
 * The bare RS256 rate: signatures of a message as long as an access token, on every core, by the
 * provider that the server signs with where it loads, else by the JDK.
 */
final class Signing {

    private static final int MESSAGE_BYTES = 1200;
    private static final int KEY_BITS = 2048;

    private final Provider provider;
    private final PrivateKey key;

    Signing() throws GeneralSecurityException {
        provider = provider();
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(KEY_BITS);
        KeyFactory factory =
                provider == null
                        ? KeyFactory.getInstance("RSA")
                        : KeyFactory.getInstance("RSA", provider);
        key =
                factory.generatePrivate(
                        new PKCS8EncodedKeySpec(
                                generator.generateKeyPair().getPrivate().getEncoded()));
    }

    /** Reached by name: it comes with the distribution, and only for some platforms. */
    private static Provider provider() {
        try {
            Class<?> type =
                    Class.forName(
                            "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider");
            Object instance = type.getField("INSTANCE").get(null);
            return type.getMethod("getLoadingError").invoke(instance) == null
                    ? (Provider) instance
                    : null;
        } catch (ReflectiveOperationException | LinkageError absent) {
            return null;
        }
    }

    String provider(String otherwise) {
        return provider == null ? otherwise : provider.getName();
    }

    Latencies run(int threads, Duration time) throws InterruptedException {
        return Threads.run(
                threads,
                time,
                () -> {
                    Signature signature =
                            provider == null
                                    ? Signature.getInstance("SHA256withRSA")
                                    : Signature.getInstance("SHA256withRSA", provider);
                    signature.initSign(key);
                    byte[] message = new byte[MESSAGE_BYTES];
                    return () -> {
                        signature.update(message);
                        if (signature.sign().length != KEY_BITS / 8) {
                            throw new GeneralSecurityException("not a signature");
                        }
                    };
                });
    }
}
