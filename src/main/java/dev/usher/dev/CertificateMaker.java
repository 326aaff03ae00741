package dev.usher.dev;

import dev.usher.http.Tls;
import dev.usher.ids.Ids;
import dev.usher.time.Clock;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/** Makes key pairs and certificates (RFC 5280) of development mode. */
final class CertificateMaker {

    private static final AlgorithmParameterSpec P256 = new ECGenParameterSpec("secp256r1");
    private static final AlgorithmParameterSpec RSA2048 =
            new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4);

    private final Clock clock;
    private final Ids ids;

    CertificateMaker(Clock clock, Ids ids) {
        this.clock = clock;
        this.ids = ids;
    }

    /** A certificate, those that lead to its CA, and its key. */
    record Made(List<X509Certificate> chain, PrivateKey key) {

        /** The key first: a certificate without its key would not be made again. */
        void save(Path certificateFile, Path keyFile) {
            try {
                PrivateFiles.write(keyFile, pem(List.of(new JcaPKCS8Generator(key, null))));
                PrivateFiles.write(certificateFile, pem(chain));
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
        }
    }

    /** A CA of its own, under a name of its own. */
    Made ca(Duration life) {
        KeyPair pair = keyPair("EC", P256);
        String name = "CN=Usher development CA " + ids.hex32().substring(0, 8);
        X509v3CertificateBuilder root = builder(name, null, pair, life);
        extend(root, Extension.basicConstraints, true, new BasicConstraints(0));
        extend(root, Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign));
        return new Made(List.of(sign(root, pair.getPrivate())), pair.getPrivate());
    }

    /** A server's, for the names of this machine. */
    Made server(Tls ca, Duration life) {
        KeyPair pair = keyPair("EC", P256);
        X509v3CertificateBuilder leaf = builder("CN=localhost", ca, pair, life);
        extend(leaf, Extension.basicConstraints, true, new BasicConstraints(false));
        extend(leaf, Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
        extend(
                leaf,
                Extension.extendedKeyUsage,
                false,
                new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
        extend(
                leaf,
                Extension.subjectAlternativeName,
                false,
                new GeneralNames(
                        new GeneralName[] {
                            new GeneralName(GeneralName.dNSName, "localhost"),
                            new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
                            new GeneralName(GeneralName.iPAddress, "::1")
                        }));
        return new Made(List.of(sign(leaf, ca.key()), ca.chain().getFirst()), pair.getPrivate());
    }

    /** A client's, signed by itself. */
    Made client(String name, Duration life) {
        KeyPair pair = keyPair("RSA", RSA2048);
        X509v3CertificateBuilder own = builder("CN=" + name, null, pair, life);
        return new Made(List.of(sign(own, pair.getPrivate())), pair.getPrivate());
    }

    private X509v3CertificateBuilder builder(
            String subject, @Nullable Tls ca, KeyPair pair, Duration life) {
        Instant now = clock.now();
        X500Name name = new X500Name(subject);
        X500Name issuer =
                ca == null
                        ? name
                        : X500Name.getInstance(
                                ca.chain().getFirst().getSubjectX500Principal().getEncoded());
        X509v3CertificateBuilder builder =
                new JcaX509v3CertificateBuilder(
                        issuer,
                        new BigInteger(1, ids.bytes(16)),
                        Date.from(now.minus(Duration.ofHours(1))),
                        Date.from(now.plus(life)),
                        name,
                        pair.getPublic());
        try {
            JcaX509ExtensionUtils utilities = new JcaX509ExtensionUtils();
            extend(
                    builder,
                    Extension.subjectKeyIdentifier,
                    false,
                    utilities.createSubjectKeyIdentifier(pair.getPublic()));
            extend(
                    builder,
                    Extension.authorityKeyIdentifier,
                    false,
                    utilities.createAuthorityKeyIdentifier(
                            ca == null ? pair.getPublic() : ca.chain().getFirst().getPublicKey()));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
        return builder;
    }

    private static void extend(
            X509v3CertificateBuilder builder,
            ASN1ObjectIdentifier id,
            boolean critical,
            ASN1Encodable value) {
        try {
            builder.addExtension(id, critical, value);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey key) {
        String algorithm = key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
        try {
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder(algorithm).build(key)));
        } catch (OperatorCreationException | GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static KeyPair keyPair(String algorithm, AlgorithmParameterSpec parameters) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(parameters);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] pem(List<?> objects) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            for (Object object : objects) {
                writer.writeObject(object);
            }
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
