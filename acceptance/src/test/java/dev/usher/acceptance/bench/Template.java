package dev.usher.acceptance.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The bytes of an HTTP/1.1 request in which a number of eight digits changes from one sending to
 * the next, so that making a request costs the driver next to nothing.
 */
final class Template {

    /** Stands in path or body where the number goes. */
    static final String NUMBER = "########";

    private final byte[] bytes;
    private final int at;
    private final int numbers;
    private final int status;
    private int next;

    private Template(String text, int numbers, int status) {
        this.bytes = text.getBytes(StandardCharsets.UTF_8);
        this.at = text.indexOf(NUMBER);
        this.numbers = numbers;
        this.status = status;
    }

    /**
     * A request.
     *
     * @param head request line and header lines without the last line end; the length of the body
     *     is added
     * @param numbers how many different numbers are sent, in turn
     * @param status what the answer must have
     */
    static Template of(String head, String body, int numbers, int status) {
        String length =
                body.isEmpty()
                        ? ""
                        : "Content-Length: "
                                + body.getBytes(StandardCharsets.UTF_8).length
                                + "\r\n";
        return new Template(head + "\r\n" + length + "\r\n" + body, numbers, status);
    }

    int status() {
        return status;
    }

    /** Fills the buffer with the next request, ready to be written. */
    void next(ByteBuffer out) {
        if (at >= 0) {
            int number = next++ % numbers;
            for (int i = at + NUMBER.length() - 1; i >= at; i--) {
                bytes[i] = (byte) ('0' + number % 10);
                number /= 10;
            }
        }
        out.clear();
        out.put(bytes).flip();
    }
}
