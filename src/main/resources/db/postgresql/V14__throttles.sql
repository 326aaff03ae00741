-- How often something happened of late, by what is limited and whom.
create table throttle (
    tenant_id    text collate "C" not null,
    subject_key  text collate "C" not null,
    window_start bigint not null,
    used         bigint not null,
    primary key (tenant_id, subject_key)
);

create index throttle_time on throttle (tenant_id, window_start);
