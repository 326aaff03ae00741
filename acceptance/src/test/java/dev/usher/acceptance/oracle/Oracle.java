package dev.usher.acceptance.oracle;

import java.io.ByteArrayInputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.olingo.client.core.ODataClientFactory;
import org.apache.olingo.commons.api.edm.Edm;
import org.apache.olingo.commons.api.ex.ODataException;
import org.apache.olingo.server.api.OData;
import org.apache.olingo.server.api.uri.queryoption.expression.Expression;
import org.apache.olingo.server.core.uri.parser.Parser;
import org.apache.olingo.server.core.uri.parser.UriParserException;
import org.apache.olingo.server.core.uri.validator.UriValidationException;
import tools.jackson.databind.JsonNode;

/** Says which of the given objects a filter selects, by Olingo's reading of it. */
final class Oracle {

    private final Edm edm;
    private final OData odata = OData.newInstance();

    /**
     * @param metadata the service's {@code $metadata}
     */
    Oracle(byte[] metadata) {
        this.edm =
                ODataClientFactory.getClient()
                        .getReader()
                        .readMetadata(new ByteArrayInputStream(metadata));
    }

    /**
     * The ids that the filter selects, or nothing when Olingo refuses it.
     *
     * @param set below the identity singleton, such as {@code apiConnectors}
     */
    Optional<Set<String>> select(String set, String filter, List<JsonNode> objects) {
        Expression expression;
        try {
            expression = parse(set, filter);
        } catch (UriParserException | UriValidationException refused) {
            return Optional.empty();
        }
        Set<String> selected = new TreeSet<>();
        for (JsonNode object : objects) {
            try {
                if (Boolean.TRUE.equals(expression.accept(new Evaluation(object)))) {
                    selected.add(object.get("id").asString());
                }
            } catch (ODataException e) {
                throw new IllegalStateException(filter, e);
            }
        }
        return Optional.of(selected);
    }

    private Expression parse(String set, String filter)
            throws UriParserException, UriValidationException {
        String encoded = URLEncoder.encode(filter, StandardCharsets.UTF_8).replace("+", "%20");
        return new Parser(edm, odata)
                .parseUri("/identity/" + set, "$filter=" + encoded, null, null)
                .getFilterOption()
                .getExpression();
    }
}
