package dev.usher.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringWriter;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.util.io.pem.PemObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms in which people have their keys. */
class PrivateKeysTest {

    private static final ASN1ObjectIdentifier P256 = SECObjectIdentifiers.secp256r1;

    private static PrivateKey key(String algorithm) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        if (algorithm.equals("EC")) {
            generator.initialize(new ECGenParameterSpec("secp256r1"));
        }
        return generator.generateKeyPair().getPrivate();
    }

    private static String pkcs8(PrivateKey key) {
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC", "Ed25519"})
    void pkcs8(String algorithm) throws GeneralSecurityException, IOException {
        PrivateKey key = key(algorithm);
        assertThat(PrivateKeys.read("a comment before it\n" + pkcs8(key))).contains(key);
    }

    /** What {@code openssl genrsa -traditional} writes. */
    @Test
    void pkcs1() throws GeneralSecurityException, IOException {
        PrivateKey key = key("RSA");
        String pem = older(key);
        assertThat(pem).startsWith("-----BEGIN RSA PRIVATE KEY-----");
        assertThat(PrivateKeys.read(pem)).contains(key);
    }

    /** What {@code openssl ecparam -genkey} writes: the curve stands in the key. */
    @Test
    void sec1() throws GeneralSecurityException, IOException {
        ECPrivateKey key = (ECPrivateKey) key("EC");
        var named = new org.bouncycastle.asn1.sec.ECPrivateKey(256, key.getS(), P256);
        String pem = older(new PemObject("EC PRIVATE KEY", named.getEncoded()));
        assertThat(PrivateKeys.read(pem).map(read -> ((ECPrivateKey) read).getS()))
                .contains(key.getS());
    }

    private static String older(Object object) throws IOException {
        StringWriter pem = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(pem)) {
            writer.writeObject(object);
        }
        return pem.toString();
    }

    @Test
    void noneIsNoneAndABadOneIsRefused() throws IOException {
        assertThat(PrivateKeys.read("")).isEmpty();
        String locked =
                "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMAA=\n-----END ENCRYPTED PRIVATE KEY-----";
        assertThatThrownBy(() -> PrivateKeys.read(locked)).isInstanceOf(IOException.class);
        String bad = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----";
        assertThatThrownBy(() -> PrivateKeys.read(bad))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("RSA");
        assertThatThrownBy(() -> PrivateKeys.read(bad.replace("AAAA", "A")))
                .isInstanceOf(IOException.class);
    }
}
