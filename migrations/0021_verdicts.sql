-- What results come to: events that come from monitors, who finds what time alone changes, regions that see nothing.
-- Made before the first deployment, over empty tables; later ones over full tables are made concurrently.
-- squawk-ignore-file require-concurrent-index-creation, constraint-missing-not-valid, ban-drop-not-null
alter table event
    alter column integration_id drop not null,
    alter column routing_key_id drop not null,
    add column monitor_id uuid,
    add constraint event_has_one_origin check (num_nonnulls(integration_id, monitor_id) = 1);
comment on column event.monitor_id is 'Where a monitor says so, in the place of an integration and its routing key.';

-- As before, and a monitor stands in the place of an integration.
create or replace function app.event_context(
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
            where i.org_id = any(org_ids) and i.id = any(integration_ids)
            union all
            select 'integration', m.id, jsonb_build_object('name', m.name, 'service_name', v.name)
            from monitor m join service v on v.id = m.service_id
            where m.org_id = any(org_ids) and m.id = any(integration_ids);
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

create function app.organizations_of_monitors(ids uuid[], commands uuid[]) returns uuid[]
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select coalesce(array_agg(found.org_id), '{}') from (
        select m.org_id from monitor m where m.id = any(ids)
        union
        select r.org_id from monitor_run r where r.id = any(commands)
    ) found;
end;

create function app.enter_by_monitors(ids uuid[], commands uuid[])
returns table (entered_at timestamptz, org_ids uuid[], days tstzrange)
language plpgsql as $$
begin
    org_ids := app.organizations_of_monitors(ids, commands);
    entered_at := app.enter_many(org_ids);
    days := app.result_range();
    return next;
end
$$;
comment on function app.enter_by_monitors(uuid[], uuid[]) is
'Enter the organizations of these monitors, and of those who asked for these checks; answers its now, which they are,
and of which ticks results are kept.';

create function app.due_monitors(due_before timestamptz, after_at timestamptz, after_id uuid, at_most integer)
returns table (org_id uuid, id uuid, at timestamptz)
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select s.org_id, s.monitor_id, s.look_at from monitor_state s
    where s.look_at <= due_before and (s.look_at, s.monitor_id) > (after_at, after_id)
    order by s.look_at, s.monitor_id limit at_most;
end;

create table check_region (
    region text not null,
    status text not null,
    since timestamptz not null,
    last_report_at timestamptz not null,
    constraint check_region_pkey primary key (region),
    constraint check_region_status_known check (status in ('seeing', 'blind', 'silent'))
);
comment on table check_region is
'Whether a region sees anything at all, by what its shards report; of the deployment, no organization''s.';

grant execute on function
    app.organizations_of_monitors(uuid[], uuid[]),
    app.enter_by_monitors(uuid[], uuid[]),
    app.due_monitors(timestamptz, timestamptz, uuid, integer)
to worker;
grant insert, update (look_at) on monitor_state to app;
grant select, insert, update on check_region to worker;
grant select on check_region to app;
