-- Monitors: what is checked, from where, how often, and what it takes to believe a failure.
-- Made before the first deployment, over empty tables; later ones over full tables are made concurrently.
-- squawk-ignore-file require-concurrent-index-creation
create table monitor_group (
    id uuid not null default uuidv7(),
    org_id uuid not null,
    name text not null,
    position integer not null default 0,
    version integer not null default 1,
    created_at timestamptz not null,
    constraint monitor_group_pkey primary key (id),
    constraint monitor_group_org_id_key unique (org_id, id),
    constraint monitor_group_name_key unique (org_id, name),
    constraint monitor_group_org_fkey foreign key (org_id) references organization (id) on delete cascade
);
comment on table monitor_group is 'Monitors that are shown together.';

create table monitor (
    id uuid not null default uuidv7(),
    org_id uuid not null,
    service_id uuid not null,
    team_id uuid,
    monitor_group_id uuid,
    name text not null,
    description text not null default '',
    kind text not null,
    spec jsonb not null,
    sealed text,
    secret_names text[] not null default '{}',
    tags text[] not null default '{}',
    severity text not null,
    origin text not null default 'live',
    interval_seconds integer not null,
    timeout_seconds real not null,
    regions text[] not null,
    quorum integer,
    failures_to_down integer not null,
    successes_to_up integer not null,
    confirmation_seconds integer not null,
    recovery_seconds integer not null,
    paused_at timestamptz,
    paused_by text,
    version integer not null default 1,
    created_at timestamptz not null,
    created_by text not null,
    updated_at timestamptz not null,
    deleted_at timestamptz,
    constraint monitor_pkey primary key (id),
    constraint monitor_org_id_key unique (org_id, id),
    constraint monitor_org_fkey foreign key (org_id) references organization (id) on delete cascade,
    constraint monitor_service_fkey foreign key (org_id, service_id) references service (org_id, id),
    constraint monitor_team_fkey foreign key (org_id, team_id) references team (org_id, id),
    constraint monitor_group_fkey foreign key (org_id, monitor_group_id) references monitor_group (org_id, id),
    constraint monitor_kind_known check (kind in ('http', 'tls', 'tcp', 'dns', 'heartbeat')),
    constraint monitor_severity_known check (severity in ('critical', 'error', 'warning', 'info')),
    constraint monitor_origin_known check (origin in ('live', 'live-user', 'demo', 'load-test')),
    constraint monitor_regions_some check (kind = 'heartbeat' or cardinality(regions) > 0)
);
create unique index monitor_name_key on monitor (org_id, name) where deleted_at is null;
create index monitor_service_idx on monitor (org_id, service_id);
create index monitor_group_idx on monitor (org_id, monitor_group_id) where monitor_group_id is not null;
create index monitor_list_idx on monitor (org_id, created_at desc, id desc) where deleted_at is null;
comment on table monitor is 'What is checked from regions, or reports by itself (a heartbeat), and pages by its service when it is down.';
comment on column monitor.sealed is 'JWE of its secrets by name; only outside functions can open it.';
comment on column monitor.quorum is 'In how many regions it must be down; none: in more than half of those with fresh results.';
comment on column monitor.failures_to_down is 'How many results in a row, each after its retry, make a region down.';
comment on column monitor.confirmation_seconds is 'For how long the quorum must hold before anybody is told.';

create table monitor_run (
    id uuid not null default uuidv7(),
    org_id uuid not null,
    monitor_id uuid,
    asked_at timestamptz not null,
    asked_by text not null,
    regions text[] not null,
    monitor jsonb not null,
    commanded_at timestamptz,
    constraint monitor_run_pkey primary key (id),
    constraint monitor_run_org_id_key unique (org_id, id),
    constraint monitor_run_monitor_fkey foreign key (org_id, monitor_id)
        references monitor (org_id, id) on delete cascade
);
create index monitor_run_monitor_idx on monitor_run (org_id, monitor_id, asked_at desc);
create index monitor_run_uncommanded_idx on monitor_run (asked_at) where commanded_at is null;
create index monitor_run_asked_idx on monitor_run (asked_at);
comment on table monitor_run is
'Somebody asked for a check at once, from all its regions; of no monitor when it tried one that is not saved.';
comment on column monitor_run.monitor is 'The monitor as it was checked, as a check is told of it.';
comment on column monitor_run.commanded_at is 'When the command was written that asks the regions.';

create table monitor_run_result (
    org_id uuid not null,
    monitor_run_id uuid not null,
    region text not null,
    result jsonb not null,
    constraint monitor_run_result_pkey primary key (monitor_run_id, region),
    constraint monitor_run_result_run_fkey foreign key (org_id, monitor_run_id)
        references monitor_run (org_id, id) on delete cascade
);
create index monitor_run_result_org_idx on monitor_run_result (org_id, monitor_run_id);

do $$
declare
    name text;
begin
    foreach name in array array['monitor_group', 'monitor', 'monitor_run', 'monitor_run_result']
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
grant insert, update on monitor to app;
grant insert, update, delete on monitor_group to app;
grant insert on monitor_run to app;
grant insert on monitor_run_result to worker;

create function app.check_monitors(with_demo boolean)
returns table (
    id uuid, org_id uuid, version integer, interval_seconds integer, timeout_seconds real, spec jsonb, sealed text,
    origin text, regions text[]
)
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select m.id, m.org_id, m.version, m.interval_seconds, m.timeout_seconds, m.spec, m.sealed, m.origin, m.regions
    from monitor m
    join organization o on o.id = m.org_id
    join service s on s.org_id = m.org_id and s.id = m.service_id
    where m.deleted_at is null and m.paused_at is null and m.kind <> 'heartbeat' and s.deleted_at is null
        and (o.deletes_at is null or o.deletes_at > app.clock()) and (with_demo or not o.is_demo)
    order by m.id;
end;
comment on function app.check_monitors(boolean) is 'What regions check, of all organizations; nothing of a demo unless asked for.';

create function app.uncommanded_runs(asked_after timestamptz, at_most integer)
returns table (id uuid, org_id uuid, asked_at timestamptz, asked_by text, regions text[], monitor jsonb)
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select r.id, r.org_id, r.asked_at, r.asked_by, r.regions, r.monitor
    from monitor_run r join organization o on o.id = r.org_id
    where r.commanded_at is null and r.asked_at > asked_after and not o.is_demo
    order by r.asked_at, r.id limit at_most;
end;

create function app.runs_commanded(run_ids uuid[], at timestamptz) returns void
language sql volatile security definer set search_path = public, pg_temp
begin atomic
    update monitor_run r set commanded_at = at where r.id = any (run_ids) and r.commanded_at is null;
end;

create function app.forget_runs(asked_before timestamptz, at_most integer) returns integer
language sql volatile security definer set search_path = public, pg_temp
begin atomic
    with old as (
        select r.id from monitor_run r where r.asked_at < asked_before order by r.asked_at limit at_most
    ),
    gone as (delete from monitor_run r using old where r.id = old.id returning r.id)
    select count(*)::integer from gone;
end;
comment on function app.forget_runs(timestamptz, integer) is 'Runs are looked at while they run; what came of them is a result.';

grant execute on function
    app.check_monitors(boolean), app.uncommanded_runs(timestamptz, integer), app.runs_commanded(uuid[], timestamptz),
    app.forget_runs(timestamptz, integer)
to worker;
