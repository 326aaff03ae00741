package dev.usher.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** A client that sends exactly the bytes it is told to, on a connection of its own. */
final class Raw {

    private static final int PATIENCE_MILLIS = 20_000;

    private Raw() {}

    /** Sends the text, where a line end is CR LF, and returns all that comes until the end. */
    static String exchange(int port, String text) throws IOException {
        return exchange(port, text.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    static String exchange(int port, byte[] bytes) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            OutputStream out = socket.getOutputStream();
            out.write(bytes);
            out.flush();
            return new String(readAll(socket.getInputStream()), StandardCharsets.ISO_8859_1);
        }
    }

    private static byte[] readAll(InputStream in) throws IOException {
        var read = new java.io.ByteArrayOutputStream();
        try {
            in.transferTo(read);
        } catch (SocketException reset) {
            if (read.size() == 0) {
                throw reset;
            }
        }
        return read.toByteArray();
    }
}
