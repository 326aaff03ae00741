package dev.usher.store;

import dev.usher.secret.Sha256;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** JSON as it is stored, and as it is hashed for the audit trail. */
final class Json {

    private static final String ESCAPED_NUL = "\\u0000";

    /**
     * Buffers are kept by thread, since a thread reads a page of documents one after the other;
     * what follows a document is not looked for, since we wrote it.
     */
    private static final JsonMapper MAPPER =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .recyclerPool(JsonRecyclerPools.threadLocalPool())
                                    .build())
                    .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private Json() {}

    /** Reads what the database keeps: UTF-8. */
    static ObjectNode parse(byte[] text) {
        return (ObjectNode) MAPPER.readTree(text);
    }

    /**
     * Writes JSON for the database.
     *
     * @throws UnstorableText if a member's name or text holds U+0000
     */
    static String text(JsonNode node) {
        String text = MAPPER.writeValueAsString(node);
        if (text.contains(ESCAPED_NUL)) {
            check(node);
        }
        return text;
    }

    private static void check(JsonNode node) {
        if (node.isString()) {
            String _ = UnstorableText.check(node.stringValue());
        }
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            String _ = UnstorableText.check(member.getKey());
        }
        node.forEach(Json::check);
    }

    /**
     * Reads a date and time with offset (RFC 3339).
     *
     * @throws java.time.format.DateTimeParseException if it is none
     */
    static Instant instant(String text) {
        return OffsetDateTime.parse(text).toInstant();
    }

    /**
     * SHA-256 of an entity's id, type and stored properties, members sorted and numbers in plain
     * notation, so that it is the same whichever database kept them.
     */
    static String hash(Entity entity) {
        ObjectNode whole = JsonNodeFactory.instance.objectNode();
        whole.put("id", entity.id());
        whole.put("type", entity.type());
        whole.set("properties", entity.properties());
        return Sha256.hex(text(canonical(whole)));
    }

    private static JsonNode canonical(JsonNode node) {
        return switch (node) {
            case ObjectNode object -> {
                TreeMap<String, JsonNode> sorted = new TreeMap<>();
                object.properties()
                        .forEach(member ->
                                sorted.put(member.getKey(), canonical(member.getValue())));
                ObjectNode copy = JsonNodeFactory.instance.objectNode();
                sorted.forEach(copy::set);
                yield copy;
            }
            case ArrayNode array -> {
                ArrayNode copy = JsonNodeFactory.instance.arrayNode();
                array.forEach(item -> copy.add(canonical(item)));
                yield copy;
            }
            case JsonNode number when number.isNumber() ->
                    JsonNodeFactory.instance.stringNode(plain(number.decimalValue()));
            default -> node;
        };
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
}
