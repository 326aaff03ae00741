package dev.usher.mail;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * The server that takes our mails (SMTP submission, RFC 6409), always over TLS: from the first byte
 * with {@code smtps}, by STARTTLS with {@code smtp}.
 *
 * @param port 465 for {@code smtps} and 587 for {@code smtp} unless another is named
 * @param user null for a server that asks nobody who they are
 * @param from the sender's address
 */
public record MailServer(
        boolean implicitTls,
        String host,
        int port,
        @Nullable String user,
        @Nullable String password,
        String from) {

    private static final int SUBMISSIONS = 465;
    private static final int SUBMISSION = 587;

    /**
     * Reads {@code smtp://HOST[:PORT]} or {@code smtps://HOST[:PORT]}.
     *
     * @throws IllegalArgumentException if it is neither
     */
    public static MailServer parse(
            String url, @Nullable String user, @Nullable String password, String from) {
        URI parsed = URI.create(url);
        String scheme = parsed.getScheme();
        boolean implicit = "smtps".equals(scheme);
        String path = parsed.getRawPath() == null ? "" : parsed.getRawPath();
        if (parsed.getHost() == null
                || !(implicit || "smtp".equals(scheme))
                || !path.isEmpty()
                || parsed.getRawUserInfo() != null
                || parsed.getRawQuery() != null) {
            throw new IllegalArgumentException(
                    "not smtp://HOST[:PORT] or smtps://HOST[:PORT]: " + url);
        }
        int standard = implicit ? SUBMISSIONS : SUBMISSION;
        return new MailServer(
                implicit,
                parsed.getHost(),
                parsed.getPort() < 0 ? standard : parsed.getPort(),
                user,
                password,
                from);
    }

    @Override
    public String toString() {
        return (implicitTls ? "smtps://" : "smtp://") + host + ":" + port;
    }
}
