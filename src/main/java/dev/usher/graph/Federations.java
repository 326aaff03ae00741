package dev.usher.graph;

import dev.usher.edm.Model;
import dev.usher.edm.PrimitiveType;
import dev.usher.odata.GraphError;
import dev.usher.odata.Refusal;
import dev.usher.odata.Strategy;
import dev.usher.odata.Violation.Rule;
import dev.usher.odata.Violations;
import dev.usher.store.Kind;
import dev.usher.store.Kinds;
import dev.usher.store.Operand;
import dev.usher.store.Predicate;
import dev.usher.store.Query;
import dev.usher.store.ReadTx;
import dev.usher.store.WriteTx;
import dev.usher.tenant.Tenants;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code samlOrWsFedExternalDomainFederation}: another organisation's SAML 2.0 or WS-Federation
 * provider, chosen by the domain of the person's address.
 */
final class Federations implements Strategy {

    private static final String ISSUER = "issuerUri";
    private static final String CERTIFICATE = "signingCertificate";

    private final UrlRule urls;
    private final Kind kind;
    private final ObjectLimits limits;

    Federations(Model model, UrlRule urls, ObjectLimits limits) {
        this.urls = urls;
        this.limits = limits;
        this.kind = Kinds.of(model.entityType("microsoft.graph.samlOrWsFedProvider"));
    }

    @Override
    public String type() {
        return "microsoft.graph.samlOrWsFedProvider";
    }

    @Override
    public void validate(Candidate candidate, Violations violations) {
        ObjectNode properties = candidate.properties();
        for (String url : List.of("passiveSignInUri", "metadataExchangeUri")) {
            String given = properties.path(url).asString("");
            if (!given.isEmpty() && urls.callable(given).isEmpty()) {
                violations.add(
                        url, Rule.NOT_ALLOWED, "'" + url + "' must be an absolute https URL.");
            }
        }
        String certificate = properties.path(CERTIFICATE).asString("");
        if (!certificate.isEmpty() && !readable(certificate)) {
            violations.add(
                    CERTIFICATE,
                    Rule.NOT_ALLOWED,
                    "'" + CERTIFICATE + "' must be an X.509 certificate: its DER form in base64.");
        }
    }

    /** An assertion must say by its issuer alone which federation it belongs to. */
    @Override
    public void creating(WriteTx tx, Candidate candidate) {
        Tenants.serialize(tx);
        ObjectLimits.require(tx, kind, List.of(), limits.federations(), "federations");
        String issuer = candidate.properties().path(ISSUER).asString("");
        if (taken(tx, issuer)) {
            throw new Refusal(
                    GraphError.CONFLICT,
                    "A federation with the issuer '" + issuer + "' exists already.",
                    ISSUER,
                    List.of());
        }
    }

    private boolean taken(ReadTx tx, String issuer) {
        Predicate same =
                new Predicate.Compare(
                        new Operand.Property("", List.of(ISSUER), PrimitiveType.STRING),
                        Predicate.Operator.EQ,
                        new Operand.Literal(issuer, PrimitiveType.STRING));
        Query query =
                new Query(
                        kind, List.of(), new Query.Scope.Children(""), same, List.of(), null, 1, 0);
        return !tx.query(query).items().isEmpty();
    }

    private static boolean readable(String base64) {
        try {
            byte[] der = Base64.getMimeDecoder().decode(base64);
            CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(der));
            return true;
        } catch (CertificateException | IllegalArgumentException unreadable) {
            return false;
        }
    }
}
