package dev.usher.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.acceptance.fixture.Graph;
import dev.usher.acceptance.fixture.Reply;
import dev.usher.acceptance.fixture.Usher;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Microsoft's limits and rates, on demand. */
class QuotaTwinTest {

    private static final String CONNECTORS = "/identity/apiConnectors";

    @Test
    void limitsThenRates(@TempDir Path data) {
        try (Usher usher = Usher.start(data, "--quota-twin")) {
            Graph graph = usher.graph();
            for (int i = 0; i < 20; i++) {
                graph.post(CONNECTORS, Usher.connector("Check " + i)).expect(201);
            }
            graph.post(CONNECTORS, Usher.connector("One more"))
                    .refused(403, "Directory_QuotaExceeded");

            // a minute's worth and more, so that the pace of this machine does not matter
            List<Reply> refused = new ArrayList<>();
            for (int i = 0; i < 2000 && refused.isEmpty(); i++) {
                Reply reply = graph.get(CONNECTORS + "/$count");
                if (reply.status() != 200) {
                    refused.add(reply);
                }
            }
            assertThat(refused).hasSize(1);
            refused.getFirst().refused(429, "TooManyRequests");
            assertThat(Integer.parseInt(refused.getFirst().need("Retry-After"))).isPositive();
        }
    }
}
