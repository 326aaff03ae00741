package dev.usher.graph;

import dev.usher.odata.Draft;
import dev.usher.odata.Strategy;
import dev.usher.odata.Violation.Rule;
import dev.usher.odata.Violations;
import dev.usher.store.Entity;
import dev.usher.store.ReadTx;
import java.time.Instant;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code identityApiConnector}: a web API that a flow calls. */
final class ApiConnectors implements Strategy {

    private static final String TARGET = "targetUrl";

    private final UrlRule urls;

    ApiConnectors(UrlRule urls) {
        this.urls = urls;
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
    public void deleting(ReadTx tx, Entity entity) {
        InUse.refuse(tx, entity, "API connector");
    }
}
