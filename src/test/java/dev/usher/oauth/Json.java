package dev.usher.oauth;

import dev.usher.http.Response;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads JSON in tests. */
public final class Json {

    private static final JsonMapper MAPPER = new JsonMapper();

    private Json() {}

    public static JsonNode of(Response response) {
        return of(new String(response.body(), StandardCharsets.UTF_8));
    }

    public static JsonNode of(String text) {
        return MAPPER.readTree(text);
    }

    /** A part of a compact token: 0 is the header, 1 the claims. */
    public static JsonNode part(String token, int index) {
        byte[] json = Base64.getUrlDecoder().decode(token.split("\\.", -1)[index]);
        return of(new String(json, StandardCharsets.UTF_8));
    }
}
