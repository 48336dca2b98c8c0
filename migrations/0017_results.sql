-- What checks come to: results by day, what each region and all together make of them, spans, rollups.
-- Made before the first deployment, over empty tables; later ones over full tables are made concurrently.
-- squawk-ignore-file require-concurrent-index-creation
create table check_result (
    org_id uuid not null,
    monitor_id uuid not null,
    region text not null,
    tick timestamptz not null,
    checked_at timestamptz not null,
    status text not null,
    reason text,
    latency_ms real,
    timings real[],
    attempts smallint not null,
    origin text not null,
    monitor_version integer not null,
    evidence jsonb,
    constraint check_result_pkey primary key (monitor_id, tick, region)
) partition by range (tick);
comment on table check_result is 'One check in one region at one instant of its grid; kept for some days, a partition each.';
create index check_result_bad_idx on check_result (monitor_id, tick) where status <> 'up';
comment on column check_result.timings is 'Milliseconds: dns, connect, tls, first byte.';

create table monitor_region (
    org_id uuid not null,
    monitor_id uuid not null,
    region text not null,
    status text not null,
    since timestamptz not null,
    last_tick timestamptz not null,
    last_status text not null,
    last_reason text,
    last_latency_ms real,
    certificate jsonb,
    constraint monitor_region_pkey primary key (monitor_id, region),
    constraint monitor_region_monitor_fkey foreign key (org_id, monitor_id)
        references monitor (org_id, id) on delete cascade
) with (fillfactor = 70);
create index monitor_region_org_idx on monitor_region (org_id, monitor_id);
comment on table monitor_region is 'What a monitor is in one region, by its latest results in the order of their ticks.';

create table monitor_state (
    org_id uuid not null,
    monitor_id uuid not null,
    status text not null,
    since timestamptz not null,
    pending_status text,
    pending_since timestamptz,
    is_flapping boolean not null default false,
    alerts text[] not null default '{}',
    flips timestamptz[] not null default '{}',
    told_at timestamptz,
    look_at timestamptz,
    detail jsonb not null default '{}',
    constraint monitor_state_pkey primary key (monitor_id),
    constraint monitor_state_monitor_fkey foreign key (org_id, monitor_id)
        references monitor (org_id, id) on delete cascade
) with (fillfactor = 70);
create index monitor_state_org_idx on monitor_state (org_id, monitor_id);
create index monitor_state_look_at_idx on monitor_state (look_at, monitor_id) where look_at is not null;
comment on column monitor_state.alerts is 'What an alert of its own is open for: down, stale (nothing is heard of it), certificate.';
comment on column monitor_state.flips is 'When it went down or came back lately, whether or not anybody was told.';
comment on column monitor_state.told_at is 'The instant of its latest event: the next one is later, whatever the clocks say.';
comment on column monitor_state.look_at is 'When time alone may change it: a confirmation ends, results grow stale, a heartbeat is due.';

create table monitor_span (
    id uuid not null default uuidv7(),
    org_id uuid not null,
    monitor_id uuid not null,
    status text not null,
    starts_at timestamptz not null,
    ends_at timestamptz,
    evidence jsonb not null default '{}',
    constraint monitor_span_pkey primary key (id),
    constraint monitor_span_org_id_key unique (org_id, id),
    constraint monitor_span_monitor_fkey foreign key (org_id, monitor_id)
        references monitor (org_id, id) on delete cascade,
    constraint monitor_span_ends_after_start check (ends_at is null or ends_at >= starts_at)
);
create unique index monitor_span_open_key on monitor_span (monitor_id) where ends_at is null;
create index monitor_span_monitor_idx on monitor_span (org_id, monitor_id, starts_at desc);
comment on table monitor_span is 'For how long a monitor was what; where it was down, an outage. Uptime is counted from these.';

create table check_rollup_hour (
    org_id uuid not null,
    monitor_id uuid not null,
    region text not null,
    origin text not null,
    hour timestamptz not null,
    up integer not null,
    degraded integer not null,
    down integer not null,
    unknown integer not null,
    first_tick timestamptz not null,
    last_tick timestamptz not null,
    latency_sum_ms double precision not null,
    latency_buckets smallint[] not null,
    latency_counts integer[] not null,
    constraint check_rollup_hour_pkey primary key (org_id, monitor_id, hour, region, origin),
    constraint check_rollup_hour_monitor_fkey foreign key (org_id, monitor_id)
        references monitor (org_id, id) on delete cascade
);

create table check_rollup_day (
    org_id uuid not null,
    monitor_id uuid not null,
    region text not null,
    origin text not null,
    day date not null,
    up integer not null,
    degraded integer not null,
    down integer not null,
    unknown integer not null,
    first_tick timestamptz not null,
    last_tick timestamptz not null,
    latency_sum_ms double precision not null,
    latency_buckets smallint[] not null,
    latency_counts integer[] not null,
    constraint check_rollup_day_pkey primary key (org_id, monitor_id, day, region, origin),
    constraint check_rollup_day_monitor_fkey foreign key (org_id, monitor_id)
        references monitor (org_id, id) on delete cascade
);
comment on column check_rollup_hour.latency_buckets is
    'Which buckets of the histogram hold something, in order; latency_counts how much. Of checks that were answered.';

create table check_evidence (
    org_id uuid not null,
    monitor_id uuid not null,
    origin text not null,
    results bigint not null,
    first_tick timestamptz not null,
    last_tick timestamptz not null,
    constraint check_evidence_pkey primary key (org_id, monitor_id, origin),
    constraint check_evidence_monitor_fkey foreign key (org_id, monitor_id)
        references monitor (org_id, id) on delete cascade
);
comment on table check_evidence is 'How many results of a monitor have been counted, of each origin.';

create table rollup_due (
    org_id uuid not null,
    monitor_id uuid not null,
    hour timestamptz not null,
    marked_at timestamptz not null,
    constraint rollup_due_pkey primary key (hour, monitor_id),
    constraint rollup_due_monitor_fkey foreign key (org_id, monitor_id)
        references monitor (org_id, id) on delete cascade
);
create index rollup_due_monitor_idx on rollup_due (org_id, monitor_id);
comment on table rollup_due is 'Hours of monitors to be counted: closed since, or touched by a late result.';

create table rollup_progress (
    is_only boolean not null default true,
    queued_before timestamptz not null,
    constraint rollup_progress_pkey primary key (is_only),
    constraint rollup_progress_one_row check (is_only)
);
comment on table rollup_progress is 'Every hour before this instant has been queued for every monitor.';

create table uptime_day (
    org_id uuid not null,
    monitor_id uuid not null,
    time_zone text not null,
    day date not null,
    seconds integer not null,
    up_seconds integer not null,
    degraded_seconds integer not null,
    down_seconds integer not null,
    unknown_seconds integer not null,
    maintenance_seconds integer not null,
    frozen_at timestamptz not null,
    constraint uptime_day_pkey primary key (org_id, monitor_id, time_zone, day),
    constraint uptime_day_monitor_fkey foreign key (org_id, monitor_id)
        references monitor (org_id, id) on delete cascade
);
comment on table uptime_day is
    'A calendar day of a monitor in a zone as it was published: its seconds by status, those under maintenance apart.';

create table shard_report (
    region text not null,
    shard integer not null,
    starts_at timestamptz not null,
    ends_at timestamptz not null,
    due integer not null,
    done integer not null,
    missed integer not null,
    blind_since timestamptz,
    lateness_ms_p99 real,
    received_at timestamptz not null,
    constraint shard_report_pkey primary key (region, shard, starts_at)
);
create index shard_report_ends_idx on shard_report (ends_at);
comment on table shard_report is 'What a shard of a region has done in a window; of the deployment, no organization''s. Kept for some days.';

do $$
declare
    name text;
begin
    foreach name in array array[
        'check_result', 'monitor_region', 'monitor_state', 'monitor_span', 'check_rollup_hour', 'check_rollup_day',
        'check_evidence', 'rollup_due', 'uptime_day'
    ]
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
grant insert, update, delete on
    monitor_region, monitor_state, monitor_span, check_rollup_hour, check_rollup_day, check_evidence,
    rollup_due, uptime_day
to worker;
grant insert, update on check_result to worker;
grant insert on uptime_day to app;
grant select, insert, update, delete on shard_report to worker;
grant select on shard_report to app;

create schema results;
comment on schema results is 'The days of check_result. No role may enter it: rows are reached through check_result alone.';

create function app.make_result_partitions(from_day date, days integer) returns integer
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    missing date;
    made integer := 0;
begin
    if not exists (
        select from generate_series(0, days - 1) n
        where to_regclass('results.day_' || to_char(from_day + n, 'YYYYMMDD')) is null
    ) then
        return 0;
    end if;
    -- Two at once take turns. Attached, a table takes no lock that inserts would wait for.
    perform set_config('lock_timeout', '1s', true);
    lock table check_result in share update exclusive mode;
    for missing in
        select from_day + n from generate_series(0, days - 1) n
        where to_regclass('results.day_' || to_char(from_day + n, 'YYYYMMDD')) is null
        order by n
    loop
        execute format('create table results.day_%s (like check_result including all)', to_char(missing, 'YYYYMMDD'));
        execute format('alter table results.day_%s enable row level security', to_char(missing, 'YYYYMMDD'));
        execute format(
            'alter table check_result attach partition results.day_%s for values from (%L) to (%L)',
            to_char(missing, 'YYYYMMDD'), missing::timestamp at time zone 'utc',
            (missing + 1)::timestamp at time zone 'utc'
        );
        made := made + 1;
    end loop;
    return made;
end
$$;
comment on function app.make_result_partitions(date, integer) is
    'Let check_result take results of these days (of UTC), those that it can''t take yet; answers how many.';

create function app.drop_result_partitions(before date) returns integer
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    old name;
    dropped integer := 0;
begin
    perform set_config('lock_timeout', '1s', true);
    for old in
        select c.relname from pg_class c
        where c.relnamespace = 'results'::regnamespace and c.relkind = 'r'
            and c.relname < 'day_' || to_char(before, 'YYYYMMDD')
        order by c.relname
    loop
        execute format('drop table results.%I', old);
        dropped := dropped + 1;
    end loop;
    return dropped;
end
$$;
comment on function app.drop_result_partitions(date) is
    'Forget the results of all days before this one; gives up at once while somebody reads for long.';

create function app.result_range() returns tstzrange
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select tstzrange(
        to_date(min(c.relname::text), '"day_"YYYYMMDD')::timestamp at time zone 'utc',
        (to_date(max(c.relname::text), '"day_"YYYYMMDD') + 1)::timestamp at time zone 'utc'
    )
    from pg_class c where c.relnamespace = (select n.oid from pg_namespace n where n.nspname = 'results')
        and c.relkind = 'r';
end;
comment on function app.result_range() is
    'Of which ticks check_result takes results; what is older or further ahead has no place.';

create function app.queue_rollups(closed_before timestamptz, kept_since timestamptz) returns integer
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    through timestamptz := date_trunc('hour', closed_before, 'utc');
    since timestamptz;
    queued integer;
begin
    insert into rollup_progress (queued_before) values (through - interval '1 hour') on conflict do nothing;
    select greatest(p.queued_before, date_trunc('hour', kept_since, 'utc')) into since
    from rollup_progress p where p.queued_before < through for update skip locked;
    if since is null then
        return 0;
    end if;
    insert into rollup_due (org_id, monitor_id, hour, marked_at)
    select m.org_id, m.id, h, app.clock()
    from monitor m, generate_series(since, through - interval '1 hour', interval '1 hour') h
    where m.kind <> 'heartbeat' and m.created_at < h + interval '1 hour'
        and (m.deleted_at is null or m.deleted_at > h)
    on conflict do nothing;
    get diagnostics queued = row_count;
    update rollup_progress set queued_before = through;
    return queued;
end
$$;
comment on function app.queue_rollups(timestamptz, timestamptz) is
    'Queue the hours that have closed since the last time, for every monitor that was there; answers how many.';

create function app.due_rollups(hours_before timestamptz, after_at timestamptz, after_id uuid, at_most integer)
returns table (org_id uuid, id uuid, at timestamptz)
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select d.org_id, d.monitor_id, d.hour from rollup_due d
    where d.hour < hours_before and (d.hour, d.monitor_id) > (after_at, after_id)
    order by d.hour, d.monitor_id limit at_most;
end;

grant execute on function
    app.make_result_partitions(date, integer),
    app.drop_result_partitions(date),
    app.result_range(),
    app.queue_rollups(timestamptz, timestamptz),
    app.due_rollups(timestamptz, timestamptz, uuid, integer)
to worker;

-- The first days, so that nothing waits for a sweep: as many as it keeps, and those ahead.
select app.make_result_partitions((now() at time zone 'utc')::date - 14, 18);
