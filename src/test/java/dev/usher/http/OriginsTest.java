package dev.usher.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OriginsTest {

    private final Origins origins =
            Origins.of(List.of("https://Login.Example.com/", "http://[::1]:8080"));

    @Test
    void authoritiesMatchIgnoringCaseAndDefaultPort() {
        assertThat(origins.match("https", "LOGIN.example.com"))
                .hasValue("https://login.example.com");
        assertThat(origins.match("https", "login.example.com:443"))
                .hasValue("https://login.example.com");
        assertThat(origins.match("http", "[::1]:8080")).hasValue("http://[::1]:8080");
    }

    @Test
    void othersDoNotMatch() {
        assertThat(origins.match("http", "login.example.com")).isEmpty();
        assertThat(origins.match("https", "login.example.com:8443")).isEmpty();
        assertThat(origins.match("https", "login.example.com.evil.example")).isEmpty();
        assertThat(origins.match("https", null)).isEmpty();
        assertThat(Origins.any().match("http", "10.0.0.1:9090")).hasValue("http://10.0.0.1:9090");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "login.example.com",
                "ftp://login.example.com",
                "https://login.example.com/path",
                "https://user@login.example.com",
                "https://*.example.com",
                "https://"
            })
    void whatIsNoOriginIsRefused(String text) {
        assertThatThrownBy(() -> Origins.of(List.of(text)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(text);
    }
}
