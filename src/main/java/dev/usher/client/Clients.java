package dev.usher.client;

import static dev.usher.client.ClientKinds.APPLICATION;
import static dev.usher.client.ClientKinds.APP_ROLE_ASSIGNMENT;
import static dev.usher.client.ClientKinds.ROLE_ASSIGNMENT;
import static dev.usher.client.ClientKinds.SERVICE_PRINCIPAL;

import dev.usher.ids.Ids;
import dev.usher.ids.TenantId;
import dev.usher.store.Cached;
import dev.usher.store.Entity;
import dev.usher.store.Kind;
import dev.usher.store.ReadTx;
import dev.usher.store.Store;
import dev.usher.store.WriteTx;
import dev.usher.tenant.TenantSeed;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Application registrations, their credentials, and the Graph permissions granted to them. Changes
 * are made in the caller's transaction; a client is found as of now, but for what another process
 * changed in the last second. Thread-safe.
 */
public final class Clients implements TenantSeed {

    /** The kinds that a {@link Client} is read from. */
    public static final Set<String> KINDS =
            Set.of(
                    APPLICATION.name(),
                    SERVICE_PRINCIPAL.name(),
                    APP_ROLE_ASSIGNMENT.name(),
                    FederatedCredential.KIND,
                    ROLE_ASSIGNMENT.name());

    /** The kind of what people, or an administrator for them, let clients do for them. */
    public static final String GRANT_KIND = ClientKinds.PERMISSION_GRANT.name();

    /** The shortest client secret that may be chosen by a caller, in characters. */
    public static final int SECRET_CHARS_MIN = 32;

    /** The most credentials of one sort that an application may have. */
    public static final int CREDENTIALS_MAX = 100;

    /** How long a secret is valid unless told otherwise (as Graph's {@code addPassword}). */
    public static final Period SECRET_VALIDITY = Period.ofYears(2);

    /** The name under which Microsoft's service registers the owner of custom attributes. */
    private static final String EXTENSIONS_APP =
            "b2c-extensions-app. Do not modify. Used by AADB2C for storing user data.";

    private static final int SECRET_BYTES = 32;
    private static final int CACHE_ENTRIES_MAX = 20_000;
    private static final Pattern GUID =
            Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final Ids ids;
    private final GraphPermissions catalogue;
    private final ClientReader reader;
    private final Cached<String, Client> byAppId;

    /** The applications in the store. */
    public Clients(Store store, Ids ids, GraphPermissions catalogue) {
        this.ids = ids;
        this.catalogue = catalogue;
        this.reader = new ClientReader(catalogue);
        this.byAppId =
                new Cached<>(
                        store,
                        KINDS,
                        CACHE_ENTRIES_MAX,
                        (tenant, appId) -> store.read(tenant, tx -> reader.load(tx, appId)));
    }

    /** A registration just made; the secret is readable here and never again. */
    public record Created(String appId, String objectId, String secret) {}

    /** A secret just added; readable here and never again. */
    public record AddedSecret(String keyId, String secret) {}

    /** The client of that id, any case. */
    public Optional<Client> byAppId(TenantId tenant, String appId) {
        String folded = appId.toLowerCase(Locale.ROOT);
        return GUID.matcher(folded).matches() ? byAppId.get(tenant, folded) : Optional.empty();
    }

    /** The client of that id, any case, as the transaction sees it. */
    public Optional<Client> byAppId(ReadTx tx, String appId) {
        String folded = appId.toLowerCase(Locale.ROOT);
        return GUID.matcher(folded).matches() ? reader.load(tx, folded) : Optional.empty();
    }

    /** Names of the Graph application permissions granted to the client now. */
    public Set<String> permissionsOf(TenantId tenant, String appId) {
        return byAppId(tenant, appId).map(Client::permissions).orElse(Set.of());
    }

    /** Names of the delegated scopes of Graph that the client has for that person now. */
    public static Set<String> scopesFor(ReadTx tx, Client client, String userId) {
        return ClientReader.scopes(tx, client, userId);
    }

    /** Whether that person may use the client, as far as it wants people to be assigned. */
    public static boolean open(ReadTx tx, Client client, String userId) {
        return !client.assignmentRequired() || ClientReader.assigned(tx, client, userId);
    }

    /** Writes the service principal of Microsoft Graph, whose roles are granted to clients. */
    @Override
    public void seed(WriteTx tx) {
        insertPrincipal(tx, GraphPermissions.APP_ID, "Microsoft Graph");
        extensionsApp(tx);
    }

    /**
     * The client id of the application that owns the tenant's custom attributes. It follows from
     * the tenant's id. A tenant made before there were any gets the application here.
     */
    public String extensionsApp(WriteTx tx) {
        String appId = extensionsAppId(tx);
        if (ClientReader.find(tx, APPLICATION, Map.of("appId", appId)).isEmpty()) {
            ObjectNode properties = ApplicationShape.of(appId, EXTENSIONS_APP, tx.now(), Set.of());
            tx.insert(
                    APPLICATION,
                    ClientKinds.entity(APPLICATION, ids.guid().toString(), properties));
            insertPrincipal(tx, appId, EXTENSIONS_APP);
        }
        return appId;
    }

    /** The client id of that application, whether it is there or not. */
    public static String extensionsAppId(ReadTx tx) {
        return Ids.named("extensions of " + tx.tenant()).toString();
    }

    /**
     * Registers an application with its service principal, credentials and permissions.
     *
     * @throws IllegalArgumentException if the id is no GUID, the secret too short, the certificate
     *     unusable, or a permission unknown
     * @throws WriteTx.DuplicateKey if the tenant has that client id already
     */
    public Created create(WriteTx tx, NewClient wanted) {
        String appId =
                wanted.appId() == null
                        ? ids.guid().toString()
                        : wanted.appId().toLowerCase(Locale.ROOT);
        if (!GUID.matcher(appId).matches()) {
            throw new IllegalArgumentException("not a GUID: " + appId);
        }
        if (ClientReader.find(tx, APPLICATION, Map.of("appId", appId)).isPresent()) {
            throw new WriteTx.DuplicateKey(APPLICATION.name(), appId);
        }
        String secret = wanted.secret() == null ? generate() : wanted.secret();
        ObjectNode properties =
                ApplicationShape.of(appId, wanted.displayName(), tx.now(), roleIds(wanted));
        addSecret(properties, "", secret, tx.now(), expiry(tx.now()));
        if (wanted.certificate() != null) {
            addCertificate(properties, wanted.certificate());
        }
        String objectId = ids.guid().toString();
        tx.insert(APPLICATION, ClientKinds.entity(APPLICATION, objectId, properties));
        insertPrincipal(tx, appId, wanted.displayName());
        wanted.permissions().forEach(permission -> grant(tx, appId, permission));
        return new Created(appId, objectId, secret);
    }

    /**
     * Adds a secret of 256 random bits.
     *
     * @return the only time that it can be read
     * @throws NoSuchElementException if there is no such client
     */
    public AddedSecret addSecret(
            WriteTx tx, String appId, String displayName, Instant start, Instant end) {
        Entity application = lock(tx, APPLICATION, appId);
        String secret = generate();
        String keyId = addSecret(application.properties(), displayName, secret, start, end);
        tx.replace(APPLICATION, application);
        return new AddedSecret(keyId, secret);
    }

    /** Adds a secret to what is stored of an application or service principal. */
    public AddedSecret putSecret(
            ObjectNode holder, String displayName, Instant start, Instant end) {
        String secret = generate();
        return new AddedSecret(addSecret(holder, displayName, secret, start, end), secret);
    }

    /** Removes a secret from what is stored; false if there is none of that key id. */
    public static boolean takeSecret(ObjectNode holder, String keyId) {
        return remove(holder.withArray(ApplicationShape.SECRETS), keyId);
    }

    /** Removes a secret; false if the client has none of that key id. */
    public boolean removeSecret(WriteTx tx, String appId, String keyId) {
        Entity application = lock(tx, APPLICATION, appId);
        ArrayNode secrets = application.properties().withArray(ApplicationShape.SECRETS);
        boolean removed = remove(secrets, keyId);
        if (removed) {
            tx.replace(APPLICATION, application);
        }
        return removed;
    }

    /**
     * Adds a certificate for client assertions.
     *
     * @throws IllegalArgumentException if its key is not RSA or too short
     * @throws NoSuchElementException if there is no such client
     */
    public void addCertificate(WriteTx tx, String appId, X509Certificate certificate) {
        Entity application = lock(tx, APPLICATION, appId);
        addCertificate(application.properties(), certificate);
        tx.replace(APPLICATION, application);
    }

    /**
     * Lets a client of development mode be answered at any path of the loopback addresses that it
     * registers as {@code http://localhost/*}. Does nothing if that is so already.
     *
     * @throws NoSuchElementException if there is no such client
     */
    public void answerAnywhereOnLoopback(WriteTx tx, String appId) {
        Entity application = lock(tx, APPLICATION, appId);
        if (!application.properties().path(Redirects.ANYWHERE).asBoolean(false)) {
            application.properties().put(Redirects.ANYWHERE, true);
            tx.replace(APPLICATION, application);
        }
    }

    /** Lets the client get and use tokens, or not. */
    public void setEnabled(WriteTx tx, String appId, boolean enabled) {
        Entity principal = lock(tx, SERVICE_PRINCIPAL, appId);
        principal.properties().put("accountEnabled", enabled);
        tx.replace(SERVICE_PRINCIPAL, principal);
    }

    /** Removes the registration, its service principal and what was granted to it. */
    public void delete(WriteTx tx, String appId) {
        Entity principal = lock(tx, SERVICE_PRINCIPAL, appId);
        remove(tx, ClientReader.assignments(tx, principal, Map.of()));
        tx.delete(SERVICE_PRINCIPAL, principal);
        tx.delete(APPLICATION, lock(tx, APPLICATION, appId));
    }

    /**
     * Grants a Graph application permission by name; false if it is granted already.
     *
     * @throws IllegalArgumentException if no application permission has that name
     * @throws NoSuchElementException if there is no such client
     */
    public boolean grant(WriteTx tx, String appId, String permission) {
        String roleId = roleId(permission);
        Entity principal = lock(tx, SERVICE_PRINCIPAL, appId);
        Entity graph = ClientReader.graph(tx);
        if (!ClientReader.assignments(
                        tx, principal, Map.of("resourceId", graph.id(), "appRoleId", roleId))
                .isEmpty()) {
            return false;
        }
        ObjectNode properties = ApplicationShape.assignment(principal, graph, roleId, tx.now());
        tx.insert(
                APP_ROLE_ASSIGNMENT,
                ClientKinds.entity(APP_ROLE_ASSIGNMENT, assignmentId(principal), properties));
        return true;
    }

    /** Takes a permission back; false if it was not granted. */
    public boolean revoke(WriteTx tx, String appId, String permission) {
        Entity principal = lock(tx, SERVICE_PRINCIPAL, appId);
        Map<String, String> role =
                Map.of("resourceId", ClientReader.graph(tx).id(), "appRoleId", roleId(permission));
        List<Entity> granted = ClientReader.assignments(tx, principal, role);
        remove(tx, granted);
        return !granted.isEmpty();
    }

    private static void remove(WriteTx tx, List<Entity> assignments) {
        for (Entity assignment : assignments) {
            tx.lock(APP_ROLE_ASSIGNMENT, "", assignment.id())
                    .ifPresent(locked -> tx.delete(APP_ROLE_ASSIGNMENT, locked));
        }
    }

    private void insertPrincipal(WriteTx tx, String appId, String displayName) {
        tx.insert(
                SERVICE_PRINCIPAL,
                ClientKinds.entity(
                        SERVICE_PRINCIPAL,
                        ids.guid().toString(),
                        ApplicationShape.principal(appId, displayName, tx.tenant())));
    }

    private static Entity lock(WriteTx tx, Kind kind, String appId) {
        return ClientReader.find(tx, kind, Map.of("appId", appId.toLowerCase(Locale.ROOT)))
                .flatMap(entity -> tx.lock(kind, "", entity.id()))
                .orElseThrow(() -> new NoSuchElementException("there is no client " + appId));
    }

    private Set<String> roleIds(NewClient wanted) {
        Set<String> roles = new TreeSet<>();
        wanted.permissions().forEach(permission -> roles.add(roleId(permission)));
        return roles;
    }

    private String roleId(String permission) {
        return catalogue
                .roleId(permission)
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "no application permission of Graph: " + permission));
    }

    private String addSecret(
            ObjectNode application, String name, String secret, Instant start, Instant end) {
        if (secret.length() < SECRET_CHARS_MIN) {
            throw new IllegalArgumentException(
                    "a client secret has at least " + SECRET_CHARS_MIN + " characters");
        }
        String keyId = ids.guid().toString();
        room(application.withArray(ApplicationShape.SECRETS))
                .add(ClientSecret.stored(keyId, name, secret, start, end));
        return keyId;
    }

    private void addCertificate(ObjectNode application, X509Certificate certificate) {
        room(application.withArray(ApplicationShape.CERTIFICATES))
                .add(ClientCertificate.stored(ids.guid().toString(), certificate));
    }

    private static ArrayNode room(ArrayNode credentials) {
        if (credentials.size() >= CREDENTIALS_MAX) {
            throw new IllegalArgumentException(
                    "an application has at most " + CREDENTIALS_MAX + " credentials of a sort");
        }
        return credentials;
    }

    private static boolean remove(ArrayNode credentials, String keyId) {
        for (int index = 0; index < credentials.size(); index++) {
            if (credentials.get(index).path("keyId").asString("").equalsIgnoreCase(keyId)) {
                credentials.remove(index);
                return true;
            }
        }
        return false;
    }

    private static Instant expiry(Instant start) {
        return start.atOffset(ZoneOffset.UTC).plus(SECRET_VALIDITY).toInstant();
    }

    private String generate() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(ids.bytes(SECRET_BYTES));
    }

    /** 43 characters, as Graph's: base64url of the principal's GUID and a random one. */
    private String assignmentId(Entity principal) {
        UUID principalId = UUID.fromString(principal.id());
        ByteBuffer id = ByteBuffer.allocate(32);
        id.putLong(principalId.getMostSignificantBits());
        id.putLong(principalId.getLeastSignificantBits());
        id.put(ids.bytes(16));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(id.array());
    }
}
