package dev.usher.odata;

import dev.usher.http.ErrorRenderer;
import dev.usher.http.Request;
import dev.usher.http.Response;
import dev.usher.time.Clock;
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

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);

    private final Clock clock;
    private final JsonMapper mapper = JsonMapper.shared();

    public ErrorWriter(Clock clock) {
        this.clock = clock;
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
        Response response = respond(request, refusal.error().status(), error);
        String allow = refusal.allow();
        return allow == null ? response : response.with("Allow", allow);
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
        return respond(failure.status(), failure.requestId(), failure.clientRequestId(), error);
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
        return respond(status, request.requestId(), request.clientRequestId(), error);
    }

    private Response respond(
            int status, String requestId, String clientRequestId, ObjectNode error) {
        error.putObject("innerError")
                .put("date", DATE.format(clock.now()))
                .put("request-id", requestId)
                .put("client-request-id", clientRequestId);
        ObjectNode body = mapper.createObjectNode();
        body.set("error", error);
        return Response.of(status, "application/json", mapper.writeValueAsBytes(body));
    }
}
