package dev.usher.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/**
 * Reads the configuration: defaults, overruled by a YAML file, by the environment, by flags. A key
 * that is not in the defaults is refused, with the list of those that are.
 */
public final class ConfigLoader {

    private static final String PREFIX = "USHER_";

    /** Read by the launcher, not by this program. */
    private static final Set<String> LAUNCHER = Set.of("USHER_JAVA_OPTS");

    private static final Set<String> SECRETS =
            Set.of("database-password", "master-key", "smtp-password");
    private static final String MASK = "***";

    private final YAMLMapper yaml =
            YAMLMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
                    .build();
    private final ObjectNode defaults;

    public ConfigLoader() {
        try (InputStream in = ConfigLoader.class.getResourceAsStream("/config/defaults.yaml")) {
            defaults = (ObjectNode) yaml.readTree(in);
        } catch (IOException damaged) {
            throw new Config.Invalid("the program is damaged: no defaults", damaged);
        }
    }

    /**
     * The configuration.
     *
     * @param file of YAML, or null
     * @param environment of the process; names that start with {@code USHER_} count
     * @param flags key to value, lists with one value per element
     * @throws Config.Invalid if anything of it cannot be understood
     */
    public Config load(
            @Nullable Path file, Map<String, String> environment, Map<String, List<String>> flags) {
        ObjectNode merged = defaults.deepCopy();
        if (file != null) {
            overrule(merged, read(file), "in " + file);
        }
        ObjectNode fromEnvironment = yaml.createObjectNode();
        for (var variable : new TreeMap<>(environment).entrySet()) {
            if (variable.getKey().startsWith(PREFIX) && !foreign(variable.getKey())) {
                String key = key(variable.getKey());
                fromEnvironment.set(key, value(key, List.of(variable.getValue())));
            }
        }
        overrule(merged, fromEnvironment, "in the environment");
        ObjectNode fromFlags = yaml.createObjectNode();
        flags.forEach((key, values) -> fromFlags.set(key, value(key, values)));
        overrule(merged, fromFlags, "on the command line");
        return bind(merged);
    }

    /** The configuration as YAML, with every key, secrets masked. */
    public String dump(Config config) {
        ObjectNode tree = yaml.valueToTree(config);
        for (String secret : SECRETS) {
            if (tree.path(secret).isString()) {
                tree.put(secret, MASK);
            }
        }
        if (tree.path("database").isString()) {
            tree.put(
                    "database",
                    tree.path("database")
                            .asString()
                            .replaceAll("(?i)(password=)[^&]*", "$1" + MASK)
                            .replaceAll("//([^/@:]*):[^/@]*@", "//$1:" + MASK + "@"));
        }
        return yaml.writeValueAsString(tree);
    }

    private ObjectNode read(Path file) {
        try {
            JsonNode tree = yaml.readTree(Files.readString(file));
            if (tree instanceof ObjectNode object) {
                return object;
            }
            if (tree.isMissingNode() || tree.isNull()) {
                return yaml.createObjectNode();
            }
            throw new Config.Invalid(file + " does not hold \"key: value\" lines");
        } catch (IOException unreadable) {
            throw new Config.Invalid("cannot read " + file + ": " + unreadable, unreadable);
        } catch (JacksonException malformed) {
            throw new Config.Invalid(
                    file + " is not YAML: " + malformed.getOriginalMessage(), malformed);
        }
    }

    private void overrule(ObjectNode merged, ObjectNode by, String where) {
        List<String> unknown = new ArrayList<>();
        for (var property : by.properties()) {
            if (defaults.has(property.getKey())) {
                merged.set(property.getKey(), property.getValue());
            } else {
                unknown.add(property.getKey());
            }
        }
        if (!unknown.isEmpty()) {
            throw new Config.Invalid(
                    "unknown setting "
                            + String.join(", ", unknown)
                            + " "
                            + where
                            + "; known are "
                            + String.join(", ", new TreeSet<>(defaults.propertyNames())));
        }
    }

    /** Kubernetes sets such variables for a service named "usher"; they are not ours. */
    private static boolean foreign(String variable) {
        return LAUNCHER.contains(variable)
                || variable.equals("USHER_PORT")
                || variable.startsWith("USHER_PORT_")
                || variable.startsWith("USHER_SERVICE_");
    }

    private static String key(String variable) {
        return variable.substring(PREFIX.length()).toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Text takes the form of the key's default: number, list (comma-separated), YAML, or text. */
    private JsonNode value(String key, List<String> texts) {
        JsonNode standard = defaults.path(key);
        if (key.equals("trusted-issuers")) {
            try {
                return yaml.readTree(texts.getFirst());
            } catch (JacksonException malformed) {
                throw new Config.Invalid("trusted-issuers is not YAML", malformed);
            }
        }
        if (standard instanceof ArrayNode) {
            ArrayNode list = yaml.createArrayNode();
            for (String text : texts) {
                for (String element : text.split(",", -1)) {
                    if (!element.isBlank()) {
                        list.add(element.strip());
                    }
                }
            }
            return list;
        }
        String text = texts.getLast();
        if (standard.isBoolean()) {
            if (!text.strip().matches("true|false")) {
                throw new Config.Invalid(key + " is true or false, not " + text);
            }
            return yaml.getNodeFactory().booleanNode(text.strip().equals("true"));
        }
        if (standard.isInt()) {
            try {
                return yaml.getNodeFactory().numberNode(Integer.parseInt(text.strip()));
            } catch (NumberFormatException notANumber) {
                throw new Config.Invalid(key + " is not a number: " + text, notANumber);
            }
        }
        return yaml.getNodeFactory().stringNode(text);
    }

    private Config bind(ObjectNode merged) {
        try {
            Config config = yaml.treeToValue(merged, Config.class);
            return checked(config);
        } catch (DatabindException mismatch) {
            List<String> path = new ArrayList<>();
            mismatch.getPath()
                    .forEach(step ->
                            path.add(
                                    step.getPropertyName() == null
                                            ? Integer.toString(step.getIndex())
                                            : step.getPropertyName()));
            throw new Config.Invalid(
                    "setting "
                            + String.join("/", path)
                            + " has an unusable value: "
                            + mismatch.getOriginalMessage(),
                    mismatch);
        }
    }

    private static Config checked(Config config) {
        Map<String, Integer> ports =
                Map.of(
                        "http-port", config.httpPort(),
                        "https-port", config.httpsPort(),
                        "management-port", config.managementPort());
        new TreeMap<>(ports)
                .forEach((key, port) -> {
                    if (port < 0 || port > 65_535) {
                        throw new Config.Invalid(key + " is not a port: " + port);
                    }
                });
        Map<String, Integer> positive =
                Map.of(
                        "body-max", config.bodyMax(),
                        "header-max", config.headerMax(),
                        "uri-max", config.uriMax(),
                        "idle-seconds", config.idleSeconds(),
                        "receive-seconds", config.receiveSeconds(),
                        "database-readers", config.databaseReaders(),
                        "database-writers", config.databaseWriters());
        new TreeMap<>(positive)
                .forEach((key, value) -> {
                    if (value < 1) {
                        throw new Config.Invalid(key + " must be positive: " + value);
                    }
                });
        Map<String, Integer> days =
                Map.of(
                        "audit-days",
                        config.auditDays(),
                        "sign-in-days",
                        config.signInDays(),
                        "network-requests",
                        config.networkRequests(),
                        "network-mails",
                        config.networkMails(),
                        "network-failures",
                        config.networkFailures());
        new TreeMap<>(days)
                .forEach((key, value) -> {
                    if (value < 0) {
                        throw new Config.Invalid(key + " must not be negative: " + value);
                    }
                });
        String format = config.logFormat();
        if (format != null && !format.equals("json") && !format.equals("text")) {
            throw new Config.Invalid("log-format is json or text, not " + format);
        }
        config.trustedIssuers().forEach(ConfigLoader::check);
        return config;
    }

    private static void check(Config.TrustedIssuer issuer) {
        if (isBlank(issuer.issuer()) || isBlank(issuer.jwksUrl()) || isBlank(issuer.tenant())) {
            throw new Config.Invalid("each of trusted-issuers needs issuer, jwks-url and tenant");
        }
        if (!issuer.jwksUrl().matches("https?://[^\\s]+")) {
            throw new Config.Invalid(
                    "jwks-url of trusted-issuers is not a URL: " + issuer.jwksUrl());
        }
    }

    private static boolean isBlank(@Nullable String text) {
        return text == null || text.isBlank();
    }
}
