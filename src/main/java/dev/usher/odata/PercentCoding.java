package dev.usher.odata;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Strict percent-decoding (RFC 3986 2.1): bad escapes and bad UTF-8 are refused, not replaced. */
final class PercentCoding {

    private PercentCoding() {}

    static String decodePath(String text) {
        return decode(text, false);
    }

    /** As a path, and a plus sign means a space, as form-encoding clients write it. */
    static String decodeQuery(String text) {
        return decode(text, true);
    }

    private static String decode(String text, boolean plusIsSpace) {
        boolean nothingToDo = text.indexOf('%') < 0 && (!plusIsSpace || text.indexOf('+') < 0);
        if (nothingToDo) {
            return text;
        }
        byte[] raw = text.getBytes(StandardCharsets.UTF_8);
        byte[] bytes = new byte[raw.length];
        int length = 0;
        for (int i = 0; i < raw.length; i++) {
            if (raw[i] == '%') {
                bytes[length++] = (byte) (hex(raw, i + 1) << 4 | hex(raw, i + 2));
                i += 2;
            } else {
                bytes[length++] = plusIsSpace && raw[i] == '+' ? (byte) ' ' : raw[i];
            }
        }
        return utf8(bytes, length, "The URL is not valid UTF-8.");
    }

    /** Decodes UTF-8 strictly. */
    static String utf8(byte[] bytes, int length, String otherwise) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString();
        } catch (CharacterCodingException malformed) {
            throw new Refusal(GraphError.SYNTAX, otherwise);
        }
    }

    private static int hex(byte[] bytes, int at) {
        int digit = at < bytes.length ? Character.digit(bytes[at], 16) : -1;
        if (digit < 0) {
            throw new Refusal(GraphError.SYNTAX, "The URL holds a malformed percent-encoding.");
        }
        return digit;
    }
}
