package dev.usher.graph;

import dev.usher.client.Client;
import dev.usher.client.Clients;
import dev.usher.edm.Model;
import dev.usher.odata.FunctionHandler;
import dev.usher.odata.Violation.Rule;
import dev.usher.odata.Violations;
import dev.usher.store.Kind;
import dev.usher.store.Kinds;
import dev.usher.store.ReadTx;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code validateAuthenticationConfiguration}: whether tokens can be had for an extension, be it a
 * stored one or one that a client is about to create. What is wrong is the answer, not a refusal.
 */
final class ValidateAuthenticationConfiguration implements FunctionHandler {

    /** The permission of an API that is called by the service. */
    private static final String RECEIVE = "CustomAuthenticationExtension.Receive.Payload";

    private static final Pattern RESOURCE_ID =
            Pattern.compile("api://([^/]+)/([0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12})");

    private final Kind kind;
    private final Clients clients;
    private final UrlRule urls;

    ValidateAuthenticationConfiguration(Model model, Clients clients, UrlRule urls) {
        this.kind = Kinds.of(model.entityType(CustomExtensions.TYPE));
        this.clients = clients;
        this.urls = urls;
    }

    @Override
    public String name() {
        return "microsoft.graph.validateAuthenticationConfiguration";
    }

    @Override
    public JsonNode call(ReadTx tx, @Nullable String boundKey, Map<String, JsonNode> arguments) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode errors = answer.putArray("errors");
        ArrayNode warnings = answer.putArray("warnings");
        if (boundKey != null) {
            ObjectNode stored = tx.find(kind, "", boundKey).orElseThrow().properties();
            check(
                    tx,
                    stored.path(CustomExtensions.ENDPOINT),
                    stored.path(CustomExtensions.AUTHENTICATION),
                    errors,
                    warnings);
        } else {
            check(
                    tx,
                    argument(arguments, CustomExtensions.ENDPOINT),
                    argument(arguments, CustomExtensions.AUTHENTICATION),
                    errors,
                    warnings);
        }
        return answer;
    }

    private static JsonNode argument(Map<String, JsonNode> arguments, String name) {
        JsonNode given = arguments.getOrDefault(name, JsonNodeFactory.instance.nullNode());
        if (given.isNull()) {
            Violations violations = new Violations();
            violations.add(
                    name,
                    Rule.REQUIRED,
                    "The value must not be null or empty. Parameter name: " + name);
            violations.refuse();
        }
        return given;
    }

    private void check(
            ReadTx tx,
            JsonNode endpoint,
            JsonNode authentication,
            ArrayNode errors,
            ArrayNode warnings) {
        JsonNode resource = authentication.path("resourceId");
        if (!resource.isString()) {
            return;
        }
        Matcher parts = RESOURCE_ID.matcher(resource.stringValue());
        if (!parts.matches()) {
            add(
                    errors,
                    "IncorrectResourceIdFormat",
                    "'resourceId' must have the form api://{fully qualified domain name}/{client"
                            + " id}.");
            return;
        }
        String host = host(endpoint);
        if (!host.isEmpty() && !host.equals(parts.group(1).toLowerCase(Locale.ROOT))) {
            add(
                    errors,
                    "DomainNameDoesNotMatch",
                    "The domain of 'resourceId' is "
                            + parts.group(1)
                            + ", that of the endpoint "
                            + host
                            + ".");
        }
        principal(tx, parts.group(2), errors, warnings);
    }

    private String host(JsonNode endpoint) {
        String url = endpoint.path("targetUrl").asString(endpoint.path("url").asString(""));
        return urls.callable(url).map(URI::getHost).orElse("").toLowerCase(Locale.ROOT);
    }

    private void principal(ReadTx tx, String appId, ArrayNode errors, ArrayNode warnings) {
        Optional<Client> client = clients.byAppId(tx, appId);
        if (client.isEmpty()) {
            add(
                    errors,
                    "ServicePrincipalNotFound",
                    "The tenant has no service principal of the application '" + appId + "'.");
        } else if (!client.get().permissions().contains(RECEIVE)) {
            add(
                    warnings,
                    "PermissionNotGrantedToServicePrincipal",
                    "The service principal of '" + appId + "' is not granted " + RECEIVE + ".");
        }
    }

    private static void add(ArrayNode list, String code, String message) {
        list.addObject().put("code", code).put("message", message);
    }
}
