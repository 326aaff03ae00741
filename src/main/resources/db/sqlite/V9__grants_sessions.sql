-- What a person's sign-in lets an application have. Of codes and tokens the SHA-256 is kept. "doc"
-- is what was granted; it is never searched.
create table authorization_code (
    tenant_id    text not null,
    code_hash    text not null,
    expires_at   integer not null,
    consumed_at  integer,
    client_id    text not null,
    flow_key     text not null,
    redirect_uri text not null,
    family_id    text not null,
    doc          text not null,
    primary key (tenant_id, code_hash)
) strict, without rowid;

create index authorization_code_expiry on authorization_code (tenant_id, expires_at);

-- One row for all the refresh tokens that followed from one code: token_hash is that of the only
-- one that is good.
create table refresh_family (
    tenant_id  text not null,
    family_id  text not null,
    token_hash text not null,
    expires_at integer not null,
    ends_at    integer,
    revoked_at integer,
    client_id  text not null,
    flow_key   text not null,
    user_id    text not null,
    doc        text not null,
    primary key (tenant_id, family_id)
) strict, without rowid;

create index refresh_family_expiry on refresh_family (tenant_id, expires_at);

-- One browser; secret_hash is the SHA-256 of what its cookie says.
create table sso_session (
    tenant_id   text not null,
    secret_hash text not null,
    session_id  text not null,
    created_at  integer not null,
    primary key (tenant_id, secret_hash)
) strict, without rowid;

create unique index sso_session_id on sso_session (tenant_id, session_id);

-- What the browser is signed in to: scope_key says for what the sign-in counts.
create table sso_sign_in (
    tenant_id         text not null,
    session_id        text not null,
    scope_key         text not null,
    user_id           text not null,
    authenticated_at  integer not null,
    expires_at        integer not null,
    persistent        integer not null,
    identity_provider text,
    primary key (tenant_id, session_id, scope_key)
) strict, without rowid;

create index sso_sign_in_expiry on sso_sign_in (tenant_id, expires_at);

-- Which applications used a sign-in, and so are told when it ends.
create table sso_client (
    tenant_id  text not null,
    session_id text not null,
    scope_key  text not null,
    client_id  text not null,
    primary key (tenant_id, session_id, scope_key, client_id)
) strict, without rowid;

-- The journeys that were answered.
create table journey_end (
    tenant_id  text not null,
    journey_id text not null,
    used_at    integer not null,
    primary key (tenant_id, journey_id)
) strict, without rowid;

create index journey_end_use on journey_end (tenant_id, used_at);
