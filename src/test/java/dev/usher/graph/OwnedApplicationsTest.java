package dev.usher.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.graph.GraphWorld.Answer;
import dev.usher.oauth.EachDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code Application.ReadWrite.OwnedBy}: all of what the caller owns, and nothing else. */
class OwnedApplicationsTest {

    private static final String APPLICATIONS = "/v1.0/applications";
    private static final String PRINCIPALS = "/v1.0/servicePrincipals";

    private GraphWorld graph;
    private String token;
    private Answer own;
    private Answer other;

    @BeforeEach
    void twoApplications() {
        graph = new GraphWorld(EachDatabase.SQLITE.fresh());
        token = graph.token("Application.ReadWrite.OwnedBy");
        own = as("POST", APPLICATIONS, "{\"displayName\":\"Own\"}");
        other = graph.post(APPLICATIONS, "{\"displayName\":\"Other\"}");
    }

    @AfterEach
    void close() {
        graph.close();
    }

    private Answer as(String method, String path, String body) {
        return graph.sendAs(token, method, path, body, "ConsistencyLevel: eventual");
    }

    private static String id(Answer made) {
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return made.json().path("id").asString();
    }

    private static String appId(Answer made) {
        return made.json().path("appId").asString();
    }

    private static String principal(Answer application) {
        return "{\"appId\":\"" + appId(application) + "\"}";
    }

    @Test
    void isManagedByItsOwnerFromTheFirstMomentToTheLast() {
        String path = APPLICATIONS + "/" + id(own);
        assertThat(as("GET", path, null).json().path("displayName").asString()).isEqualTo("Own");
        assertThat(as("PATCH", path, "{\"displayName\":\"Mine\"}").status()).isEqualTo(204);
        String byAppId = APPLICATIONS + "(appId='" + appId(own) + "')";
        assertThat(as("PATCH", byAppId, "{\"notes\":\"x\"}").status()).isEqualTo(204);
        Answer secret = as("POST", path + "/addPassword", "{\"passwordCredential\":{}}");
        assertThat(secret.status()).as(secret.text()).isEqualTo(200);
        String keyId = "{\"keyId\":\"" + secret.json().path("keyId").asString() + "\"}";
        assertThat(as("POST", path + "/removePassword", keyId).status()).isEqualTo(204);
        Answer property =
                as(
                        "POST",
                        path + "/extensionProperties",
                        "{\"name\":\"Size\",\"dataType\":\"String\",\"targetObjects\":[\"User\"]}");
        String propertyId = id(property);
        assertThat(as("GET", path + "/extensionProperties", null).text()).contains(propertyId);
        assertThat(as("DELETE", path + "/extensionProperties/" + propertyId, null).status())
                .isEqualTo(204);
        Answer owners = as("GET", path + "/owners", null);
        assertThat(owners.json().path("value")).hasSize(1);

        String principal = PRINCIPALS + "/" + id(as("POST", PRINCIPALS, principal(own)));
        assertThat(as("PATCH", principal, "{\"notes\":\"x\"}").status()).isEqualTo(204);
        assertThat(as("POST", principal + "/addPassword", "{}").status()).isEqualTo(200);
        assertThat(as("DELETE", principal, null).status()).isEqualTo(204);
        assertThat(as("DELETE", path, null).status()).isEqualTo(204);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET    | /v1.0/applications | ",
                "GET    | /v1.0/applications/$count | ",
                "GET    | /v1.0/servicePrincipals | ",
                "GET    | /v1.0/applications/{id} | ",
                "GET    | /v1.0/applications/{id}/displayName | ",
                "GET    | /v1.0/applications/{id}/owners | ",
                "GET    | /v1.0/applications(appId='{appId}') | ",
                "PATCH  | /v1.0/applications/{id} | {\"displayName\":\"Taken\"}",
                "PATCH  | /v1.0/applications(appId='{appId}') | {\"displayName\":\"Taken\"}",
                "DELETE | /v1.0/applications/{id} | ",
                "POST   | /v1.0/applications/{id}/addPassword | {}",
                "POST   | /v1.0/applications/{id}/removePassword | {\"keyId\":\"{appId}\"}",
                "POST   | /v1.0/applications/{id}/owners/$ref |"
                        + " {\"@odata.id\":\"https://localhost:8443/v1.0/directoryObjects/{id}\"}",
                "POST   | /v1.0/applications/{id}/federatedIdentityCredentials |"
                    + " {\"name\":\"a\",\"issuer\":\"https://a.example\",\"subject\":\"s\",\"audiences\":[\"a\"]}",
                "POST   | /v1.0/applications/{id}/extensionProperties |"
                        + " {\"name\":\"A\",\"dataType\":\"String\",\"targetObjects\":[\"User\"]}",
                "POST   | /v1.0/servicePrincipals | {\"appId\":\"{appId}\"}",
                "GET    | /v1.0/servicePrincipals(appId='00000003-0000-0000-c000-000000000000') | ",
                "POST   |"
                    + " /v1.0/servicePrincipals(appId='00000003-0000-0000-c000-000000000000')/addPassword"
                    + " | {}",
                "GET    | /v1.0/users | "
            })
    void nobodyElsesIsReadOrChanged(String method, String path, String body) {
        String id = id(other);
        Answer refused =
                as(
                        method,
                        path.replace("{id}", id).replace("{appId}", appId(other)),
                        body == null
                                ? null
                                : body.replace("{id}", id).replace("{appId}", appId(other)));
        assertThat(refused.status()).as(refused.text()).isEqualTo(403);
        assertThat(refused.json().path("error").path("code").asString())
                .isEqualTo("Authorization_RequestDenied");
        Answer still = graph.get(APPLICATIONS + "/" + id);
        assertThat(still.json().path("displayName").asString()).isEqualTo("Other");
    }

    @Test
    void whoIsGivenAnApplicationManagesIt() {
        String path = APPLICATIONS + "/" + id(other);
        assertThat(as("PATCH", path, "{\"notes\":\"x\"}").status()).isEqualTo(403);
        String self =
                as("GET", APPLICATIONS + "/" + id(own) + "/owners", null)
                        .json()
                        .path("value")
                        .path(0)
                        .path("id")
                        .asString();
        String reference =
                "{\"@odata.id\":\"https://localhost:8443/v1.0/directoryObjects/" + self + "\"}";
        assertThat(graph.post(path + "/owners/$ref", reference).status()).isEqualTo(204);
        assertThat(as("PATCH", path, "{\"notes\":\"x\"}").status()).isEqualTo(204);
        assertThat(graph.delete(path + "/owners/" + self + "/$ref").status()).isEqualTo(204);
        assertThat(as("PATCH", path, "{\"notes\":\"y\"}").status()).isEqualTo(403);
    }

    @Test
    void whatIsNotThereIsTold() {
        String nowhere = APPLICATIONS + "/99999999-9999-4999-8999-999999999999";
        assertThat(as("PATCH", nowhere, "{\"notes\":\"x\"}").status()).isEqualTo(404);
        Answer made =
                graph.sendAs(
                        token,
                        "PATCH",
                        APPLICATIONS + "(uniqueName='new')",
                        "{\"displayName\":\"New\"}",
                        "Prefer: create-if-missing");
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        Answer changed =
                as("PATCH", APPLICATIONS + "(uniqueName='new')", "{\"displayName\":\"Newer\"}");
        assertThat(changed.status()).as(changed.text()).isEqualTo(204);
    }
}
