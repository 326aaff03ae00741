package dev.usher.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.acceptance.fixture.DevJson;
import dev.usher.acceptance.fixture.Distribution;
import dev.usher.acceptance.fixture.Usher;
import dev.usher.acceptance.fixture.UsherTest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;

/** The dev-mode contract that scripts rely on. */
@UsherTest
class DevModeTest {

    @Test
    void idsAreFixed(Usher usher) {
        DevJson json = usher.json();
        assertThat(json.tenant().id()).isEqualTo("11111111-1111-4111-8111-111111111111");
        assertThat(json.tenant().domain()).isEqualTo("contoso.onmicrosoft.com");
        assertThat(json.otherTenant().id()).isEqualTo("22222222-2222-4222-8222-222222222222");
        assertThat(json.otherTenant().domain()).isEqualTo("fabrikam.onmicrosoft.com");
        assertThat(json.tenant().clients()).containsOnlyKeys("admin", "reader", "none");
        assertThat(json.tenant().admin().certFile()).exists();
        assertThat(json.tenant().admin().keyFile()).exists();
        assertThat(URI.create(json.httpUrl())).hasScheme("http");
        assertThat(URI.create(json.httpsUrl())).hasScheme("https");
    }

    @Test
    void readyHereAndThere(Usher usher) {
        for (String base : new String[] {usher.json().httpUrl(), usher.json().managementUrl()}) {
            usher.http().get(base + "/health/ready").expect(200);
        }
        usher.http().get(usher.json().managementUrl() + "/health/live").expect(200);
    }

    /** Keys, secrets and the CA outlive a restart; so does what was stored. SIGTERM ends with 0. */
    @Test
    void restartKeepsEverything() throws IOException {
        Path data = Distribution.workDirectory("restart");
        DevJson first;
        String token;
        byte[] ca;
        try (Usher usher = Usher.start(data)) {
            first = usher.json();
            token = usher.tokens().of(first.tenant(), first.tenant().admin());
            usher.newFlow("Kept");
            ca = Files.readAllBytes(first.caFile());
            assertThat(usher.dev().process().terminate()).isZero();
        }
        try (Usher usher = Usher.start(data)) {
            assertThat(usher.json().tenant()).isEqualTo(first.tenant());
            assertThat(usher.json().otherTenant()).isEqualTo(first.otherTenant());
            assertThat(Files.readAllBytes(usher.json().caFile())).isEqualTo(ca);
            usher.graph().get("/identity/b2xUserFlows/B2X_1_Kept").expect(200);
            assertThat(usher.dev().process().log()).doesNotContain(token);
            try (var files = Files.list(data)) {
                for (Path file : files.filter(it -> it.toString().endsWith(".key")).toList()) {
                    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .as("%s", file)
                            .isEqualTo("rw-------");
                }
            }
        }
    }

    @Test
    void otherDirectoryOtherSecrets(Usher usher) {
        try (Usher other = Usher.start(Distribution.workDirectory("other"))) {
            assertThat(other.tenant().admin().secret())
                    .isNotEqualTo(usher.tenant().admin().secret());
            assertThat(other.tenant().admin().id()).isEqualTo(usher.tenant().admin().id());
            String token = usher.tokens().of(usher.tenant(), usher.tenant().admin());
            other.withToken("v1.0", () -> token)
                    .get("/identity/b2xUserFlows")
                    .refused(401, "InvalidAuthenticationToken");
        }
    }
}
