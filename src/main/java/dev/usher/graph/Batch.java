package dev.usher.graph;

import dev.usher.http.Headers;
import dev.usher.http.Request;
import dev.usher.http.Response;
import dev.usher.http.Trail;
import dev.usher.ids.Ids;
import dev.usher.odata.GraphError;
import dev.usher.odata.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code POST /{version}/$batch} (OData JSON Format 4.01, 19): several requests in one, each
 * answered as if it had come alone, with the caller's token and a request id of its own. A request
 * runs after those it depends on; when one of them has failed, it is not tried (424).
 */
final class Batch {

    private static final Pattern ABSOLUTE = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*:|//).*");
    private static final Pattern REQUEST_ID = Pattern.compile("[0-9A-Za-z._:{}-]{1,64}");

    private final Ids ids;
    private final Edge edge;

    /** Answers one request of a batch and tells of it, whatever becomes of it. */
    interface Edge {

        /** The answer of the edge, or to a request that does not come so far, this refusal. */
        Response answer(Request request, @Nullable Refusal refused);
    }

    Batch(Ids ids, Edge edge) {
        this.ids = ids;
        this.edge = edge;
    }

    /**
     * @throws Refusal 400 for a body that is no batch, 405 for another method than POST
     */
    Response answer(Request batch) {
        if (!batch.method().equals("POST")) {
            throw Refusal.methodNotAllowed(List.of("POST"));
        }
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        ArrayNode responses = result.putArray("responses");
        Set<String> failed = new HashSet<>();
        for (BatchReader.Item item : BatchReader.read(batch.body())) {
            Request request = request(batch, item);
            Response response = edge.answer(request, refusal(batch, item, request, failed));
            if (response.status() >= 400) {
                failed.add(item.key());
            }
            responses.add(entry(item, request, response));
        }
        return Response.of(200, "application/json", JsonMapper.shared().writeValueAsBytes(result));
    }

    /** Why a request does not come as far as the edge. */
    private static @Nullable Refusal refusal(
            Request batch, BatchReader.Item item, Request request, Set<String> failed) {
        if (item.after().stream().anyMatch(failed::contains)) {
            return new Refusal(
                    GraphError.FAILED_DEPENDENCY, "A request that this one depends on has failed.");
        }
        if (ABSOLUTE.matcher(item.url()).matches()) {
            return new Refusal(
                    GraphError.SYNTAX,
                    "The url of a request in a batch is relative to " + batch.path() + ".");
        }
        if (Routes.isBatch(request.path())) {
            return new Refusal(GraphError.SYNTAX, "A batch holds no batches.");
        }
        return null;
    }

    private Request request(Request batch, BatchReader.Item item) {
        String path = batch.path();
        String root = path.substring(0, path.toLowerCase(Locale.ROOT).lastIndexOf("batch"));
        String version = root.substring(0, root.lastIndexOf('/') + 1);
        String url = item.url().startsWith("/") ? item.url().substring(1) : item.url();
        int mark = url.indexOf('?');
        Headers headers = headers(batch, item.headers());
        String requestId = ids.guid().toString();
        return new Request(
                item.method(),
                batch.origin(),
                version + (mark < 0 ? url : url.substring(0, mark)),
                mark < 0 ? null : url.substring(mark + 1),
                headers,
                body(item.body(), headers),
                requestId,
                headers.first("client-request-id")
                        .filter(id -> REQUEST_ID.matcher(id).matches())
                        .orElse(batch.clientRequestId()),
                batch.remoteAddress(),
                new Trail());
    }

    /** The caller is who sent the batch; a request inside cannot be somebody else. */
    private static Headers headers(Request batch, JsonNode given) {
        Headers headers = new Headers();
        given.forEachEntry((name, value) -> headers.set(name, value.asString("")));
        headers.remove("Authorization");
        batch.headers().all("Authorization").forEach(value -> headers.add("Authorization", value));
        return headers;
    }

    /** JSON stands as it is; what is not JSON is base64url text (OData JSON Format 4.01, 19.1). */
    private static byte[] body(JsonNode body, Headers headers) {
        if (body.isMissingNode() || body.isNull()) {
            return new byte[0];
        }
        String type = headers.first("Content-Type").orElse("application/json");
        if (body.isString() && !isJson(type)) {
            String text = body.stringValue();
            try {
                return Base64.getUrlDecoder().decode(text);
            } catch (IllegalArgumentException plain) {
                return text.getBytes(StandardCharsets.UTF_8);
            }
        }
        return JsonMapper.shared().writeValueAsBytes(body);
    }

    private static ObjectNode entry(BatchReader.Item item, Request request, Response response) {
        ObjectNode entry = JsonNodeFactory.instance.objectNode();
        entry.put("id", item.id());
        entry.put("status", response.status());
        ObjectNode headers = entry.putObject("headers");
        response.headers().forEach((name, value) -> headers.put(name, value));
        headers.put("request-id", request.requestId());
        headers.put("client-request-id", request.clientRequestId());
        byte[] body = response.body();
        if (body.length == 0) {
            return entry;
        }
        String type = response.header("Content-Type").orElse("");
        if (isJson(type)) {
            entry.set("body", JsonMapper.shared().readTree(body));
        } else if (type.startsWith("text/")) {
            entry.put("body", new String(body, StandardCharsets.UTF_8));
        } else {
            entry.put("body", Base64.getUrlEncoder().withoutPadding().encodeToString(body));
        }
        return entry;
    }

    private static boolean isJson(String contentType) {
        return contentType.toLowerCase(Locale.ROOT).startsWith("application/json");
    }
}
