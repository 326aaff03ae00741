-- A role that tenants made before this have not got.
insert into document (tenant_id, kind, parent, entity_key, entity_id, type_name, version, doc)
select tenant_id, 'roleDefinition', '', 'c4e39bd9-1100-46d3-8c65-fb160da0071f',
    'c4e39bd9-1100-46d3-8c65-fb160da0071f', 'microsoft.graph.unifiedRoleDefinition', 1,
    json_object(
        'displayName', 'Authentication Administrator',
        'description', 'Manages what people without a role authenticate with.',
        'templateId', 'c4e39bd9-1100-46d3-8c65-fb160da0071f',
        'isBuiltIn', json('true'), 'isEnabled', json('true'), 'version', '1',
        'resourceScopes', json_array('/'), 'rolePermissions', json_array())
from tenant;
