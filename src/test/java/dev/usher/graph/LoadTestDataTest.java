package dev.usher.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.directory.Credentials;
import dev.usher.directory.People;
import dev.usher.edm.Schema;
import dev.usher.oauth.EachDatabase;
import dev.usher.oauth.World;
import dev.usher.store.WriteTx;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** People in number are like people one by one. */
class LoadTestDataTest {

    private static final String DOMAIN = "contoso.onmicrosoft.com";

    @ParameterizedTest
    @EnumSource
    void theyAreLikeAnybody(EachDatabase database) {
        try (GraphWorld graph = new GraphWorld(database.fresh())) {
            LoadTestData data =
                    new LoadTestData(
                            Schema.load().model("beta"), graph.world.here.store(), graph.world.ids);
            int count = LoadTestData.BATCH_MAX + 70;
            String hash = graph.world.hasher().hash("Load-1234567");
            data.people(graph.tenant, World.ACTOR, "load", count, hash);

            Optional<Long> all =
                    graph.world
                            .here
                            .store()
                            .read(
                                    graph.tenant.id(),
                                    tx ->
                                            tx.sql(
                                                            "select count(*) as n from credential"
                                                                    + " where tenant_id = :tenant")
                                                    .one(row -> row.number("n")));
            assertThat(all).contains((long) count);
            String one = "load-%08d@".formatted(count - 1);
            JsonNode loaded = graph.get("/v1.0/users/" + one + DOMAIN + "?$select=" + ALL).json();
            graph.post(
                    "/v1.0/users",
                    """
                    {"displayName":"load","mail":"own@example.com",
                     "passwordPolicies":"DisablePasswordExpiration",
                     "identities":[{"signInType":"emailAddress","issuer":"%s",
                      "issuerAssignedId":"own@example.com"}],
                     "passwordProfile":{"password":"Load-1234567"}}\
                    """
                            .formatted(DOMAIN));
            String filter = "?$filter=mail%20eq%20'own@example.com'&$select=" + ALL;
            JsonNode own = graph.get("/v1.0/users" + filter).json().at("/value/0");
            for (String name : own.propertyNames()) {
                assertThat(loaded.path(name).getNodeType())
                        .as(name)
                        .isEqualTo(own.path(name).getNodeType());
            }
            var person =
                    graph.world
                            .here
                            .store()
                            .read(
                                    graph.tenant.id(),
                                    tx -> People.bySignInName(tx, one + "example.com", DOMAIN))
                            .orElseThrow();
            Optional<String> kept =
                    graph.world
                            .here
                            .store()
                            .read(graph.tenant.id(), tx -> Credentials.find(tx, person.id()));
            assertThat(kept).contains(hash);
            assertThatThrownBy(() -> data.people(graph.tenant, World.ACTOR, "load", 3, hash))
                    .isInstanceOf(WriteTx.DuplicateKey.class);
        }
    }

    private static final String ALL =
            "accountEnabled,createdDateTime,creationType,displayName,identities,mail,mailNickname,"
                    + "passwordPolicies,passwordProfile,userPrincipalName,userType,businessPhones,"
                    + "otherMails,proxyAddresses,signInSessionsValidFromDateTime,"
                    + "lastPasswordChangeDateTime";
}
