-- How often something happened of late, by what is limited and whom.
create table throttle (
    tenant_id    text collate "C" not null,
    subject_key  text collate "C" not null,
    window_start bigint not null,
    used         bigint not null,
    primary key (tenant_id, subject_key)
);

create index throttle_time on throttle (tenant_id, window_start);

-- Old mails are found by their age.
create index outgoing_mail_age on outgoing_mail (tenant_id, created_at);
