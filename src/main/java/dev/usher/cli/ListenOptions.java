package dev.usher.cli;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of the commands that listen. */
final class ListenOptions {

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            description = "Address to listen on (default: loopback only; 0.0.0.0 is all).")
    private @Nullable String host;

    @Option(
            names = "--http-port",
            paramLabel = "N",
            description = "Plain HTTP (default: 8080; 0 takes a free one).")
    private @Nullable Integer httpPort;

    @Option(
            names = "--https-port",
            paramLabel = "N",
            description = "HTTP over TLS (default: 8443; 0 takes a free one).")
    private @Nullable Integer httpsPort;

    @Option(
            names = "--management-host",
            paramLabel = "ADDRESS",
            description = "Address of the management port (default: loopback only).")
    private @Nullable String managementHost;

    @Option(
            names = "--management-port",
            paramLabel = "N",
            description = "Health and metrics (default: 9090; 0 takes a free one).")
    private @Nullable Integer managementPort;

    @Option(
            names = "--outbound-allow",
            paramLabel = "HOST|CIDR",
            description = "A private host or address block that calls may go to; repeatable.")
    private @Nullable List<String> outboundAllow;

    @Option(
            names = "--quota-twin",
            description = "Hold the limits and rates that Microsoft publishes for its service.")
    private boolean quotaTwin;

    @Option(names = "--log-format", paramLabel = "json|text", description = "How log lines look.")
    private @Nullable String logFormat;

    void flags(Map<String, List<String>> into) {
        DatabaseOptions.put(into, "host", host);
        DatabaseOptions.put(into, "http-port", httpPort);
        DatabaseOptions.put(into, "https-port", httpsPort);
        DatabaseOptions.put(into, "management-host", managementHost);
        DatabaseOptions.put(into, "management-port", managementPort);
        DatabaseOptions.put(into, "log-format", logFormat);
        if (quotaTwin) {
            DatabaseOptions.put(into, "quota-twin", "true");
        }
        if (outboundAllow != null) {
            into.put("outbound-allow", outboundAllow);
        }
    }
}
