package dev.usher.key;

import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import dev.usher.observe.Observation;
import dev.usher.observe.Observer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * RSA by Amazon Corretto Crypto Provider where its native library loads, else by the JDK. The
 * native provider is only fast with keys that its own key factory made, so every key passes through
 * here. It is never installed globally.
 */
final class RsaCrypto {

    private static final String CORRETTO =
            "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider";

    /** The size of the keys made here, in bits. */
    static final int KEY_BITS = 2048;

    private final @Nullable Provider provider;

    private RsaCrypto(@Nullable Provider provider) {
        this.provider = provider;
    }

    /**
     * The fastest that works here, looked for when it is first asked for: to check the provider's
     * signed jar and to unpack its library takes as long as much of a start. Says so if that is the
     * JDK.
     */
    static Supplier<RsaCrypto> choose(Observer observer) {
        FutureTask<RsaCrypto> choice = new FutureTask<>(() -> fastest(observer));
        return () -> {
            choice.run();
            try {
                return choice.get();
            } catch (ExecutionException impossible) {
                throw new IllegalStateException(impossible.getCause());
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", stopping);
            }
        };
    }

    /** By name: the start-up cache would have a class that is named here loaded before main. */
    private static RsaCrypto fastest(Observer observer) {
        Throwable problem;
        try {
            Class<?> accp = Class.forName(CORRETTO);
            Provider provider = (Provider) accp.getField("INSTANCE").get(null);
            problem = (Throwable) accp.getMethod("getLoadingError").invoke(provider);
            if (problem == null) {
                return new RsaCrypto(provider);
            }
        } catch (LinkageError | ReflectiveOperationException absent) {
            problem = absent;
        }
        observer.on(degraded(problem));
        return jdk();
    }

    /** The JDK's own. */
    static RsaCrypto jdk() {
        return new RsaCrypto(null);
    }

    private static Observation degraded(Throwable problem) {
        return new Observation.Degraded(
                "signing by the JDK, at about a third of the speed",
                "the native library of Amazon Corretto Crypto Provider is not usable: " + problem);
    }

    String name() {
        return provider == null ? "JDK" : provider.getName();
    }

    KeyPair generate() {
        try {
            KeyPairGenerator generator =
                    provider == null
                            ? KeyPairGenerator.getInstance("RSA")
                            : KeyPairGenerator.getInstance("RSA", provider);
            generator.initialize(KEY_BITS);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("no RSA", impossible);
        }
    }

    /**
     * A signer for a key in PKCS #8 form.
     *
     * @throws IllegalArgumentException if it is none
     */
    JWSSigner signer(byte[] pkcs8) {
        try {
            RSASSASigner signer =
                    new RSASSASigner(factory().generatePrivate(new PKCS8EncodedKeySpec(pkcs8)));
            if (provider != null) {
                signer.getJCAContext().setProvider(provider);
            }
            return signer;
        } catch (GeneralSecurityException malformed) {
            throw new IllegalArgumentException("not an RSA private key", malformed);
        }
    }

    /** A verifier for a public key, whoever made it. */
    JWSVerifier verifier(RSAPublicKey key) {
        try {
            RSASSAVerifier verifier =
                    new RSASSAVerifier(
                            (RSAPublicKey)
                                    factory()
                                            .generatePublic(
                                                    new X509EncodedKeySpec(key.getEncoded())));
            if (provider != null) {
                verifier.getJCAContext().setProvider(provider);
            }
            return verifier;
        } catch (GeneralSecurityException malformed) {
            throw new IllegalArgumentException("not an RSA public key", malformed);
        }
    }

    private KeyFactory factory() throws GeneralSecurityException {
        return provider == null
                ? KeyFactory.getInstance("RSA")
                : KeyFactory.getInstance("RSA", provider);
    }
}
