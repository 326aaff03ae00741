package dev.usher.observe;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.LayoutBase;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import java.nio.charset.StandardCharsets;
import org.slf4j.LoggerFactory;

/** Sets up the log: one line an event on standard error, ours from INFO, of libraries from WARN. */
public final class Logging {

    /** How a line looks. */
    public enum Format {
        /** One JSON object a line, for machines. */
        JSON,
        /** Time, level and a sentence, for the person at the terminal. */
        TEXT
    }

    private Logging() {}

    public static void configure(Format format) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        configure(context, format);
        context.getLogger("dev.usher").setLevel(Level.INFO);
    }

    /** Warnings alone. */
    static void configure(LoggerContext context, Format format) {
        context.reset();
        LayoutBase<ILoggingEvent> layout =
                switch (format) {
                    case JSON -> new JsonLayout();
                    case TEXT -> new TextLayout();
                };
        layout.setContext(context);
        layout.start();
        LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
        encoder.setContext(context);
        encoder.setCharset(StandardCharsets.UTF_8);
        encoder.setLayout(layout);
        encoder.start();
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(context);
        appender.setTarget("System.err");
        appender.setEncoder(encoder);
        appender.start();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        root.addAppender(appender);
    }
}
