package dev.usher.graph;

import dev.usher.edm.PrimitiveType;
import dev.usher.odata.Strategy.Candidate;
import dev.usher.odata.Violation.Rule;
import dev.usher.odata.Violations;
import dev.usher.store.Entity;
import dev.usher.store.Operand;
import dev.usher.store.Predicate;
import dev.usher.store.ReadTx;
import dev.usher.tenant.Tenants;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the properties of an application must be like. */
final class ApplicationRules {

    /** Redirect URIs of one sort. */
    static final int REDIRECT_URIS_MAX = 256;

    private static final List<String> AUDIENCES =
            List.of(
                    "AzureADMyOrg",
                    "AzureADMultipleOrgs",
                    "AzureADandPersonalMicrosoftAccount",
                    "PersonalMicrosoftAccount");
    private static final List<String> MEMBER_TYPES = List.of("User", "Application");
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final String URIS = "identifierUris";
    private static final String UNIQUE_NAME = "uniqueName";

    private final DirectoryKinds kinds;

    ApplicationRules(DirectoryKinds kinds) {
        this.kinds = kinds;
    }

    void check(ReadTx tx, Candidate candidate, Violations violations) {
        ObjectNode properties = candidate.properties();
        if (!AUDIENCES.contains(properties.path("signInAudience").asString(""))) {
            invalid("signInAudience", violations);
        }
        if (candidate.isNew() || candidate.changed().has(URIS)) {
            identifierUris(tx, candidate, violations);
        }
        uniqueName(tx, candidate, violations);
        redirects(properties.path("web"), "web", violations);
        redirects(properties.path("spa"), "spa", violations);
        redirects(properties.path("publicClient"), "publicClient", violations);
        entitlements(properties, violations);
    }

    private void uniqueName(ReadTx tx, Candidate candidate, Violations violations) {
        String name = candidate.properties().path(UNIQUE_NAME).asString("");
        if (name.isEmpty() || !candidate.changed().has(UNIQUE_NAME)) {
            return;
        }
        Predicate same = DirectoryKinds.alike(DirectoryKinds.property(UNIQUE_NAME), name);
        if (others(tx, candidate, same)) {
            Users.taken(UNIQUE_NAME, violations);
        }
    }

    private boolean others(ReadTx tx, Candidate candidate, Predicate filter) {
        List<Entity> found = DirectoryKinds.query(tx, kinds.application(), "", filter);
        return found.stream().anyMatch(other -> !other.id().equals(candidate.id()));
    }

    private void identifierUris(ReadTx tx, Candidate candidate, Violations violations) {
        List<String> domains = Tenants.current(tx).domains();
        for (JsonNode item : candidate.properties().path(URIS)) {
            String uri = item.asString("");
            if (uri.endsWith("/") || !identifier(uri, domains)) {
                violations.add(
                        URIS,
                        Rule.NOT_ALLOWED,
                        "Values of identifierUris property must use a verified domain of the"
                                + " organization or its subdomain: '"
                                + uri
                                + "'.");
                return;
            }
            Predicate same =
                    new Predicate.AnyItem(
                            new Operand.Property("", List.of(URIS), PrimitiveType.STRING),
                            "u",
                            DirectoryKinds.alike(
                                    new Operand.Property("u", List.of(), PrimitiveType.STRING),
                                    uri));
            if (others(tx, candidate, same)) {
                Users.taken(URIS, violations);
                return;
            }
        }
    }

    /** {@code api://...}, {@code urn:...}, or https at a domain of the tenant. */
    private static boolean identifier(String text, List<String> domains) {
        if (text.startsWith("api://") || text.startsWith("urn:")) {
            return text.length() > "api://".length();
        }
        URI uri = parse(text);
        if (uri == null || uri.getHost() == null || !"https".equalsIgnoreCase(uri.getScheme())) {
            return false;
        }
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        return domains.stream()
                .anyMatch(domain -> host.equals(domain) || host.endsWith("." + domain));
    }

    private static void redirects(JsonNode platform, String name, Violations violations) {
        JsonNode uris = platform.path("redirectUris");
        Set<String> seen = new HashSet<>();
        for (JsonNode item : uris) {
            String text = item.asString("");
            if (!redirect(text, name.equals("publicClient")) || !seen.add(text)) {
                violations.add(
                        name + "/redirectUris",
                        Rule.NOT_ALLOWED,
                        "'" + text + "' is no redirect URI, or is given twice.");
            }
        }
        if (uris.size() > REDIRECT_URIS_MAX) {
            violations.add(
                    name + "/redirectUris",
                    Rule.TOO_LONG,
                    "There are at most " + REDIRECT_URIS_MAX + " redirect URIs of a sort.");
        }
    }

    /** RFC 6749 3.1.2 and RFC 8252 7: absolute and without fragment; http on loopback alone. */
    private static boolean redirect(String text, boolean anyScheme) {
        URI uri = parse(text);
        if (uri == null || uri.getScheme() == null || uri.getRawFragment() != null) {
            return false;
        }
        return switch (uri.getScheme().toLowerCase(Locale.ROOT)) {
            case "https" -> uri.getHost() != null;
            case "http" -> uri.getHost() != null && LOOPBACK.contains(uri.getHost());
            case "javascript", "data", "file", "vbscript" -> false;
            default -> anyScheme;
        };
    }

    private static URI parse(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException malformed) {
            return URI.create("");
        }
    }

    /** Each scope and role has an id and a value of its own. */
    private static void entitlements(ObjectNode properties, Violations violations) {
        Set<String> ids = new HashSet<>();
        Set<String> values = new HashSet<>();
        unique(Entitlements.scopes(properties), "api", ids, values, violations);
        unique(properties.path("appRoles"), "appRoles", ids, values, violations);
        for (JsonNode role : properties.path("appRoles")) {
            boolean known =
                    role.path("allowedMemberTypes")
                            .valueStream()
                            .allMatch(type -> MEMBER_TYPES.contains(type.asString("")));
            if (!known || role.path("allowedMemberTypes").isEmpty()) {
                invalid("appRoles", violations);
            }
        }
    }

    private static void unique(
            JsonNode items,
            String name,
            Set<String> ids,
            Set<String> values,
            Violations violations) {
        for (JsonNode item : items) {
            String value = item.path("value").asString("");
            boolean free = ids.add(item.path("id").asString(""));
            boolean own = value.isEmpty() || values.add(name + value);
            if (!free || !own || value.length() > 120) {
                invalid(name, violations);
            }
        }
    }

    private static void invalid(String name, Violations violations) {
        if (!violations.concerns(name)) {
            violations.add(
                    name,
                    Rule.NOT_ALLOWED,
                    "Invalid value specified for property '"
                            + name
                            + "' of resource 'Application'.");
        }
    }
}
