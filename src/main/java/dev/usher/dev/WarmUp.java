package dev.usher.dev;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.json.JsonMapper;

/**
 * Plays the most usual requests once, over the network, so that a recording of the run (the
 * launcher's start-up cache) knows the code that they take.
 */
public final class WarmUp {

    private static final int ROUNDS = 20;
    private static final int READ_MS_MAX = 10_000;

    private final int port;
    private final DevDirectory directory;

    public WarmUp(int port, DevDirectory directory) {
        this.port = port;
        this.directory = directory;
    }

    public void run() {
        DevTenant tenant = DevTenant.CONTOSO;
        String form =
                "grant_type=client_credentials&client_id="
                        + tenant.clientId(DevTenant.Role.ADMIN)
                        + "&scope=https%3A%2F%2Fgraph.microsoft.com%2F.default&client_secret="
                        + URLEncoder.encode(
                                directory.secret(tenant, DevTenant.Role.ADMIN),
                                StandardCharsets.UTF_8);
        for (int round = 0; round < ROUNDS; round++) {
            send("GET", "/health/ready", "", "", "");
            String answer =
                    send(
                            "POST",
                            "/" + tenant.id() + "/oauth2/v2.0/token",
                            "",
                            "application/x-www-form-urlencoded",
                            form);
            String token = JsonMapper.shared().readTree(answer).path("access_token").asString();
            send(
                    "POST",
                    "/beta/identity/b2xUserFlows/$ref",
                    token,
                    "application/json",
                    DevAnnouncement.SEED_BODY);
            send("GET", "/v1.0/identity/b2xUserFlows?$top=5&$count=true", token, "", "");
            send(
                    "GET",
                    "/v1.0/identity/userFlowAttributes?$filter=startswith(displayName,'C')",
                    token,
                    "",
                    "");
        }
        send("GET", "/v1.0/$metadata", "", "", "");
        send("GET", "/" + tenant.id() + "/v2.0/.well-known/openid-configuration", "", "", "");
    }

    /** One request on a connection of its own; returns the body. */
    private String send(String method, String path, String token, String type, String body) {
        StringBuilder head = new StringBuilder();
        head.append(method).append(' ').append(path).append(" HTTP/1.1\r\nHost: localhost:");
        head.append(port).append("\r\nConnection: close\r\n");
        if (!token.isEmpty()) {
            head.append("Authorization: Bearer ").append(token).append("\r\n");
        }
        if (!body.isEmpty()) {
            head.append("Content-Type: ").append(type).append("\r\nContent-Length: ");
            head.append(body.length()).append("\r\n");
        }
        head.append("\r\n").append(body);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(READ_MS_MAX);
            OutputStream out = socket.getOutputStream();
            out.write(head.toString().getBytes(StandardCharsets.UTF_8));
            out.flush();
            String answer =
                    new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!answer.startsWith("HTTP/1.1 2")) {
                throw new IllegalStateException(path + ": " + answer);
            }
            return answer.substring(answer.indexOf("\r\n\r\n") + 4);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
