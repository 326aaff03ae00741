package dev.usher.acceptance.proxy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;

/** A request, the test that sent it, and in time its answer. */
final class Exchange {

    /** What is kept of a body, bytes; tests of size limits send more. */
    private static final int KEPT_MAX = 4 << 20;

    private final String test;
    private final Head request;
    private final long begun = System.nanoTime();
    private final ByteArrayOutputStream requestBody = new ByteArrayOutputStream();
    private final ByteArrayOutputStream responseBody = new ByteArrayOutputStream();
    private volatile Head response;

    Exchange(String test, Head request) {
        this.test = test;
        this.request = request;
    }

    String test() {
        return test;
    }

    /** When its head was read; to be compared with that of another by their difference. */
    long begun() {
        return begun;
    }

    String method() {
        return request.start().get(0);
    }

    String target() {
        return request.start().get(1);
    }

    Head request() {
        return request;
    }

    Head response() {
        return response;
    }

    void response(Head head) {
        response = head;
    }

    void sent(byte[] bytes, int length) {
        keep(requestBody, bytes, length);
    }

    void received(byte[] bytes, int length) {
        keep(responseBody, bytes, length);
    }

    private static void keep(ByteArrayOutputStream into, byte[] bytes, int length) {
        // the two directions have a thread each, and both may look at the request
        synchronized (into) {
            if (into.size() + length <= KEPT_MAX) {
                into.write(bytes, 0, length);
            }
        }
    }

    /** The request's body, decoded, as far as it has been sent. */
    String requestText() {
        return text(request, requestBody);
    }

    /** The response's body, decoded. */
    String responseText() {
        return text(response, responseBody);
    }

    private static String text(Head head, ByteArrayOutputStream kept) {
        byte[] bytes;
        synchronized (kept) {
            bytes = kept.toByteArray();
        }
        if (head.header("Content-Encoding").equalsIgnoreCase("gzip")) {
            try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
                bytes = gzip.readAllBytes();
            } catch (IOException notGzip) {
                // what calls itself so and is not is looked at as it is
                return new String(bytes, StandardCharsets.UTF_8);
            }
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return method() + " " + target() + " of " + test;
    }
}
