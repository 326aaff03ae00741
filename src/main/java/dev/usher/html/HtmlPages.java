package dev.usher.html;

import dev.usher.http.Response;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Turns pages into answers: HTML that asks nobody else for anything, under a policy that lets
 * nothing else run. Thread-safe.
 */
public final class HtmlPages {

    private static final String STYLE = "/html/page.css";

    /** What can stand in a policy without ending its directive. */
    private static final String SOURCE = "[!-~&&[^;,'\"]]+";

    /** Sends the form of a {@link Content.SelfPosting} on. */
    private static final String SUBMIT = "document.forms[0].submit()";

    private final TemplateEngine templates =
            TemplateEngine.createPrecompiled(null, ContentType.Html, null, "dev.usher.html.jte");

    private final String style;
    private final String styleHash;
    private final String scriptHash;

    public HtmlPages() {
        this.style = resource(STYLE);
        this.styleHash = hash(style);
        this.scriptHash = hash(SUBMIT);
    }

    /**
     * A page; never stored, and framed by nobody, but for an answer to an application: applications
     * renew tokens in hidden frames of their own pages, and there is nothing to press on it.
     *
     * @param formTargets origins, or schemes with their colon, to which a form on the page may lead
     *     beside our own: browsers hold redirects of its answer against them, too
     */
    public Response render(
            int status, Frame frame, Content content, Collection<String> formTargets) {
        StringOutput html = new StringOutput();
        templates.render(
                content.template(),
                Map.of("frame", frame, "content", content, "style", style, "script", SUBMIT),
                html);
        Response page =
                Response.of(
                                status,
                                "text/html; charset=utf-8",
                                html.toString().getBytes(StandardCharsets.UTF_8))
                        .with("Content-Security-Policy", policy(content, formTargets))
                        .with("Cache-Control", "no-store")
                        .with("Content-Language", frame.language())
                        .with("Referrer-Policy", "no-referrer")
                        .with("X-Content-Type-Options", "nosniff");
        return content instanceof Content.SelfPosting ? page : page.with("X-Frame-Options", "DENY");
    }

    /** As {@link #render(int, Frame, Content, Collection)}, for forms that stay with us. */
    public Response render(int status, Frame frame, Content content) {
        return render(status, frame, content, List.of());
    }

    /** Content Security Policy Level 3: nothing but our own style and, where needed, script. */
    private String policy(Content content, Collection<String> formTargets) {
        String script =
                content instanceof Content.SelfPosting ? "script-src " + scriptHash + "; " : "";
        return "default-src 'none'; style-src "
                + styleHash
                + "; img-src data:; "
                + script
                + frames(content)
                + "base-uri 'none'; frame-ancestors "
                + (content instanceof Content.SelfPosting ? ancestors(formTargets) : "'none'")
                + "; form-action "
                + String.join(" ", targets(formTargets));
    }

    private static String frames(Content content) {
        if (content instanceof Content.Mails) {
            return "frame-src 'self'; ";
        }
        return content instanceof Content.Telling telling && !telling.frames().isEmpty()
                ? "frame-src " + String.join(" ", sources(telling.frames())) + "; "
                : "";
    }

    /** Origins, as the policy's grammar has them. */
    private static List<String> sources(List<String> addresses) {
        return addresses.stream()
                .map(URI::create)
                .map(uri -> uri.getScheme() + "://" + uri.getRawAuthority())
                .filter(source -> source.matches(SOURCE))
                .distinct()
                .toList();
    }

    private static List<String> targets(Collection<String> others) {
        List<String> targets = new ArrayList<>(List.of("'self'"));
        for (String other : others) {
            if (other.matches(SOURCE)) {
                targets.add(other);
            }
        }
        return targets;
    }

    /** Pages of the web alone; another scheme is no place for a frame. */
    private static String ancestors(Collection<String> applications) {
        List<String> origins =
                applications.stream()
                        .filter(origin -> origin.matches(SOURCE) && origin.contains("://"))
                        .toList();
        return origins.isEmpty() ? "'none'" : String.join(" ", origins);
    }

    private static String hash(String inline) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(inline.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String resource(String name) {
        try (InputStream in = HtmlPages.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("no " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
