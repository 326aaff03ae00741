package dev.usher.cli;

import dev.usher.Services;
import dev.usher.store.Actor;
import dev.usher.tenant.Tenant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A command about one tenant of the database; it prints one line. */
abstract class OfTenant implements Callable<Integer> {

    @Mixin private final DatabaseOptions database = new DatabaseOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "TENANT", description = "Its id or one of its domains.")
    @SuppressWarnings("NullAway.Init") // required
    private String tenant;

    /** Does it, and says what was done. */
    abstract String run(Services services, Actor actor, Tenant found);

    static Tenant find(Services services, String guidOrDomain) {
        return services.tenants()
                .find(guidOrDomain)
                .orElseThrow(
                        () -> new IllegalArgumentException("there is no tenant " + guidOrDomain));
    }

    @Override
    public Integer call() {
        return Administration.with(
                database,
                services -> {
                    Tenant found = find(services, tenant);
                    Actor actor =
                            new Actor(spec.qualifiedName(), null, services.ids().guid().toString());
                    database.out().println(run(services, actor, found));
                    return 0;
                });
    }
}
