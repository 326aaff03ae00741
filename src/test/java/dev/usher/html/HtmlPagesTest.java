package dev.usher.html;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.http.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HtmlPagesTest {

    private static final String NASTY = "\"><script>alert('1')</script>&";

    private final HtmlPages pages = new HtmlPages();

    private static String text(Response response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    private static Content.Form form(Part... parts) {
        return new Content.Form("/go", Map.of("csrf", NASTY), NASTY, NASTY, List.of(parts));
    }

    private static Part.Label label(String id, String error) {
        return new Part.Label(id, NASTY, NASTY, error, true);
    }

    private static Part.DateChoice.Choice choice() {
        return new Part.DateChoice.Choice(NASTY, List.of(new Part.Option(NASTY, NASTY, true)));
    }

    @Test
    void whatPeopleAndApplicationsSayIsNeverMarkup() {
        List<Part.Option> options = List.of(new Part.Option(NASTY, NASTY, true));
        Content.Form everything =
                form(
                        new Part.Input(label("a", NASTY), "text", NASTY, "off", null, 20, true),
                        new Part.Select(label("b", null), options, NASTY, false),
                        new Part.Choices(label("c", NASTY), true, options, false),
                        new Part.DateChoice(label("d", null), choice(), choice(), choice(), false),
                        new Part.Tick("e", NASTY, true),
                        new Part.Fixed("f", NASTY, NASTY),
                        new Part.Sentence("g", NASTY, true),
                        new Part.Divider(NASTY),
                        new Part.Action("h", NASTY, NASTY, Part.Look.LINK, NASTY));
        everything = everything.aided(List.of(new Part.Way("i", NASTY, "javascript:alert(1)")));
        Frame frame = new Frame("en", NASTY, NASTY, List.of(NASTY));
        assertThat(text(pages.render(200, frame, everything)))
                .contains("&lt;script>alert(&#39;1&#39;)")
                .doesNotContain("javascript:")
                .doesNotContain("<script");
        Content message =
                new Content.Message(
                        List.of(NASTY),
                        List.of(new Content.Link("l", NASTY, "javascript:alert(1)")));
        assertThat(text(pages.render(200, frame, message)))
                .doesNotContain("<script")
                .doesNotContain("javascript:");
        Content mails =
                new Content.Mails(
                        "/mails",
                        NASTY,
                        Map.of("s", NASTY),
                        List.of(new Content.Link("l", NASTY, "/other")),
                        List.of(
                                new Content.Letter(
                                        NASTY, NASTY, NASTY, NASTY, NASTY, NASTY, "/html")));
        assertThat(text(pages.render(200, frame, mails)))
                .doesNotContain("<script")
                .contains("<iframe src=\"/html\"", "sandbox=\"\"");
        Content posting =
                new Content.SelfPosting("https://app.example/cb", Map.of("s", NASTY), "Go");
        assertThat(text(pages.render(200, frame, posting)))
                .containsOnlyOnce("<script")
                .contains("&#34;>&lt;script>");
    }

    @Test
    void aFieldSaysWhatIsWrongToThoseWhoCannotSee() {
        Part input = new Part.Input(label("email", "Wrong"), "email", "x", "email", null, 9, true);
        assertThat(text(pages.render(200, Frame.english("T", "P"), form(input))))
                .contains("aria-invalid=\"true\"")
                .contains("aria-describedby=\"email_error email_help\"")
                .contains("id=\"email_error\"")
                .contains("<label for=\"email\"")
                .contains(" autofocus");
        Part fine = new Part.Input(label("email", null), "email", "x", "email", null, 9, false);
        assertThat(text(pages.render(200, Frame.english("T", "P"), form(fine))))
                .doesNotContain("aria-invalid=\"true\"")
                .doesNotContain(" autofocus")
                .doesNotContain("inputmode");
    }

    @Test
    void onlyTheMainButtonBelongsToTheForm() {
        String html =
                text(
                        pages.render(
                                200,
                                Frame.english("T", "P"),
                                form(
                                        new Part.Action("next", "go", "Go", Part.Look.MAIN, ""),
                                        new Part.Action("no", "no", "No", Part.Look.SECOND, ""))));
        assertThat(html.lines().filter(line -> line.contains("id=\"next\"")).toList())
                .singleElement()
                .asString()
                .doesNotContain("form=\"elsewhere\"");
        assertThat(html.lines().filter(line -> line.contains("id=\"no\"")).toList())
                .singleElement()
                .asString()
                .contains("form=\"elsewhere\"");
    }

    @Test
    void thePolicyLetsNothingElseRun() {
        Content message = new Content.Message(List.of("Hi"), List.of());
        String plain =
                pages.render(200, Frame.english("T", "P"), message)
                        .header("Content-Security-Policy")
                        .orElseThrow();
        assertThat(plain)
                .startsWith("default-src 'none'; style-src 'sha256-")
                .endsWith("form-action 'self'")
                .doesNotContain("script-src")
                .contains("frame-ancestors 'none';")
                .doesNotContain("unsafe");
        assertThat(pages.render(200, Frame.english("T", "P"), message).header("X-Frame-Options"))
                .contains("DENY");
        Content posting = new Content.SelfPosting("https://app.example/cb", Map.of(), "Go");
        Response response =
                pages.render(
                        200,
                        Frame.english("T", "P"),
                        posting,
                        List.of("https://app.example", "https://e; script-src *"));
        assertThat(response.header("Content-Security-Policy").orElseThrow())
                .contains("script-src 'sha256-")
                .contains("frame-ancestors https://app.example;")
                .endsWith("form-action 'self' https://app.example");
        assertThat(response.header("Cache-Control")).contains("no-store");
        assertThat(response.header("X-Frame-Options")).isEmpty();
        assertThat(response.header("Referrer-Policy")).contains("no-referrer");
    }
}
