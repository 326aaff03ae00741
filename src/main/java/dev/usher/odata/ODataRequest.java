package dev.usher.odata;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A request as its syntax says, before the schema is asked.
 *
 * @param method GET, POST, PATCH, PUT or DELETE
 * @param origin the origin that answers, without trailing slash
 * @param version {@code v1.0} or {@code beta}
 * @param tenant the tenant named between version and resource, null when none is
 * @param path never with empty segments
 * @param json the parsed body, null when there is none or the resource takes raw bytes
 * @param mediaType of the body, in lower case and without parameters; null when none is given
 */
public record ODataRequest(
        String method,
        String origin,
        String version,
        @Nullable String tenant,
        List<PathSegment> path,
        QueryOptions options,
        Preferences prefer,
        Preconditions preconditions,
        MetadataLevel metadata,
        @Nullable JsonNode json,
        byte[] body,
        @Nullable String mediaType) {

    /** The URL under which the caller addresses resources, as it did. */
    public String root() {
        return origin + "/" + version + (tenant == null ? "" : "/" + tenant);
    }

    /** The URL on which context URLs are based. */
    public String metadataUrl() {
        return origin + "/" + version + "/$metadata";
    }

    public boolean reads() {
        return method.equals("GET");
    }
}
