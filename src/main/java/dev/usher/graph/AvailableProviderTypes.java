package dev.usher.graph;

import dev.usher.odata.FunctionHandler;
import dev.usher.odata.Violation.Rule;
import dev.usher.odata.Violations;
import dev.usher.store.ReadTx;
import dev.usher.tenant.TenantKind;
import dev.usher.tenant.Tenants;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** {@code availableProviderTypes}: the types of provider that can be had in the tenant. */
final class AvailableProviderTypes implements FunctionHandler {

    private static final List<String> WORKFORCE =
            List.of("MicrosoftAccount", "EmailOTP", "Facebook", "Google");
    private static final List<String> B2C =
            List.of(
                    "Microsoft",
                    "Google",
                    "Facebook",
                    "Amazon",
                    "LinkedIn",
                    "Weibo",
                    "QQ",
                    "WeChat",
                    "Twitter",
                    "GitHub",
                    "AppleManaged",
                    "OpenIdConnect");
    private static final List<String> EXTERNAL =
            List.of("EmailPassword", "EmailOTP", "Facebook", "Google", "AppleManaged", "OIDC");

    private static final List<String> DEPRECATED =
            List.of(
                    "Amazon",
                    "OpenIDConnect",
                    "Facebook",
                    "GitHub",
                    "Google",
                    "LinkedIn",
                    "Microsoft",
                    "QQ",
                    "Twitter",
                    "WeChat",
                    "Weibo");

    private final String name;
    private final Function<ReadTx, List<String>> types;

    private AvailableProviderTypes(String name, Function<ReadTx, List<String>> types) {
        this.name = name;
        this.types = types;
    }

    /** What follows from the tenant's kind. */
    static AvailableProviderTypes ofTenant() {
        return new AvailableProviderTypes(
                "microsoft.graph.availableProviderTypes", tx -> of(Tenants.kind(tx)));
    }

    /** What the deprecated set of providers says, of any tenant. */
    static AvailableProviderTypes ofDeprecatedSet() {
        return new AvailableProviderTypes(
                "microsoft.graph.availableProviderTypes"
                        + "(Collection(microsoft.graph.identityProvider))",
                _ -> DEPRECATED);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public JsonNode call(ReadTx tx, @Nullable String boundKey, Map<String, JsonNode> arguments) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        types.apply(tx).forEach(array::add);
        return array;
    }

    /** Reports a type of provider that tenants of this kind cannot have. */
    static void require(ReadTx tx, String type, String target, Violations violations) {
        TenantKind kind = Tenants.kind(tx);
        if (!of(kind).contains(type)) {
            violations.add(
                    target,
                    Rule.NOT_ALLOWED,
                    "A tenant of the kind "
                            + kind.name().toLowerCase(Locale.ROOT)
                            + " has no provider of the type "
                            + type
                            + "; it has "
                            + String.join(", ", of(kind))
                            + ".");
        }
    }

    private static List<String> of(TenantKind kind) {
        return switch (kind) {
            case WORKFORCE -> WORKFORCE;
            case B2C -> B2C;
            case EXTERNAL -> EXTERNAL;
            case ALL ->
                    Stream.of(WORKFORCE, B2C, EXTERNAL).flatMap(List::stream).distinct().toList();
        };
    }
}
