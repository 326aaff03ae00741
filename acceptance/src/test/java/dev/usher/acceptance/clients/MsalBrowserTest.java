package dev.usher.acceptance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.acceptance.fixture.Json;
import dev.usher.acceptance.fixture.Usher;
import dev.usher.acceptance.fixture.UsherTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** MSAL for browsers, in Chromium: a page signs people in and out and renews its tokens. */
@UsherTest
class MsalBrowserTest {

    private final Usher usher;

    MsalBrowserTest(Usher usher) {
        this.usher = usher;
    }

    private static String freeOrigin() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return "https://localhost:" + socket.getLocalPort();
        }
    }

    /** An application whose page is there; gives its client id. */
    private String application(String origin) {
        String client =
                usher.graph()
                        .post(
                                "/applications",
                                Json.object(
                                        "displayName",
                                        Usher.fresh("Page"),
                                        "spa",
                                        Map.of(
                                                "redirectUris",
                                                List.of(origin + "/redirect", origin + "/"))))
                        .expect(201)
                        .json()
                        .get("appId")
                        .asString();
        usher.graph().post("/servicePrincipals", Json.object("appId", client)).expect(201);
        return client;
    }

    @Test
    void signsInRenewsAndSignsOut() throws IOException {
        String origin = freeOrigin();
        String client = application(origin);
        String flow = usher.tenant().flows().get("signUpOrSignIn");
        String authority = usher.json().httpsUrl() + "/" + usher.tenant().id() + "/" + flow;
        var person = usher.tenant().users().entrySet().iterator().next();
        Path data = usher.json().caFile().getParent();
        String out =
                Chromium.run(
                        "browser.mjs",
                        Map.of(
                                "USHER_ORIGIN",
                                origin,
                                "USHER_CERTIFICATE",
                                data.resolve("server.pem").toString(),
                                "USHER_KEY",
                                data.resolve("server.key").toString(),
                                "USHER_AUTHORITY",
                                authority,
                                "USHER_CLIENT",
                                client,
                                "USHER_EMAIL",
                                person.getKey(),
                                "USHER_PASSWORD",
                                person.getValue()));
        JsonNode found = Json.parse(out);

        for (String claims :
                List.of("/claims", "/cached/claims", "/refreshed/claims", "/framed/claims")) {
            assertThat(found.at(claims + "/iss").asString()).isEqualTo(authority + "/v2.0");
            assertThat(found.at(claims + "/aud").asString()).isEqualTo(client);
            assertThat(found.at(claims + "/emails/0").asString()).isEqualTo(person.getKey());
        }
        assertThat(found.get("homeAccountId").asString())
                .endsWith("-" + flow.toLowerCase() + "." + usher.tenant().id());
        assertThat(found.get("signIn").toString()).isEqualTo("[\"authorization_code\"]");
        assertThat(found.at("/cached/fromCache").asBoolean()).isTrue();
        assertThat(found.get("refreshing").toString()).isEqualTo("[\"refresh_token\"]");
        assertThat(found.get("framing").toString()).isEqualTo("[\"frame\",\"authorization_code\"]");
        assertThat(found.get("accounts").asInt()).isZero();
        assertThat(found.get("after").asString()).startsWith("interaction_required AADB2C90077: ");
    }
}
