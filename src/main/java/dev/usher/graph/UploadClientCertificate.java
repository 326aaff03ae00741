package dev.usher.graph;

import dev.usher.edm.Model;
import dev.usher.ids.TenantId;
import dev.usher.odata.ActionHandler;
import dev.usher.store.Actor;
import dev.usher.store.Entity;
import dev.usher.store.Kind;
import dev.usher.store.Kinds;
import dev.usher.store.WriteTx;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code uploadClientCertificate}: gives an API connector one more client certificate. */
final class UploadClientCertificate implements ActionHandler {

    private static final String CERTIFICATE = "certificate";

    private final Kind kind;

    UploadClientCertificate(Model model) {
        this.kind = Kinds.of(model.entityType("microsoft.graph.identityApiConnector"));
    }

    @Override
    public String name() {
        return "microsoft.graph.uploadClientCertificate";
    }

    @Override
    public Map<String, JsonNode> prepare(
            TenantId tenant, Actor actor, Map<String, JsonNode> arguments) {
        return Map.of(
                CERTIFICATE,
                Pkcs12.open(arguments.get(Pkcs12.VALUE), arguments.get(Pkcs12.PASSWORD), ""));
    }

    @Override
    public Entity run(WriteTx tx, @Nullable Entity bound, Map<String, JsonNode> arguments) {
        Entity connector = Objects.requireNonNull(bound);
        ObjectNode certificate = (ObjectNode) Objects.requireNonNull(arguments.get(CERTIFICATE));
        ClientCertificates.add(connector.properties(), certificate.deepCopy());
        return tx.replace(kind, connector);
    }
}
