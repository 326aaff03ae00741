package dev.usher.graph;

import dev.usher.client.Clients;
import dev.usher.client.GraphPermissions;
import dev.usher.directory.PasswordSignIn;
import dev.usher.edm.Model;
import dev.usher.ids.Ids;
import dev.usher.odata.ActionHandler;
import dev.usher.odata.MemberSource;
import dev.usher.odata.Strategy;
import dev.usher.tenant.TenantSeed;
import java.util.ArrayList;
import java.util.List;

/** What the types of the directory add to the engine. */
final class DirectoryTypes {

    private final DirectoryKinds kinds;
    private final Clients clients;
    private final GraphPermissions permissions;
    private final PasswordProfiles passwords;
    private final Roles roles;
    private final ExtensionProperties extensions;
    private final AuthenticationMethods methods;
    private final ProtectedPeople protectedPeople;
    private final UrlRule urls;
    private final Ids ids;

    DirectoryTypes(
            Model model,
            Clients clients,
            PasswordSignIn signIn,
            GraphPermissions permissions,
            UrlRule urls,
            Ids ids) {
        this.kinds = DirectoryKinds.of(model);
        this.clients = clients;
        this.permissions = permissions;
        this.passwords = new PasswordProfiles(signIn, kinds.user());
        this.roles = new Roles(kinds, ids);
        this.extensions = new ExtensionProperties(kinds);
        this.methods = new AuthenticationMethods(kinds, model);
        this.protectedPeople = new ProtectedPeople(kinds);
        this.urls = urls;
        this.ids = ids;
    }

    /** What every tenant has of the directory from its first moment. */
    static TenantSeed seed(Model model) {
        return Roles.definitions(DirectoryKinds.of(model));
    }

    ExtensionProperties extensions() {
        return extensions;
    }

    List<Strategy> strategies() {
        DeletedObjects deleted = new DeletedObjects(kinds);
        ServicePrincipals principals = new ServicePrincipals(kinds, permissions, deleted);
        return List.of(
                new Users(kinds, passwords, new ExtensionValues(kinds), deleted),
                new Applications(kinds, principals, deleted, ids),
                principals,
                extensions,
                new AppRoleAssignments(kinds, permissions),
                new PermissionGrants(kinds, permissions),
                new DirectoryRoles(roles),
                new RoleAssignments(kinds, roles),
                new FederatedCredentials(urls),
                new KeptMethods.Emails(protectedPeople),
                new KeptMethods.Phones(protectedPeople));
    }

    List<ActionHandler> actions() {
        CredentialActions credentials = new CredentialActions(kinds, clients);
        List<ActionHandler> actions = new ArrayList<>();
        actions.add(credentials.addPassword());
        actions.add(credentials.removePassword());
        actions.addAll(new KeyActions(kinds, ids).all());
        actions.addAll(new UserActions(kinds, passwords, roles).all());
        actions.addAll(new ObjectActions(kinds).all());
        actions.add(new ResetPassword(kinds, passwords, protectedPeople, ids));
        return actions;
    }

    List<MemberSource> sources() {
        DirectoryRoles directoryRoles = new DirectoryRoles(roles);
        Owners owners = new Owners(kinds, Applications.TYPE);
        List<MemberSource> sources = new ArrayList<>(methods.sources());
        sources.addAll(
                List.of(
                        Organizations.organization(),
                        Organizations.domains(),
                        DirectoryRoles.templates(),
                        directoryRoles.members(),
                        directoryRoles.memberships(Users.TYPE),
                        directoryRoles.memberships(ServicePrincipals.TYPE),
                        owners,
                        owners.owned(),
                        new Owners(kinds, ServicePrincipals.TYPE)));
        return sources;
    }
}
