package dev.usher.graph;

import dev.usher.odata.MemberSource;
import dev.usher.odata.Refusal;
import dev.usher.store.Actor;
import dev.usher.store.Entity;
import dev.usher.store.ReadTx;
import dev.usher.store.WriteTx;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who owns an application or service principal: people and service principals, by links. */
final class Owners implements MemberSource {

    /** What lets a caller change any application. */
    static final List<String> MANAGING =
            List.of("Application.ReadWrite.All", "Directory.ReadWrite.All");

    /** What lets an application change those that it owns. */
    private static final String MANAGING_OWNED = "Application.ReadWrite.OwnedBy";

    /** Owners of one object. */
    static final int OWNERS_MAX = 100;

    private final DirectoryKinds kinds;
    private final String type;

    /**
     * @param type the qualified name of the type that is owned
     */
    Owners(DirectoryKinds kinds, String type) {
        this.kinds = kinds;
        this.type = type;
    }

    @Override
    public String collection() {
        return type + "/" + Applications.OWNERS;
    }

    @Override
    public List<Entity> members(ReadTx tx, @Nullable Entity owner) {
        if (owner == null) {
            return List.of();
        }
        return tx
                .outgoing(List.of(Applications.OWNERS), owner.kind(), owner.path(), OWNERS_MAX)
                .stream()
                .flatMap(link -> kinds.object(tx, link.targetKey()).stream())
                .toList();
    }

    @Override
    public void add(WriteTx tx, Entity owner, Entity target) {
        if (!target.kind().equals("user") && !target.kind().equals("servicePrincipal")) {
            throw AppCredentials.invalid(
                    Applications.OWNERS, "An owner is a person or a service principal.");
        }
        if (members(tx, owner).size() >= OWNERS_MAX) {
            throw AppCredentials.invalid(
                    Applications.OWNERS, "There are at most " + OWNERS_MAX + " owners.");
        }
        boolean added =
                tx.link(
                        Applications.OWNERS,
                        owner.kind(),
                        owner.path(),
                        target.kind(),
                        target.path());
        if (!added) {
            throw duplicate();
        }
    }

    /** Whether an application that calls by itself owns the object. */
    static boolean owns(ReadTx tx, DirectoryKinds kinds, Actor actor, Entity object) {
        return actor.userId() == null
                && kinds.principal(tx, actor.clientId())
                        .filter(caller ->
                                tx.linked(
                                        Applications.OWNERS,
                                        object.kind(),
                                        object.path(),
                                        caller.kind(),
                                        caller.path()))
                        .isPresent();
    }

    /** Whether the caller may change the application or service principal, by any permission. */
    static boolean manages(ReadTx tx, DirectoryKinds kinds, Actor actor, Entity object) {
        return !Collections.disjoint(actor.permissions(), MANAGING)
                || (actor.permissions().contains(MANAGING_OWNED) && owns(tx, kinds, actor, object));
    }

    private static Refusal duplicate() {
        return Roles.conflict(
                "One or more added object references already exist for the following modified"
                        + " properties: 'owners'.");
    }

    @Override
    public boolean remove(WriteTx tx, Entity owner, Entity target) {
        return tx.unlink(
                Applications.OWNERS, owner.kind(), owner.path(), target.kind(), target.path());
    }

    /** What a person owns. */
    MemberSource owned() {
        return new MemberSource() {
            @Override
            public String collection() {
                return Users.TYPE + "/ownedObjects";
            }

            @Override
            public List<Entity> members(ReadTx tx, @Nullable Entity person) {
                if (person == null) {
                    return List.of();
                }
                return tx.incoming(person.kind(), person.path(), DirectoryKinds.FOUND_MAX).stream()
                        .filter(link -> link.link().equals(Applications.OWNERS))
                        .flatMap(link -> kinds.object(tx, link.sourceKey()).stream())
                        .toList();
            }
        };
    }
}
