-- Null in a change of settings has come to mean what is inherited; refreshing without end is 0.
update document
set doc = jsonb_set(doc, '{refreshTokenWindowDays}', '0')
where kind = 'userFlowSettings' and doc -> 'refreshTokenWindowDays' = 'null';

-- The words of people's names, folded, so that a search by the beginning of a word reads few rows. Filled for
-- those who are there by the program, which alone knows where words begin.
create table user_word (
    tenant_id  text collate "C" not null,
    word       text collate "C" not null,
    entity_key text collate "C" not null,
    primary key (tenant_id, word, entity_key)
);

create index user_word_entity on user_word (tenant_id, entity_key);
