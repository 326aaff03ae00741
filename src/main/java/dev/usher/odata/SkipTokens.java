package dev.usher.odata;

import dev.usher.ids.TenantId;
import dev.usher.secret.Sealer;
import dev.usher.store.Query;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Positions in a list as opaque text. Sealed for the tenant and the collection: what another tenant
 * was given opens as badly as what somebody made up.
 */
final class SkipTokens {

    private final Sealer sealer;
    private final JsonMapper mapper = JsonMapper.shared();

    SkipTokens(Sealer sealer) {
        this.sealer = sealer;
    }

    String seal(TenantId tenant, Address.Members of, Query.Cursor cursor) {
        ObjectNode position = mapper.createObjectNode();
        ArrayNode values = position.putArray("v");
        for (Object value : cursor.values()) {
            values.addPOJO(value);
        }
        position.put("k", cursor.key());
        return sealer.seal(context(tenant, of), mapper.writeValueAsBytes(position));
    }

    /**
     * @throws Refusal 400 for anything but a token that was given to this tenant for this list
     */
    Query.Cursor open(TenantId tenant, Address.Members of, String token, int sortKeys) {
        JsonNode position = content(tenant, of, token);
        List<@Nullable Object> values = new ArrayList<>();
        for (JsonNode value : position.path("v")) {
            values.add(scalar(value));
        }
        if (values.size() != sortKeys) {
            throw invalid();
        }
        return new Query.Cursor(values, position.path("k").asString());
    }

    private JsonNode content(TenantId tenant, Address.Members of, String token) {
        try {
            return mapper.readTree(sealer.open(context(tenant, of), token));
        } catch (IllegalStateException | IllegalArgumentException | JacksonException invalid) {
            throw invalid();
        }
    }

    private static @Nullable Object scalar(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> value.stringValue();
            case BOOLEAN -> value.booleanValue();
            case NUMBER ->
                    value.isIntegralNumber()
                            ? (Object) value.longValue()
                            : (Object) value.doubleValue();
            default -> null;
        };
    }

    private static String context(TenantId tenant, Address.Members of) {
        return "skiptoken|" + tenant + "|" + of.path();
    }

    private static Refusal invalid() {
        return new Refusal(
                GraphError.SYNTAX,
                "The '$skiptoken' is not one that this list has given out.",
                "$skiptoken",
                List.of());
    }
}
