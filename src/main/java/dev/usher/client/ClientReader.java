package dev.usher.client;

import static dev.usher.client.ClientKinds.APPLICATION;
import static dev.usher.client.ClientKinds.APP_ROLE_ASSIGNMENT;
import static dev.usher.client.ClientKinds.PERMISSION_GRANT;
import static dev.usher.client.ClientKinds.ROLE_ASSIGNMENT;
import static dev.usher.client.ClientKinds.SERVICE_PRINCIPAL;

import dev.usher.store.Entity;
import dev.usher.store.Kind;
import dev.usher.store.Query;
import dev.usher.store.ReadTx;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads a {@link Client} together from application, service principal, grants and roles. */
final class ClientReader {

    private static final int ASSIGNMENTS_MAX = 1000;

    private final GraphPermissions catalogue;

    ClientReader(GraphPermissions catalogue) {
        this.catalogue = catalogue;
    }

    /** The client of that id; empty unless there are both the application and its principal. */
    Optional<Client> load(ReadTx tx, String appId) {
        Map<String, String> byAppIdProperty = Map.of("appId", appId);
        Optional<Entity> application = find(tx, APPLICATION, byAppIdProperty);
        Optional<Entity> principal = find(tx, SERVICE_PRINCIPAL, byAppIdProperty);
        if (application.isEmpty() || principal.isEmpty()) {
            return Optional.empty();
        }
        ObjectNode properties = application.get().properties();
        return Optional.of(
                new Client(
                        appId,
                        application.get().id(),
                        principal.get().id(),
                        properties.path("displayName").asString(""),
                        enabled(properties, principal.get().properties()),
                        permissions(tx, principal.get()),
                        roles(tx, principal.get()),
                        properties.path("isFallbackPublicClient").asBoolean(false),
                        principal
                                .get()
                                .properties()
                                .path("appRoleAssignmentRequired")
                                .asBoolean(false),
                        items(properties, ApplicationShape.CERTIFICATES).stream()
                                .flatMap(item -> ClientCertificate.read(item).stream())
                                .toList(),
                        Stream.of(properties, principal.get().properties())
                                .flatMap(of -> items(of, ApplicationShape.SECRETS).stream())
                                .map(ClientSecret::read)
                                .toList(),
                        federated(tx, application.get()),
                        Redirects.read(properties)));
    }

    private static List<FederatedCredential> federated(ReadTx tx, Entity application) {
        Query all =
                new Query(
                        ClientKinds.FEDERATED,
                        List.of(),
                        new Query.Scope.Children(application.path()),
                        null,
                        List.of(),
                        null,
                        Clients.CREDENTIALS_MAX,
                        0);
        return tx.query(all).items().stream().map(FederatedCredential::read).toList();
    }

    private static boolean enabled(ObjectNode application, ObjectNode principal) {
        return principal.path("accountEnabled").asBoolean(true)
                && !application.path("isDisabled").asBoolean(false);
    }

    private Set<String> permissions(ReadTx tx, Entity principal) {
        return assignments(tx, principal, Map.of("resourceId", graph(tx).id())).stream()
                .map(assignment -> assignment.properties().path("appRoleId").asString(""))
                .flatMap(role -> catalogue.nameOfRole(role).stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Names of the scopes of Graph that the client has for a person now. */
    static Set<String> scopes(ReadTx tx, Client client, String userId) {
        String graph = graph(tx).id();
        Map<String, String> all =
                Map.of(
                        "clientId",
                        client.principalId(),
                        "resourceId",
                        graph,
                        "consentType",
                        "AllPrincipals");
        Map<String, String> theirs =
                Map.of(
                        "clientId",
                        client.principalId(),
                        "resourceId",
                        graph,
                        "consentType",
                        "Principal",
                        "principalId",
                        userId);
        return Stream.of(all, theirs)
                .flatMap(values -> find(tx, PERMISSION_GRANT, values).stream())
                .map(grant -> grant.properties().path("scope").asString(""))
                .flatMap(scope -> Arrays.stream(scope.split(" ")))
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether the client was assigned to the person. */
    static boolean assigned(ReadTx tx, Client client, String userId) {
        Map<String, String> values =
                Map.of("principalId", userId, "resourceId", client.principalId());
        return find(tx, APP_ROLE_ASSIGNMENT, values).isPresent();
    }

    private static Set<String> roles(ReadTx tx, Entity principal) {
        Map<String, String> values = Map.of("principalId", principal.id(), "directoryScopeId", "/");
        return tx
                .query(ClientKinds.where(ROLE_ASSIGNMENT, ASSIGNMENTS_MAX, values))
                .items()
                .stream()
                .map(assignment -> assignment.properties().path("roleDefinitionId").asString(""))
                .collect(Collectors.toUnmodifiableSet());
    }

    static Entity graph(ReadTx tx) {
        return find(tx, SERVICE_PRINCIPAL, Map.of("appId", GraphPermissions.APP_ID))
                .orElseThrow(() ->
                        new IllegalStateException(
                                "tenant " + tx.tenant() + " was created without seeds"));
    }

    static Optional<Entity> find(ReadTx tx, Kind kind, Map<String, String> values) {
        return tx.query(ClientKinds.where(kind, 1, values)).items().stream().findFirst();
    }

    static List<Entity> assignments(ReadTx tx, Entity principal, Map<String, String> narrower) {
        Map<String, String> values = new TreeMap<>(narrower);
        values.put("principalId", principal.id());
        return tx.query(ClientKinds.where(APP_ROLE_ASSIGNMENT, ASSIGNMENTS_MAX, values)).items();
    }

    private static List<JsonNode> items(ObjectNode properties, String name) {
        return StreamSupport.stream(properties.path(name).spliterator(), false).toList();
    }
}
