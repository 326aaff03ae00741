-- Wrong passwords of late, by the person, or by the name where there is no such person.
create table sign_in_failure (
    tenant_id    text not null,
    subject_key  text not null,
    failures     integer not null,
    last_at      integer not null,
    locked_until integer not null,
    primary key (tenant_id, subject_key)
) strict, without rowid;

create index sign_in_failure_time on sign_in_failure (tenant_id, last_at);

-- Two applications at the same time must not get one unique name.
create unique index application_unique_name
    on application (tenant_id, lower(json_extract(doc, '$.uniqueName')))
    where json_extract(doc, '$.uniqueName') is not null;
