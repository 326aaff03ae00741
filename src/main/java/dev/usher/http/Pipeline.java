package dev.usher.http;

import dev.usher.ids.Ids;
import dev.usher.observe.Observation;
import dev.usher.observe.Observer;
import dev.usher.time.Clock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What every request passes on its way to the handler and back, whichever server carries it:
 * limits, identification, origin, content coding, failures, common headers, observations.
 */
final class Pipeline {

    private static final Pattern CLIENT_REQUEST_ID = Pattern.compile("[0-9A-Za-z._:{}-]{1,64}");
    private static final String ERROR_CODE_TOO_LARGE = "RequestEntityTooLarge";

    /** The request is refused before the handler sees it. */
    private static final class Refused extends Exception {
        private final int status;
        private final String code;

        Refused(int status, String code, String message) {
            super(message, null, false, false);
            this.status = status;
            this.code = code;
        }
    }

    /** What is known of a request from its first byte on. */
    private record Identity(String requestId, String clientRequestId, Instant begun) {}

    private final Handler handler;
    private final Origins origins;
    private final TrustedProxies proxies;
    private final Limits limits;
    private final ErrorRenderer errors;
    private final Ids ids;
    private final Clock clock;
    private final Observer observer;

    Pipeline(
            Handler handler,
            Origins origins,
            TrustedProxies proxies,
            Limits limits,
            ErrorRenderer errors,
            Ids ids,
            Clock clock,
            Observer observer) {
        this.handler = handler;
        this.origins = origins;
        this.proxies = proxies;
        this.limits = limits;
        this.errors = errors;
        this.ids = ids;
        this.clock = clock;
        this.observer = observer;
    }

    /** Answers the request. Never throws. */
    Response answer(Arrival arrival) {
        Identity identity = identify(arrival.headers());
        Trail trail = new Trail();
        Response response;
        boolean secure = arrival.secure();
        try {
            TrustedProxies.Hop hop = proxies.origin(arrival.peer(), arrival.headers());
            secure = hop.scheme() == null ? secure : hop.scheme().equalsIgnoreCase("https");
            Request request = admit(arrival, hop, secure, identity, trail);
            response = handler.handle(request);
        } catch (Refused refused) {
            trail.errorCode(refused.code);
            response = errors.render(failure(refused, arrival.path(), identity));
        } catch (IOException gone) {
            trail.errorCode("BadRequest");
            Refused incomplete = new Refused(400, "BadRequest", "The body could not be read.");
            response = errors.render(failure(incomplete, arrival.path(), identity));
        } catch (Throwable defect) {
            trail.errorCode("InternalServerError");
            observer.on(
                    new Observation.RequestFailed(
                            identity.requestId, arrival.method(), arrival.path(), defect));
            response = errors.render(internal(arrival.path(), identity));
        }
        Response finished = finish(response, arrival.headers(), secure, identity);
        observe(arrival.method(), arrival.path(), finished.status(), trail, identity);
        return finished;
    }

    /** Answers a message that was not HTTP, or broke a limit of the server itself. Never throws. */
    Response answerMalformed(int status, String message, boolean secure) {
        Identity identity = identify(new Headers());
        Refused refused = new Refused(status, code(status), message);
        Response response = errors.render(failure(refused, "", identity));
        Trail trail = new Trail();
        trail.errorCode(refused.code);
        observe("none", "", status, trail, identity);
        return finish(response, new Headers(), secure, identity);
    }

    private Request admit(
            Arrival arrival, TrustedProxies.Hop hop, boolean secure, Identity identity, Trail trail)
            throws Refused, IOException {
        String query = arrival.query();
        int uri = arrival.path().length() + (query == null ? 0 : query.length() + 1);
        if (uri > limits.uriMax()) {
            throw new Refused(
                    414,
                    "UriTooLong",
                    "The URI has " + uri + " characters; the limit is " + limits.uriMax() + ".");
        }
        String authority = hop.authority() == null ? arrival.authority() : hop.authority();
        Optional<String> origin = origins.match(secure ? "https" : "http", authority);
        if (origin.isEmpty()) {
            throw new Refused(
                    421,
                    "MisdirectedRequest",
                    "This server is not known under the scheme, host and port of the request; it"
                            + " answers at "
                            + String.join(", ", origins.all())
                            + ".");
        }
        return new Request(
                arrival.method().equals("HEAD") ? "GET" : arrival.method(),
                origin.get(),
                arrival.path(),
                query,
                arrival.headers(),
                body(arrival, identity.begun),
                identity.requestId,
                identity.clientRequestId,
                hop.address(),
                trail);
    }

    private byte[] body(Arrival arrival, Instant begun) throws Refused, IOException {
        String coding =
                arrival.headers().first("Content-Encoding").orElse("").toLowerCase(Locale.ROOT);
        boolean gzip = coding.equals("gzip") || coding.equals("x-gzip");
        if (!gzip && !coding.isEmpty() && !coding.equals("identity")) {
            throw new Refused(
                    415,
                    "UnsupportedMediaType",
                    "The content coding of the body is not supported; gzip is.");
        }
        byte[] received = receive(arrival, begun);
        if (!gzip || received.length == 0) {
            return received;
        }
        try {
            byte[] plain = Gzip.decompress(received, limits.bodyMax());
            if (plain.length > limits.bodyMax()) {
                throw tooLarge();
            }
            return plain;
        } catch (IOException malformed) {
            throw new Refused(400, "BadRequest", "The body is not gzip, as its header says.");
        }
    }

    private byte[] receive(Arrival arrival, Instant begun) throws Refused, IOException {
        long announced = announced(arrival.headers());
        if (announced > limits.bodyMax()) {
            if (!arrival.headers().has("Expect")) {
                linger(arrival.body().open(), announced, begun);
            }
            throw tooLarge();
        }
        InputStream in = arrival.body().open();
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            received.write(buffer, 0, count);
            if (received.size() > limits.bodyMax()) {
                linger(in, Limits.LINGER_MAX, begun);
                throw tooLarge();
            }
            if (clock.now().isAfter(begun.plus(limits.receive()))) {
                throw new Refused(408, "RequestTimeout", "The body took too long to arrive.");
            }
        }
        return received.toByteArray();
    }

    /** The length that the client announced, 0 if none; the body itself is counted anyway. */
    private static long announced(Headers headers) {
        try {
            return Long.parseLong(headers.first("Content-Length").orElse("0"));
        } catch (NumberFormatException notANumber) {
            return 0;
        }
    }

    /** Drops a refused body: a client that is still sending would not read the answer. */
    private void linger(InputStream in, long expected, Instant begun) throws IOException {
        if (expected > Limits.LINGER_MAX) {
            return;
        }
        byte[] buffer = new byte[8192];
        long dropped = 0;
        int count = in.read(buffer);
        while (count >= 0
                && dropped < Limits.LINGER_MAX
                && clock.now().isBefore(begun.plus(limits.receive()))) {
            dropped += count;
            count = in.read(buffer);
        }
    }

    private Refused tooLarge() {
        return new Refused(
                413,
                ERROR_CODE_TOO_LARGE,
                "The body is larger than the limit of " + limits.bodyMax() + " bytes.");
    }

    private Identity identify(Headers headers) {
        String requestId = ids.guid().toString();
        String clientRequestId =
                headers.first("client-request-id")
                        .or(() -> headers.first("x-ms-client-request-id"))
                        .filter(id -> CLIENT_REQUEST_ID.matcher(id).matches())
                        .orElse(requestId);
        return new Identity(requestId, clientRequestId, clock.now());
    }

    private static ErrorRenderer.Failure failure(Refused refused, String path, Identity identity) {
        String message = refused.getMessage() == null ? "" : refused.getMessage();
        return new ErrorRenderer.Failure(
                refused.status,
                refused.code,
                message,
                path,
                identity.requestId,
                identity.clientRequestId);
    }

    private static ErrorRenderer.Failure internal(String path, Identity identity) {
        return new ErrorRenderer.Failure(
                500,
                "InternalServerError",
                "An internal error occurred; the log names it under this request-id.",
                path,
                identity.requestId,
                identity.clientRequestId);
    }

    private static String code(int status) {
        return switch (status) {
            case 408 -> "RequestTimeout";
            case 413 -> ERROR_CODE_TOO_LARGE;
            case 414 -> "UriTooLong";
            case 431 -> "RequestHeaderFieldsTooLarge";
            case 503 -> "ServiceUnavailable";
            default -> status < 500 ? "BadRequest" : "InternalServerError";
        };
    }

    private static Response finish(
            Response response, Headers asked, boolean secure, Identity identity) {
        Headers headers = response.headers();
        headers.set("request-id", identity.requestId);
        headers.set("client-request-id", identity.clientRequestId);
        headers.set("X-Content-Type-Options", "nosniff");
        if (!headers.has("Cache-Control")) {
            headers.set("Cache-Control", "no-cache");
        }
        if (secure) {
            headers.set("Strict-Transport-Security", "max-age=31536000");
        }
        return compressed(response, asked.first("Accept-Encoding").orElse(null));
    }

    /** Never compresses what must not be stored: a length must not tell of the secrets within. */
    private static Response compressed(Response response, @Nullable String acceptEncoding) {
        Headers headers = response.headers();
        if (response.body().length < Gzip.WORTHWHILE_MIN
                || headers.has("Content-Encoding")
                || headers.first("Cache-Control").orElse("").contains("no-store")
                || !Gzip.compressible(headers.first("Content-Type").orElse(""))) {
            return response;
        }
        headers.add("Vary", "Accept-Encoding");
        if (acceptEncoding == null || !Gzip.accepted(acceptEncoding)) {
            return response;
        }
        headers.set("Content-Encoding", "gzip");
        return new Response(response.status(), headers, Gzip.compress(response.body()));
    }

    private void observe(String method, String path, int status, Trail trail, Identity identity) {
        observer.on(
                new Observation.RequestServed(
                        identity.requestId,
                        identity.clientRequestId,
                        trail.tenant(),
                        trail.client(),
                        method,
                        trail.route(),
                        path,
                        status,
                        trail.errorCode(),
                        Duration.between(identity.begun, clock.now())));
    }
}
