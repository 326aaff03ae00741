package dev.usher.cli;

import dev.usher.Services;
import dev.usher.client.Clients;
import dev.usher.client.NewClient;
import dev.usher.store.Actor;
import dev.usher.store.WriteTx;
import dev.usher.tenant.NewTenant;
import dev.usher.tenant.Tenant;
import dev.usher.tenant.TenantKind;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code usher tenant create|list|disable|enable|delete}: the register of tenants. */
@Command(
        name = "tenant",
        description = "Create, list, disable, enable and delete tenants.",
        subcommands = {
            TenantCommand.Create.class,
            TenantCommand.ListAll.class,
            TenantCommand.Disable.class,
            TenantCommand.Enable.class,
            TenantCommand.Delete.class
        })
final class TenantCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(), "say create, list, disable, enable or delete");
    }

    /** Registers a tenant and its first application, whose secret is shown here only. */
    @Command(
            name = "create",
            description =
                    "Create a tenant and an application that may manage it; prints the"
                            + " application's id and secret, once.",
            sortOptions = false)
    static final class Create implements Callable<Integer> {

        @Mixin private final DatabaseOptions database = new DatabaseOptions();

        @Option(
                names = "--domain",
                required = true,
                paramLabel = "D",
                description = "Its domain name; repeatable, the initial one first.")
        @SuppressWarnings("NullAway.Init") // required
        private List<String> domains;

        @Option(
                names = "--name",
                paramLabel = "TEXT",
                description = "Its display name (default: the domain).")
        private @Nullable String name;

        @Option(
                names = "--kind",
                paramLabel = "KIND",
                description = "workforce, b2c, external or all (default: ${DEFAULT-VALUE}).",
                defaultValue = "all")
        private String kind = "all";

        @Override
        public Integer call() {
            TenantKind wanted = kind(kind);
            return Administration.with(database, services -> create(services, wanted));
        }

        private int create(Services services, TenantKind wanted) {
            NewClient first =
                    new NewClient(
                            null,
                            "First application",
                            services.permissions().applicationPermissions(),
                            null,
                            null);
            AtomicReference<Clients.@Nullable Created> created = new AtomicReference<>();
            Tenant tenant;
            try {
                String display = name == null ? domains.getFirst() : name;
                tenant =
                        services.tenants()
                                .create(
                                        new Actor(
                                                "usher tenant create",
                                                null,
                                                services.ids().guid().toString()),
                                        new NewTenant(null, wanted, display, domains),
                                        tx -> created.set(services.clients().create(tx, first)));
            } catch (WriteTx.DuplicateKey taken) {
                throw new IllegalArgumentException(
                        "the domain " + taken.id() + " belongs to another tenant", taken);
            }
            Clients.Created application = created.get();
            if (application == null) {
                throw new IllegalStateException("the application was not created");
            }
            database.out()
                    .printf(
                            "tenant id:      %s%ndomain:         %s%napplication id: %s%nsecret:   "
                                    + "      %s%n",
                            tenant.id(),
                            String.join(", ", tenant.domains()),
                            application.appId(),
                            application.secret());
            database.err().println("The secret is shown this once; only its hash is stored.");
            return 0;
        }

        private static TenantKind kind(String text) {
            try {
                return TenantKind.valueOf(text.toUpperCase(Locale.ROOT));
            } catch (IllegalArgumentException unknown) {
                throw new IllegalArgumentException(
                        "--kind is workforce, b2c, external or all, not " + text, unknown);
            }
        }
    }

    /** One line a tenant. */
    @Command(
            name = "list",
            description = "List the tenants: id, state, kind, domains, name.",
            sortOptions = false)
    static final class ListAll implements Callable<Integer> {

        @Mixin private final DatabaseOptions database = new DatabaseOptions();

        @Override
        public Integer call() {
            return Administration.with(
                    database,
                    services -> {
                        for (Tenant tenant : services.tenants().list()) {
                            database.out()
                                    .printf(
                                            "%s\t%s\t%s\t%s\t%s%n",
                                            tenant.id(),
                                            tenant.state().name().toLowerCase(Locale.ROOT),
                                            tenant.kind().name().toLowerCase(Locale.ROOT),
                                            String.join(",", tenant.domains()),
                                            tenant.displayName());
                        }
                        return 0;
                    });
        }
    }

    /** Stops serving a tenant. */
    @Command(
            name = "disable",
            description = "Stop serving a tenant; its data stays.",
            sortOptions = false)
    static final class Disable extends OfTenant {

        @Override
        String run(Services services, Actor actor, Tenant found) {
            boolean changed = services.tenants().disable(actor, found.id());
            return found.id() + (changed ? " is disabled" : " was disabled already");
        }
    }

    /** Serves a disabled tenant again. */
    @Command(name = "enable", description = "Serve a disabled tenant again.", sortOptions = false)
    static final class Enable extends OfTenant {

        @Override
        String run(Services services, Actor actor, Tenant found) {
            boolean changed = services.tenants().enable(actor, found.id());
            return found.id() + (changed ? " is active" : " was active already");
        }
    }

    /** Ends a tenant. */
    @Command(
            name = "delete",
            description = "End a tenant for good; its domains become free.",
            sortOptions = false)
    static final class Delete extends OfTenant {

        @Override
        String run(Services services, Actor actor, Tenant found) {
            services.tenants().delete(actor, found.id());
            return found.id() + " is deleted";
        }
    }
}
