-- Flows made before attribute assignments existed get the one that a new flow starts with.
insert into document (tenant_id, kind, parent, entity_key, entity_id, type_name, version, doc)
select tenant_id, 'userAttributeAssignment', entity_key, 'emailreadonly', 'emailReadonly',
    'microsoft.graph.identityUserFlowAttributeAssignment', 1,
    cast('{"displayName":"Email Address","isOptional":true,"requiresVerification":false,'
        || '"userAttributeValues":[],"userInputType":"textBox","position":1}' as jsonb)
from document
where kind = 'userFlow' and parent = '';

insert into link
    (tenant_id, link, source_kind, source_key, target_kind, target_key, position)
select tenant_id, 'userAttribute', 'userAttributeAssignment', entity_key || '/emailreadonly',
    'userFlowAttribute', 'emailreadonly', 1
from document
where kind = 'userFlow' and parent = '';
