package dev.usher.acceptance.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.acceptance.fixture.Crowd;
import dev.usher.acceptance.fixture.Registered;
import dev.usher.acceptance.fixture.RsaKey;
import dev.usher.acceptance.fixture.Usher;
import dev.usher.acceptance.fixture.UsherTest;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.apache.olingo.client.api.EdmEnabledODataClient;
import org.apache.olingo.client.api.communication.request.ODataBasicRequest;
import org.apache.olingo.client.api.domain.ClientComplexValue;
import org.apache.olingo.client.api.domain.ClientEntity;
import org.apache.olingo.client.api.domain.ClientEntitySet;
import org.apache.olingo.client.api.domain.ClientObjectFactory;
import org.apache.olingo.client.api.domain.ClientProperty;
import org.apache.olingo.client.api.uri.URIBuilder;
import org.apache.olingo.client.core.ODataClientFactory;
import org.apache.olingo.commons.api.edm.EdmPrimitiveTypeKind;
import org.apache.olingo.commons.api.edm.FullQualifiedName;
import org.apache.olingo.commons.api.format.ContentType;
import org.junit.jupiter.api.Test;

/** The same general OData client, on people, applications and what is granted to them. */
@UsherTest
class OlingoDirectoryTest {

    private static final String NAMESPACE = "microsoft.graph.";

    private final Usher usher;
    private final String root;
    private final String bearer;
    private final EdmEnabledODataClient client;
    private final ClientObjectFactory objects;

    OlingoDirectoryTest(Usher usher) {
        this.usher = usher;
        root = usher.json().httpUrl() + "/v1.0";
        bearer = "Bearer " + usher.tokens().of(usher.tenant(), usher.tenant().admin());
        client = ODataClientFactory.getEdmEnabledClient(root);
        client.getConfiguration().setDefaultPubFormat(ContentType.JSON);
        objects = client.getObjectFactory();
    }

    private <R extends ODataBasicRequest<?>> R signed(R request) {
        request.addCustomHeader("Authorization", bearer);
        return request;
    }

    private URIBuilder set(String name) {
        return client.newURIBuilder(root).appendEntitySetSegment(name);
    }

    private ClientEntitySet list(URI uri, String... headers) {
        var request = signed(client.getRetrieveRequestFactory().getEntitySetRequest(uri));
        for (int i = 0; i < headers.length; i += 2) {
            request.addCustomHeader(headers[i], headers[i + 1]);
        }
        return request.execute().getBody();
    }

    private List<String> ids(URI uri, String... headers) {
        return list(uri, headers).getEntities().stream().map(each -> text(each, "id")).toList();
    }

    private ClientEntity create(URI uri, ClientEntity entity) {
        return signed(client.getCUDRequestFactory().getEntityCreateRequest(uri, entity))
                .execute()
                .getBody();
    }

    private int delete(URI uri) {
        return signed(client.getCUDRequestFactory().getDeleteRequest(uri))
                .execute()
                .getStatusCode();
    }

    private ClientEntity entity(String type) {
        return objects.newEntity(new FullQualifiedName(NAMESPACE + type));
    }

    private static String text(ClientEntity entity, String property) {
        return entity.getProperty(property).getPrimitiveValue().toString();
    }

    private void add(ClientEntity entity, String name, String value) {
        entity.getProperties()
                .add(
                        objects.newPrimitiveProperty(
                                name, objects.newPrimitiveValueBuilder().buildString(value)));
    }

    private void addGuid(ClientEntity entity, String name, String value) {
        entity.getProperties()
                .add(
                        objects.newPrimitiveProperty(
                                name,
                                objects.newPrimitiveValueBuilder()
                                        .setType(EdmPrimitiveTypeKind.Guid)
                                        .setValue(UUID.fromString(value))
                                        .build()));
    }

    private ClientComplexValue complex(String type, String... members) {
        ClientComplexValue value = objects.newComplexValue(NAMESPACE + type);
        for (int i = 0; i < members.length; i += 2) {
            value.add(
                    objects.newPrimitiveProperty(
                            members[i],
                            objects.newPrimitiveValueBuilder().buildString(members[i + 1])));
        }
        return value;
    }

    @Test
    void aPerson() {
        String name = Usher.fresh("Olingo");
        String mail = name.toLowerCase(Locale.ROOT) + "@example.com";
        ClientEntity wanted = entity("user");
        add(wanted, "displayName", name + " Client");
        add(wanted, "mail", mail);
        var identities = objects.newCollectionValue("Collection(" + NAMESPACE + "objectIdentity)");
        identities.add(
                complex(
                        "objectIdentity",
                        "signInType",
                        "emailAddress",
                        "issuer",
                        usher.tenant().domain(),
                        "issuerAssignedId",
                        mail));
        wanted.getProperties().add(objects.newCollectionProperty("identities", identities));
        wanted.getProperties()
                .add(
                        objects.newComplexProperty(
                                "passwordProfile",
                                complex("passwordProfile", "password", "Correct-Horse-" + name)));

        String id = text(create(set("users").build(), wanted), "id");

        assertThat(ids(set("users").filter("mail eq '" + mail + "'").build())).containsExactly(id);
        String identity =
                "identities/any(c:c/issuerAssignedId eq '%s' and c/issuer eq '%s')"
                        .formatted(mail, usher.tenant().domain());
        assertThat(ids(set("users").filter(identity).build())).containsExactly(id);
        URI search = set("users").search("\"displayName:" + name + "\"").build();
        assertThat(ids(search, "ConsistencyLevel", "eventual")).containsExactly(id);
        assertThat(delete(set("users").appendKeySegment(id).build())).isEqualTo(204);
    }

    @Test
    void everybody() {
        Crowd.gather(usher);
        Set<String> seen = new HashSet<>();
        int pages = 0;
        URI next = set("users").filter(Crowd.FILTER).select("id").top(Crowd.PAGE_MAX).build();
        while (next != null) {
            ClientEntitySet page = list(next);
            page.getEntities().forEach(each -> seen.add(text(each, "id")));
            next = page.getNext();
            pages++;
        }
        assertThat(seen).hasSize(Crowd.SIZE);
        assertThat(pages).isEqualTo(6);
    }

    @Test
    void anApplicationWithItsGrant() {
        RsaKey key = new RsaKey();
        ClientEntity wanted = entity("application");
        add(wanted, "displayName", Usher.fresh("Olingo"));
        ClientComplexValue credential =
                complex("keyCredential", "type", "AsymmetricX509Cert", "usage", "Verify");
        credential.add(
                objects.newPrimitiveProperty(
                        "key",
                        objects.newPrimitiveValueBuilder()
                                .setType(EdmPrimitiveTypeKind.Binary)
                                .setValue(key.certificate())
                                .build()));
        var credentials = objects.newCollectionValue("Collection(" + NAMESPACE + "keyCredential)");
        credentials.add(credential);
        wanted.getProperties().add(objects.newCollectionProperty("keyCredentials", credentials));
        ClientEntity application = create(set("applications").build(), wanted);
        String appId = text(application, "appId");
        ClientEntity principal = entity("servicePrincipal");
        add(principal, "appId", appId);
        String principalId = text(create(set("servicePrincipals").build(), principal), "id");
        URI addPassword =
                set("applications")
                        .appendKeySegment(text(application, "id"))
                        .appendActionCallSegment("addPassword")
                        .build();
        String secret =
                signed(
                                client.getInvokeRequestFactory()
                                        .getActionInvokeRequest(addPassword, ClientProperty.class))
                        .execute()
                        .getBody()
                        .getComplexValue()
                        .get("secretText")
                        .getPrimitiveValue()
                        .toString();
        URI graphs = set("servicePrincipals").filter("appId eq '" + Registered.GRAPH + "'").build();
        ClientEntity grant = entity("appRoleAssignment");
        addGuid(grant, "principalId", principalId);
        addGuid(grant, "resourceId", ids(graphs).getFirst());
        addGuid(grant, "appRoleId", Registered.ROLE_ID);
        URI grants =
                set("servicePrincipals")
                        .appendKeySegment(principalId)
                        .appendNavigationSegment("appRoleAssignments")
                        .build();
        String granted = text(create(grants, grant), "id");
        Registered registered = new Registered(usher, appId, secret, key);
        List<String> tokens = registered.granted();
        assertThat(delete(URI.create(grants + "('" + granted + "')"))).isEqualTo(204);
        registered.revoked(tokens);
    }
}
