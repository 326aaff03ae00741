package dev.usher.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.acceptance.fixture.Graph;
import dev.usher.acceptance.fixture.Proves;
import dev.usher.acceptance.fixture.Reply;
import dev.usher.acceptance.fixture.Sdk;
import dev.usher.acceptance.fixture.Usher;
import dev.usher.acceptance.fixture.UsherTest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code /identity} itself: what all of the family hangs on. */
@UsherTest
class ContainerTest {

    private final Usher usher;

    ContainerTest(Usher usher) {
        this.usher = usher;
    }

    @Test
    @Proves("GET /identity")
    void bySdk() {
        assertThat(Sdk.stable(usher).identity().get().getId()).isEqualTo(usher.tenant().id());
        assertThat(Sdk.beta(usher).identity().get().getOdataType()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1.0", "beta"})
    void anyReadPermissionOfTheFamilyOpensIt(String version) {
        Graph reader = usher.graph(version, usher.tenant(), usher.tenant().reader());
        assertThat(reader.get("/identity").expect(200).json().get("@odata.context").asString())
                .endsWith("/" + version + "/$metadata#identity");
        Graph none = usher.graph(version, usher.tenant(), usher.tenant().none());
        assertThat(none.get("/identity").refused(403, "AADB2C").get("message").asString())
                .contains("IdentityUserFlow.Read.All", "IdentityProvider.Read.All");
        Reply changed = reader.patch("/identity", Map.of());
        changed.refused(405, "Request_BadRequest");
        assertThat(changed.need("Allow")).isEqualTo("GET");
    }
}
