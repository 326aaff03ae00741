package dev.usher.oauth;

import dev.usher.grant.Authority;
import dev.usher.http.Request;
import dev.usher.http.Response;
import dev.usher.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes the answers of the OAuth endpoints: JSON, readable from any origin, errors as Entra's. */
final class Answers {

    /** Where each code is explained; what clients and people look up. */
    private static final String ERROR_URI = "https://login.microsoftonline.com/error?code=";

    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);
    private static final Pattern GUID =
            Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final int PREFLIGHT_SECONDS = 86_400;

    private final Clock clock;

    Answers(Clock clock) {
        this.clock = clock;
    }

    /** A 200 that may be kept for a while by whoever asked. */
    Response document(JsonNode body) {
        return json(200, body).with("Cache-Control", "public, max-age=3600");
    }

    /** A 200 that may not be stored (RFC 6749 section 5.1). */
    Response token(JsonNode body) {
        return json(200, body).with("Cache-Control", "no-store").with("Pragma", "no-cache");
    }

    /** The refusal as Entra words it (RFC 6749 section 5.2 with more members). */
    Response error(Request request, AadRefused refused) {
        AadError error = refused.error();
        ObjectNode body =
                described(request, error.number(), error.oauthError(), refused.sentence());
        error.suberror().ifPresent(suberror -> body.put("suberror", suberror));
        return waiting(error(request, error.status(), body), refused.waitSeconds());
    }

    /** What a user flow refuses at the tenant's own address, as Entra words it. */
    Response error(Request request, FlowRefused refused) {
        ObjectNode body =
                described(
                        request,
                        refused.entraCode(),
                        refused.oauthError(Authority.TENANT),
                        refused.sentence());
        return waiting(error(request, refused.status(), body), refused.waitSeconds());
    }

    /** RFC 9110 section 10.2.3. */
    static Response waiting(Response response, long seconds) {
        return seconds == 0 ? response : response.with("Retry-After", Long.toString(seconds));
    }

    private ObjectNode described(Request request, int code, String error, String sentence) {
        request.trail().errorCode("AADSTS" + code);
        ObjectNode body =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("error", error)
                        .put("error_description", description(request, code, sentence));
        body.putArray("error_codes").add(code);
        return body.put("timestamp", TIMESTAMP.format(clock.now()))
                .put("trace_id", request.requestId())
                .put("correlation_id", correlationId(request))
                .put("error_uri", ERROR_URI + code);
    }

    /** A code, a sentence, and what support staff ask for. */
    String description(Request request, int code, String sentence) {
        return "AADSTS"
                + code
                + ": "
                + sentence
                + " Trace ID: "
                + request.requestId()
                + " Correlation ID: "
                + correlationId(request)
                + " Timestamp: "
                + TIMESTAMP.format(clock.now());
    }

    private static Response error(Request request, int status, ObjectNode body) {
        Response response =
                json(status, body).with("Cache-Control", "no-store").with("Pragma", "no-cache");
        boolean tried = request.headers().has("Authorization");
        return status == 401 && tried
                ? response.with("WWW-Authenticate", "Basic realm=\"usher\", charset=\"UTF-8\"")
                : response;
    }

    /** The answer to a preflight request (Fetch standard, CORS-preflight). */
    Response preflight(Request request) {
        Response response =
                Response.empty(204)
                        .with("Access-Control-Allow-Origin", "*")
                        .with("Access-Control-Allow-Methods", "GET, POST, OPTIONS")
                        .with("Access-Control-Max-Age", Integer.toString(PREFLIGHT_SECONDS));
        request.headers()
                .first("Access-Control-Request-Headers")
                .ifPresent(names -> response.with("Access-Control-Allow-Headers", names));
        return response;
    }

    /** The id under which the caller follows its request; msal-node sends it in the query. */
    static String correlationId(Request request) {
        try {
            return Form.query(request)
                    .get("client-request-id")
                    .filter(id -> GUID.matcher(id).matches())
                    .orElse(request.clientRequestId());
        } catch (AadRefused unreadableQuery) {
            return request.clientRequestId();
        }
    }

    private static Response json(int status, JsonNode body) {
        return Response.text(status, "application/json; charset=utf-8", body.toString())
                .with("Access-Control-Allow-Origin", "*");
    }
}
