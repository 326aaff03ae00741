package dev.usher.odata;

import dev.usher.http.ErrorRenderer;
import dev.usher.http.Request;
import dev.usher.http.Response;
import dev.usher.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Graph's error body: {@code error.code, message, target, details[], innerError}. The date has no
 * zone suffix, because Graph's clients parse it so.
 */
public final class ErrorWriter implements ErrorRenderer {

    /** How the codes of user flows begin; their errors name a correlation beside the request. */
    private static final String USER_FLOWS = "AADB2C";

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);

    private final Clock clock;
    private final boolean explaining;
    private final JsonMapper mapper = JsonMapper.shared();

    /** Says to the caller what production says. */
    public ErrorWriter(Clock clock) {
        this(clock, false);
    }

    /**
     * @param explaining whether {@code innerError.usher} names the room that refused, its cause and
     *     the offending members; for development mode alone
     */
    public ErrorWriter(Clock clock, boolean explaining) {
        this.clock = clock;
        this.explaining = explaining;
    }

    public Response write(Request request, Refusal refusal) {
        request.trail().errorCode(refusal.error().name());
        ObjectNode error = error(refusal.error(), refusal.getMessage(), refusal.target());
        if (!refusal.details().isEmpty()) {
            ArrayNode details = error.putArray("details");
            for (Violation violation : refusal.details()) {
                details.addObject()
                        .put("code", violation.rule().code())
                        .put("message", violation.message())
                        .put("target", violation.target());
            }
        }
        ObjectNode inner = inner(request, error);
        if (explaining) {
            explain(inner, refusal);
        }
        Response response = response(refusal.error().status(), error);
        header(response, "Allow", refusal.allow());
        header(response, "x-usher-hint", encoded(refusal.hint()));
        Duration wait = refusal.retryAfter();
        if (wait != null) {
            // whole seconds (RFC 9110 10.2.3), and never too early
            header(response, "Retry-After", Long.toString(wait.plusNanos(999_999_999).toSeconds()));
        }
        return response;
    }

    private static void explain(ObjectNode inner, Refusal refusal) {
        ObjectNode usher =
                inner.putObject("usher")
                        .put("room", refusal.error().room())
                        .put("cause", refusal.error().name());
        if (refusal.target() != null) {
            usher.put("target", refusal.target());
        }
        if (!refusal.details().isEmpty()) {
            ArrayNode violations = usher.putArray("violations");
            refusal.details()
                    .forEach(each -> violations.add(each.target() + ": " + each.rule().code()));
        }
    }

    private static void header(Response response, String name, @Nullable String value) {
        if (value != null) {
            response.with(name, value);
        }
    }

    /** What came from a path goes into a header as a path would. */
    private static @Nullable String encoded(@Nullable String path) {
        return path == null
                ? null
                : ResourceUrls.encode(path).replace("%2F", "/").replace("%24", "$");
    }

    /** For a defect or a failure that no refusal describes; its cause is named in development. */
    public Response write(Request request, GraphError code, String message, Throwable cause) {
        request.trail().errorCode(code.name());
        ObjectNode error = error(code, message, null);
        ObjectNode inner = inner(request, error);
        if (explaining) {
            inner.putObject("usher")
                    .put("room", code.room())
                    .put("cause", cause.getClass().getName() + ": " + cause.getMessage());
        }
        return response(code.status(), error);
    }

    /** For refusals of the HTTP room, and for defects. */
    public Response write(Request request, GraphError code, String message) {
        request.trail().errorCode(code.name());
        return respond(request, code.status(), error(code, message, null));
    }

    @Override
    public Response render(Failure failure) {
        ObjectNode error = mapper.createObjectNode();
        error.put("code", failure.code()).put("message", failure.message());
        inner(failure.requestId(), failure.clientRequestId(), error);
        return response(failure.status(), error);
    }

    private ObjectNode error(GraphError code, @Nullable String message, @Nullable String target) {
        ObjectNode error = mapper.createObjectNode();
        error.put("code", code.code());
        error.put("message", message == null ? code.meaning() : message);
        if (target != null) {
            error.put("target", target);
        }
        return error;
    }

    private Response respond(Request request, int status, ObjectNode error) {
        inner(request, error);
        return response(status, error);
    }

    private ObjectNode inner(Request request, ObjectNode error) {
        return inner(request.requestId(), request.clientRequestId(), error);
    }

    private ObjectNode inner(String requestId, String clientRequestId, ObjectNode error) {
        ObjectNode inner = error.putObject("innerError");
        if (error.path("code").asString("").startsWith(USER_FLOWS)) {
            inner.put("correlationId", requestId);
        }
        return inner.put("date", DATE.format(clock.now()))
                .put("request-id", requestId)
                .put("client-request-id", clientRequestId);
    }

    private Response response(int status, ObjectNode error) {
        ObjectNode body = mapper.createObjectNode();
        body.set("error", error);
        return Response.of(status, "application/json", mapper.writeValueAsBytes(body));
    }
}
