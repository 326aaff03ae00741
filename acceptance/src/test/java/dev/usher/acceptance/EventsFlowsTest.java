package dev.usher.acceptance;

import static dev.usher.acceptance.EventBodies.EXTENSIONS;
import static dev.usher.acceptance.EventBodies.FLOWS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.acceptance.fixture.Graph;
import dev.usher.acceptance.fixture.Json;
import dev.usher.acceptance.fixture.Proves;
import dev.usher.acceptance.fixture.Reply;
import dev.usher.acceptance.fixture.Usher;
import dev.usher.acceptance.fixture.UsherTest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Authentication events flows, in both versions. */
@UsherTest
class EventsFlowsTest {

    private static final String CAST = "/microsoft.graph.externalUsersSelfServiceSignUpEventsFlow";
    private static final String ATTRIBUTES =
            CAST
                    + "/onAttributeCollection"
                    + "/microsoft.graph.onAttributeCollectionExternalUsersSelfServiceSignUp/attributes";
    private static final String PROVIDERS =
            CAST
                    + "/onAuthenticationMethodLoadStart"
                    + "/microsoft.graph.onAuthenticationMethodLoadStartExternalUsersSelfServiceSignUp"
                    + "/identityProviders";
    private static final String APPLICATIONS = "/conditions/applications/includeApplications";

    private final Usher usher;

    EventsFlowsTest(Usher usher) {
        this.usher = usher;
    }

    private Graph graph(String version) {
        return usher.graph(version, usher.tenant(), usher.tenant().admin());
    }

    private static String create(Graph graph, String set, Object body) {
        Reply created = graph.post(set, body).expect(201);
        String id = created.json().get("id").asString();
        assertThat(created.need("Location")).endsWith(set + "/" + id);
        return set + "/" + id;
    }

    private static Map<String, String> reference(Graph graph, String path) {
        return Map.of("@odata.id", graph.url(path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1.0", "beta"})
    @Proves("GET /identity/authenticationEventsFlows")
    @Proves("POST /identity/authenticationEventsFlows")
    @Proves("GET /identity/authenticationEventsFlows/$count")
    @Proves("GET /identity/authenticationEventsFlows/{eventsflow-id}")
    @Proves("PATCH /identity/authenticationEventsFlows/{eventsflow-id}")
    @Proves("DELETE /identity/authenticationEventsFlows/{eventsflow-id}")
    @Proves(
            "GET /identity/authenticationEventsFlows/microsoft.graph.externalUsersSelfServiceSignUpEventsFlow")
    @Proves(
            "GET /identity/authenticationEventsFlows/microsoft.graph.externalUsersSelfServiceSignUpEventsFlow/$count")
    @Proves(
            "GET /identity/authenticationEventsFlows/{eventsflow-id}/microsoft.graph.externalUsersSelfServiceSignUpEventsFlow")
    @Proves("GET /identity/authenticationEventsFlows/{eventsflow-id}/conditions")
    void fromCreateToDelete(String version) {
        Graph graph = graph(version);
        String name = Usher.fresh("Flow");
        String flow = create(graph, FLOWS, EventBodies.flow(name));
        String id = flow.substring(FLOWS.length() + 1);

        graph.post(FLOWS, EventBodies.flow(name)).refused(409, "Conflict");
        assertThat(graph.get(FLOWS + "?$filter=displayName eq '" + name + "'").values("id"))
                .containsExactly(id);
        assertThat(graph.get(FLOWS + CAST + "?$top=999").values("id")).contains(id);
        String byName = "?$filter=displayName eq '" + name + "'";
        assertThat(graph.get(FLOWS + "/$count" + byName).expect(200).text()).isEqualTo("1");
        assertThat(graph.get(FLOWS + CAST + "/$count" + byName).expect(200).text()).isEqualTo("1");
        JsonNode shown = graph.get(flow).expect(200).json();
        assertThat(shown.get("@odata.type").asString())
                .isEqualTo("#microsoft.graph.externalUsersSelfServiceSignUpEventsFlow");
        assertThat(shown.get("onUserCreateStart").isNull()).isTrue();
        assertThat(graph.get(flow + CAST).expect(200).json().get("displayName").asString())
                .isEqualTo(name);
        JsonNode conditions = graph.get(flow + "/conditions").expect(200).json();
        assertThat(conditions.get("applications").get("includeApplications")).isEmpty();

        graph.patch(
                        flow,
                        Json.object(
                                "@odata.type",
                                "#microsoft.graph.externalUsersSelfServiceSignUpEventsFlow",
                                "description",
                                "Changed",
                                "onUserCreateStart",
                                Json.object(
                                        "@odata.type",
                                        "#microsoft.graph.onUserCreateStartExternalUsersSelfServiceSignUp",
                                        "userTypeToCreate",
                                        "guest")))
                .expect(204);
        assertThat(graph.get(flow).json().get("onUserCreateStart").get("userTypeToCreate"))
                .isEqualTo(Json.parse("\"guest\""));
        graph.delete(flow).expect(204);
        graph.get(flow).refused(404, "ResourceNotFound");
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1.0", "beta"})
    @Proves(
            "GET /identity/authenticationEventsFlows/{eventsflow-id}/conditions/applications/includeApplications")
    @Proves(
            "POST /identity/authenticationEventsFlows/{eventsflow-id}/conditions/applications/includeApplications")
    @Proves(
            "GET /identity/authenticationEventsFlows/{eventsflow-id}/conditions/applications/includeApplications/$count")
    @Proves(
            "GET /identity/authenticationEventsFlows/{eventsflow-id}/conditions/applications/includeApplications/{appId}")
    @Proves(
            "DELETE"
                + " /identity/authenticationEventsFlows/{eventsflow-id}/conditions/applications/includeApplications/{appId}")
    @Proves(
            "GET /identity/authenticationEventsFlows/{eventsflow-id}/microsoft.graph.externalUsersSelfServiceSignUpEventsFlow/conditions/applications/includeApplications")
    @Proves(
            "POST /identity/authenticationEventsFlows/{eventsflow-id}/microsoft.graph.externalUsersSelfServiceSignUpEventsFlow/conditions/applications/includeApplications")
    @Proves(
            "GET /identity/authenticationEventsFlows/{eventsflow-id}/microsoft.graph.externalUsersSelfServiceSignUpEventsFlow/conditions/applications/includeApplications/$count")
    @Proves(
            "GET /identity/authenticationEventsFlows/{eventsflow-id}/microsoft.graph.externalUsersSelfServiceSignUpEventsFlow/conditions/applications/includeApplications/{appId}")
    @Proves(
            "DELETE"
                + " /identity/authenticationEventsFlows/{eventsflow-id}/microsoft.graph.externalUsersSelfServiceSignUpEventsFlow/conditions/applications/includeApplications/{appId}")
    void applications(String version) {
        Graph graph = graph(version);
        String flow = create(graph, FLOWS, EventBodies.flow(Usher.fresh("Flow")));
        String other = create(graph, FLOWS, EventBodies.flow(Usher.fresh("Flow")));
        for (String list : List.of(flow + APPLICATIONS, flow + CAST + APPLICATIONS)) {
            String app = UUID.randomUUID().toString();
            Reply linked = graph.post(list, Map.of("appId", app)).expect(201);
            assertThat(linked.json().get("@odata.context").asString())
                    .endsWith(APPLICATIONS + "/$entity");
            graph.post(other + APPLICATIONS, Map.of("appId", app)).refused(409, "Conflict");
            assertThat(graph.get(list).values("appId")).containsExactly(app);
            assertThat(graph.get(list + "/$count").expect(200).text()).isEqualTo("1");
            assertThat(graph.get(list + "/" + app).expect(200).json().get("appId").asString())
                    .isEqualTo(app);
            String filter =
                    "conditions/applications/includeApplications/any(a:a/appId eq '" + app + "')";
            assertThat(graph.get(FLOWS + "?$filter=" + filter.replace(" ", "%20")).values("id"))
                    .containsExactly(flow.substring(FLOWS.length() + 1));
            graph.delete(list + "/" + app).expect(204);
            graph.get(list + "/" + app).refused(404, "ResourceNotFound");
        }
        graph.delete(flow).expect(204);
        graph.delete(other).expect(204);
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1.0", "beta"})
    @Proves(
            "GET /identity/authenticationEventsFlows/{eventsflow-id}/microsoft.graph.externalUsersSelfServiceSignUpEventsFlow/onAttributeCollection/microsoft.graph.onAttributeCollectionExternalUsersSelfServiceSignUp/attributes")
    @Proves(
            "GET /identity/authenticationEventsFlows/{eventsflow-id}/microsoft.graph.externalUsersSelfServiceSignUpEventsFlow/onAttributeCollection/microsoft.graph.onAttributeCollectionExternalUsersSelfServiceSignUp/attributes/$count")
    @Proves(
            "GET /identity/authenticationEventsFlows/{eventsflow-id}/microsoft.graph.externalUsersSelfServiceSignUpEventsFlow/onAttributeCollection/microsoft.graph.onAttributeCollectionExternalUsersSelfServiceSignUp/attributes/$ref")
    @Proves(
            "POST /identity/authenticationEventsFlows/{eventsflow-id}/microsoft.graph.externalUsersSelfServiceSignUpEventsFlow/onAttributeCollection/microsoft.graph.onAttributeCollectionExternalUsersSelfServiceSignUp/attributes/$ref")
    @Proves(
            "DELETE"
                + " /identity/authenticationEventsFlows/{eventsflow-id}/microsoft.graph.externalUsersSelfServiceSignUpEventsFlow/onAttributeCollection/microsoft.graph.onAttributeCollectionExternalUsersSelfServiceSignUp/attributes/{id}/$ref")
    @Proves(
            "DELETE"
                + " /identity/authenticationEventsFlows/{eventsflow-id}/microsoft.graph.externalUsersSelfServiceSignUpEventsFlow/onAttributeCollection/microsoft.graph.onAttributeCollectionExternalUsersSelfServiceSignUp/attributes/$ref?@id={url}")
    void attributes(String version) {
        Graph graph = graph(version);
        String flow = create(graph, FLOWS, EventBodies.flow(Usher.fresh("Flow")));
        String list = flow + ATTRIBUTES;
        for (String attribute : List.of("surname", "country")) {
            graph.post(
                            list + "/$ref",
                            reference(graph, "/identity/userFlowAttributes/" + attribute))
                    .expect(204);
        }
        assertThat(graph.get(list).values("id")).containsExactly("city", "surname", "country");
        assertThat(graph.get(list + "/$count").expect(200).text()).isEqualTo("3");
        assertThat(graph.get(list + "/$ref").values("@odata.id"))
                .hasSize(3)
                .first()
                .asString()
                .endsWith("/identity/userFlowAttributes('city')");
        assertThat(asked(graph, flow)).containsExactly("city", "surname", "country");
        graph.delete(list + "/surname/$ref").expect(204);
        graph.delete(list + "/$ref?@id=" + graph.url("/identity/userFlowAttributes/country"))
                .expect(204);
        assertThat(asked(graph, flow)).containsExactly("city");
        graph.delete(list + "/surname/$ref").refused(404, "ResourceNotFound");

        Map<String, Object> changed = EventBodies.flow("ignored");
        changed.keySet().retainAll(List.of("@odata.type", "onAttributeCollection"));
        String page = Json.write(changed).replace("city", "email");
        graph.patch(flow, page.replace("\"attributes\":[{\"id\":\"email\"}],", "")).expect(204);
        assertThat(graph.get(list).values("id")).containsExactly("email");
        JsonNode refused = graph.patch(flow, page.replace("\"text\"", "\"picture\"")).error();
        assertThat(refused.get("details").get(0).get("code").asString())
                .isEqualTo("EnumMemberUnknown");
    }

    private static List<String> asked(Graph graph, String flow) {
        return graph.get(flow)
                .expect(200)
                .json()
                .at("/onAttributeCollection/attributeCollectionPage/views/0/inputs")
                .valueStream()
                .map(input -> input.get("attribute").asString())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1.0", "beta"})
    @Proves(
            "GET /identity/authenticationEventsFlows/{eventsflow-id}/microsoft.graph.externalUsersSelfServiceSignUpEventsFlow/onAuthenticationMethodLoadStart/microsoft.graph.onAuthenticationMethodLoadStartExternalUsersSelfServiceSignUp/identityProviders")
    @Proves(
            "GET /identity/authenticationEventsFlows/{eventsflow-id}/microsoft.graph.externalUsersSelfServiceSignUpEventsFlow/onAuthenticationMethodLoadStart/microsoft.graph.onAuthenticationMethodLoadStartExternalUsersSelfServiceSignUp/identityProviders/$count")
    @Proves(
            "GET /identity/authenticationEventsFlows/{eventsflow-id}/microsoft.graph.externalUsersSelfServiceSignUpEventsFlow/onAuthenticationMethodLoadStart/microsoft.graph.onAuthenticationMethodLoadStartExternalUsersSelfServiceSignUp/identityProviders/$ref")
    @Proves(
            "POST /identity/authenticationEventsFlows/{eventsflow-id}/microsoft.graph.externalUsersSelfServiceSignUpEventsFlow/onAuthenticationMethodLoadStart/microsoft.graph.onAuthenticationMethodLoadStartExternalUsersSelfServiceSignUp/identityProviders/$ref")
    @Proves(
            "DELETE"
                + " /identity/authenticationEventsFlows/{eventsflow-id}/microsoft.graph.externalUsersSelfServiceSignUpEventsFlow/onAuthenticationMethodLoadStart/microsoft.graph.onAuthenticationMethodLoadStartExternalUsersSelfServiceSignUp/identityProviders/{id}/$ref")
    @Proves(
            "DELETE"
                + " /identity/authenticationEventsFlows/{eventsflow-id}/microsoft.graph.externalUsersSelfServiceSignUpEventsFlow/onAuthenticationMethodLoadStart/microsoft.graph.onAuthenticationMethodLoadStartExternalUsersSelfServiceSignUp/identityProviders/$ref?@id={url}")
    void providers(String version) {
        Graph graph = graph(version);
        String flow = create(graph, FLOWS, EventBodies.flow(Usher.fresh("Flow")));
        String list = flow + PROVIDERS;
        String google = ProvidersTest.ensureSocial(graph, "Google");
        for (String provider : List.of(google, "EmailOtpSignup-OAUTH")) {
            graph.post(list + "/$ref", reference(graph, "/identity/identityProviders/" + provider))
                    .expect(204);
        }
        assertThat(graph.get(list).values("id"))
                .containsExactly("EmailPassword-OAUTH", google, "EmailOtpSignup-OAUTH");
        assertThat(graph.get(list + "/$count").expect(200).text()).isEqualTo("3");
        assertThat(graph.get(list + "/$ref").values("@odata.id"))
                .contains(graph.url("/identity/identityProviders('" + google + "')"));
        String any = list.substring(flow.length() + 1) + "/any(idp:idp/id eq '" + google + "')";
        assertThat(graph.get(FLOWS + "?$top=999&$filter=" + any.replace(" ", "%20")).values("id"))
                .contains(flow.substring(FLOWS.length() + 1));
        graph.delete("/identity/identityProviders/" + google).refused(409, "Conflict");
        graph.delete(list + "/" + google + "/$ref").expect(204);
        graph.delete(
                        list
                                + "/$ref?@id="
                                + graph.url("/identity/identityProviders/EmailOtpSignup-OAUTH"))
                .expect(204);
        graph.delete(list + "/EmailPassword-OAUTH/$ref").refused(400, "AADB2C");
        assertThat(graph.get(list).values("id")).containsExactly("EmailPassword-OAUTH");
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1.0", "beta"})
    @Proves(
            "GET /identity/authenticationEventsFlows/{eventsflow-id}/microsoft.graph.externalUsersSelfServiceSignUpEventsFlow/onAttributeCollectionStart/microsoft.graph.onAttributeCollectionStartCustomExtensionHandler/customExtension")
    @Proves(
            "PUT /identity/authenticationEventsFlows/{eventsflow-id}/microsoft.graph.externalUsersSelfServiceSignUpEventsFlow/onAttributeCollectionStart/microsoft.graph.onAttributeCollectionStartCustomExtensionHandler/customExtension/$ref")
    @Proves(
            "GET /identity/authenticationEventsFlows/{eventsflow-id}/microsoft.graph.externalUsersSelfServiceSignUpEventsFlow/onAttributeCollectionSubmit/microsoft.graph.onAttributeCollectionSubmitCustomExtensionHandler/customExtension")
    @Proves(
            "PUT /identity/authenticationEventsFlows/{eventsflow-id}/microsoft.graph.externalUsersSelfServiceSignUpEventsFlow/onAttributeCollectionSubmit/microsoft.graph.onAttributeCollectionSubmitCustomExtensionHandler/customExtension/$ref")
    void extensions(String version) {
        Graph graph = graph(version);
        String flow = create(graph, FLOWS, EventBodies.flow(Usher.fresh("Flow")));
        for (String event : List.of("onAttributeCollectionStart", "onAttributeCollectionSubmit")) {
            String extension =
                    create(graph, EXTENSIONS, EventBodies.extension(event, Usher.fresh("Ask")));
            String step =
                    flow
                            + CAST
                            + "/"
                            + event
                            + "/microsoft.graph."
                            + event
                            + "CustomExtensionHandler/customExtension";
            graph.get(step).refused(404, "ResourceNotFound");
            graph.put(step + "/$ref", reference(graph, extension)).expect(204);
            assertThat(graph.get(step).expect(200).json().get("id").asString())
                    .isEqualTo(extension.substring(EXTENSIONS.length() + 1));
            assertThat(graph.get(flow).json().at("/" + event + "/customExtension/id").asString())
                    .isEqualTo(extension.substring(EXTENSIONS.length() + 1));
            graph.delete(extension).refused(409, "Conflict");
        }
        graph.delete(flow).expect(204);
    }
}
