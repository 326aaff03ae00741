-- The initial domain of a tenant stands first.
alter table tenant_domain add column position integer not null default 0;

-- What a key does follows from not_before and retire_at; private_key is sealed.
create table signing_key (
    tenant_id   text    not null,
    kid         text    not null,
    algorithm   text    not null,
    created_at  integer not null,
    not_before  integer not null,
    retire_at   integer,
    public_jwk  text    not null,
    private_key text    not null,
    primary key (tenant_id, kid)
) strict, without rowid;

create table service_principal (
    tenant_id       text    not null,
    entity_key      text    not null,
    entity_id       text    not null,
    type_name       text    not null,
    version         integer not null,
    app_id          text    not null,
    display_name    text,
    account_enabled integer,
    doc             text    not null,
    primary key (tenant_id, entity_key)
) strict;

create unique index service_principal_app_id on service_principal (tenant_id, app_id);

create index service_principal_display_name
    on service_principal (tenant_id, display_name, entity_key);

create table app_role_assignment (
    tenant_id    text    not null,
    entity_key   text    not null,
    entity_id    text    not null,
    type_name    text    not null,
    version      integer not null,
    principal_id text    not null,
    resource_id  text    not null,
    app_role_id  text    not null,
    created_at   integer,
    doc          text    not null,
    primary key (tenant_id, entity_key)
) strict;

create unique index app_role_assignment_role
    on app_role_assignment (tenant_id, principal_id, resource_id, app_role_id);

create index app_role_assignment_resource
    on app_role_assignment (tenant_id, resource_id, entity_key);
