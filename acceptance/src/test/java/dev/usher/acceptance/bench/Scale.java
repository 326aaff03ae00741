package dev.usher.acceptance.bench;

import dev.usher.acceptance.fixture.Distribution;
import dev.usher.acceptance.fixture.Json;
import dev.usher.acceptance.fixture.Postgres;
import dev.usher.acceptance.fixture.Tenant;
import dev.usher.acceptance.fixture.Usher;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * A tenant with 10,000 flows answers within twice the time of one with 100. Both are tenants of one
 * server and take turns; what is compared is the median. Prints a JSON object for each comparison.
 *
 * <p>Not part of an ordinary run: {@code mvn test -Dtest=Scale}.
 */
class Scale {

    private static final int LARGE = 10_000;
    private static final int SMALL = 100;
    private static final int WRITERS = 16;

    private static final int NUMBERS = 100_000_000;

    private static final String FLOWS = "/v1.0/identity/b2xUserFlows";
    private static final String KEY = "B2X_1_scale00000077";

    /** What is read, with as many results in either tenant. */
    private static final Map<String, String> READS =
            Map.of(
                    "list", FLOWS + "?$top=50",
                    "filter by key", FLOWS + "?$filter=id%20eq%20'" + KEY + "'",
                    "filter by prefix", FLOWS + "?$filter=startswith(id,'B2X_1_scale0000007')",
                    "get", FLOWS + "/" + KEY,
                    "expand one", FLOWS + "/" + KEY + "?$expand=userFlowIdentityProviders",
                    "expand page", FLOWS + "?$top=20&$expand=userAttributeAssignments");

    @Test
    void sqlite() throws Exception {
        compare("sqlite");
    }

    @Test
    void postgresql() throws Exception {
        try (Postgres postgres = new Postgres()) {
            compare("postgresql", "--database", postgres.freshDatabase());
        }
    }

    private static void compare(String database, String... options) throws Exception {
        try (Usher usher = Usher.start(Distribution.workDirectory("scale"), options)) {
            fill(usher, usher.tenant(), LARGE);
            fill(usher, usher.otherTenant(), SMALL);
            Comparison comparison =
                    new Comparison(
                            URI.create(usher.json().httpUrl()).getPort(),
                            Json.object("database", database, "flows", List.of(SMALL, LARGE)));
            READS.forEach((name, target) ->
                    comparison.add(
                            name,
                            read(usher, usher.tenant(), target),
                            read(usher, usher.otherTenant(), target)));
            comparison.addWrite(
                    "create", create(usher, usher.tenant()), create(usher, usher.otherTenant()));
            comparison.assertWithin();
        }
    }

    private static void fill(Usher usher, Tenant tenant, int count)
            throws InterruptedException, ExecutionException {
        var graph = usher.graph("v1.0", tenant, tenant.admin());
        try (ExecutorService writers = Executors.newFixedThreadPool(WRITERS)) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                Object flow =
                        Json.object(
                                "id",
                                "scale%08d".formatted(i),
                                "userFlowType",
                                "signUpOrSignIn",
                                "userFlowTypeVersion",
                                1);
                all.add(
                        writers.submit(
                                () -> graph.post("/identity/b2xUserFlows", flow).expect(201)));
            }
            for (Future<?> each : all) {
                each.get();
            }
        }
    }

    private static Template read(Usher usher, Tenant tenant, String target) {
        return Template.of(Comparison.head(usher, tenant, "GET", target), "", 1, 200);
    }

    private static Template create(Usher usher, Tenant tenant) {
        String body =
                "{\"id\":\"made"
                        + Template.NUMBER
                        + "\",\"userFlowType\":\"signUpOrSignIn\",\"userFlowTypeVersion\":1}";
        return Template.of(
                Comparison.head(usher, tenant, "POST", FLOWS)
                        + "\r\nContent-Type: application/json",
                body,
                NUMBERS,
                201);
    }
}
