package dev.usher.dev;

import dev.usher.html.Content;
import dev.usher.html.Frame;
import dev.usher.html.HtmlPages;
import dev.usher.http.Response;
import dev.usher.mail.Outbox;
import dev.usher.tenant.Tenant;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The mails that would have been sent: as JSON for programs, as a page for people. */
final class DevMailbox {

    /** Where it is. */
    static final String PATH = "/dev/mail";

    /** A mail may look as it likes, but neither do nor load anything. */
    private static final String POLICY =
            "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self';"
                    + " sandbox";

    private static final Pattern CODE = Pattern.compile("(?m)^\\s*(\\d{6})\\s*$");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm:ss 'UTC'", Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC);

    private final HtmlPages html;

    DevMailbox(HtmlPages html) {
        this.html = html;
    }

    /** The path at which a person reads the mails of a tenant to an address. */
    static String path(Tenant tenant, String address) {
        return PATH
                + "?tenant="
                + tenant.id()
                + (address.isEmpty()
                        ? ""
                        : "&to=" + URLEncoder.encode(address, StandardCharsets.UTF_8));
    }

    Response json(List<Outbox.Kept> mails) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode value = body.putArray("value");
        for (Outbox.Kept kept : mails) {
            ObjectNode mail = value.addObject();
            mail.put("id", kept.id());
            mail.put("createdDateTime", kept.createdAt().toString());
            mail.put("to", kept.mail().address());
            mail.put("subject", kept.mail().subject());
            mail.put("code", code(kept).orElse(null));
            mail.put("text", kept.mail().plain());
            mail.put("html", kept.mail().html());
        }
        return Response.text(200, "application/json", body.toString());
    }

    /**
     * The page.
     *
     * @param to whose mails; empty for everybody's
     * @param all every tenant
     */
    Response page(Tenant tenant, String to, List<Outbox.Kept> mails, List<Tenant> all) {
        List<Content.Link> others =
                all.stream()
                        .filter(other -> !other.id().equals(tenant.id()))
                        .map(other ->
                                new Content.Link(
                                        "other_" + other.displayName(),
                                        "Mails of " + other.displayName(),
                                        path(other, "")))
                        .toList();
        List<Content.Letter> letters = mails.stream().map(kept -> letter(tenant, kept)).toList();
        return html.render(
                200,
                Frame.english("Mails", tenant.displayName()),
                new Content.Mails(
                        PATH, to, Map.of("tenant", tenant.id().toString()), others, letters));
    }

    private static Content.Letter letter(Tenant tenant, Outbox.Kept kept) {
        return new Content.Letter(
                kept.id(),
                kept.mail().address(),
                kept.mail().subject(),
                TIME.format(kept.createdAt()),
                code(kept).orElse(""),
                kept.mail().plain(),
                PATH + "/" + kept.id() + "/html?tenant=" + tenant.id());
    }

    /** The HTML form of a mail, for the frame of the page. */
    Response body(Outbox.Kept kept) {
        return Response.text(200, "text/html; charset=utf-8", kept.mail().html())
                .with("Content-Security-Policy", POLICY)
                .with("Referrer-Policy", "no-referrer")
                .with("X-Content-Type-Options", "nosniff");
    }

    private static Optional<String> code(Outbox.Kept kept) {
        Matcher code = CODE.matcher(kept.mail().plain());
        return code.find() ? Optional.of(code.group(1)) : Optional.empty();
    }
}
