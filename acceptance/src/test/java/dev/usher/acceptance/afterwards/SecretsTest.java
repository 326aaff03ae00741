package dev.usher.acceptance.afterwards;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * No secret of the whole run was found where it does not belong: in an answer other than the one
 * that hands it out, in a log, in the metrics, in the audit trail or as plain text in the database.
 */
class SecretsTest {

    @Test
    void noSecretIsAnywhere() {
        assertThat(Reports.secrets().get("found")).isEmpty();
    }

    @Test
    void thereWasSomethingToSearch() {
        JsonNode searched = Reports.secrets();
        assertThat(searched.get("secrets").asInt()).isGreaterThan(50);
        assertThat(searched.get("responses").asInt()).isGreaterThan(1000);
        assertThat(searched.get("metricsLength").asInt()).isPositive();
        assertThat(searched.get("logLength").asInt()).isPositive();
        if (System.getProperty("acceptance.database").equals("sqlite")) {
            assertThat(searched.get("auditRows").asInt()).isGreaterThan(100);
        }
    }
}
