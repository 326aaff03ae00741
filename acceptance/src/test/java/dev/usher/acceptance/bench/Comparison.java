package dev.usher.acceptance.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.acceptance.fixture.Json;
import dev.usher.acceptance.fixture.Tenant;
import dev.usher.acceptance.fixture.Usher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The same requests to a large and to a small tenant of one server, which take turns; what is
 * compared is the median. Prints a JSON object for each.
 */
final class Comparison {

    private static final double RATIO_MAX = 2;
    private static final int CLIENTS = 4;
    private static final int ROUNDS = 4;
    private static final Duration SLICE = Duration.ofSeconds(1);

    /** Short, and for one client: the small tenant is to stay small while it is written to. */
    private static final Duration WRITE_SLICE = Duration.ofMillis(250);

    private final Load load;
    private final Map<String, Object> facts;
    private final Map<String, Double> ratios = new LinkedHashMap<>();

    /**
     * @param facts what each printed object begins with
     */
    Comparison(int port, Map<String, Object> facts) {
        this.load = new Load(port);
        this.facts = facts;
    }

    /** The head of a request by the tenant's administrator. */
    static String head(Usher usher, Tenant tenant, String method, String target) {
        return "%s %s HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s"
                .formatted(
                        method,
                        target,
                        URI.create(usher.json().httpUrl()).getAuthority(),
                        usher.tokens().of(tenant, tenant.admin()));
    }

    void add(String name, Template large, Template small) {
        compare(CLIENTS, SLICE, name, large, small);
    }

    void addWrite(String name, Template large, Template small) {
        compare(1, WRITE_SLICE, name, large, small);
    }

    /** The large tenant's median over the small one's; the first round warms up. */
    private void compare(int clients, Duration slice, String name, Template large, Template small) {
        Latencies ofLarge = new Latencies();
        Latencies ofSmall = new Latencies();
        try {
            for (int round = 0; round <= ROUNDS; round++) {
                Latencies one = load.run(large, clients, slice);
                Latencies other = load.run(small, clients, slice);
                if (round > 0) {
                    ofLarge.append(one);
                    ofSmall.append(other);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
        double ratio = ofLarge.micros(0.5) / ofSmall.micros(0.5);
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("scale", name);
        line.putAll(facts);
        line.put("medianMicros", List.of(ofSmall.micros(0.5), ofLarge.micros(0.5)));
        line.put("ratio", Math.round(ratio * 100) / 100.0);
        System.out.println(Json.write(line));
        ratios.put(name, ratio);
    }

    void assertWithin() {
        assertThat(ratios)
                .allSatisfy(
                        (name, ratio) -> assertThat(ratio).as(name).isLessThanOrEqualTo(RATIO_MAX));
    }
}
