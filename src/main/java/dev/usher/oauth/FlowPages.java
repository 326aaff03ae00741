package dev.usher.oauth;

import dev.usher.html.Content;
import dev.usher.html.Frame;
import dev.usher.html.HtmlPages;
import dev.usher.http.Response;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The pages that the endpoints of a user flow show themselves. */
final class FlowPages {

    private static final String LANGUAGE = "en";

    /** How long applications have to hear that a person signed out, in seconds. */
    private static final int PATIENCE_SECONDS = 2;

    private final HtmlPages html;

    FlowPages(HtmlPages html) {
        this.html = html;
    }

    /**
     * What went wrong, in words, with what support staff ask for.
     *
     * @param tenant who speaks; null if that is not known
     */
    Response error(int status, @Nullable String tenant, String sentence, List<String> smallPrint) {
        return html.render(
                status,
                frame("Something is not right", tenant, smallPrint),
                new Content.Message(
                        List.of(
                                sentence,
                                "Close this page, go back to the application and try again. If that"
                                        + " does not help, tell whoever runs it what stands"
                                        + " below."),
                        List.of()));
    }

    /** A form that sends itself (OAuth 2.0 Form Post Response Mode). */
    Response formPost(String uri, Map<String, String> fields) {
        return html.render(
                200,
                frame("You are signed in", null, List.of()),
                new Content.SelfPosting(uri, fields, "Continue"),
                List.of(target(uri)));
    }

    /**
     * Says that the person has signed out, and tells the applications (OIDC Front-Channel Logout
     * 1.0, 3), to which a few seconds are left before the browser goes on.
     *
     * @param notify what is called of each application
     * @param next where to go then; empty to stay
     */
    Response signedOut(@Nullable String tenant, List<String> notify, String next) {
        List<Content.Link> on =
                next.isEmpty()
                        ? List.of()
                        : List.of(new Content.Link("continue", "Continue", next));
        String text =
                next.isEmpty()
                        ? "It is a good idea to close all windows of the browser now."
                        : "You are being taken back to the application.";
        Response page =
                html.render(
                        200,
                        frame("You have signed out", tenant, List.of()),
                        new Content.Telling(List.of(text), on, notify));
        return next.isEmpty() ? page : page.with("Refresh", PATIENCE_SECONDS + ";url=" + next);
    }

    private static Frame frame(String title, @Nullable String tenant, List<String> notes) {
        return new Frame(LANGUAGE, title, tenant == null ? "Usher" : tenant, notes);
    }

    /** What a content security policy calls the address: its origin, or its scheme alone. */
    private static String target(String uri) {
        URI parsed = URI.create(uri);
        return parsed.getRawAuthority() == null
                ? parsed.getScheme() + ":"
                : parsed.getScheme() + "://" + parsed.getRawAuthority();
    }
}
