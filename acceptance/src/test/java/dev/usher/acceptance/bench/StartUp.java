package dev.usher.acceptance.bench;

import dev.usher.acceptance.fixture.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.DoubleStream;

/** From the exec of {@code ./usher} to 200 on {@code /health/ready}, on an existing database. */
final class StartUp {

    private static final int WAIT_MILLIS = 4;
    private static final int READ_MILLIS_MAX = 5_000;
    private static final long READY_NANOS_MAX = TimeUnit.SECONDS.toNanos(60);
    private static final long IDLE_SECONDS = 15;

    private final Path launcher;
    private final Path data;

    /** The launcher at the root of the checkout, and where its servers keep their data. */
    StartUp(Path launcher, Path data) {
        this.launcher = launcher;
        this.data = data;
    }

    /** One start. */
    private record Start(double millis, double resident, double anonymous) {}

    /**
     * Starts so many times, after one start that makes the database.
     *
     * @param cache whether the launcher may use its start-up cache
     * @return the median in milliseconds
     */
    double measure(int times, boolean cache) throws IOException, InterruptedException {
        start(cache, 0);
        Start last = start(cache, IDLE_SECONDS);
        double[] millis = new double[times];
        for (int i = 0; i < times; i++) {
            millis[i] = start(cache, 0).millis();
        }
        double[] sorted = DoubleStream.of(millis).sorted().toArray();
        double median = (sorted[(times - 1) / 2] + sorted[times / 2]) / 2;
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("operation", "start");
        line.put("cache", cache);
        line.put("starts", times);
        line.put("medianMillis", Math.round(median));
        line.put("leastMillis", Math.round(sorted[0]));
        line.put("mostMillis", Math.round(sorted[times - 1]));
        line.put("idleResidentMegabytes", Math.round(last.resident()));
        line.put("idleAnonymousMegabytes", Math.round(last.anonymous()));
        System.out.println(Json.write(line));
        return median;
    }

    private Start start(boolean cache, long idleSeconds) throws IOException, InterruptedException {
        int port = freePort();
        ProcessBuilder builder =
                new ProcessBuilder(
                        List.of(
                                launcher.toString(),
                                "dev",
                                "--data",
                                data.toString(),
                                "--http-port",
                                Integer.toString(port),
                                "--https-port",
                                "0",
                                "--management-port",
                                "0"));
        builder.environment().put("USHER_START_CACHE", cache ? "on" : "off");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.redirectErrorStream(true).redirectOutput(data.resolve("start.log").toFile());
        Files.createDirectories(data);
        long began = System.nanoTime();
        Process process = builder.start();
        try {
            while (!ready(port)) {
                boolean ended = process.waitFor(WAIT_MILLIS, TimeUnit.MILLISECONDS);
                if (ended || System.nanoTime() - began > READY_NANOS_MAX) {
                    throw new IOException(Files.readString(data.resolve("start.log")));
                }
            }
            double millis = (System.nanoTime() - began) / 1e6;
            TimeUnit.SECONDS.sleep(idleSeconds);
            Proc proc = new Proc(process.pid());
            return new Start(millis, proc.residentMegabytes(false), proc.residentMegabytes(true));
        } finally {
            process.destroy();
            process.waitFor();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static boolean ready(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(READ_MILLIS_MAX);
            OutputStream out = socket.getOutputStream();
            String request =
                    "GET /health/ready HTTP/1.1\r\nHost: localhost:%d\r\nConnection: close\r\n\r\n"
                            .formatted(port);
            out.write(request.getBytes(StandardCharsets.US_ASCII));
            out.flush();
            byte[] answer = socket.getInputStream().readNBytes("HTTP/1.1 200".length());
            return new String(answer, StandardCharsets.US_ASCII).equals("HTTP/1.1 200");
        } catch (IOException notYet) {
            return false;
        }
    }
}
