package dev.usher.graph;

import dev.usher.edm.Model;
import dev.usher.edm.PrimitiveType;
import dev.usher.flow.StoredSettings;
import dev.usher.odata.Violation.Rule;
import dev.usher.odata.Violations;
import dev.usher.store.Kind;
import dev.usher.store.Kinds;
import dev.usher.store.Operand;
import dev.usher.store.Predicate;
import dev.usher.store.Query;
import dev.usher.store.ReadTx;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The rules of {@code usher.settings}, of flows and of the organization: claims and applications
 * must exist.
 */
final class UserFlowSettings {

    private static final String OF_ORGANIZATION = "usher.settings(microsoft.graph.organization)";

    /** The functions that give those of flows, one for each kind of flow. */
    private static final List<String> OF_FLOWS =
            List.of(
                    "usher.settings(microsoft.graph.b2cIdentityUserFlow)",
                    "usher.settings(microsoft.graph.b2xIdentityUserFlow)");

    /** What a token can say of a person beside custom attributes. */
    private static final List<String> CLAIMS =
            List.of(
                    "city",
                    "country",
                    "displayName",
                    "emails",
                    "givenName",
                    "identityProvider",
                    "identityProviderAccessToken",
                    "jobTitle",
                    "legalAgeGroupClassification",
                    "newUser",
                    "objectId",
                    "postalCode",
                    "state",
                    "streetAddress",
                    "surname");

    private static final String CUSTOM_CLAIM = "extension_";
    private static final String CLAIM_LIST = "applicationClaims";
    private static final String APPLICATIONS = "applications";

    private final Kind attributes;
    private final Kind application;

    UserFlowSettings(Model model) {
        this.attributes = Kinds.of(model.entityType(UserFlowAttributes.TYPE));
        this.application = Kinds.of(model.entityType("microsoft.graph.application"));
    }

    /** The functions of the organization and of every kind of flow. */
    static List<SignInSettings> functions(Model model) {
        UserFlowSettings rules = new UserFlowSettings(model);
        List<SignInSettings> functions = new ArrayList<>();
        functions.add(
                new SignInSettings(
                        OF_ORGANIZATION, StoredSettings.ofOrganization(model), rules::check));
        StoredSettings ofFlows = StoredSettings.ofUserFlows(model);
        OF_FLOWS.forEach(name -> functions.add(new SignInSettings(name, ofFlows, rules::check)));
        return functions;
    }

    private void check(ReadTx tx, ObjectNode changes, Violations violations) {
        each(changes, CLAIM_LIST, (target, claim) -> claim(tx, target, claim, violations));
        each(changes, APPLICATIONS, (target, id) -> application(tx, target, id, violations));
    }

    private interface Item {
        void check(String target, String text);
    }

    private static void each(ObjectNode changes, String list, Item item) {
        int at = 0;
        for (JsonNode value : changes.path(list)) {
            item.check(list + "/" + at++, value.asString(""));
        }
    }

    private void claim(ReadTx tx, String target, String claim, Violations violations) {
        boolean known =
                claim.startsWith(CUSTOM_CLAIM)
                        ? tx.find(attributes, "", claim).isPresent()
                        : CLAIMS.contains(claim);
        if (!known) {
            violations.add(
                    target,
                    Rule.NOT_ALLOWED,
                    "'"
                            + claim
                            + "' is no custom attribute of this tenant and not one of "
                            + String.join(", ", CLAIMS)
                            + ".");
        }
    }

    private void application(ReadTx tx, String target, String id, Violations violations) {
        Predicate same =
                new Predicate.Compare(
                        new Operand.Property("", List.of("appId"), PrimitiveType.STRING),
                        Predicate.Operator.EQ,
                        new Operand.Literal(id.toLowerCase(Locale.ROOT), PrimitiveType.STRING));
        Query query =
                new Query(
                        application,
                        List.of(),
                        new Query.Scope.Children(""),
                        same,
                        List.of(),
                        null,
                        1,
                        0);
        if (tx.query(query).items().isEmpty()) {
            violations.add(
                    target, Rule.REFERENCE, "There is no application with the appId '" + id + "'.");
        }
    }
}
