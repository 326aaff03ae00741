-- People on their way through a user flow. "head" is what a journey began with, its graph included;
-- "event" is what happened on the way, one row each. Neither is ever searched.
create table journey (
    tenant_id   text not null,
    journey_id  text not null,
    secret_hash text not null,
    head        text not null,
    created_at  integer not null,
    expires_at  integer not null,
    primary key (tenant_id, journey_id)
) strict, without rowid;

create index journey_expiry on journey (tenant_id, expires_at);

create table journey_event (
    tenant_id   text not null,
    journey_id  text not null,
    position    integer not null,
    event       text not null,
    happened_at integer not null,
    primary key (tenant_id, journey_id, position)
) strict, without rowid;

-- Codes that prove an address. Of a code the SHA-256 is kept, together with what it is bound to.
create table one_time_code (
    tenant_id   text not null,
    journey_id  text not null,
    address_key text not null,
    position    integer not null,
    code_hash   text not null,
    tries_left  integer not null,
    created_at  integer not null,
    expires_at  integer not null,
    consumed_at integer,
    primary key (tenant_id, journey_id, address_key, position)
) strict, without rowid;

create index one_time_code_address on one_time_code (tenant_id, address_key, created_at);

create index one_time_code_expiry on one_time_code (tenant_id, expires_at);

-- Mails on their way. A sent one loses its text.
create table outgoing_mail (
    tenant_id   text not null,
    mail_id     text not null,
    address_key text not null,
    address     text not null,
    subject     text not null,
    plain       text not null,
    html        text not null,
    created_at  integer not null,
    next_try_at integer,
    tries       integer not null,
    sent_at     integer,
    primary key (tenant_id, mail_id)
) strict;

create index outgoing_mail_address on outgoing_mail (tenant_id, address_key, created_at);

create index outgoing_mail_due on outgoing_mail (tenant_id, next_try_at);
