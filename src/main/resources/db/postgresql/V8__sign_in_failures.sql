-- Wrong passwords of late, by the person, or by the name where there is no such person.
create table sign_in_failure (
    tenant_id    text collate "C" not null,
    subject_key  text collate "C" not null,
    failures     bigint not null,
    last_at      bigint not null,
    locked_until bigint not null,
    primary key (tenant_id, subject_key)
);

create index sign_in_failure_time on sign_in_failure (tenant_id, last_at);

-- Two applications at the same time must not get one unique name.
create unique index application_unique_name
    on application (tenant_id, lower(doc ->> 'uniqueName'))
    where doc ->> 'uniqueName' is not null;
