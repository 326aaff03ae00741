package dev.usher.client;

import static dev.usher.client.ClientKinds.APPLICATION;
import static dev.usher.client.ClientKinds.APP_ROLE_ASSIGNMENT;
import static dev.usher.client.ClientKinds.PERMISSION_GRANT;
import static dev.usher.client.ClientKinds.SERVICE_PRINCIPAL;

import dev.usher.edm.PrimitiveType;
import dev.usher.ids.TenantId;
import dev.usher.store.Cached;
import dev.usher.store.Entity;
import dev.usher.store.Operand;
import dev.usher.store.Predicate;
import dev.usher.store.Query;
import dev.usher.store.ReadTx;
import dev.usher.store.Store;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The applications of a tenant as APIs: what each exposes, and what of it is granted to whom. What
 * another process changed is seen within a second. Thread-safe.
 */
public final class ApiResources {

    private static final int CACHE_ENTRIES_MAX = 20_000;
    private static final int GRANTS_MAX = 1000;
    private static final Pattern GUID =
            Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final String BY_ID = "api://";

    private record Pair(String clientPrincipalId, String resourceAppId) {}

    private final Cached<String, ApiResource> byName;
    private final Cached<Pair, Set<String>> scopes;
    private final Cached<Pair, Set<String>> roles;

    /** The applications in the store. */
    public ApiResources(Store store) {
        Set<String> kinds =
                Set.of(
                        APPLICATION.name(),
                        SERVICE_PRINCIPAL.name(),
                        APP_ROLE_ASSIGNMENT.name(),
                        PERMISSION_GRANT.name());
        this.byName =
                new Cached<>(
                        store,
                        kinds,
                        CACHE_ENTRIES_MAX,
                        (tenant, name) -> store.read(tenant, tx -> load(tx, name)));
        this.scopes =
                new Cached<>(
                        store,
                        kinds,
                        CACHE_ENTRIES_MAX,
                        (tenant, pair) -> store.read(tenant, tx -> scopes(tx, pair)));
        this.roles =
                new Cached<>(
                        store,
                        kinds,
                        CACHE_ENTRIES_MAX,
                        (tenant, pair) -> store.read(tenant, tx -> roles(tx, pair)));
    }

    /**
     * The API of that name.
     *
     * @param name a client id in any case, alone or behind {@code api://}, or an identifier URI of
     *     the application, exactly
     */
    public Optional<ApiResource> find(TenantId tenant, String name) {
        return byName.get(tenant, name);
    }

    /** The values of the scopes that an administrator granted to the client for everybody. */
    public Set<String> granted(TenantId tenant, Client client, ApiResource resource) {
        Pair pair = new Pair(client.principalId(), resource.appId());
        Set<String> granted = new TreeSet<>(scopes.get(tenant, pair).orElse(Set.of()));
        granted.retainAll(resource.scopes().values());
        resource.preAuthorized()
                .getOrDefault(client.appId(), Set.of())
                .forEach(id ->
                        Optional.ofNullable(resource.scopes().get(id)).ifPresent(granted::add));
        return granted;
    }

    /** The values of the roles that the client was given, to act by itself. */
    public Set<String> roles(TenantId tenant, Client client, ApiResource resource) {
        return roles.get(tenant, new Pair(client.principalId(), resource.appId())).orElse(Set.of());
    }

    private static Optional<ApiResource> load(ReadTx tx, String name) {
        return application(tx, name)
                .flatMap(application ->
                        ClientReader.find(
                                        tx, SERVICE_PRINCIPAL, Map.of("appId", appId(application)))
                                .filter(ApiResources::enabled)
                                .map(principal -> read(application, principal)));
    }

    private static boolean enabled(Entity principal) {
        return principal.properties().path("accountEnabled").asBoolean(true);
    }

    private static Optional<Entity> application(ReadTx tx, String name) {
        String bare = name.startsWith(BY_ID) ? name.substring(BY_ID.length()) : name;
        String folded = bare.toLowerCase(Locale.ROOT);
        if (GUID.matcher(folded).matches()) {
            Optional<Entity> byId = ClientReader.find(tx, APPLICATION, Map.of("appId", folded));
            if (byId.isPresent()) {
                return byId;
            }
        }
        Predicate same =
                new Predicate.AnyItem(
                        new Operand.Property("", List.of("identifierUris"), PrimitiveType.STRING),
                        "uri",
                        new Predicate.Compare(
                                new Operand.Property("uri", List.of(), PrimitiveType.STRING),
                                Predicate.Operator.EQ,
                                new Operand.Literal(name, PrimitiveType.STRING)));
        Query query =
                new Query(
                        APPLICATION,
                        List.of(),
                        new Query.Scope.Children(""),
                        same,
                        List.of(),
                        null,
                        1,
                        0);
        return tx.query(query).items().stream().findFirst();
    }

    private static String appId(Entity application) {
        return application.properties().path("appId").asString("");
    }

    private static ApiResource read(Entity application, Entity principal) {
        ObjectNode properties = application.properties();
        Map<String, Set<String>> preAuthorized = new HashMap<>();
        for (JsonNode client : properties.path("api").path("preAuthorizedApplications")) {
            Set<String> ids = new HashSet<>();
            client.path("delegatedPermissionIds").forEach(id -> ids.add(id.asString("")));
            preAuthorized.put(
                    client.path("appId").asString("").toLowerCase(Locale.ROOT), Set.copyOf(ids));
        }
        return new ApiResource(
                appId(application),
                principal.id(),
                enabledValues(properties.path("api").path("oauth2PermissionScopes")),
                enabledValues(properties.path("appRoles")),
                Map.copyOf(preAuthorized));
    }

    private static Map<String, String> enabledValues(JsonNode items) {
        Map<String, String> values = new HashMap<>();
        for (JsonNode item : items) {
            String value = item.path("value").asString("");
            if (item.path("isEnabled").asBoolean(false) && !value.isEmpty()) {
                values.put(item.path("id").asString(""), value);
            }
        }
        return Map.copyOf(values);
    }

    private static Optional<Set<String>> scopes(ReadTx tx, Pair pair) {
        return load(tx, pair.resourceAppId)
                .map(resource ->
                        tx
                                .query(
                                        ClientKinds.where(
                                                PERMISSION_GRANT,
                                                GRANTS_MAX,
                                                Map.of(
                                                        "clientId",
                                                        pair.clientPrincipalId,
                                                        "resourceId",
                                                        resource.principalId(),
                                                        "consentType",
                                                        "AllPrincipals")))
                                .items()
                                .stream()
                                .flatMap(grant ->
                                        List.of(
                                                grant.properties()
                                                        .path("scope")
                                                        .asString("")
                                                        .split(" ", -1))
                                                .stream())
                                .filter(scope -> !scope.isEmpty())
                                .collect(Collectors.toUnmodifiableSet()));
    }

    private static Optional<Set<String>> roles(ReadTx tx, Pair pair) {
        return load(tx, pair.resourceAppId)
                .map(resource ->
                        tx
                                .query(
                                        ClientKinds.where(
                                                APP_ROLE_ASSIGNMENT,
                                                GRANTS_MAX,
                                                Map.of(
                                                        "principalId",
                                                        pair.clientPrincipalId,
                                                        "resourceId",
                                                        resource.principalId())))
                                .items()
                                .stream()
                                .flatMap(grant ->
                                        Optional.ofNullable(
                                                resource.roles()
                                                        .get(
                                                                grant.properties()
                                                                        .path("appRoleId")
                                                                        .asString("")))
                                                .stream())
                                .collect(Collectors.toCollection(TreeSet::new)));
    }
}
