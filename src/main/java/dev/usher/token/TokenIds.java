package dev.usher.token;

import dev.usher.ids.Ids;
import java.util.Base64;

/** What tells one access token from another of the same second. */
final class TokenIds {

    private static final int BYTES = 16;

    private TokenIds() {}

    /** Value of {@code uti}: unique for all time, as {@code jti} is elsewhere. */
    static String unique(Ids ids) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(ids.bytes(BYTES));
    }
}
