package dev.usher.graph;

import dev.usher.directory.DirectoryRole;
import dev.usher.odata.GraphError;
import dev.usher.odata.Refusal;
import dev.usher.store.Actor;
import dev.usher.store.Entity;
import dev.usher.store.Kind;
import dev.usher.store.ReadTx;
import dev.usher.store.WriteTx;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What a deletion of a directory object leaves behind, and what it takes with it. */
final class DeletedObjects {

    static final String DELETED_AT = "deletedDateTime";

    private static final String DIRECTORY = "Directory.ReadWrite.All";

    private static final Manager OF_PEOPLE =
            new Manager(
                    Set.of("User.DeleteRestore.All", "User.ReadWrite.All", DIRECTORY),
                    Set.of(DirectoryRole.USER_ADMINISTRATOR, DirectoryRole.GLOBAL_ADMINISTRATOR));
    private static final Manager OF_APPLICATIONS =
            new Manager(
                    Set.of("Application.ReadWrite.All", DIRECTORY),
                    Set.of(
                            DirectoryRole.APPLICATION_ADMINISTRATOR,
                            DirectoryRole.CLOUD_APPLICATION_ADMINISTRATOR,
                            DirectoryRole.GLOBAL_ADMINISTRATOR));

    private final DirectoryKinds kinds;

    /** Who restores deleted objects of a sort, or removes them for good. */
    private record Manager(Set<String> permissions, Set<DirectoryRole> roles) {

        boolean is(Actor actor) {
            boolean permitted = !Collections.disjoint(permissions, actor.permissions());
            return permitted
                    && (actor.userId() == null
                            || roles.stream()
                                    .map(DirectoryRole::templateId)
                                    .anyMatch(actor.roleIds()::contains));
        }
    }

    DeletedObjects(DirectoryKinds kinds) {
        this.kinds = kinds;
    }

    /** Whether it is a deleted object already, and is now gone for good. */
    static boolean gone(Entity entity) {
        return entity.kind().equals(DirectoryKinds.DELETED.name());
    }

    /**
     * All sorts are kept in one place, and reached by the permission for any of them.
     *
     * @throws Refusal 403 if the caller's is for another sort
     */
    static void requireManager(WriteTx tx, Entity deleted) {
        Manager manager = deleted.type().equals(Users.TYPE) ? OF_PEOPLE : OF_APPLICATIONS;
        if (!manager.is(tx.actor())) {
            throw new Refusal(
                    GraphError.DENIED,
                    "Insufficient privileges to complete the operation: it needs one of "
                            + String.join(", ", new TreeSet<>(manager.permissions))
                            + ", and of people a role that goes with it.");
        }
    }

    /** Keeps an object that was just deleted, so that it can be restored. */
    void keep(WriteTx tx, Entity deleted) {
        Entity kept =
                new Entity(
                        DirectoryKinds.DELETED.name(),
                        "",
                        deleted.id(),
                        deleted.type(),
                        0,
                        deleted.properties().deepCopy().put(DELETED_AT, tx.now().toString()));
        tx.insert(DirectoryKinds.DELETED, kept);
        unlink(tx, deleted);
    }

    /** Removes every grant and role of a principal, and every grant of it as a resource. */
    void revoke(WriteTx tx, String id) {
        for (String property : List.of("principalId", "resourceId")) {
            remove(tx, kinds.appRoleAssignment(), property, id);
            remove(tx, kinds.permissionGrant(), property, id);
        }
        remove(tx, kinds.permissionGrant(), "clientId", id);
        remove(tx, kinds.roleAssignment(), "principalId", id);
    }

    private static void remove(WriteTx tx, Kind kind, String property, String id) {
        List<Entity> found;
        do {
            found = DirectoryKinds.where(tx, kind, Map.of(property, id));
            for (Entity entity : found) {
                tx.lock(kind, "", entity.id()).ifPresent(locked -> tx.delete(kind, locked));
            }
        } while (found.size() == DirectoryKinds.FOUND_MAX);
    }

    private static void unlink(WriteTx tx, Entity deleted) {
        List<ReadTx.Incoming> found;
        do {
            found = tx.incoming(deleted.kind(), deleted.path(), DirectoryKinds.FOUND_MAX);
            for (ReadTx.Incoming link : found) {
                tx.unlink(
                        link.link(),
                        link.sourceKind(),
                        link.sourceKey(),
                        deleted.kind(),
                        deleted.path());
            }
        } while (found.size() == DirectoryKinds.FOUND_MAX);
    }
}
