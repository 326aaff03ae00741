package dev.usher.graph;

import dev.usher.edm.Model;
import dev.usher.odata.Draft;
import dev.usher.odata.Strategy;
import dev.usher.odata.Violation.Rule;
import dev.usher.odata.Violations;
import dev.usher.store.Entity;
import dev.usher.store.Kind;
import dev.usher.store.Kinds;
import dev.usher.store.ReadTx;
import dev.usher.store.WriteTx;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code identityApiConnector}: a web API that a flow calls. */
final class ApiConnectors implements Strategy {

    private static final String TARGET = "targetUrl";

    private final Kind kind;
    private final UrlRule urls;
    private final ObjectLimits limits;

    ApiConnectors(Model model, UrlRule urls, ObjectLimits limits) {
        this.kind = Kinds.of(model.entityType(type()));
        this.urls = urls;
        this.limits = limits;
    }

    @Override
    public String type() {
        return "microsoft.graph.identityApiConnector";
    }

    @Override
    public void prepare(Draft draft) {
        ClientCertificates.prepare(draft.properties());
    }

    @Override
    public void merge(ObjectNode before, ObjectNode after) {
        ClientCertificates.merge(before, after);
    }

    /** Which certificate is active follows from the time. */
    @Override
    public boolean showsTime(ObjectNode stored) {
        return ClientCertificates.any(stored);
    }

    @Override
    public ObjectNode shown(ObjectNode stored, Instant now) {
        return ClientCertificates.shown(stored, now);
    }

    @Override
    public void validate(Candidate candidate, Violations violations) {
        ClientCertificates.validate(candidate.properties(), violations);
        JsonNode target = candidate.properties().path(TARGET);
        if (target.isString()
                && !target.stringValue().isEmpty()
                && urls.callable(target.stringValue()).isEmpty()) {
            violations.add(
                    TARGET,
                    Rule.NOT_ALLOWED,
                    "'"
                            + TARGET
                            + "' must be an absolute https URL with a host, and without user"
                            + " information or fragment.");
        }
    }

    @Override
    public void creating(WriteTx tx, Candidate candidate) {
        ObjectLimits.require(tx, kind, List.of(), limits.connectors(), "API connectors");
    }

    @Override
    public void deleting(ReadTx tx, Entity entity) {
        InUse.refuse(tx, entity, "API connector");
    }
}
