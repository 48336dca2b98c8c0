-- On call: schedules in versions, what is laid over them, who follows them from a calendar, who was told of a handoff.
-- Made before the first deployment, over empty tables; later ones over full tables are made concurrently.
-- squawk-ignore-file require-concurrent-index-creation, constraint-missing-not-valid, ban-drop-constraint
create table schedule (
    id uuid not null default uuidv7(),
    org_id uuid not null,
    team_id uuid,
    name text not null,
    description text,
    current_version integer not null,
    next_handoff_at timestamptz,
    created_at timestamptz not null,
    deleted_at timestamptz,
    constraint schedule_pkey primary key (id),
    constraint schedule_org_id_key unique (org_id, id),
    constraint schedule_org_fkey foreign key (org_id) references organization (id) on delete cascade,
    constraint schedule_team_fkey foreign key (org_id, team_id) references team (org_id, id),
    constraint schedule_name_length check (char_length(name) between 1 and 200)
);
create unique index schedule_name_key on schedule (org_id, name) where deleted_at is null;
create index schedule_handoff_idx on schedule (next_handoff_at) where next_handoff_at is not null and deleted_at is null;
comment on column schedule.next_handoff_at is
    'When who is on call changes next, as of the last look; the sweep tells them, and looks again.';

create table schedule_version (
    org_id uuid not null,
    schedule_id uuid not null,
    version integer not null,
    effective_at timestamptz not null,
    time_zone text not null,
    layers jsonb not null,
    created_at timestamptz not null,
    created_by text not null,
    constraint schedule_version_pkey primary key (schedule_id, version),
    constraint schedule_version_schedule_fkey foreign key (org_id, schedule_id)
        references schedule (org_id, id) on delete cascade
);
create index schedule_version_org_idx on schedule_version (org_id, schedule_id, effective_at);
comment on column schedule_version.effective_at is 'Shifts before this instant are those of the versions before: edits never change the past.';

create table schedule_override (
    id uuid not null default uuidv7(),
    org_id uuid not null,
    schedule_id uuid not null,
    kind text not null,
    user_id uuid,
    name text,
    layers jsonb,
    time_zone text,
    starts_at timestamptz not null,
    ends_at timestamptz not null,
    version integer not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    created_by text not null,
    cancelled_at timestamptz,
    constraint schedule_override_pkey primary key (id),
    constraint schedule_override_org_id_key unique (org_id, id),
    constraint schedule_override_schedule_fkey foreign key (org_id, schedule_id)
        references schedule (org_id, id) on delete cascade,
    constraint schedule_override_kind_known check (kind in ('override', 'temporary')),
    constraint schedule_override_temporary_has_layers check ((kind = 'temporary') = (layers is not null)),
    constraint schedule_override_ends_after_start check (ends_at > starts_at)
);
create index schedule_override_window_idx on schedule_override (org_id, schedule_id, ends_at);
comment on table schedule_override is
    'One person (or nobody) in a schedule''s place for a while; or, temporary, layers of its own, as over holidays.';
comment on column schedule_override.cancelled_at is 'From then on it holds no more; what it was before stays true.';

create table calendar_feed (
    id uuid not null default uuidv7(),
    org_id uuid not null,
    schedule_id uuid not null,
    user_id uuid,
    token_hash bytea not null,
    created_at timestamptz not null,
    created_by text not null,
    revoked_at timestamptz,
    last_used_at timestamptz,
    constraint calendar_feed_pkey primary key (id),
    constraint calendar_feed_token_key unique (token_hash),
    constraint calendar_feed_schedule_fkey foreign key (org_id, schedule_id)
        references schedule (org_id, id) on delete cascade
);
create index calendar_feed_schedule_idx on calendar_feed (org_id, schedule_id);
comment on column calendar_feed.user_id is 'Whose shifts it shows; null for everybody''s.';

create table handoff_notice (
    org_id uuid not null,
    schedule_id uuid not null,
    user_id uuid not null,
    kind text not null,
    at timestamptz not null,
    created_at timestamptz not null,
    constraint handoff_notice_pkey primary key (schedule_id, user_id, kind, at),
    constraint handoff_notice_schedule_fkey foreign key (org_id, schedule_id)
        references schedule (org_id, id) on delete cascade,
    constraint handoff_notice_kind_known check (kind in ('starts', 'ends'))
);
create index handoff_notice_org_idx on handoff_notice (org_id, schedule_id);
comment on table handoff_notice is 'That somebody was told of a handoff, once.';

alter table membership add column handoff_notices boolean not null default true;
comment on column membership.handoff_notices is 'Whether they are mailed when their turn in a schedule begins or ends.';

alter table mail drop constraint mail_kind_known,
    add constraint mail_kind_known check (kind in ('invitation', 'handoff'));

create function app.due_handoffs(due_before timestamptz, after_at timestamptz, after_id uuid, at_most integer)
returns table (org_id uuid, id uuid, at timestamptz)
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select s.org_id, s.id, s.next_handoff_at from schedule s
    join organization o on o.id = s.org_id and not o.is_demo
    where s.next_handoff_at is not null and s.deleted_at is null and s.next_handoff_at <= due_before
        and (s.next_handoff_at, s.id) > (after_at, after_id)
    order by s.next_handoff_at, s.id limit at_most;
end;

create function app.resolve_calendar_feed(hash bytea)
returns table (org_id uuid, id uuid, schedule_id uuid, user_id uuid)
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select f.org_id, f.id, f.schedule_id, f.user_id
    from calendar_feed f
    join schedule s on s.org_id = f.org_id and s.id = f.schedule_id and s.deleted_at is null
    where f.token_hash = hash and f.revoked_at is null
        and (
            f.user_id is null
            or exists (select from membership m where m.org_id = f.org_id and m.user_id = f.user_id)
        )
        and (
            f.created_by not like 'user:%'
            or exists (
                select from membership m where m.org_id = f.org_id and m.user_id::text = substr(f.created_by, 6)
            )
        );
end;
comment on function app.resolve_calendar_feed(bytea) is
    'What a calendar''s token is for, while whoever made it, and whose shifts it shows, are members.';
grant execute on function app.due_handoffs(timestamptz, timestamptz, uuid, integer) to worker;
grant execute on function app.resolve_calendar_feed(bytea) to app;

-- The demo has schedules, too.
create or replace function app.plant_demo(demo uuid, story jsonb) returns void
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    tables constant text[] := array[
        'membership', 'team', 'team_member', 'contact_method', 'notification_rule_set',
        'notification_rule', 'schedule', 'schedule_version', 'schedule_override',
        'escalation_policy', 'escalation_policy_version', 'escalation_policy_step', 'service', 'integration',
        'routing_key', 'event_rule_set', 'event_rule_set_version', 'maintenance_window', 'service_dependency',
        'api_key', 'invitation', 'incident',
        'alert', 'event', 'escalation', 'notification', 'notification_attempt', 'timeline_entry', 'audit_entry'
    ];
    of_table text;
    columns text;
    numbers jsonb;
begin
    insert into organization as o (id, name, fallback_email, created_at, is_demo, demo_planted_at)
    select demo, r.name, r.fallback_email, r.created_at, true, app.clock()
    from jsonb_populate_record(null::organization, story -> 'organization') r
    on conflict on constraint organization_pkey do update set
        name = excluded.name, fallback_email = excluded.fallback_email, demo_planted_at = excluded.demo_planted_at
    where o.is_demo;
    if not found then
        raise exception 'organization % is no demo', demo;
    end if;
    insert into user_account (id, email, name, created_at)
    select r.id, r.email, r.name, r.created_at
    from jsonb_populate_recordset(null::user_account, story -> 'user_account') r
    on conflict on constraint user_account_pkey do nothing;
    select jsonb_object_agg(i.id, i.number) into numbers from incident i where i.org_id = demo;
    for i in reverse array_length(tables, 1) .. 1 loop
        execute format('delete from %I where org_id = $1', tables[i]) using demo;
    end loop;
    foreach of_table in array tables loop
        select string_agg(quote_ident(k), ', ') into columns from jsonb_object_keys(story -> of_table -> 0) k;
        continue when columns is null;
        execute format(
            'insert into %1$I (org_id, %2$s) select $1, %2$s from jsonb_populate_recordset(null::%1$I, $2)',
            of_table, columns
        ) using demo, story -> of_table;
    end loop;
    update incident i set number = (numbers ->> i.id::text)::bigint where i.org_id = demo and numbers ? i.id::text;
end
$$;

do $$
declare
    name text;
begin
    foreach name in array array['schedule', 'schedule_version', 'schedule_override', 'calendar_feed', 'handoff_notice']
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
grant insert, update on schedule, schedule_override, calendar_feed to app;
grant insert on schedule_version to app;
grant update (next_handoff_at) on schedule to worker;
grant insert on handoff_notice, mail to worker;
