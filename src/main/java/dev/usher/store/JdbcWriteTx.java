package dev.usher.store;

import dev.usher.ids.Ids;
import dev.usher.ids.TenantId;
import dev.usher.secret.Sha256;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Writing through one session. */
final class JdbcWriteTx extends JdbcReadTx implements WriteTx {

    /** Rows in one statement. */
    static final int ROWS_MAX = 64;

    /** Hexadecimal digits of a hash that make the key of a name that is held. */
    private static final int HOLD_DIGITS = 16;

    private final Actor actor;
    private final Instant now;
    private final Ids ids;
    private final Secrets secrets;
    private final AuditLog log = new AuditLog();

    /** What this transaction holds locked, as it is stored; never handed out. */
    private final Map<Place, Entity> held = new HashMap<>();

    /** The kinds that this transaction has met, for locking the targets of links. */
    private final Map<String, Kind> kinds = new HashMap<>();

    JdbcWriteTx(
            Session session, TenantId tenant, Actor actor, Instant now, Ids ids, Secrets secrets) {
        super(session, tenant);
        this.actor = actor;
        this.now = now;
        this.ids = ids;
        this.secrets = secrets;
    }

    /** Where an entity lies. */
    private record Place(String kind, String parent, String key) {
        static Place of(Entity entity) {
            return new Place(entity.kind(), entity.parent(), entity.key());
        }
    }

    AuditLog log() {
        return log;
    }

    @Override
    boolean mayWrite() {
        return true;
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public Actor actor() {
        return actor;
    }

    @Override
    public Optional<Entity> find(Kind kind, String parent, String id) {
        kinds.put(kind.name(), kind);
        return super.find(kind, parent, id);
    }

    @Override
    public Page query(Query query) {
        kinds.put(query.kind().name(), query.kind());
        return super.query(query);
    }

    @Override
    public void hold(String name) {
        String statement = session().dialect().holdName();
        if (statement != null) {
            String hash = Sha256.hex(tenant() + "\n" + name);
            long key = Long.parseUnsignedLong(hash.substring(0, HOLD_DIGITS), 16);
            boolean _ = session().one(statement, List.of(key), _ -> true).isPresent();
        }
    }

    @Override
    public Optional<Entity> lock(Kind kind, String parent, String id) {
        kinds.put(kind.name(), kind);
        Optional<Entity> found = select(kind, parent, id, session().dialect().forUpdate());
        found.ifPresent(this::hold);
        return found;
    }

    private void hold(Entity entity) {
        held.put(Place.of(entity), entity.with(entity.properties().deepCopy()));
    }

    private Entity held(Kind kind, Entity entity) {
        if (!entity.kind().equals(kind.name())) {
            throw new IllegalArgumentException(entity.kind() + " is not " + kind.name());
        }
        Entity stored = held.get(Place.of(entity));
        if (stored == null) {
            throw new IllegalStateException(entity.kind() + " " + entity.path() + " is not locked");
        }
        return stored;
    }

    @Override
    public Entity insert(Kind kind, Entity entity) {
        Entity stored = newEntity(kind, entity);
        store(kind, stored);
        inserted(kind, stored);
        return stored;
    }

    @Override
    public boolean insertIfAbsent(Kind kind, Entity entity) {
        Entity stored = newEntity(kind, entity);
        SqlText sql = kind.shape().insert(tenantText(), stored, session().dialect());
        boolean absent = session().update(sql) > 0;
        if (absent) {
            inserted(kind, stored);
        }
        return absent;
    }

    private Entity newEntity(Kind kind, Entity entity) {
        kinds.put(kind.name(), kind);
        if (!entity.kind().equals(kind.name())) {
            throw new IllegalArgumentException(entity.kind() + " is not " + kind.name());
        }
        if (entity.id().isEmpty() || entity.id().indexOf('/') >= 0) {
            throw new IllegalArgumentException("not a key: " + entity.id());
        }
        if (!kind.document() && !entity.parent().isEmpty()) {
            throw new IllegalArgumentException(kind.name() + " is kept at the top only");
        }
        return sealed(kind, entity, entity.id(), null);
    }

    private void inserted(Kind kind, Entity stored) {
        ItemIndexes.insert(session(), tenantText(), kind, List.of(stored));
        WordIndexes.insert(session(), tenantText(), kind, List.of(stored));
        hold(stored);
        audit("create", kind.name(), stored.path(), null, Json.hash(stored));
    }

    @Override
    public void insertAll(Kind kind, List<Entity> entities) {
        for (int from = 0; from < entities.size(); from += ROWS_MAX) {
            List<Entity> rows =
                    entities.subList(from, Math.min(from + ROWS_MAX, entities.size())).stream()
                            .map(entity -> sealed(kind, entity, entity.id(), null))
                            .toList();
            SqlText sql = kind.shape().insert(tenantText(), rows, session().dialect());
            if (session().update(sql) < rows.size()) {
                throw new DuplicateKey(kind.name(), "one of " + rows.getFirst().id() + " ...");
            }
            ItemIndexes.insert(session(), tenantText(), kind, rows);
            WordIndexes.insert(session(), tenantText(), kind, rows);
            for (Entity row : rows) {
                audit("create", kind.name(), row.path(), null, Json.hash(row));
            }
        }
    }

    @Override
    public void append(Kind kind, Entity row) {
        if (kind.document() || !row.kind().equals(kind.name())) {
            throw new IllegalArgumentException(kind.name() + " is no log");
        }
        store(kind, sealed(kind, row, row.id(), null));
    }

    private void store(Kind kind, Entity sealed) {
        SqlText sql = kind.shape().insert(tenantText(), sealed, session().dialect());
        session()
                .later(
                        sql,
                        rows -> {
                            if (rows == 0) {
                                throw new DuplicateKey(kind.name(), sealed.id());
                            }
                        });
    }

    @Override
    public Entity replace(Kind kind, Entity entity) {
        Entity before = held(kind, entity);
        Entity after = sealed(kind, entity, before.id(), before.properties());
        if (update(kind, after) == 0) {
            throw new IllegalStateException(kind.name() + " " + entity.path() + " is gone");
        }
        if (!kind.indexing().items().isEmpty()) {
            ItemIndexes.delete(session(), tenantText(), kind, after);
            ItemIndexes.insert(session(), tenantText(), kind, List.of(after));
        }
        WordIndexes.replace(session(), tenantText(), kind, before, after);
        hold(after);
        audit("update", kind.name(), after.path(), Json.hash(before), Json.hash(after));
        return after;
    }

    private int update(Kind kind, Entity after) {
        try {
            return session().update(kind.shape().update(tenantText(), after, session().dialect()));
        } catch (StoreFailure failure) {
            if (session().dialect().uniqueViolation(failure.getCause())) {
                throw new DuplicateKey(kind.name(), after.id());
            }
            throw failure;
        }
    }

    private Entity sealed(Kind kind, Entity entity, String id, @Nullable ObjectNode stored) {
        ObjectNode properties = entity.properties().deepCopy();
        secrets.seal(tenant(), kind, entity.path(), properties, stored);
        return new Entity(
                entity.kind(),
                Entity.fold(entity.parent()),
                id,
                entity.type(),
                ids.version(),
                properties);
    }

    /** Rows before links: whoever links from a contained entity holds it locked meanwhile. */
    @Override
    public void delete(Kind kind, Entity entity) {
        Entity before = held(kind, entity);
        session().update(kind.shape().delete(tenantText(), before));
        ItemIndexes.delete(session(), tenantText(), kind, before);
        WordIndexes.delete(session(), tenantText(), kind, before);
        held.remove(Place.of(before));
        audit("delete", kind.name(), before.path(), Json.hash(before), null);
        deleteContained(kind, before.path());
        deleteLinks(kind, before.path());
    }

    private void deleteContained(Kind kind, String path) {
        for (String contained : kind.contained()) {
            Kind child = new Kind(contained, null, Map.of(), Set.of());
            Shape shape = child.shape();
            SqlText sql = new SqlText().add("delete from document where ");
            sql.add(shape.ofTenant("document", tenantText())).add(" and (parent = ").bind(path);
            sql.add(" or ").add(below("parent", path)).add(") returning ");
            sql.add(shape.select("document"));
            for (Entity gone : session().list(sql, shape::entity)) {
                held.remove(Place.of(gone));
                audit("delete", contained, gone.path(), Json.hash(gone), null);
            }
        }
    }

    private void deleteLinks(Kind kind, String path) {
        SqlText sql = new SqlText().add("delete from link where tenant_id = ").bind(tenantText());
        sql.add(" and source_kind = ").bind(kind.name());
        session().update(sql.add(" and source_key = ").bind(path));
        for (String contained : kind.contained()) {
            SqlText below =
                    new SqlText().add("delete from link where tenant_id = ").bind(tenantText());
            below.add(" and source_kind = ").bind(contained).add(" and ");
            session().update(below.add(below("source_key", path)));
        }
    }

    /** The range of the paths that begin with this one and a slash. */
    private static SqlText below(String column, String path) {
        return TextMatches.range(new SqlText().add(column), path + "/");
    }

    @Override
    public boolean link(
            String link, String sourceKind, String sourceKey, String targetKind, String targetKey) {
        Link made = linkOf(link, sourceKind, sourceKey, targetKind, targetKey);
        return linked(made, session().update(insert(made)));
    }

    @Override
    public void linkLater(
            String link, String sourceKind, String sourceKey, String targetKind, String targetKey) {
        Link made = linkOf(link, sourceKind, sourceKey, targetKind, targetKey);
        session().later(insert(made), rows -> linked(made, rows));
    }

    /** One link, its keys folded. */
    private record Link(String name, String sourceKind, String source, Kind kind, String target) {}

    private Link linkOf(
            String link, String sourceKind, String sourceKey, String targetKind, String targetKey) {
        Kind kind = kinds.getOrDefault(targetKind, new Kind(targetKind, null, Map.of(), Set.of()));
        return new Link(link, sourceKind, Entity.fold(sourceKey), kind, Entity.fold(targetKey));
    }

    /** Inserts it at the end, and keeps the target from being deleted before it is committed. */
    private SqlText insert(Link link) {
        SqlText sql =
                new SqlText()
                        .add("insert into link (tenant_id, link, source_kind, source_key,")
                        .add(" target_kind, target_key, position) select ");
        for (String value : List.of(tenantText(), link.name(), link.sourceKind(), link.source())) {
            sql.add("cast(").bind(value).add(" as text), ");
        }
        sql.add("cast(").bind(link.kind().name()).add(" as text), e.entity_key, ");
        sql.add("(select coalesce(max(position), 0) + 1 from link where ");
        sql.add(links(link.name(), link.sourceKind(), link.source())).add(") from ");
        sql.add(target(link));
        return sql.add(session().dialect().forShare()).add(" on conflict do nothing");
    }

    private SqlText target(Link link) {
        Shape shape = link.kind().shape();
        return new SqlText()
                .add(shape.table() + " e where ")
                .add(shape.byKey("e", tenantText(), "", link.target()));
    }

    /** What follows from the rows that were inserted; none if it was there, or nothing to link. */
    private boolean linked(Link link, int rows) {
        if (rows > 0) {
            audit("link", link.sourceKind(), link.source(), null, hash(link));
            return true;
        }
        SqlText exists = new SqlText().add("select 1 from ").add(target(link));
        if (session().one(exists, row -> row.getInt(1)).isEmpty()) {
            throw new NoTarget(link.kind().name(), link.target());
        }
        return false;
    }

    private static String hash(Link link) {
        return hash(link.name(), link.kind().name(), link.target());
    }

    private SqlText links(String link, String sourceKind, String source) {
        return new SqlText()
                .add("tenant_id = ")
                .bind(tenantText())
                .add(" and link = ")
                .bind(link)
                .add(" and source_kind = ")
                .bind(sourceKind)
                .add(" and source_key = ")
                .bind(source);
    }

    @Override
    public boolean unlink(
            String link, String sourceKind, String sourceKey, String targetKind, String targetKey) {
        String source = Entity.fold(sourceKey);
        String target = Entity.fold(targetKey);
        SqlText sql = new SqlText().add("delete from link where ");
        sql.add(links(link, sourceKind, source)).add(" and target_kind = ").bind(targetKind);
        if (session().update(sql.add(" and target_key = ").bind(target)) == 0) {
            return false;
        }
        audit("unlink", sourceKind, source, hash(link, targetKind, target), null);
        return true;
    }

    @Override
    public int unlinkAll(String link, String sourceKind, String sourceKey) {
        String source = Entity.fold(sourceKey);
        SqlText sql = new SqlText().add("delete from link where ");
        sql.add(links(link, sourceKind, source)).add(" returning target_kind, target_key");
        List<String> gone =
                session().list(sql, row -> hash(link, row.getString(1), row.getString(2)));
        if (!gone.isEmpty()) {
            String before = new TreeSet<>(gone).stream().collect(Collectors.joining());
            audit("unlink", sourceKind, source, Sha256.hex(before), null);
        }
        return gone.size();
    }

    private static String hash(String link, String targetKind, String target) {
        return Sha256.hex(link + "|" + targetKind + "|" + target);
    }

    @Override
    public void audit(
            String operation,
            String kind,
            String key,
            @Nullable String before,
            @Nullable String after) {
        session();
        log.add(new AuditLog.Row(tenant(), actor, now, operation, kind, key, before, after));
    }
}
