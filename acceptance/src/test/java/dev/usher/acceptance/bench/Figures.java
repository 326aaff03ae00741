package dev.usher.acceptance.bench;

import dev.usher.acceptance.fixture.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/** What was measured of one operation at one concurrency, over all its slices. */
final class Figures {

    private final String operation;
    private final String database;
    private final int clients;
    private final Latencies latencies = new Latencies();
    private double cpuSeconds;
    private double driverSeconds;
    private double resident;

    Figures(String operation, String database, int clients) {
        this.operation = operation;
        this.database = database;
        this.clients = clients;
    }

    /**
     * Adds a slice.
     *
     * @param cpu processor seconds of whoever carried out the operation
     * @param driver processor seconds of the driver
     * @param residentNow the server's resident megabytes at the end, 0 if it was not concerned
     */
    void add(Latencies slice, double cpu, double driver, double residentNow) {
        latencies.append(slice);
        cpuSeconds += cpu;
        driverSeconds += driver;
        resident = Math.max(resident, residentNow);
    }

    double perSecond() {
        return latencies.perSecond();
    }

    /** Processor time of one operation, in microseconds. */
    double cpuMicros() {
        return latencies.count() == 0 ? 0 : cpuSeconds * 1e6 / latencies.count();
    }

    String json() {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("operation", operation);
        line.put("database", database);
        line.put("clients", clients);
        line.put("operations", latencies.count());
        line.put("perSecond", Math.round(perSecond()));
        line.put("p50Micros", Math.round(latencies.micros(0.5)));
        line.put("p99Micros", Math.round(latencies.micros(0.99)));
        line.put("cpuMicrosPerOperation", Math.round(cpuMicros()));
        if (resident > 0) {
            line.put("driverCpuMicrosPerOperation", driverMicros());
            line.put("residentMegabytes", Math.round(resident));
        }
        return Json.write(line);
    }

    private long driverMicros() {
        return latencies.count() == 0 ? 0 : Math.round(driverSeconds * 1e6 / latencies.count());
    }
}
