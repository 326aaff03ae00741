package dev.usher.graph;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import dev.usher.graph.GraphWorld.Answer;
import dev.usher.http.Headers;
import dev.usher.http.Response;
import dev.usher.oauth.EachDatabase;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A tenant with a person, and a public client that acts for people. */
abstract class SignInFixture {

    static final String PASSWORD = "Geheim-4711";
    static final String DOMAIN = "contoso.onmicrosoft.com";

    GraphWorld graph;
    String application;
    String appId;
    String principal;
    String ann;

    final void open(EachDatabase database) {
        graph = new GraphWorld(database.fresh());
        JsonNode app =
                graph.post(
                                "/v1.0/applications",
                                "{\"displayName\":\"Phone\",\"isFallbackPublicClient\":true}")
                        .json();
        application = app.path("id").asString();
        appId = app.path("appId").asString();
        principal =
                graph.post("/v1.0/servicePrincipals", "{\"appId\":\"" + appId + "\"}")
                        .json()
                        .path("id")
                        .asString();
        ann = user("ann");
    }

    @AfterEach
    void close() {
        graph.close();
    }

    final String user(String alias) {
        Answer created =
                graph.post(
                        "/v1.0/users",
                        """
                        {"accountEnabled":true,"displayName":"%s","mailNickname":"%s",
                         "userPrincipalName":"%s@%s",
                         "identities":[{"signInType":"emailAddress","issuer":"%s",
                           "issuerAssignedId":"%s@example.com"},
                          {"signInType":"userName","issuer":"%s","issuerAssignedId":"%s"},
                          {"signInType":"federated","issuer":"%s",
                           "issuerAssignedId":"%s-elsewhere"}],
                         "passwordProfile":{"password":"%s"}}\
                        """
                                .formatted(
                                        alias, alias, alias, DOMAIN, DOMAIN, alias, DOMAIN, alias,
                                        DOMAIN, alias, PASSWORD));
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        return created.json().path("id").asString();
    }

    final String grant(String scopes, String user) {
        String graphItself =
                graph.get("/v1.0/servicePrincipals(appId='00000003-0000-0000-c000-000000000000')")
                        .json()
                        .path("id")
                        .asString();
        Answer made =
                graph.post(
                        "/v1.0/oauth2PermissionGrants",
                        """
                        {"clientId":"%s","consentType":"%s","principalId":%s,"resourceId":"%s",
                         "scope":"%s"}\
                        """
                                .formatted(
                                        principal,
                                        user == null ? "AllPrincipals" : "Principal",
                                        user == null ? "null" : "\"" + user + "\"",
                                        graphItself,
                                        scopes));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return "/v1.0/oauth2PermissionGrants/" + made.json().path("id").asString();
    }

    record Token(Response response) {
        JsonNode json() {
            return JsonMapper.shared().readTree(response.body());
        }

        String value() {
            assertThat(response.status()).as(json().toString()).isEqualTo(200);
            return json().path("access_token").asString();
        }

        int error() {
            assertThat(response.status()).as(json().toString()).isGreaterThanOrEqualTo(400);
            return json().at("/error_codes/0").asInt();
        }
    }

    final Token ask(String user, String password, String scope, String more) {
        String form =
                "grant_type=password&client_id="
                        + appId
                        + "&username="
                        + encoded(user)
                        + "&password="
                        + encoded(password)
                        + "&scope="
                        + encoded(scope)
                        + more;
        return new Token(
                graph.world.send(
                        "POST",
                        "/" + graph.tenant.id() + "/oauth2/v2.0/token",
                        form,
                        new Headers().set("User-Agent", "test/1")));
    }

    final Token ask(String user, String password) {
        return ask(user, password, "User.Read", "");
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    static Map<String, Object> claims(String token) {
        try {
            return SignedJWT.parse(token).getJWTClaimsSet().getClaims();
        } catch (ParseException e) {
            throw new IllegalStateException(e);
        }
    }

    final int me(String token) {
        return graph.sendAs(token, "GET", "/v1.0/me", null).status();
    }
}
