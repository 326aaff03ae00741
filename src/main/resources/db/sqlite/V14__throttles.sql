-- How often something happened of late, by what is limited and whom.
create table throttle (
    tenant_id    text not null,
    subject_key  text not null,
    window_start integer not null,
    used         integer not null,
    primary key (tenant_id, subject_key)
) strict, without rowid;

create index throttle_time on throttle (tenant_id, window_start);

-- Old mails are found by their age.
create index outgoing_mail_age on outgoing_mail (tenant_id, created_at);
