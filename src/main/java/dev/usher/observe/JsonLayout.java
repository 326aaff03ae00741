package dev.usher.observe;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import java.io.StringWriter;
import org.slf4j.event.KeyValuePair;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/**
 * One JSON object a line: {@code time} (UTC), {@code level}, {@code logger}, {@code message}, the
 * event's own facts under their names, and {@code exception} with its stack.
 */
final class JsonLayout extends LayoutBase<ILoggingEvent> {

    /** Room for most lines. */
    private static final int LINE_CHARS = 512;

    private final JsonMapper json = JsonMapper.shared();

    @Override
    public String doLayout(ILoggingEvent event) {
        StringWriter text = new StringWriter(LINE_CHARS);
        try (JsonGenerator line = json.createGenerator(text)) {
            line.writeStartObject();
            line.writeStringProperty("time", event.getInstant().toString());
            line.writeStringProperty("level", event.getLevel().toString());
            line.writeStringProperty("logger", event.getLoggerName());
            line.writeStringProperty("message", event.getFormattedMessage());
            if (event.getKeyValuePairs() != null) {
                event.getKeyValuePairs().forEach(fact -> write(fact, line));
            }
            if (event.getThrowableProxy() != null) {
                line.writeStringProperty(
                        "exception", ThrowableProxyUtil.asString(event.getThrowableProxy()));
            }
            line.writeEndObject();
        }
        return text.append('\n').toString();
    }

    private static void write(KeyValuePair fact, JsonGenerator line) {
        line.writeName(fact.key);
        switch (fact.value) {
            case null -> line.writeNull();
            case Integer number -> line.writeNumber(number);
            case Long number -> line.writeNumber(number);
            case Double number -> line.writeNumber(number);
            case Boolean flag -> line.writeBoolean(flag);
            default -> line.writeString(fact.value.toString());
        }
    }
}
