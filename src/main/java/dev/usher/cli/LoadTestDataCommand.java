package dev.usher.cli;

import dev.usher.Services;
import dev.usher.edm.Model;
import dev.usher.edm.Schema;
import dev.usher.graph.GraphTypes;
import dev.usher.graph.LoadTestData;
import dev.usher.graph.ObjectLimits;
import dev.usher.http.AddressRules;
import dev.usher.http.Headers;
import dev.usher.http.Request;
import dev.usher.http.Trail;
import dev.usher.odata.ODataRequest;
import dev.usher.odata.ODataService;
import dev.usher.odata.ODataSettings;
import dev.usher.odata.RequestParser;
import dev.usher.store.Actor;
import dev.usher.tenant.Tenant;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code usher load-test-data}: people and user flows in number, for measuring. */
@Command(
        name = "load-test-data",
        description = "Add people and user flows in number to a tenant that is for measuring.",
        sortOptions = false)
final class LoadTestDataCommand implements Callable<Integer> {

    private static final int PREFIX_CHARS = 6;
    private static final String FLOWS = "/v1.0/identity/b2xUserFlows";

    @Mixin private final DatabaseOptions database = new DatabaseOptions();

    @Option(
            names = "--tenant",
            required = true,
            paramLabel = "TENANT",
            description = "Its id or one of its domains.")
    @SuppressWarnings("NullAway.Init") // required
    private String tenant;

    @Option(names = "--users", paramLabel = "N", description = "How many people (default: 0).")
    private int users;

    @Option(names = "--flows", paramLabel = "M", description = "How many user flows (default: 0).")
    private int flows;

    @Override
    public Integer call() {
        if (users < 0 || users > LoadTestData.PEOPLE_MAX || flows < 0) {
            throw new IllegalArgumentException(
                    "--users is from 0 to " + LoadTestData.PEOPLE_MAX + ", --flows is not less");
        }
        return Administration.with(database, this::load);
    }

    private int load(Services services) {
        Tenant found = OfTenant.find(services, tenant);
        Actor actor = new Actor("usher load-test-data", null, services.ids().guid().toString());
        String prefix = prefix(services.ids().hex32());
        if (users > 0) {
            String password = "Load-" + services.ids().hex32();
            Model model = services.schema().model("beta");
            new LoadTestData(model, services.store(), services.ids())
                    .people(found, actor, prefix, users, services.passwords().hash(password));
            database.out()
                    .printf(
                            Locale.ROOT,
                            "people:   %d, %s-%08d@%s and on%npassword: %s%n",
                            users,
                            prefix,
                            0,
                            found.domains().getFirst(),
                            password);
        }
        if (flows > 0) {
            flows(services, found, actor, prefix);
            database.out().printf(Locale.ROOT, "flows:    %d, B2X_1_%s0 and on%n", flows, prefix);
        }
        return 0;
    }

    /** Of letters alone, so that it is one word of a name. */
    private static String prefix(String hex) {
        StringBuilder prefix = new StringBuilder("p");
        hex.chars()
                .limit(PREFIX_CHARS)
                .map(digit -> 'a' + Character.digit(digit, 16))
                .forEach(prefix::appendCodePoint);
        return prefix.toString();
    }

    /** In the way that requests come, but for the network and the caller's permissions. */
    private void flows(Services services, Tenant found, Actor actor, String prefix) {
        ODataService odata = odata(services);
        RequestParser parser = new RequestParser();
        for (int number = 0; number < flows; number++) {
            String body =
                    "{\"id\":\"%s%d\",\"userFlowType\":\"signUpOrSignIn\",\"userFlowTypeVersion\":1}"
                            .formatted(prefix, number);
            ODataRequest request =
                    parser.parse(
                            new Request(
                                    "POST",
                                    "https://localhost",
                                    FLOWS,
                                    null,
                                    new Headers().set("Content-Type", "application/json"),
                                    body.getBytes(StandardCharsets.UTF_8),
                                    actor.requestId(),
                                    actor.requestId(),
                                    "127.0.0.1",
                                    new Trail()));
            odata.execute(found.id(), actor, request, odata.plan(request));
        }
    }

    private static ODataService odata(Services services) {
        List<Model> models =
                Schema.VERSIONS.stream().map(version -> services.schema().model(version)).toList();
        return new ODataService(
                models,
                _ -> new byte[0],
                services.store(),
                GraphTypes.strategies(
                        models.getLast(),
                        services.clients(),
                        services.signIn(),
                        services.permissions(),
                        services.ids(),
                        false,
                        ObjectLimits.DEFAULT,
                        AddressRules.allowing(List.of())),
                services.clock(),
                services.ids(),
                services.sealer(),
                ODataSettings.DEFAULT);
    }
}
