package dev.usher.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.graph.GraphWorld.Answer;
import dev.usher.oauth.EachDatabase;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What every entity type that can be created keeps to, on both databases. A new type adds one
 * {@link Subject}.
 */
class StrategyContractTest {

    /**
     * @param required members that a create cannot do without
     * @param immutable a PATCH that must be refused, or null where everything may change
     * @param secret a secret inside the create body, or null
     * @param embeds whether it shows objects of which its ETag knows nothing
     */
    private record Subject(
            String set,
            String create,
            List<String> required,
            String patch,
            String patched,
            String immutable,
            String secret,
            boolean embeds) {

        /** A subject that shows nothing but itself. */
        Subject(
                String set,
                String create,
                List<String> required,
                String patch,
                String patched,
                String immutable,
                String secret) {
            this(set, create, required, patch, patched, immutable, secret, false);
        }
    }

    /** The flow that holds what is contained in a flow. */
    private static final String HOLDER =
            "{'id':'Holder','userFlowType':'signUpOrSignIn','userFlowTypeVersion':1}";

    private static final String HOLDER_OF_LANGUAGES =
            "{'id':'Holder','userFlowType':'signUp','userFlowTypeVersion':1,"
                    + "'isLanguageCustomizationEnabled':true}";

    private static final List<Subject> SUBJECTS =
            List.of(
                    new Subject(
                            "/v1.0/identity/b2xUserFlows",
                            "{'id':'Partner','userFlowType':'signUpOrSignIn','userFlowTypeVersion':1}",
                            List.of("id", "userFlowType", "userFlowTypeVersion"),
                            "{'userFlowType':'signUpOrSignIn'}",
                            "signUpOrSignIn",
                            "{'userFlowType':'signIn'}",
                            null),
                    new Subject(
                            "/beta/identity/b2cUserFlows",
                            "{'id':'Partner','userFlowType':'signUpOrSignIn','userFlowTypeVersion':3}",
                            List.of("id", "userFlowType", "userFlowTypeVersion"),
                            "{'defaultLanguageTag':'pt-BR','isLanguageCustomizationEnabled':true}",
                            "pt-BR",
                            "{'userFlowType':'signIn'}",
                            null),
                    new Subject(
                            "/v1.0/identity/b2xUserFlows/B2X_1_Holder/userAttributeAssignments",
                            "{'userAttribute':{'id':'CITY'},'displayName':'Town','userInputType':'TextBox'}",
                            List.of("userAttribute", "displayName", "userInputType"),
                            "{'displayName':'Village','userAttribute':{'id':'city'}}",
                            "Village",
                            "{'userAttribute':{'id':'country'}}",
                            null),
                    new Subject(
                            "/beta/identity/b2cUserFlows/B2C_1_Holder/languages",
                            "{'id':'es-ES'}",
                            List.of("id"),
                            "{'isEnabled':false}",
                            "\"isEnabled\":false",
                            "{'id':'es-MX'}",
                            null),
                    new Subject(
                            "/beta/identity/apiConnectors",
                            "{'displayName':'Check','targetUrl':'https://api.example/check',"
                                + "'authenticationConfiguration':{'@odata.type':'#microsoft.graph.basicAuthentication',"
                                + "'username':'u','password':'p1-secret'}}",
                            List.of("displayName", "targetUrl", "authenticationConfiguration"),
                            "{'displayName':'Checked'}",
                            "Checked",
                            null,
                            "p1-secret"),
                    new Subject(
                            "/v1.0/identity/identityProviders",
                            "{'@odata.type':'microsoft.graph.socialIdentityProvider','displayName':'Google',"
                                + "'identityProviderType':'google','clientId':'c','clientSecret':'p2-secret'}",
                            List.of(
                                    "displayName",
                                    "identityProviderType",
                                    "clientId",
                                    "clientSecret"),
                            "{'displayName':'Google again'}",
                            "Google again",
                            "{'identityProviderType':'Facebook'}",
                            "p2-secret"),
                    new Subject(
                            "/v1.0/identity/identityProviders",
                            "{'@odata.type':'microsoft.graph.appleManagedIdentityProvider','displayName':'Apple',"
                                + "'developerId':'d','serviceId':'s','keyId':'k','certificateData':'p3-secret'}",
                            List.of("displayName", "developerId", "serviceId", "keyId"),
                            "{'displayName':'Apple again'}",
                            "Apple again",
                            null,
                            "p3-secret"),
                    new Subject(
                            "/v1.0/identity/identityProviders",
                            ProviderRulesTest.OIDC.replace("#", ""),
                            List.of(
                                    "displayName",
                                    "clientId",
                                    "issuer",
                                    "responseType",
                                    "scope",
                                    "wellKnownEndpoint",
                                    "clientAuthentication"),
                            "{'displayName':'Contoso again'}",
                            "Contoso again",
                            null,
                            "oidc-secret"),
                    new Subject(
                            "/beta/identity/identityProviders",
                            ProviderRulesTest.OPEN_ID_CONNECT.replace("#", ""),
                            List.of(
                                    "displayName",
                                    "clientId",
                                    "metadataUrl",
                                    "responseMode",
                                    "responseType",
                                    "scope",
                                    "claimsMapping"),
                            "{'domainHint':'contoso'}",
                            "contoso",
                            null,
                            "connect-secret"),
                    new Subject(
                            "/v1.0/identity/userFlowAttributes",
                            "{'displayName':'Hobby','dataType':'string'}",
                            List.of("displayName", "dataType"),
                            "{'description':'What you like'}",
                            "What you like",
                            "{'displayName':'Pastime'}",
                            null),
                    new Subject(
                            EventsFlowsTest.SET,
                            EventsFlowsTest.flow("Sign up").replace('"', '\''),
                            List.of(
                                    "displayName",
                                    "onInteractiveAuthFlowStart",
                                    "onAuthenticationMethodLoadStart"),
                            "{'displayName':'Join'}",
                            "Join",
                            null,
                            null,
                            true),
                    new Subject(
                            "/beta/identity/authenticationEventListeners",
                            "{'@odata.type':'#microsoft.graph.onUserCreateStartListener','priority':7,"
                                + "'handler':{'@odata.type':"
                                + "'#microsoft.graph.onUserCreateStartExternalUsersSelfServiceSignUp',"
                                + "'userTypeToCreate':'Guest'}}",
                            List.of(),
                            "{'displayName':'Create'}",
                            "Create",
                            null,
                            null,
                            true),
                    new Subject(
                            "/v1.0/identity/customAuthenticationExtensions",
                            EventListenersTest.EXTENSION.replace('"', '\''),
                            List.of(
                                    "displayName",
                                    "endpointConfiguration",
                                    "authenticationConfiguration"),
                            "{'description':'What it adds'}",
                            "What it adds",
                            null,
                            null));

    @TestFactory
    Stream<DynamicTest> everyTypeOnEveryDatabase() {
        return Stream.of(EachDatabase.values())
                .flatMap(database ->
                        SUBJECTS.stream()
                                .map(subject ->
                                        DynamicTest.dynamicTest(
                                                database + " " + subject.set,
                                                () -> check(database, subject))));
    }

    private static void check(EachDatabase database, Subject subject) {
        try (GraphWorld graph = new GraphWorld(database.fresh())) {
            graph.post("/v1.0/identity/b2xUserFlows", json(HOLDER));
            graph.post("/beta/identity/b2cUserFlows", json(HOLDER_OF_LANGUAGES));
            namesWhatIsMissing(graph, subject);
            Answer created = graph.post(subject.set, json(subject.create));
            assertThat(created.status()).as(created.text()).isEqualTo(201);
            String location = created.header("Location");
            String path = location.substring(location.indexOf("/", 10));
            readsBackWhatWasWritten(graph, subject, created, path);
            refusesWhatIsNotDeclared(graph, subject, path);
            changesWhatMayChange(graph, subject, path);
            neverShowsItsSecret(graph, subject, path);
            honoursPreconditions(graph, subject, path);
            assertThat(graph.delete(path).status()).isEqualTo(204);
            assertThat(graph.get(path).status()).isEqualTo(404);
            assertThat(graph.delete(path).status()).isEqualTo(404);
        }
    }

    private static void namesWhatIsMissing(GraphWorld graph, Subject subject) {
        if (subject.required.isEmpty()) {
            return;
        }
        String create = subject.create.replace('"', '\'');
        String type = create.startsWith("{'@odata.type':") ? typeOf(create) : "";
        Answer refused = graph.post(subject.set, json("{" + type + "}"));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.violations())
                .containsAll(
                        subject.required.stream()
                                .map(name -> name + ": PropertyRequired")
                                .toList());
        assertThat(graph.get(subject.set + "/$count?$filter=startswith(id,'B2X_1_Partner')").text())
                .isEqualTo("0");
    }

    private static void readsBackWhatWasWritten(
            GraphWorld graph, Subject subject, Answer created, String path) {
        Answer read = graph.get(path);
        assertThat(read.status()).isEqualTo(200);
        assertThat(read.json()).isEqualTo(created.json());
        assertThat(read.header("ETag")).isEqualTo(created.header("ETag"));
        String id = read.json().path("id").asString();
        assertThat(graph.get(subject.set + "('" + id.toUpperCase() + "')").json())
                .isEqualTo(read.json());
        assertThat(graph.get(subject.set).text()).contains('"' + id + '"');
        assertThat(
                        graph.get(subject.set + "?$filter=id eq '" + id + "'&$select=id")
                                .json()
                                .path("value"))
                .hasSize(1);
    }

    private static void refusesWhatIsNotDeclared(GraphWorld graph, Subject subject, String path) {
        Answer refused = graph.patch(path, json("{'nothingLikeIt':1}"));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.violations()).containsExactly("nothingLikeIt: PropertyUnknown");
        if (subject.immutable != null) {
            Answer fixed = graph.patch(path, json(subject.immutable));
            assertThat(fixed.status()).as(fixed.text()).isEqualTo(400);
            assertThat(fixed.text()).contains("PropertyImmutable");
        }
    }

    private static void changesWhatMayChange(GraphWorld graph, Subject subject, String path) {
        assertThat(graph.patch(path, json(subject.patch)).status()).isEqualTo(204);
        assertThat(graph.get(path).text()).contains(subject.patched);
        Answer shown =
                graph.send("PATCH", path, json(subject.patch), "Prefer: return=representation");
        assertThat(shown.status()).isEqualTo(200);
        assertThat(shown.json()).isEqualTo(graph.get(path).json());
        assertThat(graph.patch(path, graph.get(path).text()).status())
                .as("what was read can be sent back")
                .isEqualTo(204);
    }

    private static void neverShowsItsSecret(GraphWorld graph, Subject subject, String path) {
        if (subject.secret == null) {
            return;
        }
        for (String shown :
                List.of(
                        graph.get(path).text(),
                        graph.get(subject.set).text(),
                        graph.send(
                                        "GET",
                                        path,
                                        null,
                                        "Accept: application/json;odata.metadata=full")
                                .text())) {
            assertThat(shown).doesNotContain(subject.secret, "sealed:").contains("******");
        }
    }

    private static void honoursPreconditions(GraphWorld graph, Subject subject, String path) {
        String etag = graph.get(path).header("ETag");
        assertThat(graph.send("GET", path, null, "If-None-Match: " + etag).status())
                .isEqualTo(subject.embeds ? 200 : 304);
        assertThat(graph.send("PATCH", path, json(subject.patch), "If-Match: \"0\"").status())
                .isEqualTo(412);
        assertThat(graph.send("DELETE", path, null, "If-Match: \"0\"").status()).isEqualTo(412);
        assertThat(graph.send("PATCH", path, json(subject.patch), "If-Match: " + etag).status())
                .isEqualTo(204);
    }

    private static String typeOf(String create) {
        int start = create.indexOf("'@odata.type'");
        return create.substring(start, create.indexOf(',', start));
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }
}
