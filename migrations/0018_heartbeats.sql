-- Heartbeats: their keys, what they were told, and by when they must hear again. Beacons: what pages tell of visits.
-- Made before the first deployment, over empty tables; later ones over full tables are made concurrently.
-- squawk-ignore-file require-concurrent-index-creation
create table heartbeat (
    org_id uuid not null,
    monitor_id uuid not null,
    key_hash bytea not null,
    hint text not null,
    slug text,
    status text not null,
    counts_from timestamptz not null,
    last_ping_at timestamptz,
    last_success_at timestamptz,
    last_failure_at timestamptz,
    last_failure_status integer,
    runs jsonb not null default '[]',
    runs_cleared_at timestamptz,
    runs_dropped_at timestamptz,
    due_at timestamptz,
    late_at timestamptz,
    ping_count bigint not null default 0,
    constraint heartbeat_pkey primary key (monitor_id),
    constraint heartbeat_key_hash_key unique (key_hash),
    constraint heartbeat_slug_key unique (org_id, slug),
    constraint heartbeat_monitor_fkey foreign key (org_id, monitor_id)
        references monitor (org_id, id) on delete cascade,
    constraint heartbeat_status_known check (status in ('new', 'up', 'down')),
    constraint heartbeat_slug_shape check (slug ~ '^[a-z0-9_-]{1,100}$')
) with (fillfactor = 70);
create index heartbeat_org_idx on heartbeat (org_id, monitor_id);
create index heartbeat_late_idx on heartbeat (late_at, monitor_id) where late_at is not null;
comment on table heartbeat is 'A monitor that something else reports to, at a URL of its own.';
comment on column heartbeat.counts_from is 'What it was told before this instant counts no more: when it was made, or resumed.';
comment on column heartbeat.runs is 'Runs by their ids: [id, started, ended], the last of them.';
comment on column heartbeat.runs_cleared_at is 'Runs that started by this instant are over, whatever their ids.';
comment on column heartbeat.runs_dropped_at is 'Runs of ids not remembered that started by this instant are over.';
comment on column heartbeat.due_at is 'When it should hear again.';
comment on column heartbeat.late_at is 'When it is down unless it has heard by then; none while it is new, down or paused.';

create table ended_ping_key (
    key_hash bytea not null,
    org_id uuid not null,
    ended_at timestamptz not null,
    constraint ended_ping_key_pkey primary key (key_hash),
    constraint ended_ping_key_org_fkey foreign key (org_id) references organization (id) on delete cascade
);
create index ended_ping_key_org_idx on ended_ping_key (org_id);
comment on table ended_ping_key is 'Keys of heartbeats and beacons that were replaced or deleted: the edge refuses them.';

create table ping (
    id uuid not null,
    org_id uuid not null,
    monitor_id uuid not null,
    received_at timestamptz not null,
    action text not null,
    is_ignored boolean not null,
    exit_status integer,
    run_id uuid,
    method text not null,
    user_agent text,
    duration_ms real,
    body text,
    constraint ping_pkey primary key (id),
    constraint ping_heartbeat_fkey foreign key (org_id, monitor_id)
        references monitor (org_id, id) on delete cascade,
    constraint ping_action_known check (action in ('success', 'start', 'fail', 'log'))
);
create index ping_monitor_idx on ping (org_id, monitor_id, received_at desc, id desc);
comment on table ping is 'What a heartbeat was told; the last hundred of each.';
comment on column ping.is_ignored is 'It came by a method that the heartbeat does not take, or counts no more.';

create table ping_key (
    id uuid not null default uuidv7(),
    org_id uuid not null,
    name text not null,
    service_id uuid,
    key_hash bytea not null,
    hint text not null,
    created_at timestamptz not null,
    revoked_at timestamptz,
    last_used_at timestamptz,
    unknown_slug text,
    unknown_slug_at timestamptz,
    constraint ping_key_pkey primary key (id),
    constraint ping_key_key_hash_key unique (key_hash),
    constraint ping_key_org_fkey foreign key (org_id) references organization (id) on delete cascade,
    constraint ping_key_service_fkey foreign key (org_id, service_id) references service (org_id, id)
);
create index ping_key_org_idx on ping_key (org_id, created_at desc, id desc);
create index ping_key_service_idx on ping_key (org_id, service_id) where service_id is not null;
comment on table ping_key is 'Opens all heartbeats of an organization by their slugs.';
comment on column ping_key.service_id is 'What heartbeats page that are made by a ping to a new slug; without it none is made.';
comment on column ping_key.unknown_slug is 'The last slug that came with it and that no heartbeat has.';

create table beacon (
    org_id uuid not null,
    monitor_id uuid not null,
    key_hash bytea not null,
    hint text not null,
    sample_percent integer not null,
    created_at timestamptz not null,
    constraint beacon_pkey primary key (monitor_id),
    constraint beacon_key_hash_key unique (key_hash),
    constraint beacon_monitor_fkey foreign key (org_id, monitor_id)
        references monitor (org_id, id) on delete cascade,
    constraint beacon_sample_percent check (sample_percent between 1 and 100)
);
create index beacon_org_idx on beacon (org_id, monitor_id);
comment on table beacon is 'Lets the visitors of a page tell, unnamed, whether and how fast it loaded.';

create table results_progress (
    is_only boolean not null default true,
    marked_at timestamptz not null,
    gap_from timestamptz,
    gap_until timestamptz,
    constraint results_progress_pkey primary key (is_only),
    constraint results_progress_only check (is_only)
);
comment on table results_progress is
'The newest mark that came through the queue of results: by it the sweep knows how far that has been read.';
comment on column results_progress.gap_from is 'The last mark before the latest time in which none came through, or before others right before it.';

create function app.resolve_pings(hashes bytea[], slugs text[])
returns table (key_hash bytea, slug text, org_id uuid, monitor_id uuid, ping_key_id uuid, service_id uuid)
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select h.key_hash, w.slug, h.org_id, h.monitor_id, null::uuid, null::uuid
    from unnest(hashes, slugs) as w (key_hash, slug)
    join heartbeat h on h.key_hash = w.key_hash
    join monitor m on m.id = h.monitor_id and m.deleted_at is null
    where w.slug is null
    union all
    select k.key_hash, w.slug, k.org_id, f.monitor_id, k.id, s.id
    from unnest(hashes, slugs) as w (key_hash, slug)
    join ping_key k on k.key_hash = w.key_hash and k.revoked_at is null
    left join service s on s.id = k.service_id and s.deleted_at is null
    left join lateral (
        select h.monitor_id from heartbeat h
        join monitor m on m.id = h.monitor_id and m.deleted_at is null
        where h.org_id = k.org_id and h.slug = w.slug
    ) f on true
    where w.slug is not null;
end;

create function app.enter_by_pings(hashes bytea[], slugs text[])
returns table (
    entered_at timestamptz, key_hash bytea, slug text, org_id uuid, monitor_id uuid, ping_key_id uuid, service_id uuid
)
language plpgsql as $$
begin
    return query
    with known as materialized (select * from app.resolve_pings(hashes, slugs)),
    entered as materialized (select app.enter_many(array(select distinct k.org_id from known k)) as at)
    select entered.at, known.* from entered left join known on true;
end
$$;
comment on function app.enter_by_pings(bytea[], text[]) is
'Enter the organizations of these keys, of heartbeats or, with a slug, of pings; answers its now with each, or alone.';

create function app.resolve_beacons(hashes bytea[])
returns table (key_hash bytea, org_id uuid, monitor_id uuid, sample_percent integer)
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select b.key_hash, b.org_id, b.monitor_id, b.sample_percent
    from beacon b join monitor m on m.id = b.monitor_id and m.deleted_at is null
    where b.key_hash = any (hashes);
end;

create function app.enter_by_beacons(hashes bytea[])
returns table (entered_at timestamptz, key_hash bytea, org_id uuid, monitor_id uuid, sample_percent integer)
language plpgsql as $$
begin
    return query
    with known as materialized (select * from app.resolve_beacons(hashes)),
    entered as materialized (select app.enter_many(array(select distinct k.org_id from known k)) as at)
    select entered.at, known.* from entered left join known on true;
end
$$;
comment on function app.enter_by_beacons(bytea[]) is
'Enter the organizations of these beacons; answers its now with each known one, or alone when none is known.';

create function app.refused_ping_keys() returns table (key_hash bytea)
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select k.key_hash from ping_key k where k.revoked_at is not null
    union all
    select e.key_hash from ended_ping_key e;
end;

create function app.results_through(at timestamptz) returns timestamptz
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select greatest(
        at - interval '15 minutes',
        least(
            at,
            (
                select case when p.gap_until > at - interval '3 minutes' then p.gap_from else p.marked_at end
                from results_progress p
            )
        )
    );
end;
comment on function app.results_through(timestamptz) is
'Up to when what was sent to the queue of results has been read, as far as one can tell: the newest mark that came
through it; after a time in which none came, for 3 minutes the last one before, as what failed meanwhile comes again
later than what is new; never longer than 15 minutes ago, so that silence is told in the end.';

create function app.late_heartbeats(late_by timestamptz, after_at timestamptz, after_id uuid, at_most integer)
returns table (org_id uuid, id uuid, at timestamptz)
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select h.org_id, h.monitor_id, h.late_at from heartbeat h
    where h.late_at <= app.results_through(late_by) and (h.late_at, h.monitor_id) > (after_at, after_id)
    order by h.late_at, h.monitor_id limit at_most;
end;

create function app.has_deadlines() returns boolean
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select exists (select from heartbeat h where h.late_at is not null);
end;

do $$
declare
    name text;
begin
    foreach name in array array['heartbeat', 'ping', 'ping_key', 'ended_ping_key', 'beacon']
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
grant insert, update on heartbeat to app, worker;
grant insert, update on ping_key to app;
grant update on ping_key to worker;
grant insert on ended_ping_key to app;
grant insert, update, delete on beacon to app;
grant insert, delete on ping to worker;
grant insert on monitor, monitor_state to worker;
grant select, insert, update on results_progress to worker;
grant execute on function
    app.resolve_pings(bytea[], text[]), app.enter_by_pings(bytea[], text[]),
    app.resolve_beacons(bytea[]), app.enter_by_beacons(bytea[]),
    app.refused_ping_keys(), app.results_through(timestamptz), app.has_deadlines(),
    app.late_heartbeats(timestamptz, timestamptz, uuid, integer)
to worker;
