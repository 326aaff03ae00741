-- Instants are milliseconds since the epoch. Every key and index leads with tenant_id; the register
-- of domains alone does not, because it is what finds the tenant.

create table tenant (
    tenant_id    text    not null primary key,
    kind         text    not null,
    display_name text    not null,
    state        text    not null,
    created_at   integer not null
) strict, without rowid;

create table tenant_domain (
    domain    text not null primary key,
    tenant_id text not null references tenant (tenant_id)
) strict, without rowid;

create index tenant_domain_tenant on tenant_domain (tenant_id);

create table document (
    tenant_id  text    not null,
    kind       text    not null,
    parent     text    not null,
    entity_key text    not null,
    entity_id  text    not null,
    type_name  text    not null,
    version    integer not null,
    doc        text    not null,
    primary key (tenant_id, kind, parent, entity_key)
) strict;

create index document_display_name
    on document (tenant_id, kind, parent, json_extract(doc, '$.displayName'), entity_key);

create table link (
    tenant_id   text    not null,
    link        text    not null,
    source_kind text    not null,
    source_key  text    not null,
    target_kind text    not null,
    target_key  text    not null,
    position    integer not null,
    primary key (tenant_id, link, source_kind, source_key, target_kind, target_key)
) strict, without rowid;

create index link_target
    on link (tenant_id, target_kind, target_key, link, source_kind, source_key);

-- The rows of one transaction share tx_id. "at" is the tenant's time, "logged_at" the machine's:
-- other processes find new rows by the latter.
create table audit (
    tenant_id   text    not null,
    logged_at   integer not null,
    tx_id       text    not null,
    position    integer not null,
    at          integer not null,
    client_id   text    not null,
    user_id     text,
    request_id  text    not null,
    operation   text    not null,
    kind        text    not null,
    entity_key  text    not null,
    before_hash text,
    after_hash  text,
    primary key (tenant_id, logged_at, tx_id, position)
) strict, without rowid;

create table application (
    tenant_id    text    not null,
    entity_key   text    not null,
    entity_id    text    not null,
    type_name    text    not null,
    version      integer not null,
    app_id       text    not null,
    display_name text,
    created_at   integer,
    doc          text    not null,
    primary key (tenant_id, entity_key)
) strict;

create unique index application_app_id on application (tenant_id, app_id);

create index application_display_name on application (tenant_id, display_name, entity_key);
