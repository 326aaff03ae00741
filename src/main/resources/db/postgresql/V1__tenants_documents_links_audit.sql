-- Instants are milliseconds since the epoch. Every key and index leads with tenant_id; the register
-- of domains alone does not, because it is what finds the tenant. Text collates "C", so that it
-- sorts by code point. Indexes put null first, as OData sorts it.
--
-- On a table that was never analyzed, every equality counts as very selective. A secondary index
-- must then look worse than the primary key for the primary key's own queries, or it is taken in its
-- place and read from end to end: so the column that is its own comes right after tenant_id.

create table tenant (
    tenant_id    text collate "C" not null primary key,
    kind         text collate "C" not null,
    display_name text collate "C" not null,
    state        text collate "C" not null,
    created_at   bigint           not null
);

create table tenant_domain (
    domain    text collate "C" not null primary key,
    tenant_id text collate "C" not null references tenant (tenant_id)
);

create index tenant_domain_tenant on tenant_domain (tenant_id);

create table document (
    tenant_id  text collate "C" not null,
    kind       text collate "C" not null,
    parent     text collate "C" not null,
    entity_key text collate "C" not null,
    entity_id  text collate "C" not null,
    type_name  text collate "C" not null,
    version    bigint           not null,
    doc        jsonb            not null,
    primary key (tenant_id, kind, parent, entity_key)
);

create index document_display_name
    on document (
        tenant_id, ((doc #>> '{"displayName"}') collate "C") nulls first, kind, parent, entity_key);

create table link (
    tenant_id   text collate "C" not null,
    link        text collate "C" not null,
    source_kind text collate "C" not null,
    source_key  text collate "C" not null,
    target_kind text collate "C" not null,
    target_key  text collate "C" not null,
    position    bigint           not null,
    primary key (tenant_id, link, source_kind, source_key, target_kind, target_key)
);

create index link_target
    on link (tenant_id, target_key, target_kind, link, source_kind, source_key);

-- The rows of one transaction share tx_id. "at" is the tenant's time, "logged_at" the machine's:
-- other processes find new rows by the latter.
create table audit (
    tenant_id   text collate "C" not null,
    logged_at   bigint           not null,
    tx_id       text collate "C" not null,
    position    integer          not null,
    at          bigint           not null,
    client_id   text collate "C" not null,
    user_id     text collate "C",
    request_id  text collate "C" not null,
    operation   text collate "C" not null,
    kind        text collate "C" not null,
    entity_key  text collate "C" not null,
    before_hash text collate "C",
    after_hash  text collate "C",
    primary key (tenant_id, logged_at, tx_id, position)
);

create table application (
    tenant_id    text collate "C" not null,
    entity_key   text collate "C" not null,
    entity_id    text collate "C" not null,
    type_name    text collate "C" not null,
    version      bigint           not null,
    app_id       text collate "C" not null,
    display_name text collate "C",
    created_at   bigint,
    doc          jsonb            not null,
    primary key (tenant_id, entity_key)
);

create unique index application_app_id on application (tenant_id, app_id);

create index application_display_name
    on application (tenant_id, display_name nulls first, entity_key);
