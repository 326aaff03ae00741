package dev.usher.graph;

import dev.usher.odata.GraphError;
import dev.usher.odata.Refusal;
import dev.usher.odata.Violation.Rule;
import dev.usher.odata.Violations;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code clientCertificateAuthentication} as an API connector keeps it: the certificates in the
 * order of their upload, each with its PKCS #12 file and password, sealed and never shown. What
 * calls the connector opens them in the context {@code Secrets.context(tenant, "apiConnector", key,
 * List.of("authenticationConfiguration", "certificateList", "pkcs12Value"))}.
 */
final class ClientCertificates {

    /** The most certificates that a connector keeps, expired ones included. */
    static final int CERTIFICATES_MAX = 20;

    static final String CONFIGURATION = "authenticationConfiguration";

    private static final String TYPE = "@odata.type";
    private static final String CERTIFICATES = "#microsoft.graph.clientCertificateAuthentication";
    private static final String UPLOAD = "#microsoft.graph.pkcs12Certificate";
    private static final String LIST = "certificateList";
    private static final String THUMBPRINT = "thumbprint";

    private ClientCertificates() {}

    /**
     * Turns an uploaded file into the list that is kept.
     *
     * @throws Refusal 400 if the file cannot be used
     */
    static void prepare(ObjectNode connector) {
        if (connector.get(CONFIGURATION) instanceof ObjectNode upload && is(upload, UPLOAD)) {
            ObjectNode certificate =
                    Pkcs12.open(
                            upload.get(Pkcs12.VALUE),
                            upload.get(Pkcs12.PASSWORD),
                            CONFIGURATION + "/");
            connector.set(CONFIGURATION, listOf(certificate));
        }
    }

    /**
     * Adds a certificate as the newest; in place of any other way of authentication.
     *
     * @throws Refusal 400 when there are too many
     */
    static void add(ObjectNode connector, ObjectNode certificate) {
        Optional<ArrayNode> kept = list(connector);
        if (kept.isEmpty()) {
            connector.set(CONFIGURATION, listOf(certificate));
            return;
        }
        find(kept.get(), certificate).ifPresent(same -> kept.get().remove(same));
        if (kept.get().size() >= CERTIFICATES_MAX) {
            throw new Refusal(
                    GraphError.INVALID_VALUE,
                    "A connector keeps at most "
                            + CERTIFICATES_MAX
                            + " certificates; replace its authenticationConfiguration.");
        }
        kept.get().add(certificate);
    }

    /** Where a client sends back what it read, puts in the files that it was not shown. */
    static void merge(ObjectNode before, ObjectNode after) {
        ArrayNode stored = list(before).orElseGet(JsonNodeFactory.instance::arrayNode);
        list(after)
                .ifPresent(sent -> {
                    for (int i = 0; i < sent.size(); i++) {
                        Optional<Integer> same = find(stored, sent.get(i));
                        if (!sent.get(i).has(Pkcs12.VALUE) && same.isPresent()) {
                            sent.set(i, stored.get(same.get()).deepCopy());
                        }
                    }
                });
    }

    /** A list without files says nothing that could be kept. */
    static void validate(ObjectNode connector, Violations violations) {
        list(connector)
                .ifPresent(all -> {
                    boolean whole = all.valueStream().allMatch(each -> each.has(Pkcs12.VALUE));
                    if (all.isEmpty() || !whole) {
                        violations.add(
                                CONFIGURATION + "/" + LIST,
                                Rule.NOT_ALLOWED,
                                "A certificate is given as "
                                        + UPLOAD
                                        + " or by uploadClientCertificate; the list may only repeat"
                                        + " those that the connector has.");
                    }
                });
    }

    /**
     * The connector as it is shown: active is the newest certificate whose validity holds the time.
     */
    static ObjectNode shown(ObjectNode connector, Instant now) {
        if (list(connector).isEmpty()) {
            return connector;
        }
        ObjectNode shown = connector.deepCopy();
        ArrayNode all = list(shown).orElseThrow();
        boolean found = false;
        for (int i = all.size() - 1; i >= 0; i--) {
            ObjectNode certificate = (ObjectNode) all.get(i);
            certificate.remove(List.of(Pkcs12.VALUE, Pkcs12.PASSWORD));
            boolean active = !found && validAt(certificate, now.getEpochSecond());
            certificate.put("isActive", active);
            found |= active;
        }
        return shown;
    }

    private static boolean validAt(ObjectNode certificate, long second) {
        return certificate.path("notBefore").longValue() <= second
                && second < certificate.path("notAfter").longValue();
    }

    private static ObjectNode listOf(ObjectNode certificate) {
        ObjectNode configuration = JsonNodeFactory.instance.objectNode().put(TYPE, CERTIFICATES);
        configuration.putArray(LIST).add(certificate);
        return configuration;
    }

    /** Whether the connector authenticates by certificates. */
    static boolean any(ObjectNode connector) {
        return list(connector).isPresent();
    }

    private static Optional<ArrayNode> list(ObjectNode connector) {
        return connector.get(CONFIGURATION) instanceof ObjectNode configuration
                        && is(configuration, CERTIFICATES)
                        && configuration.get(LIST) instanceof ArrayNode list
                ? Optional.of(list)
                : Optional.empty();
    }

    private static boolean is(ObjectNode configuration, String type) {
        return configuration.path(TYPE).asString("").equals(type);
    }

    /** Where the list holds a certificate of the same thumbprint. */
    private static Optional<Integer> find(ArrayNode list, JsonNode certificate) {
        String wanted = certificate.path(THUMBPRINT).asString("");
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i).path(THUMBPRINT).asString("").equalsIgnoreCase(wanted)) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }
}
