package dev.usher.http;

import dev.usher.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Graph's error envelope: {@code {"error":{"code","message","innerError":{"date","request-id",
 * "client-request-id"}}}}; the date is UTC without a zone.
 */
public final class GraphErrorRenderer implements ErrorRenderer {

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);

    private final Clock clock;
    private final JsonMapper json = JsonMapper.shared();

    public GraphErrorRenderer(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Response render(Failure failure) {
        ObjectNode root = json.createObjectNode();
        ObjectNode error = root.putObject("error");
        error.put("code", failure.code()).put("message", failure.message());
        error.putObject("innerError")
                .put("date", DATE.format(clock.now()))
                .put("request-id", failure.requestId())
                .put("client-request-id", failure.clientRequestId());
        return Response.of(failure.status(), "application/json", json.writeValueAsBytes(root));
    }
}
