package dev.usher;

import dev.usher.client.Client;
import dev.usher.client.Redirects;
import dev.usher.config.Config;
import dev.usher.directory.PasswordSignIn;
import dev.usher.edm.Model;
import dev.usher.flow.FlowRunner;
import dev.usher.flow.NetworkLimits;
import dev.usher.flow.Rehearsal;
import dev.usher.flow.UserFlows;
import dev.usher.html.HtmlPages;
import dev.usher.http.Router;
import dev.usher.ids.TenantId;
import dev.usher.oauth.FlowEndpoints;
import dev.usher.oauth.OAuthSettings;
import dev.usher.observe.Observer;
import dev.usher.page.JourneyPages;
import dev.usher.token.RemoteIssuers;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What people and their applications meet of a user flow: its endpoints and its pages, wired. */
final class FlowEdges {

    /** With more targets than this of its own, an application is trusted with any. */
    private static final int TARGETS_MAX = 20;

    private final Services services;
    private final PasswordSignIn signIn;
    private final FlowEndpoints endpoints;
    private final JourneyPages pages;

    /**
     * @param limits says what one network may do; null for anything
     */
    FlowEdges(
            Services services,
            @Nullable Config limits,
            Set<String> origins,
            RemoteIssuers issuers,
            Observer observer,
            Consumer<TenantId> mailed,
            Rehearsal rehearsal) {
        this.services = services;
        this.signIn =
                limits == null
                        ? services.signIn()
                        : services.signIn()
                                .limiting(NetworkLimits.failures(limits.networkFailures()));
        Model model = services.schema().model("beta");
        UserFlows flows = new UserFlows(services.store(), model);
        HtmlPages html = new HtmlPages();
        FlowRunner runner =
                new FlowRunner(
                        services.store(),
                        model,
                        new FlowRunner.Rooms(
                                services.tenants(),
                                services.clients(),
                                services.passwords(),
                                signIn,
                                flows,
                                limits == null
                                        ? NetworkLimits.NONE
                                        : NetworkLimits.of(
                                                limits.networkRequests(), limits.networkMails()),
                                mailed),
                        services.clock(),
                        services.ids());
        this.endpoints =
                new FlowEndpoints(
                        new FlowEndpoints.Parts(
                                () -> origins,
                                services.store(),
                                model,
                                services.tenants(),
                                services.clients(),
                                issuers,
                                services.keys(),
                                services.permissions(),
                                services.delegations(),
                                signIn,
                                flows,
                                runner,
                                html,
                                services.clock(),
                                services.ids(),
                                observer,
                                OAuthSettings.defaults()));
        this.pages =
                new JourneyPages(runner, html, services.tenants(), this::formTargets, rehearsal);
    }

    /** Signs in by password, with the same limits. */
    PasswordSignIn signIn() {
        return signIn;
    }

    /** The endpoints, which {@link dev.usher.oauth.OAuthEndpoints} routes together with its own. */
    FlowEndpoints endpoints() {
        return endpoints;
    }

    /** Adds the routes of the pages. */
    void routes(Router router) {
        pages.routes(router);
    }

    /**
     * Where the redirects after a page's form may end: browsers hold them against the page's
     * policy.
     */
    private List<String> formTargets(TenantId tenant, String clientId) {
        List<String> targets =
                services.clients().byAppId(tenant, clientId).map(Client::redirects).stream()
                        .flatMap(redirects -> redirects.registered().stream())
                        .map(Redirects.Redirect::uri)
                        .flatMap(uri -> target(uri).stream())
                        .distinct()
                        .toList();
        return targets.size() > TARGETS_MAX ? List.of("https:", "http:") : targets;
    }

    /** The scheme and host of an address, with any port on loopback; else its scheme alone. */
    private static List<String> target(String uri) {
        int colon = uri.indexOf(':');
        String scheme = uri.substring(0, Math.max(colon, 0)).toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            return scheme.isEmpty() ? List.of() : List.of(scheme + ":");
        }
        String rest = uri.substring(Math.min(uri.length(), colon + 3));
        int end = rest.indexOf('/');
        String authority = end < 0 ? rest : rest.substring(0, end);
        return List.of(
                scheme.equals("http")
                        ? "http://" + authority.replaceFirst(":\\d+$", "") + ":*"
                        : "https://" + authority);
    }
}
