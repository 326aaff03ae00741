package dev.usher.cli;

import dev.usher.Services;
import dev.usher.store.Actor;
import dev.usher.tenant.Tenant;
import picocli.CommandLine;
import picocli.CommandLine.Command;
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

    /** Publishes a successor at once and signs with it a day later, when every client knows it. */
    @Command(
            name = "rotate",
            description = "Publish the next signing key; it takes over when clients know it.",
            sortOptions = false)
    static final class Rotate extends OfTenant {

        @Override
        String run(Services services, Actor actor, Tenant found) {
            return "the next key is " + services.keys().rotate(actor, found.id());
        }
    }

    /** Withdraws a key at once: every token that it signed is refused from then on. */
    @Command(
            name = "discard",
            description = "Withdraw a leaked key at once; its tokens are refused from then on.",
            sortOptions = false)
    static final class Discard extends OfTenant {

        @Parameters(index = "1", paramLabel = "KID", description = "The id of the key.")
        @SuppressWarnings("NullAway.Init") // required
        private String kid;

        @Override
        String run(Services services, Actor actor, Tenant found) {
            services.keys().discard(actor, found.id(), kid);
            return kid + " is discarded";
        }
    }
}
