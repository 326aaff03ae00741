package dev.usher.graph;

import dev.usher.client.Clients;
import dev.usher.client.GraphPermissions;
import dev.usher.directory.PasswordSignIn;
import dev.usher.edm.Model;
import dev.usher.flow.FlowCheck;
import dev.usher.http.AddressRules;
import dev.usher.ids.Ids;
import dev.usher.language.PageDefaults;
import dev.usher.odata.ActionHandler;
import dev.usher.odata.FunctionHandler;
import dev.usher.odata.Strategies;
import dev.usher.odata.Strategy;
import dev.usher.tenant.TenantSeed;
import dev.usher.text.EnglishTexts;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Everything that Graph's types add to the engine, in one place. */
public final class GraphTypes {

    private GraphTypes() {}

    /**
     * @param model the schema of any version; storage is the same in all
     * @param clients registers the application that owns a tenant's custom attributes
     * @param signIn hashes passwords and compares them
     * @param permissions what Microsoft Graph can be asked to grant
     * @param plainHttp whether connectors and providers may be called by {@code http}; for
     *     development mode alone
     * @param limits how many objects of each kind a tenant may have
     * @param rules which addresses connectors may be called at
     */
    public static Strategies strategies(
            Model model,
            Clients clients,
            PasswordSignIn signIn,
            GraphPermissions permissions,
            Ids ids,
            boolean plainHttp,
            ObjectLimits limits,
            AddressRules rules) {
        FlowInspection flows = new FlowInspection(model, new FlowCheck(rules));
        UrlRule urls = new UrlRule(plainHttp);
        AttributeAssignments assignments = new AttributeAssignments(model);
        AssignmentOrder order = new AssignmentOrder(model);
        UserFlowLanguages languages = new UserFlowLanguages(model);
        LanguagePages pages = new LanguagePages(new PageDefaults(model, EnglishTexts.load()));
        List<FunctionHandler> functions = new ArrayList<>(UserFlowSettings.functions(model));
        functions.add(AvailableProviderTypes.ofTenant());
        functions.add(AvailableProviderTypes.ofDeprecatedSet());
        functions.add(order.reader());
        functions.add(new ValidateAuthenticationConfiguration(model, clients, urls));
        DirectoryTypes directory =
                new DirectoryTypes(model, clients, signIn, permissions, urls, ids);
        List<Strategy> identity =
                List.of(
                        new UserFlows(model, assignments, limits, flows),
                        new B2cUserFlows(model, assignments, languages, limits, flows),
                        assignments,
                        languages,
                        new ApiConnectors(model, urls, limits),
                        new CustomAttributes(model, clients, directory.extensions(), ids, limits),
                        new IdentityProviders(model),
                        new AppleProviders(),
                        new OidcProviders(urls),
                        new OpenIdConnectProviders(urls),
                        new Federations(model, urls, limits),
                        new FederatedDomains(model),
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
                functions,
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
