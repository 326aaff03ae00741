package dev.usher.oauth;

import dev.usher.client.ApiResource;
import dev.usher.client.ApiResources;
import dev.usher.client.Client;
import dev.usher.grant.Authority;
import dev.usher.ids.TenantId;
import dev.usher.oauth.FlowAddress.Found;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a scope (RFC 6749 section 3.3) asks for at a user flow: claims about the person, and one
 * API, named by an identifier URI or, as the application's own, by its client id.
 */
final class FlowScopes {

    private static final Pattern CHARACTERS = Pattern.compile("[\\x21\\x23-\\x5B\\x5D-\\x7E]+");

    /** Scopes about a person, which mean no API. */
    static final Set<String> OPENID =
            Set.of("openid", "profile", "email", "address", "phone", "offline_access");

    private static final String DEFAULT = ".default";

    private final ApiResources resources;
    private final GraphScopes graph;

    FlowScopes(ApiResources resources, GraphScopes graph) {
        this.resources = resources;
        this.graph = graph;
    }

    /**
     * What is given of what was asked for.
     *
     * @param plain the scopes of OpenID Connect
     * @param openid whether an id token is wanted
     * @param offline whether a refresh token is wanted
     * @param explicit whether an API was named
     * @param audience the client id of the API; the application's own unless one was named
     * @param granted the short names of the scopes at that API, in order
     * @param answer what the answer says was given, in full
     * @param graph what is asked of Graph; null if nothing is
     */
    record Given(
            Set<String> plain,
            boolean openid,
            boolean offline,
            boolean explicit,
            String audience,
            List<String> granted,
            String answer,
            Scopes.@Nullable Delegated graph) {}

    /** One item that names an API. */
    private record Item(String resource, String name) {}

    /**
     * Of a request on behalf of a person.
     *
     * @throws FlowRefused unless something of it can be given
     */
    Given of(Found found, Client client, String scope) {
        TenantId tenant = found.tenant().id();
        List<String> asked = items(scope);
        boolean entra = found.authority() == Authority.TENANT;
        if (entra && graph.named(asked)) {
            return graph.given(found.tenant(), client, asked, scope);
        }
        Set<String> plain = new LinkedHashSet<>();
        List<Item> named = new ArrayList<>();
        boolean own = false;
        for (String item : asked) {
            if (OPENID.contains(item)) {
                plain.add(item);
            } else if (item.equalsIgnoreCase(client.appId())
                    || (entra && item.equalsIgnoreCase(client.appId() + "/" + DEFAULT))) {
                own = true;
            } else {
                named.add(item(item, scope, entra));
            }
        }
        boolean openid = plain.contains("openid");
        if (!openid && !own && named.isEmpty()) {
            throw new FlowRefused(AadB2cError.NO_RESOURCE, scope);
        }
        ApiResource api = api(tenant, named, scope);
        if (own && api != null && !api.appId().equals(client.appId())) {
            throw new FlowRefused(AadB2cError.SEVERAL_RESOURCES, scope);
        }
        Set<String> answer = new LinkedHashSet<>();
        if (own) {
            answer.add(client.appId());
        }
        Set<String> granted = new TreeSet<>();
        if (api != null) {
            Set<String> may = resources.granted(tenant, client, api);
            for (Item item : named) {
                if (item.name.equals(DEFAULT)) {
                    granted.addAll(may);
                    may.forEach(name -> answer.add(item.resource + "/" + name));
                } else if (may.contains(item.name)) {
                    granted.add(item.name);
                    answer.add(item.resource + "/" + item.name);
                }
            }
            if (granted.isEmpty() && !own) {
                throw new FlowRefused(AadB2cError.NOT_GRANTED, client.appId());
            }
        }
        answer.addAll(plain);
        return new Given(
                plain,
                openid,
                plain.contains("offline_access"),
                own || api != null,
                api == null ? client.appId() : api.appId(),
                List.copyOf(granted),
                String.join(" ", answer),
                null);
    }

    /**
     * What a client gets for itself.
     *
     * @param audience the client id of the API
     */
    record ForClient(String audience, List<String> roles, String answer) {}

    /**
     * Of a request of a client for itself: {@code {API}/.default}. Scopes about a person mean
     * nothing here.
     *
     * @throws FlowRefused unless a role of that API was given to the client
     */
    ForClient ofClient(TenantId tenant, Client client, String scope) {
        List<String> asked = items(scope).stream().filter(item -> !OPENID.contains(item)).toList();
        List<Item> named = new ArrayList<>();
        for (String item : asked) {
            int slash = item.lastIndexOf('/');
            if (slash <= 0 || !item.substring(slash + 1).equals(DEFAULT)) {
                throw new FlowRefused(AadB2cError.SCOPE, item);
            }
            named.add(new Item(item.substring(0, slash), DEFAULT));
        }
        ApiResource api = api(tenant, named, scope);
        if (api == null) {
            throw new FlowRefused(AadB2cError.NO_RESOURCE, scope);
        }
        Set<String> roles = resources.roles(tenant, client, api);
        if (roles.isEmpty()) {
            throw new FlowRefused(AadB2cError.NOT_GRANTED, client.appId());
        }
        return new ForClient(api.appId(), List.copyOf(roles), asked.getFirst());
    }

    private static List<String> items(String scope) {
        List<String> items = new ArrayList<>();
        for (String item : scope.split(" ", -1)) {
            if (!item.isEmpty() && !CHARACTERS.matcher(item).matches()) {
                throw new FlowRefused(AadB2cError.SCOPE_CHARACTERS, item);
            }
            if (!item.isEmpty() && !items.contains(item)) {
                items.add(item);
            }
        }
        if (items.isEmpty()) {
            throw new FlowRefused(AadB2cError.NO_SCOPE);
        }
        return items;
    }

    /**
     * @param all whether everything that is granted may be asked for
     */
    private static Item item(String text, String scope, boolean all) {
        int slash = text.lastIndexOf('/');
        if (slash <= 0 || slash == text.length() - 1) {
            throw new FlowRefused(AadB2cError.NO_RESOURCE, scope);
        }
        String name = text.substring(slash + 1);
        if (!all && name.toLowerCase(Locale.ROOT).equals(DEFAULT)) {
            throw new FlowRefused(AadB2cError.SCOPE, text);
        }
        return new Item(text.substring(0, slash), name);
    }

    private @Nullable ApiResource api(TenantId tenant, List<Item> named, String scope) {
        ApiResource found = null;
        for (String name : named.stream().map(Item::resource).distinct().toList()) {
            ApiResource api = resource(tenant, name);
            if (found != null && !found.appId().equals(api.appId())) {
                throw new FlowRefused(AadB2cError.SEVERAL_RESOURCES, scope);
            }
            found = api;
        }
        return found;
    }

    /** An identifier URI may end in a slash, which then stands twice before the name. */
    private ApiResource resource(TenantId tenant, String name) {
        Optional<ApiResource> exactly = resources.find(tenant, name);
        String bare = name.endsWith("/") ? name.substring(0, name.length() - 1) : name + "/";
        return exactly.or(() -> resources.find(tenant, bare))
                .orElseThrow(() -> new FlowRefused(AadB2cError.SCOPE, name));
    }
}
