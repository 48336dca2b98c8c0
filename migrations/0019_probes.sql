-- Private probes: where they stand, who they are, and the certificates they were given.
-- Made before the first deployment, over empty tables; later ones over full tables are made concurrently.
-- squawk-ignore-file require-concurrent-index-creation
create table private_location (
    id uuid not null default uuidv7(),
    org_id uuid not null,
    name text not null,
    version integer not null default 1,
    created_at timestamptz not null,
    created_by text not null,
    deleted_at timestamptz,
    constraint private_location_pkey primary key (id),
    constraint private_location_org_id_key unique (org_id, id),
    constraint private_location_org_fkey foreign key (org_id) references organization (id) on delete cascade
);
create unique index private_location_name_key on private_location (org_id, name) where deleted_at is null;
comment on table private_location is 'A region of one''s own: monitors name it as private:<id>, and its probes check them.';

create table probe (
    id uuid not null default uuidv7(),
    org_id uuid not null,
    private_location_id uuid not null,
    name text not null,
    version integer not null default 1,
    created_at timestamptz not null,
    created_by text not null,
    enrolled_at timestamptz,
    last_seen_at timestamptz,
    last_sequence bigint not null default 0,
    software text,
    revoked_at timestamptz,
    constraint probe_pkey primary key (id),
    constraint probe_org_id_key unique (org_id, id),
    constraint probe_location_fkey foreign key (org_id, private_location_id)
        references private_location (org_id, id) on delete cascade
);
create index probe_location_idx on probe (org_id, private_location_id);

create table probe_token (
    id uuid not null default uuidv7(),
    org_id uuid not null,
    probe_id uuid not null,
    token_hash bytea not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    used_at timestamptz,
    constraint probe_token_pkey primary key (id),
    constraint probe_token_hash_key unique (token_hash),
    constraint probe_token_probe_fkey foreign key (org_id, probe_id) references probe (org_id, id) on delete cascade
);
create index probe_token_probe_idx on probe_token (org_id, probe_id);
comment on table probe_token is 'Enrols one probe, once, within its hour.';

create table probe_certificate (
    org_id uuid not null,
    probe_id uuid not null,
    serial text not null,
    public_key_hash bytea not null,
    issued_at timestamptz not null,
    expires_at timestamptz not null,
    revoked_at timestamptz,
    constraint probe_certificate_pkey primary key (serial),
    constraint probe_certificate_probe_fkey foreign key (org_id, probe_id)
        references probe (org_id, id) on delete cascade
);
create index probe_certificate_probe_idx on probe_certificate (org_id, probe_id);
create index probe_certificate_revoked_idx on probe_certificate (expires_at) where revoked_at is not null;
comment on column probe_certificate.serial is 'Lower-case hex, as API Gateway and the probe both show it.';

do $$
declare
    name text;
begin
    foreach name in array array['private_location', 'probe', 'probe_token', 'probe_certificate']
    loop
        execute format('alter table %I enable row level security', name);
        execute format('create policy %I on %I to app using (org_id = (select app.org()))', name || '_app', name);
        execute format(
            'create policy %I on %I to worker using (org_id = any ((select app.orgs())::uuid[]))',
            name || '_worker', name
        );
        execute format('grant select on %I to app, worker', name);
    end loop;
end
$$;
grant insert, update on private_location, probe, probe_certificate to app;
grant insert on probe_token to app;
grant update on probe, probe_token to worker;
grant insert, update on probe_certificate to worker;

create function app.probe_token(hash bytea)
returns table (org_id uuid, probe_token_id uuid, probe_id uuid)
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select t.org_id, t.id, t.probe_id from probe_token t where t.token_hash = hash;
end;
comment on function app.probe_token(bytea) is 'Whose enrolment token this is; whether it still enrols is for who holds its row.';

create function app.revoked_certificates(at timestamptz)
returns table (serial text)
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select c.serial from probe_certificate c where c.revoked_at is not null and c.expires_at > at;
end;
comment on function app.revoked_certificates(timestamptz) is
'The serials, of all organizations, that have been revoked and have not expired by themselves.';

create function app.saw_probes(ids uuid[], instants timestamptz[], sequences bigint[]) returns bigint
language sql volatile security definer set search_path = public, pg_temp
begin atomic
    with seen as (
        select t.id, max(t.at) as at, max(t.sequence) as sequence
        from unnest(ids, instants, sequences) as t (id, at, sequence) group by t.id
    ),
    held as (
        select p.id, s.at, s.sequence from probe p join seen s on s.id = p.id order by p.id for no key update of p
    ),
    told as (
        update probe p set
            last_seen_at = greatest(p.last_seen_at, h.at), last_sequence = greatest(p.last_sequence, h.sequence)
        from held h where p.id = h.id returning 1
    )
    select count(*) from told;
end;
comment on function app.saw_probes(uuid[], timestamptz[], bigint[]) is
'Probes, of whatever organizations, have sent batches: their ids are those of verified certificates.';

grant execute on function
    app.probe_token(bytea), app.revoked_certificates(timestamptz), app.saw_probes(uuid[], timestamptz[], bigint[])
to worker;
