package dev.usher.flow;

import dev.usher.mail.Mail;
import dev.usher.otp.OneTimeCodes;
import dev.usher.store.ReadTx;
import dev.usher.tenant.Tenants;
import dev.usher.text.EnglishTexts;

/** The mail that brings a code. */
final class CodeMail {

    private static final String PART = "mail";

    private final EnglishTexts texts;

    CodeMail(EnglishTexts texts) {
        this.texts = texts;
    }

    Mail of(ReadTx tx, String address, String code) {
        String product = Tenants.current(tx).displayName();
        String subject = text("subject", product, code);
        String intro = text("intro", product, code);
        String note = text("note", Long.toString(OneTimeCodes.LIFETIME.toMinutes()), product);
        String plain = intro + "\n\n    " + code + "\n\n" + note + "\n";
        String html =
                "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>"
                        + escaped(subject)
                        + "</title></head>\n"
                        + "<body style=\"font-family:sans-serif;line-height:1.5\">\n"
                        + "<p>"
                        + escaped(intro)
                        + "</p>\n<p style=\"font-size:28px;letter-spacing:4px\"><strong>"
                        + escaped(code)
                        + "</strong></p>\n<p>"
                        + escaped(note)
                        + "</p>\n</body></html>\n";
        return new Mail(address, subject, plain, html);
    }

    private String text(String id, String first, String second) {
        return texts.part(PART).stream()
                .filter(text -> text.stringId().equals(id))
                .findFirst()
                .orElseThrow()
                .value()
                .replace("{0}", first)
                .replace("{1}", second);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
