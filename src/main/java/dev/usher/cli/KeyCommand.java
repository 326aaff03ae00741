package dev.usher.cli;

import dev.usher.Services;
import dev.usher.ids.TenantId;
import dev.usher.store.Actor;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code usher key rotate|discard}: the keys with which a tenant's tokens are signed. */
@Command(
        name = "key",
        description = "Rotate a tenant's signing key, or discard one that leaked.",
        subcommands = {KeyCommand.Rotate.class, KeyCommand.Discard.class})
final class KeyCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "say rotate or discard");
    }

    private static int print(
            DatabaseOptions database, String tenant, BiFunction<Services, TenantId, String> work) {
        return Administration.with(
                database,
                services -> {
                    TenantId id =
                            services.tenants()
                                    .find(tenant)
                                    .orElseThrow(() ->
                                            new IllegalArgumentException(
                                                    "there is no tenant " + tenant))
                                    .id();
                    database.out().println(work.apply(services, id));
                    return 0;
                });
    }

    private static Actor actor(Services services, String command) {
        return new Actor("usher key " + command, null, services.ids().guid().toString());
    }

    /** Publishes a successor at once and signs with it a day later, when every client knows it. */
    @Command(
            name = "rotate",
            description = "Publish the next signing key; it takes over when clients know it.",
            sortOptions = false)
    static final class Rotate implements Callable<Integer> {

        @Mixin private final DatabaseOptions database = new DatabaseOptions();

        @Parameters(paramLabel = "TENANT", description = "Its id or one of its domains.")
        @SuppressWarnings("NullAway.Init") // required
        private String tenant;

        @Override
        public Integer call() {
            return print(
                    database,
                    tenant,
                    (services, id) ->
                            "the next key is "
                                    + services.keys().rotate(actor(services, "rotate"), id));
        }
    }

    /** Withdraws a key at once: every token that it signed is refused from then on. */
    @Command(
            name = "discard",
            description = "Withdraw a leaked key at once; its tokens are refused from then on.",
            sortOptions = false)
    static final class Discard implements Callable<Integer> {

        @Mixin private final DatabaseOptions database = new DatabaseOptions();

        @Parameters(index = "0", paramLabel = "TENANT", description = "Its id or a domain.")
        @SuppressWarnings("NullAway.Init") // required
        private String tenant;

        @Parameters(index = "1", paramLabel = "KID", description = "The id of the key.")
        @SuppressWarnings("NullAway.Init") // required
        private String kid;

        @Override
        public Integer call() {
            return print(
                    database,
                    tenant,
                    (services, id) -> {
                        services.keys().discard(actor(services, "discard"), id, kid);
                        return kid + " is discarded";
                    });
        }
    }
}
