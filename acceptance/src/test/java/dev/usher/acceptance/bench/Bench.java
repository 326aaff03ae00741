package dev.usher.acceptance.bench;

import dev.usher.acceptance.fixture.Json;
import dev.usher.acceptance.fixture.Postgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Measures the distribution and holds it against its marks. Every line on standard output is a JSON
 * object: a measurement ({@code operation}), or a mark with the value that was reached. The driver
 * shares the machine with the server, so that rates depend on both; {@code cpuMicrosPerOperation}
 * is the processor time of the server's process alone (of this process for the two yardsticks).
 *
 * <p>Operations take turns in slices of a few seconds, so that what else the machine does meets
 * them all alike.
 */
public final class Bench {

    private static final Duration WARM_UP = Duration.ofSeconds(5);

    /** What is created stays, and a tenant may have 50,000 flows. */
    private static final int WARM_UP_CREATED_MAX = 35_000;

    private static final int WARM_UPS_MIN = 3;
    private static final int WARM_UPS_MAX = 12;

    /**
     * The server is warm when no more than this share of its processor time goes into compiling.
     */
    private static final double COMPILING_MAX = 0.05;

    private static final int WARM_UP_CLIENTS = 8;
    private static final long SETTLE_SECONDS = 15;
    private static final int STARTS = 10;
    private static final int CORES = Runtime.getRuntime().availableProcessors();

    private final Options options;
    private final Marks marks = new Marks();

    private Bench(Options options) {
        this.options = options;
    }

    public static void main(String[] arguments) throws Exception {
        Options options;
        try {
            options = Options.parse(arguments);
        } catch (IllegalArgumentException usage) {
            System.err.println(usage.getMessage());
            System.exit(2);
            return;
        }
        Bench bench = new Bench(options);
        bench.machine();
        if (options.start()) {
            bench.start();
        }
        for (String database : options.databases()) {
            if (database.equals("postgresql")) {
                try (Postgres server = new Postgres()) {
                    bench.database(database, server.freshDatabase(), server.freshDatabase());
                }
            } else {
                bench.database(database, file(), file());
            }
        }
        bench.marks.print();
    }

    private static String file() {
        return "jdbc:sqlite:" + Subject.directory().resolve("usher.db");
    }

    private void machine() throws IOException {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("cores", CORES);
        line.put("load", Files.readString(Path.of("/proc/loadavg")).split(" ")[0]);
        line.put("java", Runtime.version().toString());
        print(line);
    }

    private void start() throws IOException, InterruptedException {
        Path launcher = Path.of(System.getProperty("usher.root"), "usher").toRealPath();
        StartUp startUp = new StartUp(launcher, Subject.directory());
        marks.atMost("ready with cache, ms", startUp.measure(STARTS, true), 900);
        marks.atMost("ready without cache, ms", startUp.measure(STARTS, false), 2000);
    }

    /** Measures on one database, against raw JDBC on another of the same kind. */
    private void database(String name, String url, String rawUrl) throws Exception {
        // a start and a stop, so that the yardstick's database has the tables
        Subject.start(Subject.directory(), rawUrl, "").close();
        Path data = Subject.directory();
        Subject.start(data, url, "").close();
        try (Subject subject = Subject.start(data, url, options.javaOptions());
                RawWriter raw = new RawWriter(rawUrl)) {
            TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
            resident(name, "idle", subject.process(), 120);
            subject.fill();
            warmUp(subject, raw);
            for (int clients : options.clients()) {
                round(name, clients, subject, raw);
            }
            TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
            resident(name, "after the load", subject.process(), 240);
        }
    }

    private void warmUp(Subject subject, RawWriter raw) throws Exception {
        Proc server = subject.process();
        double compiling = 1;
        int created = 0;
        for (int turn = 0;
                turn < WARM_UPS_MIN || (turn < WARM_UPS_MAX && compiling > COMPILING_MAX);
                turn++) {
            double spent = server.cpuSeconds();
            double compiled = server.compilerSeconds();
            for (String operation : options.operations()) {
                boolean creates = operation.equals("create");
                if (subject.templates().containsKey(operation)
                        && (!creates || created < WARM_UP_CREATED_MAX)) {
                    Latencies done =
                            subject.load().run(subject.warmUp(operation), WARM_UP_CLIENTS, WARM_UP);
                    created += creates ? done.count() : 0;
                }
            }
            compiling =
                    (server.compilerSeconds() - compiled) / (server.cpuSeconds() - spent + 0.001);
            raw.run(WARM_UP_CLIENTS, WARM_UP);
        }
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("compilingAfterWarmUp", Math.round(compiling * 1000) / 1000.0);
        print(line);
    }

    private static Latencies slice(Subject subject, String operation, int clients, Duration time)
            throws IOException {
        return subject.load().run(subject.templates().get(operation), clients, time);
    }

    /** All operations at one concurrency, in turn. */
    private void round(String database, int clients, Subject subject, RawWriter raw)
            throws Exception {
        Signing signing = new Signing();
        Map<String, Figures> figures = new LinkedHashMap<>();
        for (String operation : options.operations()) {
            figures.put(operation, new Figures(operation, database, clients));
        }
        Proc server = subject.process();
        Proc self = Proc.self();
        for (int turn = 0; turn < options.rounds(); turn++) {
            for (String operation : options.operations()) {
                double cpu = server.cpuSeconds();
                double own = self.cpuSeconds();
                Latencies slice =
                        switch (operation) {
                            case "raw" -> raw.run(clients, options.slice());
                            case "sign" -> signing.run(CORES, options.slice());
                            default -> slice(subject, operation, clients, options.slice());
                        };
                double ownSpent = self.cpuSeconds() - own;
                double spent = server.cpuSeconds() - cpu;
                boolean yardstick = operation.equals("raw") || operation.equals("sign");
                figures.get(operation)
                        .add(
                                slice,
                                yardstick ? ownSpent : spent,
                                ownSpent,
                                yardstick ? 0 : server.residentMegabytes(false));
            }
        }
        figures.values().forEach(each -> System.out.println(each.json()));
        marks.compare(database, clients, figures);
    }

    private void resident(String database, String when, Proc server, double most)
            throws IOException {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("resident", when);
        line.put("database", database);
        line.put("megabytes", Math.round(server.residentMegabytes(false)));
        line.put("anonymousMegabytes", Math.round(server.residentMegabytes(true)));
        print(line);
        marks.atMost(
                "resident " + when + ", " + database + ", MB",
                server.residentMegabytes(false),
                most);
    }

    private static void print(Map<String, Object> line) {
        System.out.println(Json.write(line));
    }

    /** The operations that are measured unless others are named. */
    static final List<String> OPERATIONS =
            List.of("static", "get", "list", "filter", "create", "raw", "token", "sign");
}
