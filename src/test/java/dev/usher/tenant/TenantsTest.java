package dev.usher.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.ids.TenantId;
import dev.usher.oauth.EachDatabase;
import dev.usher.oauth.World;
import dev.usher.store.WriteTx;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(EachDatabase.class)
class TenantsTest {

    private static final TenantId ID = TenantId.of("11111111-1111-4111-8111-111111111111");

    @Parameter EachDatabase database;

    private World world;
    private Tenants tenants;

    @BeforeEach
    void open() {
        world = new World(database.fresh());
        tenants = world.here.tenants();
    }

    @AfterEach
    void close() {
        world.close();
    }

    private Tenant contoso() {
        return tenants.create(
                World.ACTOR,
                new NewTenant(
                        ID,
                        TenantKind.ALL,
                        "Contoso",
                        List.of("Contoso.onmicrosoft.com", "a.example", "contoso.example")));
    }

    @Test
    void findsByGuidAndByDomainIgnoringCase() {
        Tenant created = contoso();

        assertThat(created.domains())
                .containsExactly("contoso.onmicrosoft.com", "a.example", "contoso.example");
        assertThat(created.kind()).isEqualTo(TenantKind.ALL);
        assertThat(created.createdAt()).isEqualTo(world.clock.now());
        assertThat(tenants.find(ID.toString().toUpperCase())).contains(created);
        assertThat(tenants.find("CONTOSO.Example")).contains(created);
        assertThat(tenants.find("other.example")).isEmpty();
        assertThat(tenants.find("not a domain")).isEmpty();
        assertThat(tenants.list()).containsExactly(created);
    }

    @Test
    void takesNoIdAndNoDomainTwice() {
        contoso();
        NewTenant sameId = new NewTenant(ID, TenantKind.B2C, "Two", List.of("two.example"));
        NewTenant sameDomain =
                new NewTenant(null, TenantKind.B2C, "Two", List.of("two.example", "A.example"));

        assertThatThrownBy(() -> tenants.create(World.ACTOR, sameId))
                .isInstanceOf(WriteTx.DuplicateKey.class);
        assertThatThrownBy(() -> tenants.create(World.ACTOR, sameDomain))
                .isInstanceOf(WriteTx.DuplicateKey.class);
        assertThat(tenants.find("two.example")).isEmpty();
        assertThat(tenants.list()).hasSize(1);
    }

    @Test
    void refusesWhatIsNoDomain() {
        for (String domain : List.of("", "nodot", "a..b", "-a.b", "a b.c", "é.example", "a.b/")) {
            assertThatThrownBy(() ->
                            tenants.create(
                                    World.ACTOR,
                                    new NewTenant(null, TenantKind.ALL, "X", List.of(domain))))
                    .as(domain)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() ->
                        tenants.create(
                                World.ACTOR, new NewTenant(null, TenantKind.ALL, "X", List.of())))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aFailingSeedLeavesNoTenantBehind() {
        NewTenant wanted = new NewTenant(ID, TenantKind.ALL, "X", List.of("x.example"));

        assertThatThrownBy(() ->
                        tenants.create(
                                World.ACTOR,
                                wanted,
                                _ -> {
                                    throw new IllegalStateException("seed");
                                }))
                .hasMessage("seed");
        assertThat(tenants.find(ID)).isEmpty();
        assertThat(tenants.find("x.example")).isEmpty();
    }

    @Test
    void disablesEnablesAndDeletes() {
        contoso();

        assertThat(tenants.disable(World.ACTOR, ID)).isTrue();
        assertThat(tenants.disable(World.ACTOR, ID)).isFalse();
        assertThat(tenants.find(ID).orElseThrow().active()).isFalse();
        assertThat(tenants.enable(World.ACTOR, ID)).isTrue();
        assertThat(tenants.find(ID).orElseThrow().active()).isTrue();
        assertThat(tenants.delete(World.ACTOR, ID)).isTrue();
        assertThat(tenants.delete(World.ACTOR, ID)).isFalse();
        assertThat(tenants.find(ID)).isEmpty();
        assertThat(tenants.find("a.example")).isEmpty();
        assertThat(tenants.list()).isEmpty();
    }

    @Test
    void aDomainMovesToItsNextOwner() {
        contoso();
        assertThat(tenants.find("a.example")).isPresent();
        tenants.delete(World.ACTOR, ID);
        Tenant next =
                tenants.create(
                        World.ACTOR,
                        new NewTenant(null, TenantKind.ALL, "Next", List.of("a.example")));

        assertThat(tenants.find("a.example")).contains(next);
    }

    @Test
    void anotherProcessHearsOfTheChange() {
        contoso();
        World.Node other = world.node();
        assertThat(other.tenants().find(ID).orElseThrow().active()).isTrue();
        World.assertHeard(
                other,
                () -> tenants.disable(World.ACTOR, ID),
                () -> !other.tenants().find(ID).orElseThrow().active());
    }
}
