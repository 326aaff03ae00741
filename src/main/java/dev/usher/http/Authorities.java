package dev.usher.http;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** The certification authorities whose servers we talk to. */
public final class Authorities {

    private Authorities() {}

    /** TLS with servers whose certificates come from those of the Java runtime or from these. */
    public static SSLContext tls(List<X509Certificate> more) {
        try {
            TrustManagerFactory trust =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(with(more));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException damaged) {
            throw new IllegalStateException("the Java runtime has no TLS", damaged);
        }
    }

    /** Those of the Java runtime and these. */
    static KeyStore with(List<X509Certificate> authorities) {
        try {
            KeyStore merged = KeyStore.getInstance("PKCS12");
            merged.load(null, null);
            TrustManagerFactory standard =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            standard.init((@Nullable KeyStore) null);
            int count = 0;
            for (TrustManager manager : standard.getTrustManagers()) {
                if (manager instanceof X509TrustManager x509) {
                    for (X509Certificate authority : x509.getAcceptedIssuers()) {
                        merged.setCertificateEntry("standard-" + count++, authority);
                    }
                }
            }
            for (X509Certificate authority : authorities) {
                merged.setCertificateEntry("extra-" + count++, authority);
            }
            return merged;
        } catch (GeneralSecurityException | IOException damaged) {
            throw new IllegalStateException("the Java runtime's CA list is unusable", damaged);
        }
    }
}
