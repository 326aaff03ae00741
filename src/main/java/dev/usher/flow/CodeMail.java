package dev.usher.flow;

import dev.usher.mail.Mail;
import dev.usher.otp.OneTimeCodes;
import dev.usher.store.ReadTx;
import dev.usher.tenant.Tenants;
import dev.usher.text.Direction;
import dev.usher.text.OwnTexts;

/** The mail that brings a code: in the language of the journey, and with nothing from elsewhere. */
final class CodeMail {

    private static final String PART = "mail";

    private final OwnTexts texts;

    CodeMail(OwnTexts texts) {
        this.texts = texts;
    }

    Mail of(ReadTx tx, String language, String address, String code) {
        String product = Tenants.current(tx).displayName();
        String subject = text(language, "subject", product, code);
        String intro = text(language, "intro", product, code);
        String minutes = Long.toString(OneTimeCodes.LIFETIME.toMinutes());
        String note = text(language, "note", minutes, product);
        String plain = intro + "\n\n    " + code + "\n\n" + note + "\n";
        return new Mail(address, subject, plain, html(language, subject, intro, code, note));
    }

    private static String html(
            String language, String subject, String intro, String code, String note) {
        return """
        <!doctype html>
        <html lang="%s" dir="%s">
        <head>
        <meta charset="utf-8">
        <meta name="color-scheme" content="light dark">
        <title>%s</title>
        </head>
        <body style="margin:0;padding:24px;font:16px/1.5 sans-serif">
        <div style="max-width:480px;margin:0 auto">
        <p>%s</p>
        <p dir="ltr" style="font:700 32px/1.5 monospace;letter-spacing:6px">%s</p>
        <p style="font-size:14px">%s</p>
        </div>
        </body>
        </html>
        """
                .formatted(
                        escaped(language),
                        Direction.of(language),
                        escaped(subject),
                        escaped(intro),
                        escaped(code),
                        escaped(note));
    }

    private String text(String language, String id, String first, String second) {
        return texts.text(language, PART, id).replace("{0}", first).replace("{1}", second);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
