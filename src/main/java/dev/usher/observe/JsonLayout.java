package dev.usher.observe;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import org.slf4j.event.KeyValuePair;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * One JSON object a line: {@code time} (UTC), {@code level}, {@code logger}, {@code message}, the
 * event's own facts under their names, and {@code exception} with its stack.
 */
final class JsonLayout extends LayoutBase<ILoggingEvent> {

    private final JsonMapper json = JsonMapper.shared();

    @Override
    public String doLayout(ILoggingEvent event) {
        ObjectNode line = json.createObjectNode();
        line.put("time", event.getInstant().toString());
        line.put("level", event.getLevel().toString());
        line.put("logger", event.getLoggerName());
        line.put("message", event.getFormattedMessage());
        if (event.getKeyValuePairs() != null) {
            for (KeyValuePair fact : event.getKeyValuePairs()) {
                switch (fact.value) {
                    case null -> line.putNull(fact.key);
                    case Integer number -> line.put(fact.key, number);
                    case Long number -> line.put(fact.key, number);
                    case Double number -> line.put(fact.key, number);
                    case Boolean flag -> line.put(fact.key, flag);
                    default -> line.put(fact.key, fact.value.toString());
                }
            }
        }
        if (event.getThrowableProxy() != null) {
            line.put("exception", ThrowableProxyUtil.asString(event.getThrowableProxy()));
        }
        return line + "\n";
    }
}
