package dev.usher.odata;

import dev.usher.edm.AnnotationValue;
import dev.usher.edm.Annotations;
import dev.usher.edm.Terms;
import dev.usher.http.Response;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells the caller of a deprecated element since when it is ({@code Deprecation}, RFC 9745), until
 * when Graph promised it ({@code Sunset}, RFC 8594), and what replaces it ({@code Link} with the
 * relation {@code successor-version}, RFC 5829).
 */
final class Deprecations {

    private static final String DEPRECATED = "Org.OData.Core.V1.RevisionKind/Deprecated";

    /** IMF-fixdate (RFC 9110 5.6.7). */
    private static final DateTimeFormatter HTTP_DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC);

    private Deprecations() {}

    static Response tell(ODataRequest request, Plan plan, Response response) {
        return switch (plan) {
            case Plan.Read read -> tell(request, read.address(), response);
            case Plan.Change change -> tell(request, change.address(), response);
            case Plan.Describe _ -> response;
        };
    }

    private static Response tell(ODataRequest request, Address address, Response response) {
        Address at = address;
        while (at != null) {
            Map<String, AnnotationValue> revision = revision(at.ownAnnotations());
            if (revision != null) {
                date(revision, "Date")
                        .ifPresent(since ->
                                response.with("Deprecation", "@" + since.getEpochSecond()));
                date(revision, "RemovalDate")
                        .ifPresent(until -> response.with("Sunset", httpDate(until)));
                String successor = at.ownAnnotations().text(Terms.SUCCESSOR).orElse("");
                if (!successor.isEmpty()) {
                    response.with("Link", link(request, at, successor));
                }
                return response;
            }
            at = at.through();
        }
        return response;
    }

    private static @Nullable Map<String, AnnotationValue> revision(Annotations annotations) {
        if (annotations.value(Terms.REVISIONS).orElse(null)
                instanceof AnnotationValue.Items(var revisions)) {
            for (AnnotationValue revision : revisions) {
                if (revision instanceof AnnotationValue.Rec(var members)
                        && members.get("Kind") instanceof AnnotationValue.Member(var kind)
                        && kind.equals(DEPRECATED)) {
                    return members;
                }
            }
        }
        return null;
    }

    private static Optional<Instant> date(Map<String, AnnotationValue> revision, String member) {
        return revision.get(member) instanceof AnnotationValue.Date(var date)
                ? Optional.of(LocalDate.parse(date).atStartOfDay(ZoneOffset.UTC).toInstant())
                : Optional.empty();
    }

    private static String httpDate(Instant instant) {
        return HTTP_DATE.format(instant);
    }

    private static String link(ODataRequest request, Address at, String successor) {
        Address owner = at.through();
        String path =
                successor.startsWith("/") || owner == null
                        ? successor
                        : "/" + ResourceUrls.segments(owner) + "/" + successor;
        return "<" + request.root() + path + ">; rel=\"successor-version\"";
    }
}
