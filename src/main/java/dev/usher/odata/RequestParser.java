package dev.usher.odata;

import dev.usher.http.Headers;
import dev.usher.http.Request;
import dev.usher.ids.TenantId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * {@code Request -> ODataRequest}: knows the grammar, not the schema. Follows what Graph's clients
 * send: doubled slashes, options without dollar, keys as segments or in parentheses, JSON without a
 * content type.
 */
public final class RequestParser {

    /** Segments of one path. */
    static final int SEGMENTS_MAX = 20;

    private static final Set<String> METHODS =
            Set.of("GET", "POST", "PATCH", "PUT", "DELETE", "OPTIONS");

    private final JsonBody jsonBody = new JsonBody();

    /** Parses a request whose path starts with the version. */
    public ODataRequest parse(Request request) {
        if (!METHODS.contains(request.method())) {
            throw Refusal.methodNotAllowed(METHODS.stream().sorted().toList());
        }
        List<PathSegment> path = path(request.path());
        String version = path.removeFirst().name().toLowerCase(Locale.ROOT);
        String tenant = null;
        if (!path.isEmpty() && namesTenant(path.getFirst())) {
            tenant = path.removeFirst().name();
        }
        requireVersion(request.headers());
        QueryOptions options = QueryOptionsParser.parse(request.query());
        Headers headers = request.headers();
        MetadataLevel level =
                options.format() != null && headers.first("Accept").isEmpty()
                        ? options.format()
                        : metadataLevel(headers.first("Accept").orElse(""));
        boolean stream = !path.isEmpty() && path.getLast().name().equalsIgnoreCase("$value");
        return new ODataRequest(
                request.method(),
                request.origin(),
                version,
                tenant,
                List.copyOf(path),
                options,
                Preferences.of(headers),
                Preconditions.of(headers),
                level,
                stream ? null : json(request, headers),
                request.body(),
                headers.first("Content-Type").map(RequestParser::mediaType).orElse(null));
    }

    private @Nullable JsonNode json(Request request, Headers headers) {
        boolean bodiless = request.method().equals("GET") || request.method().equals("DELETE");
        if (bodiless || request.body().length == 0) {
            return null;
        }
        headers.first("Content-Type").ifPresent(RequestParser::requireJson);
        return jsonBody.parse(request.body());
    }

    /** OData 4.01 Part 1, 8.1.5 and 8.2.7: what is sent and wanted must be of version 4. */
    private static void requireVersion(Headers headers) {
        for (String name : List.of("OData-Version", "OData-MaxVersion")) {
            String version = headers.first(name).orElse("4.0").strip();
            if (!version.startsWith("4")) {
                throw new Refusal(
                        GraphError.SYNTAX,
                        name + " " + version + " is not supported; this is OData 4.0.",
                        name,
                        List.of());
            }
        }
    }

    private static void requireJson(String contentType) {
        String lower = contentType.toLowerCase(Locale.ROOT).replace(" ", "");
        String type = mediaType(contentType);
        boolean utf8 =
                !lower.contains(";charset=") || lower.matches(".*;charset=\"?utf-8\"?(;.*)?");
        if (!type.equals("application/json") || !utf8) {
            throw new Refusal(
                    GraphError.UNSUPPORTED_MEDIA_TYPE,
                    "The content type must be application/json in UTF-8, not '"
                            + contentType
                            + "'.");
        }
    }

    private static String mediaType(String contentType) {
        int semicolon = contentType.indexOf(';');
        String type = semicolon < 0 ? contentType : contentType.substring(0, semicolon);
        return type.strip().toLowerCase(Locale.ROOT);
    }

    /** A GUID, or a domain name; no resource of the schema looks like either. */
    private static boolean namesTenant(PathSegment segment) {
        String name = segment.name();
        boolean cast = name.regionMatches(true, 0, "microsoft.", 0, 10);
        boolean domain = name.indexOf('.') > 0 && !name.startsWith("$") && !cast;
        return segment.argument() == null && (domain || TenantId.parse(name).isPresent());
    }

    private static List<PathSegment> path(String rawPath) {
        List<PathSegment> segments = new ArrayList<>();
        for (String raw : rawPath.split("/", -1)) {
            if (!raw.isEmpty()) {
                segments.add(segment(PercentCoding.decodePath(raw)));
            }
        }
        if (segments.size() > SEGMENTS_MAX) {
            throw new Refusal(
                    GraphError.SYNTAX, "The path has more than " + SEGMENTS_MAX + " segments.");
        }
        return segments;
    }

    private static PathSegment segment(String text) {
        int open = text.indexOf('(');
        boolean parenthesised = open > 0 && text.endsWith(")");
        return parenthesised
                ? new PathSegment(
                        text.substring(0, open), text.substring(open + 1, text.length() - 1))
                : new PathSegment(text, null);
    }

    /** Reads {@code odata.metadata=full} (or 4.01's {@code metadata=full}) out of a media type. */
    static MetadataLevel metadataLevel(String accept) {
        String lower = accept.toLowerCase(Locale.ROOT);
        if (lower.contains("metadata=full")) {
            return MetadataLevel.FULL;
        }
        return lower.contains("metadata=none") ? MetadataLevel.NONE : MetadataLevel.MINIMAL;
    }
}
