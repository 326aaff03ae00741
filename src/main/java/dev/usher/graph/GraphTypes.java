package dev.usher.graph;

import dev.usher.client.Clients;
import dev.usher.edm.Model;
import dev.usher.flow.FlowCheck;
import dev.usher.http.AddressRules;
import dev.usher.language.PageDefaults;
import dev.usher.odata.FunctionHandler;
import dev.usher.odata.Strategies;
import dev.usher.tenant.TenantSeed;
import dev.usher.text.EnglishTexts;
import java.util.ArrayList;
import java.util.List;

/** Everything that Graph's types add to the engine, in one place. */
public final class GraphTypes {

    private GraphTypes() {}

    /**
     * @param model the schema of any version; storage is the same in all
     * @param clients registers the application that owns a tenant's custom attributes
     * @param plainHttp whether connectors and providers may be called by {@code http}; for
     *     development mode alone
     * @param limits how many objects of each kind a tenant may have
     * @param rules which addresses connectors may be called at
     */
    public static Strategies strategies(
            Model model,
            Clients clients,
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
        functions.add(new AvailableProviderTypes());
        functions.add(new AvailableProviderTypes.OfDeprecatedSet());
        functions.add(order.reader());
        functions.add(new ValidateAuthenticationConfiguration(model, clients, urls));
        return new Strategies(
                List.of(
                        new UserFlows(model, assignments, limits, flows),
                        new B2cUserFlows(model, assignments, languages, limits, flows),
                        assignments,
                        languages,
                        new ApiConnectors(model, urls, limits),
                        new CustomAttributes(model, clients, limits),
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
                        new B2cAuthenticationMethodsPolicy()),
                functions,
                List.of(new UploadClientCertificate(model), order.writer()),
                List.of(languages, pages),
                List.of(pages));
    }

    /** What a new tenant holds. */
    public static List<TenantSeed> seeds(Model model) {
        return List.of(new IdentityProviders(model), new UserFlowAttributes(model));
    }
}
