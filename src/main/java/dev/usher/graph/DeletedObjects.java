package dev.usher.graph;

import dev.usher.store.Entity;
import dev.usher.store.Kind;
import dev.usher.store.ReadTx;
import dev.usher.store.WriteTx;
import java.util.List;
import java.util.Map;

/** What a deletion of a directory object leaves behind, and what it takes with it. */
final class DeletedObjects {

    static final String DELETED_AT = "deletedDateTime";

    private final DirectoryKinds kinds;

    DeletedObjects(DirectoryKinds kinds) {
        this.kinds = kinds;
    }

    /** Whether it is a deleted object already, and is now gone for good. */
    static boolean gone(Entity entity) {
        return entity.kind().equals(DirectoryKinds.DELETED.name());
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
