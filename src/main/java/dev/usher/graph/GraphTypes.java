package dev.usher.graph;

import dev.usher.client.Clients;
import dev.usher.edm.Model;
import dev.usher.language.PageDefaults;
import dev.usher.odata.Strategies;
import dev.usher.tenant.TenantSeed;
import dev.usher.text.EnglishTexts;
import java.util.List;

/** Everything that Graph's types add to the engine, in one place. */
public final class GraphTypes {

    private GraphTypes() {}

    /**
     * @param model the schema of any version; storage is the same in all
     * @param clients registers the application that owns a tenant's custom attributes
     * @param plainHttp whether connectors and providers may be called by {@code http}; for
     *     development mode alone
     */
    public static Strategies strategies(Model model, Clients clients, boolean plainHttp) {
        UrlRule urls = new UrlRule(plainHttp);
        AttributeAssignments assignments = new AttributeAssignments(model);
        AssignmentOrder order = new AssignmentOrder(model);
        UserFlowLanguages languages = new UserFlowLanguages(model);
        LanguagePages pages = new LanguagePages(new PageDefaults(model, EnglishTexts.load()));
        return new Strategies(
                List.of(
                        new UserFlows(assignments),
                        new B2cUserFlows(assignments, languages),
                        assignments,
                        languages,
                        new ApiConnectors(urls),
                        new CustomAttributes(model, clients),
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
                        new B2cAuthenticationMethodsPolicy()),
                List.of(
                        new AvailableProviderTypes(),
                        order.reader(),
                        new ValidateAuthenticationConfiguration(model, clients, urls)),
                List.of(new UploadClientCertificate(model), order.writer()),
                List.of(languages, pages),
                List.of(pages));
    }

    /** What a new tenant holds. */
    public static List<TenantSeed> seeds(Model model) {
        return List.of(new IdentityProviders(model), new UserFlowAttributes(model));
    }
}
