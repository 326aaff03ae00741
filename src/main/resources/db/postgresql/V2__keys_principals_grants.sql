-- The initial domain of a tenant stands first.
alter table tenant_domain add column position integer not null default 0;

-- What a key does follows from not_before and retire_at; private_key is sealed.
create table signing_key (
    tenant_id   text collate "C" not null,
    kid         text collate "C" not null,
    algorithm   text collate "C" not null,
    created_at  bigint           not null,
    not_before  bigint           not null,
    retire_at   bigint,
    public_jwk  text             not null,
    private_key text             not null,
    primary key (tenant_id, kid)
);

create table service_principal (
    tenant_id       text collate "C" not null,
    entity_key      text collate "C" not null,
    entity_id       text collate "C" not null,
    type_name       text collate "C" not null,
    version         bigint           not null,
    app_id          text collate "C" not null,
    display_name    text collate "C",
    account_enabled boolean,
    doc             jsonb            not null,
    primary key (tenant_id, entity_key)
);

create unique index service_principal_app_id on service_principal (tenant_id, app_id);

create index service_principal_display_name
    on service_principal (tenant_id, display_name nulls first, entity_key);

create table app_role_assignment (
    tenant_id    text collate "C" not null,
    entity_key   text collate "C" not null,
    entity_id    text collate "C" not null,
    type_name    text collate "C" not null,
    version      bigint           not null,
    principal_id text collate "C" not null,
    resource_id  text collate "C" not null,
    app_role_id  text collate "C" not null,
    created_at   bigint,
    doc          jsonb            not null,
    primary key (tenant_id, entity_key)
);

create unique index app_role_assignment_role
    on app_role_assignment (tenant_id, principal_id, resource_id, app_role_id);

create index app_role_assignment_resource
    on app_role_assignment (tenant_id, resource_id, entity_key);
