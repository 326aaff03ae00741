package dev.usher.odata;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads a JSON body strictly: valid UTF-8, no duplicate members, nothing after the end. */
public final class JsonBody {

    /** Objects and arrays inside each other. */
    static final int DEPTH_MAX = 32;

    private final JsonMapper mapper =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(DEPTH_MAX)
                                                    .maxNumberLength(100)
                                                    .build())
                                    .build())
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    /**
     * @throws Refusal 400 that says where the text stops being JSON
     */
    public JsonNode parse(byte[] body) {
        String text = PercentCoding.utf8(body, body.length, "The body is not valid UTF-8.");
        if (text.startsWith("\uFEFF")) {
            text = text.substring(1);
        }
        try {
            return mapper.readTree(text);
        } catch (StreamConstraintsException excessive) {
            throw new Refusal(
                    GraphError.SYNTAX,
                    "The body exceeds a depth of "
                            + DEPTH_MAX
                            + " levels, or holds a number or name of excessive length.");
        } catch (JacksonException malformed) {
            var location = malformed.getLocation();
            String where =
                    location == null
                            ? ""
                            : " (line "
                                    + location.getLineNr()
                                    + ", column "
                                    + location.getColumnNr()
                                    + ")";
            throw new Refusal(
                    GraphError.SYNTAX,
                    "The body is not well-formed JSON" + where + ": " + firstLine(malformed));
        }
    }

    private static String firstLine(JacksonException malformed) {
        String message = String.valueOf(malformed.getOriginalMessage());
        // behind this the parser speaks of itself
        int end = message.indexOf(" (start marker");
        int line = message.indexOf('\n');
        return message.substring(0, end >= 0 ? end : line >= 0 ? line : message.length());
    }
}
