package dev.usher.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.graph.applications.item.addpassword.AddPasswordPostRequestBody;
import com.microsoft.graph.core.tasks.PageIterator;
import com.microsoft.graph.models.AppRoleAssignment;
import com.microsoft.graph.models.Application;
import com.microsoft.graph.models.KeyCredential;
import com.microsoft.graph.models.ObjectIdentity;
import com.microsoft.graph.models.PasswordCredential;
import com.microsoft.graph.models.PasswordProfile;
import com.microsoft.graph.models.ServicePrincipal;
import com.microsoft.graph.models.UnifiedRoleAssignment;
import com.microsoft.graph.models.User;
import com.microsoft.graph.models.UserCollectionResponse;
import com.microsoft.graph.models.odataerrors.ODataError;
import com.microsoft.graph.serviceclient.GraphServiceClient;
import dev.usher.acceptance.fixture.Crowd;
import dev.usher.acceptance.fixture.Registered;
import dev.usher.acceptance.fixture.RsaKey;
import dev.usher.acceptance.fixture.Sdk;
import dev.usher.acceptance.fixture.Usher;
import dev.usher.acceptance.fixture.UsherTest;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The directory by Microsoft's SDK for Java, v1.0. */
@UsherTest
class DirectorySdkTest {

    private static final String GRAPH = "00000003-0000-0000-c000-000000000000";
    private static final UUID USER_READ_ALL =
            UUID.fromString("df021288-bdef-4463-88db-98f22de89214");

    private final Usher usher;
    private final GraphServiceClient graph;

    DirectorySdkTest(Usher usher) {
        this.usher = usher;
        this.graph = Sdk.stable(usher);
    }

    /** Five thousand people, page by page, by the SDK's own iterator. */
    @Test
    void everybody() throws ReflectiveOperationException {
        Crowd.gather(usher);
        UserCollectionResponse first =
                graph.users()
                        .get(request -> {
                            request.queryParameters.filter = Crowd.FILTER;
                            request.queryParameters.select = new String[] {"id"};
                            request.queryParameters.top = Crowd.PAGE_MAX;
                        });
        assertThat(first.getValue()).hasSize(Crowd.PAGE_MAX);
        Set<String> seen = new HashSet<>();
        new PageIterator.Builder<User, UserCollectionResponse>()
                .client(graph)
                .collectionPage(first)
                .collectionPageFactory(UserCollectionResponse::createFromDiscriminatorValue)
                .processPageItemCallback(user -> seen.add(user.getId()))
                .build()
                .iterate();
        assertThat(seen).hasSize(Crowd.SIZE);
    }

    private User person(String mail) {
        ObjectIdentity identity = new ObjectIdentity();
        identity.setSignInType("emailAddress");
        identity.setIssuer(usher.tenant().domain());
        identity.setIssuerAssignedId(mail);
        PasswordProfile profile = new PasswordProfile();
        profile.setPassword("Correct-Horse-1");
        profile.setForceChangePasswordNextSignIn(false);
        User user = new User();
        user.setDisplayName("Ann Other");
        user.setMail(mail);
        user.setIdentities(List.of(identity));
        user.setPasswordProfile(profile);
        user.setPasswordPolicies("DisablePasswordExpiration");
        return user;
    }

    @Test
    void aPerson() {
        String mail = Usher.fresh("sdk") + "@example.com";
        User created = graph.users().post(person(mail));
        assertThat(created.getId()).isNotEmpty();

        assertThat(
                        graph.users()
                                .get(request ->
                                        request.queryParameters.filter = "mail eq '" + mail + "'")
                                .getValue())
                .extracting(User::getId)
                .containsExactly(created.getId());
        String identity =
                "identities/any(c:c/issuerAssignedId eq '%s' and c/issuer eq '%s')"
                        .formatted(mail, usher.tenant().domain());
        assertThat(
                        graph.users()
                                .get(request -> request.queryParameters.filter = identity)
                                .getValue())
                .hasSize(1);
        assertThat(
                        graph.users()
                                .get(request -> {
                                    request.queryParameters.search = "\"displayName:ann\"";
                                    request.headers.add("ConsistencyLevel", "eventual");
                                })
                                .getValue())
                .isNotEmpty();
        assertThat(
                        graph.users()
                                .count()
                                .get(request ->
                                        request.headers.add("ConsistencyLevel", "eventual")))
                .isPositive();
        changedAndDeleted(created);
    }

    private void changedAndDeleted(User created) {
        User change = new User();
        change.setJobTitle("Smith");
        graph.users().byUserId(created.getId()).patch(change);
        assertThat(graph.users().byUserId(created.getId()).get().getJobTitle()).isEqualTo("Smith");
        assertThat(graph.users().byUserId(created.getId()).revokeSignInSessions().post().getValue())
                .isTrue();
        graph.users().byUserId(created.getId()).delete();
        assertThatThrownBy(() -> graph.users().byUserId(created.getId()).get())
                .isInstanceOfSatisfying(
                        ODataError.class,
                        error ->
                                assertThat(error.getError().getCode())
                                        .isEqualTo("Request_ResourceNotFound"));
        assertThat(graph.directory().deletedItems().graphUser().get().getValue())
                .extracting(User::getId)
                .contains(created.getId());
        graph.directory().deletedItems().byDirectoryObjectId(created.getId()).restore().post();
        assertThat(graph.users().byUserId(created.getId()).get().getId())
                .isEqualTo(created.getId());
    }

    @Test
    void anApplicationWithItsGrant() {
        RsaKey key = new RsaKey();
        KeyCredential certificate = new KeyCredential();
        certificate.setType("AsymmetricX509Cert");
        certificate.setUsage("Verify");
        certificate.setKey(key.certificate());
        Application wanted = new Application();
        wanted.setDisplayName(Usher.fresh("Sdk"));
        wanted.setKeyCredentials(List.of(certificate));
        Application application = graph.applications().post(wanted);
        ServicePrincipal principal = new ServicePrincipal();
        principal.setAppId(application.getAppId());
        principal = graph.servicePrincipals().post(principal);
        PasswordCredential credential = new PasswordCredential();
        credential.setDisplayName("first");
        AddPasswordPostRequestBody body = new AddPasswordPostRequestBody();
        body.setPasswordCredential(credential);

        PasswordCredential added =
                graph.applications().byApplicationId(application.getId()).addPassword().post(body);

        assertThat(added.getSecretText()).startsWith(added.getHint()).hasSizeGreaterThan(30);
        assertThat(
                        graph.applicationsWithAppId(application.getAppId())
                                .get()
                                .getPasswordCredentials())
                .hasSize(1);
        ServicePrincipal resource = graph.servicePrincipalsWithAppId(GRAPH).get();
        assertThat(resource.getAppRoles()).isNotEmpty();
        AppRoleAssignment grant = new AppRoleAssignment();
        grant.setPrincipalId(UUID.fromString(principal.getId()));
        grant.setResourceId(UUID.fromString(resource.getId()));
        grant.setAppRoleId(USER_READ_ALL);
        var grants =
                graph.servicePrincipals()
                        .byServicePrincipalId(principal.getId())
                        .appRoleAssignments();
        AppRoleAssignment granted = grants.post(grant);
        assertThat(granted.getResourceDisplayName()).isEqualTo("Microsoft Graph");
        assertThat(grants.get().getValue()).hasSize(1);
        Registered registered =
                new Registered(usher, application.getAppId(), added.getSecretText(), key);
        List<String> tokens = registered.granted();
        grants.byAppRoleAssignmentId(granted.getId()).delete();
        registered.revoked(tokens);
        assertThat(grants.get().getValue()).isEmpty();
    }

    @Test
    void rolesAndTheTenant() {
        User user = graph.users().post(person(Usher.fresh("role") + "@example.com"));
        UnifiedRoleAssignment assignment = new UnifiedRoleAssignment();
        assignment.setPrincipalId(user.getId());
        assignment.setRoleDefinitionId("88d8e3e3-8f55-4a1e-953a-9b9898b8876b");
        assignment.setDirectoryScopeId("/");
        UnifiedRoleAssignment made =
                graph.roleManagement().directory().roleAssignments().post(assignment);
        assertThat(graph.users().byUserId(user.getId()).memberOf().get().getValue()).hasSize(1);
        graph.roleManagement()
                .directory()
                .roleAssignments()
                .byUnifiedRoleAssignmentId(made.getId())
                .delete();
        assertThat(graph.users().byUserId(user.getId()).memberOf().get().getValue()).isEmpty();
        assertThat(graph.organization().get().getValue().getFirst().getVerifiedDomains())
                .isNotEmpty();
        assertThat(graph.domains().get().getValue()).isNotEmpty();
        assertThat(graph.auditLogs().directoryAudits().get().getValue().getFirst())
                .satisfies(row -> assertThat(row.getInitiatedBy().getApp()).isNotNull());
    }
}
