-- What is done with an event before anybody is paged: rules, windows that mute, services that depend on others.
-- Made before the first deployment, over empty tables; later ones over full tables are made concurrently.
-- squawk-ignore-file require-concurrent-index-creation
create table event_rule_set (
    id uuid not null default uuidv7(),
    org_id uuid not null,
    service_id uuid,
    current_version integer not null,
    created_at timestamptz not null,
    constraint event_rule_set_pkey primary key (id),
    constraint event_rule_set_org_id_key unique (org_id, id),
    constraint event_rule_set_service_key unique nulls not distinct (org_id, service_id),
    constraint event_rule_set_org_fkey foreign key (org_id) references organization (id) on delete cascade,
    constraint event_rule_set_service_fkey foreign key (org_id, service_id)
        references service (org_id, id) on delete cascade
);
comment on table event_rule_set is 'The rules of the organization (no service), and then those of the service an event has come to.';

create table event_rule_set_version (
    org_id uuid not null,
    event_rule_set_id uuid not null,
    version integer not null,
    time_zone text not null,
    rules jsonb not null,
    created_at timestamptz not null,
    created_by text not null,
    constraint event_rule_set_version_pkey primary key (event_rule_set_id, version),
    constraint event_rule_set_version_set_fkey foreign key (org_id, event_rule_set_id)
        references event_rule_set (org_id, id) on delete cascade
);
comment on column event_rule_set_version.time_zone is 'What the conditions'' local time is told in.';
create index event_rule_set_version_org_idx on event_rule_set_version (org_id, event_rule_set_id);

create table maintenance_window (
    id uuid not null default uuidv7(),
    org_id uuid not null,
    kind text not null,
    name text not null,
    scope jsonb not null,
    time_zone text not null,
    starts_at timestamptz not null,
    ends_at timestamptz not null,
    recurrence text,
    recurs_until timestamptz,
    ended_at timestamptz,
    version integer not null default 1,
    created_at timestamptz not null,
    created_by text not null,
    cancelled_at timestamptz,
    constraint maintenance_window_pkey primary key (id),
    constraint maintenance_window_org_id_key unique (org_id, id),
    constraint maintenance_window_org_fkey foreign key (org_id) references organization (id) on delete cascade,
    constraint maintenance_window_kind_known check (kind in ('maintenance', 'silence')),
    constraint maintenance_window_ends_after_start check (ends_at > starts_at)
);
create index maintenance_window_org_idx on maintenance_window (org_id, cancelled_at, ends_at);
comment on table maintenance_window is 'While it lasts what it covers is seen and pages nobody; announced, or a silence.';
comment on column maintenance_window.ended_at is 'Somebody ended it then; what starts later is open again.';
comment on column maintenance_window.recurrence is 'An RFC 5545 RRULE of local times; starts_at and ends_at are the first one then.';

create table service_dependency (
    org_id uuid not null,
    service_id uuid not null,
    depends_on_id uuid not null,
    created_at timestamptz not null,
    created_by text not null,
    constraint service_dependency_pkey primary key (service_id, depends_on_id),
    constraint service_dependency_service_fkey foreign key (org_id, service_id)
        references service (org_id, id) on delete cascade,
    constraint service_dependency_depends_on_fkey foreign key (org_id, depends_on_id)
        references service (org_id, id) on delete cascade,
    constraint service_dependency_not_itself check (service_id <> depends_on_id)
);
create index service_dependency_org_idx on service_dependency (org_id, service_id);
create index service_dependency_depends_on_idx on service_dependency (org_id, depends_on_id);
comment on table service_dependency is 'While the service it depends on is down, a service stays quiet and says why.';

alter table dedup_key add column last_alert_id uuid;
comment on column dedup_key.last_alert_id is 'The alert opened last, whose incident a trigger soon after its end opens again.';
create index service_reopening_idx on service (org_id) where reopen_window_seconds > 0;

alter table event add column trace jsonb;
comment on column event.trace is 'Each decision about it in turn, with its reason and the version of the rules.';

alter table incident
    add column muted_by text,
    add column muted_until timestamptz,
    add column group_key text,
    add column group_ends_at timestamptz,
    add column labels jsonb not null default '{}',
    add column routed_policy_id uuid;
create index incident_muted_idx on incident (muted_until, id) where muted_until is not null;
create index incident_group_idx on incident (org_id, service_id, group_key) where group_key is not null and status <> 'resolved';
create index incident_muted_by_idx on incident (org_id, muted_by) where muted_by is not null;
comment on column incident.routed_policy_id is 'The policy that a rule has chosen in the place of its service''s.';
comment on column incident.muted_by is 'Why it pages nobody: rule:<id>, maintenance_window:<id> or incident:<id> of what it depends on.';
comment on column incident.muted_until is 'When that may be over, and the sweep looks again.';

create function app.event_context(
    org_ids uuid[], event_ids uuid[], alert_ids uuid[], integration_ids uuid[], at timestamptz
)
returns table (kind text, id uuid, body jsonb)
language plpgsql stable set search_path = public, pg_temp
as $$
begin
    return query
        select 'known', e.id, null::jsonb from event e where e.org_id = any(org_ids) and e.id = any(event_ids);
    return query
        select 'set', s.id, jsonb_build_object(
            'org_id', s.org_id, 'version', s.current_version, 'service_id', s.service_id,
            'service_name', (select v.name from service v where v.id = s.service_id)
        )
        from event_rule_set s where s.org_id = any(org_ids);
    if found then
        return query
            select 'integration', i.id, jsonb_build_object('name', i.name, 'service_name', v.name)
            from integration i join service v on v.id = i.service_id
            where i.org_id = any(org_ids) and i.id = any(integration_ids);
    end if;
    return query
        select 'window', w.id, to_jsonb(w) from maintenance_window w
        where w.org_id = any(org_ids) and w.cancelled_at is null and w.starts_at <= event_context.at
            and (w.recurrence is not null or w.ends_at > event_context.at);
    return query
        select 'reopening', v.id, jsonb_build_object('seconds', v.reopen_window_seconds)
        from service v where v.org_id = any(org_ids) and v.reopen_window_seconds > 0;
    if found then
        return query
            select 'reopenable', a.id, jsonb_build_object('incident_id', a.incident_id)
            from alert a
            join incident i on i.id = a.incident_id
            join service v on v.id = i.service_id
            where a.org_id = any(org_ids) and a.id = any(alert_ids) and i.status = 'resolved'
                and i.resolved_at > event_context.at - make_interval(secs => v.reopen_window_seconds);
    end if;
    if exists (select from service_dependency d where d.org_id = any(org_ids)) then
        return query
            with recursive above as (
                select d.service_id, d.depends_on_id from service_dependency d where d.org_id = any(org_ids)
                union
                select a.service_id, d.depends_on_id
                from above a join service_dependency d on d.org_id = any(org_ids) and d.service_id = a.depends_on_id
            )
            select 'above', a.service_id, jsonb_build_object('depends_on_id', a.depends_on_id) from above a
            union all
            select 'down', i.service_id, jsonb_build_object(
                'service_name', v.name, 'incident_id', i.id, 'number', i.number
            )
            from incident i join service v on v.id = i.service_id
            where i.org_id = any(org_ids) and i.status <> 'resolved' and i.muted_by is null
                and i.service_id in (select a.depends_on_id from above a);
    end if;
end
$$;
comment on function app.event_context(uuid[], uuid[], uuid[], uuid[], timestamptz) is
'What judging events needs to know: which are stored already, and all that decides about them. A function, so that its
plans are kept: where none of it is used it costs little more than the first question.';

create function app.muted_incidents(due_before timestamptz, after_at timestamptz, after_id uuid, at_most integer)
returns table (org_id uuid, id uuid, at timestamptz)
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select i.org_id, i.id, i.muted_until from incident i
    where i.muted_until <= due_before and (i.muted_until, i.id) > (after_at, after_id)
    order by i.muted_until, i.id limit at_most;
end;
grant execute on function app.muted_incidents(timestamptz, timestamptz, uuid, integer) to worker;
grant execute on function app.event_context(uuid[], uuid[], uuid[], uuid[], timestamptz) to app, worker;

do $$
declare
    name text;
begin
    foreach name in array array['event_rule_set', 'event_rule_set_version', 'maintenance_window', 'service_dependency']
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
grant insert, update on event_rule_set, maintenance_window to app;
grant insert on event_rule_set_version to app;
grant insert, delete on service_dependency to app;
