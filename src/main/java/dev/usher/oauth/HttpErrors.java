package dev.usher.oauth;

import dev.usher.http.ErrorRenderer;
import dev.usher.http.Response;
import java.util.regex.Pattern;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Words what the HTTP room refuses on the paths of this one as an OAuth client reads it (RFC 6749
 * section 5.2); everything else is left to the renderer of the other rooms.
 */
public final class HttpErrors implements ErrorRenderer {

    private static final Pattern PATHS =
            Pattern.compile(
                    "(/[^/]+){1,3}/(oauth2|openid|discovery|v2\\.0)/.*", Pattern.CASE_INSENSITIVE);

    private final ErrorRenderer others;

    public HttpErrors(ErrorRenderer others) {
        this.others = others;
    }

    @Override
    public Response render(Failure failure) {
        if (!PATHS.matcher(failure.path()).matches()) {
            return others.render(failure);
        }
        ObjectNode body =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("error", failure.status() >= 500 ? "server_error" : "invalid_request")
                        .put(
                                "error_description",
                                failure.message()
                                        + " Trace ID: "
                                        + failure.requestId()
                                        + " Correlation ID: "
                                        + failure.clientRequestId())
                        .put("trace_id", failure.requestId())
                        .put("correlation_id", failure.clientRequestId());
        return Response.text(failure.status(), "application/json; charset=utf-8", body.toString())
                .with("Cache-Control", "no-store")
                .with("Pragma", "no-cache")
                .with("Access-Control-Allow-Origin", "*");
    }
}
