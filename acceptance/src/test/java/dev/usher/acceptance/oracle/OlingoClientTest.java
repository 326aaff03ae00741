package dev.usher.acceptance.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.usher.acceptance.fixture.Usher;
import dev.usher.acceptance.fixture.UsherTest;
import java.net.URI;
import java.util.List;
import org.apache.olingo.client.api.EdmEnabledODataClient;
import org.apache.olingo.client.api.communication.ODataClientErrorException;
import org.apache.olingo.client.api.communication.request.ODataBasicRequest;
import org.apache.olingo.client.api.communication.request.cud.UpdateType;
import org.apache.olingo.client.api.domain.ClientEntity;
import org.apache.olingo.client.api.domain.ClientObjectFactory;
import org.apache.olingo.client.api.uri.URIBuilder;
import org.apache.olingo.client.core.ODataClientFactory;
import org.apache.olingo.commons.api.edm.FullQualifiedName;
import org.apache.olingo.commons.api.format.ContentType;
import org.junit.jupiter.api.Test;

/** A general OData client, which knows only what {@code $metadata} says, works with the service. */
@UsherTest
class OlingoClientTest {

    private static final String NAMESPACE = "microsoft.graph.";

    private final String root;
    private final String bearer;
    private final EdmEnabledODataClient client;
    private final ClientObjectFactory objects;

    OlingoClientTest(Usher usher) {
        root = usher.json().httpUrl() + "/v1.0";
        bearer = "Bearer " + usher.tokens().of(usher.tenant(), usher.tenant().admin());
        client = ODataClientFactory.getEdmEnabledClient(root);
        client.getConfiguration().setDefaultPubFormat(ContentType.JSON);
        objects = client.getObjectFactory();
    }

    private URIBuilder set(String name) {
        return client.newURIBuilder(root)
                .appendSingletonSegment("identity")
                .appendNavigationSegment(name);
    }

    private <R extends ODataBasicRequest<?>> R signed(R request) {
        request.addCustomHeader("Authorization", bearer);
        return request;
    }

    private ClientEntity read(URI uri) {
        return signed(client.getRetrieveRequestFactory().getEntityRequest(uri)).execute().getBody();
    }

    private int delete(URI uri) {
        return signed(client.getCUDRequestFactory().getDeleteRequest(uri))
                .execute()
                .getStatusCode();
    }

    private static String text(ClientEntity entity, String property) {
        return entity.getProperty(property).getPrimitiveValue().toString();
    }

    @Test
    void userFlows() {
        String name = Usher.fresh("Olingo");
        ClientEntity flow =
                objects.newEntity(new FullQualifiedName(NAMESPACE + "b2xIdentityUserFlow"));
        flow.getProperties()
                .add(
                        objects.newPrimitiveProperty(
                                "id", objects.newPrimitiveValueBuilder().buildString(name)));
        flow.getProperties()
                .add(
                        objects.newEnumProperty(
                                "userFlowType",
                                objects.newEnumValue(
                                        NAMESPACE + "userFlowType", "signUpOrSignIn")));
        flow.getProperties()
                .add(
                        objects.newPrimitiveProperty(
                                "userFlowTypeVersion",
                                objects.newPrimitiveValueBuilder().buildSingle(1f)));

        ClientEntity created =
                signed(
                                client.getCUDRequestFactory()
                                        .getEntityCreateRequest(set("b2xUserFlows").build(), flow))
                        .execute()
                        .getBody();

        assertThat(text(created, "id")).isEqualTo("B2X_1_" + name);
        URI one = set("b2xUserFlows").appendKeySegment("B2X_1_" + name).build();
        ClientEntity found = read(one);
        assertThat(found.getTypeName().getFullQualifiedNameAsString())
                .isEqualTo(NAMESPACE + "b2xIdentityUserFlow");
        assertThat(text(found, "userFlowTypeVersion")).isEqualTo("1");
        URI filtered = set("b2xUserFlows").filter("endswith(id,'" + name + "')").build();
        assertThat(
                        signed(client.getRetrieveRequestFactory().getEntitySetRequest(filtered))
                                .execute()
                                .getBody()
                                .getEntities())
                .extracting(entity -> text(entity, "id"))
                .isEqualTo(List.of("B2X_1_" + name));
        flow.getProperties().remove(flow.getProperty("id"));
        assertThat(update(one, flow)).isEqualTo(204);
        assertThat(delete(one)).isEqualTo(204);
        assertThatExceptionOfType(ODataClientErrorException.class)
                .isThrownBy(() -> read(one))
                .satisfies(gone -> assertThat(gone.getStatusLine().getStatusCode()).isEqualTo(404))
                .satisfies(gone ->
                        assertThat(gone.getODataError().getCode()).isEqualTo("ResourceNotFound"));
    }

    private int update(URI one, ClientEntity change) {
        return signed(
                        client.getCUDRequestFactory()
                                .getEntityUpdateRequest(one, UpdateType.PATCH, change))
                .execute()
                .getStatusCode();
    }

    private void add(ClientEntity entity, String property, String value) {
        entity.getProperties()
                .add(
                        objects.newPrimitiveProperty(
                                property, objects.newPrimitiveValueBuilder().buildString(value)));
    }

    @Test
    void apiConnectors() {
        FullQualifiedName type = new FullQualifiedName(NAMESPACE + "identityApiConnector");
        ClientEntity connector = objects.newEntity(type);
        add(connector, "displayName", "Olingo");
        add(connector, "targetUrl", "https://api.example.test/olingo");
        var authentication = objects.newComplexValue(NAMESPACE + "basicAuthentication");
        for (String member : List.of("username", "password")) {
            authentication.add(
                    objects.newPrimitiveProperty(
                            member, objects.newPrimitiveValueBuilder().buildString("secret")));
        }
        connector
                .getProperties()
                .add(objects.newComplexProperty("authenticationConfiguration", authentication));

        ClientEntity created =
                signed(
                                client.getCUDRequestFactory()
                                        .getEntityCreateRequest(
                                                set("apiConnectors").build(), connector))
                        .execute()
                        .getBody();

        URI one = set("apiConnectors").appendKeySegment(text(created, "id")).build();
        ClientEntity change = objects.newEntity(type);
        add(change, "displayName", "Olingo again");
        assertThat(update(one, change)).isEqualTo(204);
        ClientEntity found = read(one);
        assertThat(text(found, "displayName")).isEqualTo("Olingo again");
        assertThat(text(found, "targetUrl")).isEqualTo("https://api.example.test/olingo");
        assertThat(found.getProperty("authenticationConfiguration").getComplexValue().getTypeName())
                .endsWith(NAMESPACE + "basicAuthentication");
        String tag =
                signed(client.getRetrieveRequestFactory().getEntityRequest(one))
                        .execute()
                        .getETag();
        assertThat(update(one, connector)).isEqualTo(204);
        var late =
                signed(
                        client.getCUDRequestFactory()
                                .getEntityUpdateRequest(one, UpdateType.PATCH, change));
        late.setIfMatch(tag);
        assertThatExceptionOfType(ODataClientErrorException.class)
                .isThrownBy(late::execute)
                .satisfies(lost -> assertThat(lost.getStatusLine().getStatusCode()).isEqualTo(412));
        assertThat(delete(one)).isEqualTo(204);
    }
}
