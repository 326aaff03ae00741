package dev.usher.dev;

import dev.usher.http.Tls;
import dev.usher.ids.Ids;
import dev.usher.time.Clock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;

/**
 * The certificates of development mode, as PEM files in its directory: a CA of its own (EC P-256)
 * that stays, the server's certificate for localhost that it signs and that is renewed before it
 * ends, and self-signed RSA certificates with which clients authenticate.
 */
public final class DevCertificates {

    private static final Duration CA_LIFE = Duration.ofDays(3650);
    private static final Duration SERVER_LIFE = Duration.ofDays(397);
    private static final Duration CLIENT_LIFE = Duration.ofDays(3650);

    /** A server certificate with less than this left is renewed at start. */
    static final Duration RENEW_BEFORE = Duration.ofDays(30);

    private final Path directory;
    private final Clock clock;
    private final Ids ids;

    public DevCertificates(Path directory, Clock clock, Ids ids) {
        this.directory = directory;
        this.clock = clock;
        this.ids = ids;
    }

    /** The certificate of the CA, for clients to trust. */
    public Path caFile() {
        return directory.resolve("ca.pem");
    }

    /** The server's certificate, made or renewed if need be. */
    public Tls server() {
        Path certificate = directory.resolve("server.pem");
        Path key = directory.resolve("server.key");
        if (Files.exists(certificate) && Files.exists(key) && Files.exists(caFile())) {
            Tls present = Tls.read(certificate, key);
            if (usable(present, Tls.certificates(caFile()).getFirst())) {
                return present;
            }
        }
        maker().server(ca(), SERVER_LIFE).save(certificate, key);
        return Tls.read(certificate, key);
    }

    /** A client's certificate, made if it is not there; its files are NAME.pem and NAME.key. */
    public X509Certificate client(String name) {
        Path certificate = clientCertificate(name);
        if (!Files.exists(certificate) || !Files.exists(clientKey(name))) {
            maker().client(name, CLIENT_LIFE).save(certificate, clientKey(name));
        }
        return Tls.certificates(certificate).getFirst();
    }

    public Path clientCertificate(String name) {
        return directory.resolve(name + ".pem");
    }

    public Path clientKey(String name) {
        return directory.resolve(name + ".key");
    }

    private Tls ca() {
        Path key = directory.resolve("ca.key");
        if (!Files.exists(caFile()) || !Files.exists(key)) {
            maker().ca(CA_LIFE).save(caFile(), key);
        }
        return Tls.read(caFile(), key);
    }

    /** Only now: its library is large, and not needed once the files are there. */
    private CertificateMaker maker() {
        return new CertificateMaker(clock, ids);
    }

    private boolean usable(Tls present, X509Certificate ca) {
        X509Certificate leaf = present.chain().getFirst();
        try {
            leaf.verify(ca.getPublicKey());
        } catch (GeneralSecurityException ofAnotherCa) {
            return false;
        }
        return clock.now().plus(RENEW_BEFORE).isBefore(leaf.getNotAfter().toInstant());
    }
}
