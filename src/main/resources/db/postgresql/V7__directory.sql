-- The directory. Columns that end in _key hold values in their folded form, which is what comparisons that
-- ignore case use. See V1 for what holds of every table.

create table user_account (
    tenant_id  text collate "C" not null,
    entity_key text collate "C" not null,
    entity_id  text collate "C" not null,
    type_name  text collate "C" not null,
    version    bigint not null,
    upn_key          text collate "C" not null,
    mail_key         text collate "C",
    display_name_key text collate "C",
    created_at       bigint,
    doc              jsonb not null,
    primary key (tenant_id, entity_key)
);

create unique index user_account_upn on user_account (tenant_id, upn_key);

create index user_account_mail on user_account (tenant_id, mail_key, entity_key);

create index user_account_display_name
    on user_account (tenant_id, display_name_key nulls first, entity_key);

-- One row for each identity of a person, so that no two people have the same one.
create table user_identity (
    tenant_id    text collate "C" not null,
    assigned_key text collate "C" not null,
    issuer_key   text collate "C" not null,
    entity_key   text collate "C" not null,
    primary key (tenant_id, assigned_key, issuer_key)
);

create index user_identity_entity on user_identity (tenant_id, entity_key);

create table credential (
    tenant_id  text collate "C" not null,
    user_key   text collate "C" not null,
    hash       text    not null,
    changed_at bigint not null,
    primary key (tenant_id, user_key)
);

create table permission_grant (
    tenant_id  text collate "C" not null,
    entity_key text collate "C" not null,
    entity_id  text collate "C" not null,
    type_name  text collate "C" not null,
    version    bigint not null,
    client_id    text collate "C" not null,
    consent_type text collate "C" not null,
    principal_id text collate "C",
    resource_id  text collate "C" not null,
    doc          jsonb not null,
    primary key (tenant_id, entity_key)
);

create unique index permission_grant_of
    on permission_grant (
        tenant_id, client_id, resource_id, consent_type, coalesce(principal_id, ''));

create index permission_grant_principal on permission_grant (tenant_id, principal_id, entity_key);

create table role_assignment (
    tenant_id  text collate "C" not null,
    entity_key text collate "C" not null,
    entity_id  text collate "C" not null,
    type_name  text collate "C" not null,
    version    bigint not null,
    principal_id       text collate "C" not null,
    role_definition_id text collate "C" not null,
    directory_scope_id text collate "C" not null,
    doc                jsonb not null,
    primary key (tenant_id, entity_key)
);

create unique index role_assignment_of
    on role_assignment (tenant_id, principal_id, role_definition_id, directory_scope_id);

create index role_assignment_role on role_assignment (tenant_id, role_definition_id, entity_key);

create table sign_in (
    tenant_id  text collate "C" not null,
    entity_key text collate "C" not null,
    entity_id  text collate "C" not null,
    type_name  text collate "C" not null,
    version    bigint not null,
    created_at bigint not null,
    user_id    text collate "C" not null,
    doc        jsonb not null,
    primary key (tenant_id, entity_key)
);

create index sign_in_time on sign_in (tenant_id, created_at desc nulls last, entity_key);

create table sign_up (
    tenant_id  text collate "C" not null,
    entity_key text collate "C" not null,
    entity_id  text collate "C" not null,
    type_name  text collate "C" not null,
    version    bigint not null,
    created_at bigint not null,
    doc        jsonb not null,
    primary key (tenant_id, entity_key)
);

create index sign_up_time on sign_up (tenant_id, created_at desc nulls last, entity_key);

-- What the audit trail says, in Graph's words.
create view directory_audit as
select
    tenant_id,
    tx_id || '_' || cast(position as text) as entity_key,
    tx_id || '_' || cast(position as text) as entity_id,
    'microsoft.graph.directoryAudit' as type_name,
    cast(1 as bigint) as version,
    logged_at as activity_at,
    case
        when kind = 'credential' then 'Reset user password'
        when kind = 'appRoleAssignment' and operation = 'create'
            then 'Add app role assignment to service principal'
        when kind = 'appRoleAssignment' then 'Remove app role assignment from service principal'
        when kind = 'oAuth2PermissionGrant' and operation = 'create'
            then 'Add delegated permission grant'
        when kind = 'oAuth2PermissionGrant' and operation = 'delete'
            then 'Remove delegated permission grant'
        when kind = 'roleAssignment' and operation = 'create' then 'Add member to role'
        when kind = 'roleAssignment' then 'Remove member from role'
        else
            case operation
                when 'create' then 'Add '
                when 'update' then 'Update '
                when 'delete' then 'Delete '
                when 'link' then 'Add reference of '
                when 'unlink' then 'Remove reference of '
                else operation || ' '
            end
            || case kind
                when 'servicePrincipal' then 'service principal'
                when 'userFlow' then 'user flow'
                when 'identityProvider' then 'identity provider'
                when 'userFlowAttribute' then 'user flow attribute'
                when 'identityApiConnector' then 'API connector'
                when 'oAuth2PermissionGrant' then 'delegated permission grant'
                when 'deletedItem' then 'deleted object'
                else kind
            end
    end as activity,
    case
        when kind in ('user', 'credential', 'deletedItem') then 'UserManagement'
        when kind in (
            'application', 'servicePrincipal', 'appRoleAssignment', 'oAuth2PermissionGrant',
            'extensionProperty') then 'ApplicationManagement'
        when kind in ('roleAssignment', 'directoryRole', 'roleDefinition') then 'RoleManagement'
        when kind in ('tenant', 'signingKey') then 'DirectoryManagement'
        else 'B2C'
    end as category,
    request_id as correlation_id,
    jsonb_build_object(
        'operationType',
        case operation
            when 'create' then 'Add'
            when 'update' then 'Update'
            when 'delete' then 'Delete'
            when 'link' then 'Assign'
            when 'unlink' then 'Unassign'
            else operation
        end,
        'loggedByService', 'Core Directory',
        'result', 'success',
        'resultReason', '',
        'initiatedBy',
        jsonb_build_object(
            'user',
            case when user_id is null then 'null'::jsonb else jsonb_build_object('id', user_id) end,
            'app',
            case when user_id is null then jsonb_build_object('appId', client_id) else 'null'::jsonb end),
        'targetResources',
        jsonb_build_array(
            jsonb_build_object(
                'id', entity_key,
                'type',
                case kind
                    when 'user' then 'User'
                    when 'credential' then 'User'
                    when 'application' then 'Application'
                    when 'servicePrincipal' then 'ServicePrincipal'
                    when 'roleAssignment' then 'Role'
                    when 'directoryRole' then 'Role'
                    when 'tenant' then 'Directory'
                    else 'Other'
                end,
                'modifiedProperties', jsonb_build_array())),
        'additionalDetails', jsonb_build_array()) as doc
from audit;

-- What tenants made before this have not got: the built-in roles, and the extension properties behind
-- their custom attributes.
insert into document (tenant_id, kind, parent, entity_key, entity_id, type_name, version, doc)
select t.tenant_id, 'roleDefinition', '', r.id, r.id, 'microsoft.graph.unifiedRoleDefinition', 1,
    jsonb_build_object(
        'displayName', r.name, 'description', r.description, 'templateId', r.id,
        'isBuiltIn', true, 'isEnabled', true, 'version', '1',
        'resourceScopes', jsonb_build_array('/'), 'rolePermissions', jsonb_build_array())
from tenant t cross join (values
    ('62e90394-69f5-4237-9190-012177145e10', 'Global Administrator', 'Manages everything in the tenant.'),
    ('f2ef992c-3afb-46b9-b7cf-a126ee74c451', 'Global Reader', 'Reads everything in the tenant.'),
    ('fe930be7-5e62-47db-91af-98c3a49a38b1', 'User Administrator', 'Manages people and their passwords.'),
    ('966707d0-3269-4727-9be2-8c3a10f19b9d', 'Password Administrator', 'Sets new passwords for people without a role.'),
    ('729827e3-9c14-49f7-bb1b-9608f156bbb8', 'Helpdesk Administrator', 'Sets new passwords for people without a role.'),
    ('e8611ab8-c189-46e8-94e1-60213ab1f814', 'Privileged Role Administrator', 'Manages roles and what applications are granted.'),
    ('7be44c8a-adaf-4e2a-84d6-ab2649e08a13', 'Privileged Authentication Administrator', 'Sets the credentials of anybody.'),
    ('9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3', 'Application Administrator', 'Manages applications and service principals.'),
    ('158c047a-c907-4556-b7ef-446551a6b5f7', 'Cloud Application Administrator', 'Manages applications and service principals.'),
    ('88d8e3e3-8f55-4a1e-953a-9b9898b8876b', 'Directory Readers', 'Reads the basic facts of the directory.'),
    ('9360feb5-f418-4baa-8175-e2a00bac4301', 'Directory Writers', 'Reads and writes the basic facts of the directory.'),
    ('4a5d8f65-41da-4de4-8968-e035b65339cf', 'Reports Reader', 'Reads sign-ins and audits.'),
    ('5d6b6bb7-de71-4623-b4af-96380a352509', 'Security Reader', 'Reads sign-ins, audits and security settings.'),
    ('5f2222b1-57c3-48ba-8ad5-d4759f1fde6f', 'Security Operator', 'Handles security events.'),
    ('194ae4cb-b126-40b2-bd5b-6091b380977d', 'Security Administrator', 'Manages security settings.'),
    ('6e591065-9bad-43ed-90f3-e9424366d2f0', 'External ID User Flow Administrator', 'Manages user flows and API connectors.'),
    ('0f971eea-41eb-4569-a71e-57bb8a3eff1e', 'External ID User Flow Attribute Administrator', 'Manages the attributes that user flows ask for.'),
    ('be2f45a1-457d-42af-a067-6ec1fa63bc45', 'External Identity Provider Administrator', 'Manages identity providers.'),
    ('25a516ed-2fa0-40ea-a2d0-12923a21473a', 'Authentication Extensibility Administrator', 'Manages custom authentication extensions and listeners.'),
    ('95e79109-95c0-4d8e-aee3-d01accf2d47b', 'Guest Inviter', 'Invites guests.'),
    ('aaf43236-0c0d-4d5f-883a-6955382ac081', 'B2C IEF Keyset Administrator', 'Manages the keys of custom policies.'),
    ('3edaf663-341e-4475-9f94-5c398ef6c070', 'B2C IEF Policy Administrator', 'Manages custom policies.')
) as r (id, name, description);

insert into document (tenant_id, kind, parent, entity_key, entity_id, type_name, version, doc)
select n.tenant_id, 'extensionProperty', n.app_key, n.guid, n.guid,
    'microsoft.graph.extensionProperty', 1,
    jsonb_build_object(
        'name', n.name, 'dataType', n.data_type, 'isMultiValued', false,
        'isSyncedFromOnPremises', false, 'appDisplayName', n.app_name,
        'targetObjects', jsonb_build_array('User'))
from (
    select d.tenant_id, a.entity_key as app_key, a.display_name as app_name, d.entity_id as name,
        gen_random_uuid()::text as guid,
        case d.doc #>> '{dataType}'
            when 'boolean' then 'Boolean'
            when 'int64' then 'LargeInteger'
            when 'dateTime' then 'DateTime'
            else 'String'
        end as data_type
    from document d
    join application a
        on a.tenant_id = d.tenant_id
        and replace(a.app_id, '-', '') = substr(d.entity_key, 11, 32)
    where d.kind = 'userFlowAttribute' and d.entity_key like 'extension\_%' escape '\'
) n;
