package dev.usher.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigLoaderTest {

    private static final String FILE =
            """
            http-port: 8000
            https-port: 8001
            database: jdbc:postgresql://db.example/usher?user=u&password=hidden1&ssl=true
            database-password: hidden2
            master-key: hidden3
            public-origins: [https://a.example, https://b.example]
            trusted-issuers:
              - issuer: https://login.example/t/v2.0
                jwks-url: https://login.example/t/keys
                tenant: contoso.example
            outbound-allow: [10.0.0.0/8]
            """;

    @TempDir private Path directory;
    private final ConfigLoader loader = new ConfigLoader();

    private Path file(String text) throws IOException {
        return Files.writeString(directory.resolve("usher.yaml"), text);
    }

    private static String golden(String name) throws IOException {
        try (var in = ConfigLoaderTest.class.getResourceAsStream("/golden/" + name)) {
            return new String(Objects.requireNonNull(in).readAllBytes());
        }
    }

    @Test
    void everyLayerOverrulesTheOneBelow() throws IOException {
        Config config =
                loader.load(
                        file(FILE),
                        Map.of(
                                "USHER_HTTPS_PORT", "9001",
                                "USHER_PUBLIC_ORIGINS", "https://c.example, https://d.example",
                                "USHER_MANAGEMENT_PORT", "9002",
                                "HOME", "/root"),
                        Map.of("management-port", List.of("9003")));
        assertThat(config.httpPort()).isEqualTo(8000);
        assertThat(config.httpsPort()).isEqualTo(9001);
        assertThat(config.managementPort()).isEqualTo(9003);
        assertThat(config.publicOrigins())
                .containsExactly("https://c.example", "https://d.example");
        assertThat(config.bodyMax()).isEqualTo(4 * 1024 * 1024);
    }

    @Test
    void theDumpShowsEveryKeyAndNoSecret() throws IOException {
        Config config = loader.load(file(FILE), Map.of(), Map.of());
        String dump = loader.dump(config);
        assertThat(dump).isEqualTo(golden("config.yaml")).doesNotContain("hidden");
    }

    @Test
    void theDumpIsAFileThatMeansTheSame() throws IOException {
        Config config = loader.load(null, Map.of(), Map.of());
        assertThat(loader.load(file(loader.dump(config)), Map.of(), Map.of())).isEqualTo(config);
    }

    @Test
    void unknownKeysAreRefusedWithTheKnownOnes() throws IOException {
        Path file = file("http-prot: 1\n");
        assertThatThrownBy(() -> loader.load(file, Map.of(), Map.of()))
                .isInstanceOf(Config.Invalid.class)
                .hasMessageContaining("http-prot")
                .hasMessageContaining("usher.yaml")
                .hasMessageContaining("http-port, https-port");
        assertThatThrownBy(() -> loader.load(null, Map.of("USHER_HTTP_PROT", "1"), Map.of()))
                .isInstanceOf(Config.Invalid.class)
                .hasMessageContaining("http-prot in the environment");
    }

    @Test
    void variablesOfKubernetesAndOfTheLauncherAreNotSettings() {
        Map<String, String> environment =
                Map.of(
                        "USHER_PORT", "tcp://10.0.0.1:80",
                        "USHER_PORT_80_TCP_ADDR", "10.0.0.1",
                        "USHER_SERVICE_HOST", "10.0.0.1",
                        "USHER_JAVA_OPTS", "-Xmx1g");
        assertThat(loader.load(null, environment, Map.of()))
                .isEqualTo(loader.load(null, Map.of(), Map.of()));
    }

    @Test
    void unusableValuesAreNamed() throws IOException {
        assertInvalid(Map.of("USHER_HTTP_PORT", "eighty"), "http-port is not a number: eighty");
        assertInvalid(Map.of("USHER_HTTP_PORT", "70000"), "http-port is not a port: 70000");
        assertInvalid(Map.of("USHER_BODY_MAX", "0"), "body-max must be positive: 0");
        assertInvalid(Map.of("USHER_LOG_FORMAT", "xml"), "log-format is json or text, not xml");
        Path wrongType = file("public-origins: 7\n");
        assertThatThrownBy(() -> loader.load(wrongType, Map.of(), Map.of()))
                .isInstanceOf(Config.Invalid.class)
                .hasMessageContaining("public-origins");
        Path misspelt = file("trusted-issuers: [{issuer: a, jwks-url: b, tenat: c}]\n");
        assertThatThrownBy(() -> loader.load(misspelt, Map.of(), Map.of()))
                .isInstanceOf(Config.Invalid.class)
                .hasMessageContaining("trusted-issuers")
                .hasMessageContaining("tenat");
        Path incomplete = file("trusted-issuers: [{issuer: a, jwks-url: b}]\n");
        assertThatThrownBy(() -> loader.load(incomplete, Map.of(), Map.of()))
                .isInstanceOf(Config.Invalid.class)
                .hasMessageContaining("needs issuer, jwks-url and tenant");
        Path notYaml = file("a: [\n");
        assertThatThrownBy(() -> loader.load(notYaml, Map.of(), Map.of()))
                .isInstanceOf(Config.Invalid.class)
                .hasMessageContaining("is not YAML");
    }

    private void assertInvalid(Map<String, String> environment, String message) {
        assertThatThrownBy(() -> loader.load(null, environment, Map.of()))
                .isInstanceOf(Config.Invalid.class)
                .hasMessage(message);
    }

    @Test
    void theDatabaseIsAFileInTheDataDirectoryUnlessNamed() {
        Config config = loader.load(null, Map.of("USHER_DATA", "/var/usher"), Map.of());
        assertThat(config.databaseUrl()).isEqualTo("jdbc:sqlite:/var/usher/usher.db");
    }
}
