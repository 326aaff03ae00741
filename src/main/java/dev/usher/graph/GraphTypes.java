package dev.usher.graph;

import dev.usher.client.Clients;
import dev.usher.client.GraphPermissions;
import dev.usher.directory.PasswordHasher;
import dev.usher.edm.Model;
import dev.usher.ids.Ids;
import dev.usher.language.PageDefaults;
import dev.usher.odata.ActionHandler;
import dev.usher.odata.Strategies;
import dev.usher.odata.Strategy;
import dev.usher.tenant.TenantSeed;
import dev.usher.text.EnglishTexts;
import java.util.List;
import java.util.stream.Stream;

/** Everything that Graph's types add to the engine, in one place. */
public final class GraphTypes {

    private GraphTypes() {}

    /**
     * @param model the schema of any version; storage is the same in all
     * @param clients registers the application that owns a tenant's custom attributes
     * @param hasher hashes the passwords of people
     * @param permissions what Microsoft Graph can be asked to grant
     * @param plainHttp whether connectors and providers may be called by {@code http}; for
     *     development mode alone
     */
    public static Strategies strategies(
            Model model,
            Clients clients,
            PasswordHasher hasher,
            GraphPermissions permissions,
            Ids ids,
            boolean plainHttp) {
        UrlRule urls = new UrlRule(plainHttp);
        AttributeAssignments assignments = new AttributeAssignments(model);
        AssignmentOrder order = new AssignmentOrder(model);
        UserFlowLanguages languages = new UserFlowLanguages(model);
        LanguagePages pages = new LanguagePages(new PageDefaults(model, EnglishTexts.load()));
        DirectoryTypes directory = new DirectoryTypes(model, clients, hasher, permissions, ids);
        List<Strategy> identity =
                List.of(
                        new UserFlows(assignments),
                        new B2cUserFlows(assignments, languages),
                        assignments,
                        languages,
                        new ApiConnectors(urls),
                        new CustomAttributes(model, clients, directory.extensions(), ids),
                        new IdentityProviders(model),
                        new AppleProviders(),
                        new OidcProviders(urls),
                        new OpenIdConnectProviders(urls),
                        new EventsFlows(model),
                        new ConditionApplications(model),
                        new EventListeners(model),
                        new CustomExtensions(urls),
                        new SignUpStartListeners(),
                        new AuthenticationFlowsPolicy(),
                        new B2cAuthenticationMethodsPolicy());
        List<ActionHandler> actions = List.of(new UploadClientCertificate(model), order.writer());
        return new Strategies(
                joined(identity, directory.strategies()),
                List.of(
                        new AvailableProviderTypes(),
                        order.reader(),
                        new ValidateAuthenticationConfiguration(model, clients, urls)),
                joined(actions, directory.actions()),
                List.of(languages, pages),
                List.of(pages),
                directory.sources());
    }

    private static <T> List<T> joined(List<T> some, List<T> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    /** What a new tenant holds. */
    public static List<TenantSeed> seeds(Model model) {
        return List.of(
                new IdentityProviders(model),
                new UserFlowAttributes(model),
                DirectoryTypes.seed(model));
    }
}
