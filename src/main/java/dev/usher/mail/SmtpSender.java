package dev.usher.mail;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import javax.net.ssl.SSLContext;

/** Sends mails by SMTP (RFC 5321), text and HTML as alternatives (RFC 2046 section 5.1.4). */
public final class SmtpSender implements MailSender {

    /** How long connecting, reading and writing may take, each. */
    public static final int WAIT_MS_MAX = 15_000;

    private final MailServer server;
    private final Session session;

    /**
     * @param tls whom the server's certificate has to come from
     */
    public SmtpSender(MailServer server, SSLContext tls) {
        this.server = server;
        String protocol = protocol();
        Properties properties = new Properties();
        String prefix = "mail." + protocol + ".";
        properties.put(prefix + "host", server.host());
        properties.put(prefix + "port", Integer.toString(server.port()));
        properties.put(prefix + "auth", Boolean.toString(server.user() != null));
        properties.put(prefix + "starttls.enable", Boolean.toString(!server.implicitTls()));
        properties.put(prefix + "starttls.required", Boolean.toString(!server.implicitTls()));
        properties.put(prefix + "ssl.checkserveridentity", "true");
        properties.put(prefix + "ssl.socketFactory", tls.getSocketFactory());
        properties.put(prefix + "localhost", "usher");
        for (String wait : new String[] {"connectiontimeout", "timeout", "writetimeout"}) {
            properties.put(prefix + wait, Integer.toString(WAIT_MS_MAX));
        }
        this.session = Session.getInstance(properties);
    }

    private String protocol() {
        return server.implicitTls() ? "smtps" : "smtp";
    }

    @Override
    public void send(String sender, Mail mail, String messageId) throws NotSent {
        try (Transport transport = session.getTransport(protocol())) {
            MimeMessage message = message(sender, mail, messageId);
            transport.connect(server.host(), server.port(), server.user(), server.password());
            transport.sendMessage(message, message.getAllRecipients());
        } catch (MessagingException refused) {
            throw new NotSent(server + ": " + refused.getClass().getSimpleName(), refused);
        }
    }

    private MimeMessage message(String sender, Mail mail, String messageId)
            throws MessagingException {
        MimeMessage message =
                new MimeMessage(session) {
                    @Override
                    protected void updateMessageID() throws MessagingException {
                        setHeader("Message-ID", "<" + messageId + "@" + server.host() + ">");
                    }
                };
        String utf8 = StandardCharsets.UTF_8.name();
        message.setFrom(from(sender, utf8));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress(mail.address(), true));
        message.setSubject(mail.subject(), utf8);
        message.setHeader("Auto-Submitted", "auto-generated");
        MimeBodyPart plain = new MimeBodyPart();
        plain.setText(mail.plain(), utf8);
        MimeBodyPart html = new MimeBodyPart();
        html.setText(mail.html(), utf8, "html");
        message.setContent(new MimeMultipart("alternative", plain, html));
        message.saveChanges();
        return message;
    }

    /** Under the name that the setting gives the address, else under that of the tenant. */
    private InternetAddress from(String sender, String charset) throws MessagingException {
        InternetAddress from = new InternetAddress(server.from(), true);
        if (from.getPersonal() == null && !sender.isBlank()) {
            try {
                from.setPersonal(sender, charset);
            } catch (UnsupportedEncodingException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
        return from;
    }
}
