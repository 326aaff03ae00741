package dev.usher.graph;

import dev.usher.edm.Model;
import dev.usher.store.Entity;
import dev.usher.store.Kind;
import dev.usher.store.Kinds;
import dev.usher.store.WriteTx;
import dev.usher.tenant.TenantSeed;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The built-in attributes that a flow can ask for, in every tenant from its first moment. */
final class UserFlowAttributes implements TenantSeed {

    static final String TYPE = "microsoft.graph.identityUserFlowAttribute";

    private static final String KIND = "userFlowAttribute";
    private static final String BUILT_IN = "microsoft.graph.identityBuiltInUserFlowAttribute";

    private record BuiltIn(String id, String displayName, String description) {}

    private static final List<BuiltIn> BUILT_INS =
            List.of(
                    new BuiltIn("city", "City", "The city the person lives in."),
                    new BuiltIn(
                            "country",
                            "Country/Region",
                            "The country or region the person lives in."),
                    new BuiltIn(
                            "displayName",
                            "Display Name",
                            "The name under which the person is shown."),
                    new BuiltIn("email", "Email Address", "The e-mail address of the person."),
                    new BuiltIn(
                            "emailReadonly",
                            "Email Address",
                            "The e-mail address that the identity provider gave."),
                    new BuiltIn("givenName", "Given Name", "The person's given name."),
                    new BuiltIn("jobTitle", "Job Title", "The person's job title."),
                    new BuiltIn(
                            "postalCode",
                            "Postal Code",
                            "The postal code of the person's address."),
                    new BuiltIn(
                            "state",
                            "State/Province",
                            "The state or province of the person's address."),
                    new BuiltIn(
                            "streetAddress",
                            "Street Address",
                            "The street of the person's address."),
                    new BuiltIn("surname", "Surname", "The person's family name."));

    private final Kind kind;

    UserFlowAttributes(Model model) {
        this.kind = Kinds.of(model.entityType(TYPE));
    }

    @Override
    public void seed(WriteTx tx) {
        for (BuiltIn attribute : BUILT_INS) {
            ObjectNode properties = JsonNodeFactory.instance.objectNode();
            properties.put("dataType", "string");
            properties.put("description", attribute.description());
            properties.put("displayName", attribute.displayName());
            properties.put("userFlowAttributeType", "builtIn");
            tx.insert(kind, new Entity(KIND, "", attribute.id(), BUILT_IN, 0, properties));
        }
    }
}
