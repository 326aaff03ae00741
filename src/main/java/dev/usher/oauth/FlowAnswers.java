package dev.usher.oauth;

import dev.usher.grant.Authority;
import dev.usher.http.Request;
import dev.usher.http.Response;
import dev.usher.ids.TenantId;
import dev.usher.oauth.AuthorizeRequest.ReplyTo;
import dev.usher.time.Clock;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes the answers of a user flow's endpoints, errors in the layout that B2C's clients parse. */
final class FlowAnswers {

    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private final Clock clock;
    private final FlowPages pages;
    private final Answers entra;

    /**
     * @param entra words errors where no address names a flow
     */
    FlowAnswers(Clock clock, FlowPages pages, Answers entra) {
        this.clock = clock;
        this.pages = pages;
        this.entra = entra;
    }

    /** What follows the code: a sentence, then lines that applications and people look for. */
    private String description(Request request, FlowRefused refused, @Nullable TenantId tenant) {
        return refused.code(Authority.USER_FLOW)
                + ": "
                + refused.sentence()
                + "\r\nCorrelation ID: "
                + Answers.correlationId(request)
                + "\r\nTimestamp: "
                + timestamp(tenant)
                + "\r\n";
    }

    private String timestamp(@Nullable TenantId tenant) {
        Instant now = tenant == null ? clock.now() : clock.now(tenant);
        return TIMESTAMP.format(now);
    }

    /** The error as JSON (RFC 6749 section 5.2). */
    Response json(Request request, Authority authority, FlowRefused refused) {
        if (authority == Authority.TENANT) {
            return entra.error(request, refused);
        }
        request.trail().errorCode(refused.code(authority));
        ObjectNode body =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("error", refused.oauthError(authority))
                        .put(
                                "error_description",
                                description(request, refused, request.trail().tenant()));
        Response response =
                Answers.waiting(
                        Response.text(
                                        refused.status(),
                                        "application/json; charset=utf-8",
                                        body.toString())
                                .with("Access-Control-Allow-Origin", "*")
                                .with("Cache-Control", "no-store")
                                .with("Pragma", "no-cache"),
                        refused.waitSeconds());
        boolean tried = request.headers().has("Authorization");
        return refused.status() == 401 && tried
                ? response.with("WWW-Authenticate", "Basic realm=\"usher\", charset=\"UTF-8\"")
                : response;
    }

    /**
     * The error as a page, for the person: where an application cannot be trusted with it.
     *
     * @param tenant who speaks; null if that is not known
     */
    Response page(
            Request request, Authority authority, FlowRefused refused, @Nullable String tenant) {
        request.trail().errorCode(refused.code(authority));
        Response page =
                pages.error(
                        refused.status(),
                        tenant,
                        refused.sentence(),
                        List.of(
                                "Code: " + refused.code(authority),
                                "Correlation ID: " + Answers.correlationId(request),
                                "Timestamp: " + timestamp(request.trail().tenant())));
        return Answers.waiting(page, refused.waitSeconds());
    }

    /** The error as an answer to the application (RFC 6749 section 4.1.2.1). */
    Response redirect(Request request, Authority authority, ReplyTo to, FlowRefused refused) {
        request.trail().errorCode(refused.code(authority));
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("error", refused.oauthError(authority));
        fields.put(
                "error_description",
                switch (authority) {
                    case USER_FLOW -> description(request, refused, request.trail().tenant());
                    case TENANT ->
                            entra.description(request, refused.entraCode(), refused.sentence());
                });
        return deliver(to, fields);
    }

    /** The answer to the application, by the mode that it asked for. */
    Response deliver(ReplyTo to, Map<String, String> fields) {
        Map<String, String> all = new LinkedHashMap<>(fields);
        if (to.state() != null) {
            all.put("state", to.state());
        }
        String uri = to.redirectUri();
        return switch (to.mode()) {
            case QUERY -> see(uri + (uri.indexOf('?') < 0 ? "?" : "&") + encoded(all));
            case FRAGMENT -> see(uri + "#" + encoded(all));
            case FORM_POST -> pages.formPost(uri, all);
        };
    }

    /** A redirect that is followed by a GET (RFC 9700 section 4.12), and not remembered. */
    static Response see(String uri) {
        return Response.empty(303)
                .with("Location", uri)
                .with("Cache-Control", "no-store")
                .with("Referrer-Policy", "no-referrer");
    }

    /** A blank is {@code %20} in fragments, too, which not every client reads as a form. */
    static String encoded(Map<String, String> fields) {
        StringBuilder text = new StringBuilder();
        fields.forEach((name, value) ->
                text.append(text.isEmpty() ? "" : "&")
                        .append(encode(name))
                        .append('=')
                        .append(encode(value)));
        return text.toString();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** JSON that may not be stored (RFC 6749 section 5.1). */
    static Response document(JsonNode body) {
        return Response.text(200, "application/json; charset=utf-8", body.toString())
                .with("Access-Control-Allow-Origin", "*")
                .with("Cache-Control", "no-store")
                .with("Pragma", "no-cache");
    }
}
