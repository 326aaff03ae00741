package dev.usher.store;

import dev.usher.ids.TenantId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reading through one session. */
class JdbcReadTx implements ReadTx {

    private static final String TENANT = "tenant";

    private final Session session;
    private final TenantId tenant;
    private final Thread owner = Thread.currentThread();
    private boolean open = true;

    JdbcReadTx(Session session, TenantId tenant) {
        this.session = session;
        this.tenant = tenant;
    }

    /** From now on every use is a mistake, and told so. */
    final void close() {
        open = false;
    }

    final Session session() {
        if (!open || Thread.currentThread() != owner) {
            throw new IllegalStateException("a transaction is used outside of its callback");
        }
        return session;
    }

    final String tenantText() {
        return tenant.toString();
    }

    @Override
    public final TenantId tenant() {
        return tenant;
    }

    @Override
    public Optional<Entity> find(Kind kind, String parent, String id) {
        return select(kind, parent, id, "");
    }

    final Optional<Entity> select(Kind kind, String parent, String id, String suffix) {
        Shape shape = kind.shape();
        if (!shape.holds(parent)) {
            return Optional.empty();
        }
        String sql = suffix.isEmpty() ? shape.find() : shape.find() + suffix;
        List<String> values = shape.findValues(tenantText(), Entity.fold(parent), id);
        return session().one(sql, values, shape::entity);
    }

    /** An entity of a page with the values of its sort keys. */
    private record Placed(Entity entity, List<@Nullable Object> values) {}

    @Override
    public Page query(Query query) {
        if (query.limit() < 1) {
            throw new IllegalArgumentException("limit " + query.limit());
        }
        QueryCompiler compiler = compiler(query);
        List<Placed> rows =
                session()
                        .list(
                                compiler.page(),
                                row ->
                                        new Placed(
                                                compiler.shape().entity(row),
                                                compiler.values(row)));
        List<Entity> items = rows.stream().limit(query.limit()).map(Placed::entity).toList();
        if (rows.size() <= query.limit()) {
            return new Page(items, null);
        }
        Placed last = rows.get(query.limit() - 1);
        return new Page(items, new Query.Cursor(last.values(), last.entity().key()));
    }

    @Override
    public long count(Query query) {
        return session().one(compiler(query).count(), row -> row.getLong(1)).orElse(0L);
    }

    @Override
    public Map<String, List<Entity>> expand(Query query, Collection<String> owners) {
        Map<String, List<Entity>> found = new LinkedHashMap<>();
        if (owners.isEmpty()) {
            return found;
        }
        QueryCompiler compiler = compiler(query);
        List<String> folded = owners.stream().map(Entity::fold).distinct().toList();
        session()
                .list(
                        compiler.expand(folded),
                        row ->
                                found.computeIfAbsent(
                                                row.getString("owner"), _ -> new ArrayList<>())
                                        .add(compiler.shape().entity(row)));
        return found;
    }

    private QueryCompiler compiler(Query query) {
        return new QueryCompiler(session().dialect(), tenantText(), query);
    }

    @Override
    public boolean linked(
            String link, String sourceKind, String sourceKey, String targetKind, String targetKey) {
        return session()
                .one(
                        "select 1 from link where tenant_id = ? and link = ? and source_kind = ?"
                                + " and source_key = ? and target_kind = ? and target_key = ?",
                        List.of(
                                tenantText(),
                                link,
                                sourceKind,
                                Entity.fold(sourceKey),
                                targetKind,
                                Entity.fold(targetKey)),
                        row -> row.getInt(1))
                .isPresent();
    }

    @Override
    public List<Incoming> incoming(String targetKind, String targetKey, int limit) {
        return session()
                .list(
                        "select link, source_kind, source_key from link where tenant_id = ?"
                                + " and target_kind = ? and target_key = ?"
                                + " order by link, source_kind, source_key limit ?",
                        List.of(tenantText(), targetKind, Entity.fold(targetKey), (long) limit),
                        row -> new Incoming(row.getString(1), row.getString(2), row.getString(3)));
    }

    @Override
    public List<Outgoing> outgoing(
            Collection<String> links, String sourceKind, String sourceKey, int limit) {
        SqlText sql = new SqlText().add("select l.link, l.target_kind, l.target_key from link l");
        return session()
                .list(
                        sql.add(from(links, sourceKind, sourceKey, limit)),
                        row -> new Outgoing(row.getString(1), row.getString(2), row.getString(3)));
    }

    @Override
    public List<Target> targets(
            Collection<String> links, String sourceKind, String sourceKey, int limit) {
        SqlText sql = new SqlText().add("select ").add(Shape.DOCUMENT.select("e"));
        sql.add(", l.link, l.target_kind from link l").add(Shape.DOCUMENT.joinTarget("e", "l"));
        return session()
                .list(
                        sql.add(from(links, sourceKind, sourceKey, limit)),
                        row ->
                                new Target(
                                        row.getString("link"),
                                        Shape.DOCUMENT.entity(row, row.getString("target_kind"))));
    }

    private SqlText from(Collection<String> links, String sourceKind, String sourceKey, int limit) {
        SqlText sql = new SqlText().add(" where l.tenant_id = ").bind(tenantText());
        sql.add(" and l.source_kind = ").bind(sourceKind);
        sql.add(" and l.source_key = ").bind(Entity.fold(sourceKey));
        // named one by one: with an array, PostgreSQL plans anew each time, which costs more than
        // the rest
        sql.add(" and l.link in ").bindAll(links);
        sql.add(" order by l.position, l.link, l.target_kind, l.target_key limit ");
        return sql.bind((long) limit);
    }

    @Override
    public Sql sql(String text) {
        NamedSql statement = NamedSql.parse(text);
        if (!statement.names().contains(TENANT)) {
            throw new IllegalArgumentException("a statement must be bound to :tenant: " + text);
        }
        return new JdbcSql(session(), statement, mayWrite(), () -> {}).bind(TENANT, tenantText());
    }

    boolean mayWrite() {
        return false;
    }
}
