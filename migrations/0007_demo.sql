-- Nothing leaves a demo: what is to leave is a row first, and here no row of a demo ever says so. Whoever writes sends
-- what the rows say, and a sweep finds nothing to make good.

create function app.hold_page_of_demo() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if exists (select from organization o where o.id = new.org_id and o.is_demo) then
        new.state := 'cancelled';
        new.reason := 'demo';
        new.finished_at := app.clock();
    end if;
    return new;
end
$$;
create trigger notification_of_demo_inserted before insert on notification
    for each row when (new.state in ('queued', 'claimed')) execute function app.hold_page_of_demo();
create trigger notification_of_demo_updated before update of state on notification
    for each row when (new.state in ('queued', 'claimed') and old.state not in ('queued', 'claimed'))
    execute function app.hold_page_of_demo();

create function app.hold_step_of_demo() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if exists (select from organization o where o.id = new.org_id and o.is_demo) then
        new.state := 'stopped';
        new.next_at := null;
        new.armed_at := null;
    end if;
    return new;
end
$$;
create trigger escalation_of_demo_inserted before insert on escalation
    for each row when (new.state = 'waiting') execute function app.hold_step_of_demo();
create trigger escalation_of_demo_updated before update of state on escalation
    for each row when (new.state = 'waiting' and old.state <> 'waiting') execute function app.hold_step_of_demo();

create function app.hold_mail_of_demo() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if exists (select from organization o where o.id = new.org_id and o.is_demo) then
        new.state := 'failed';
        new.detail := 'demo';
        new.ended_at := app.clock();
    end if;
    return new;
end
$$;
create trigger mail_of_demo before insert or update of state on mail
    for each row when (new.state = 'queued') execute function app.hold_mail_of_demo();

create function app.demo_planted_at(demo uuid) returns timestamptz
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select o.demo_planted_at from organization o where o.id = demo and o.is_demo;
end;

create function app.plant_demo(demo uuid, story jsonb) returns void
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    tables constant text[] := array[
        'membership', 'team', 'team_member', 'contact_method', 'escalation_policy', 'escalation_policy_version',
        'escalation_policy_step', 'service', 'integration', 'routing_key', 'api_key', 'invitation', 'incident',
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
comment on function app.plant_demo(uuid, jsonb) is
    'Make all there is to see in the demo anew, from rows by table; incidents keep their numbers, others their peace.';

grant execute on function app.demo_planted_at(uuid), app.plant_demo(uuid, jsonb) to worker;
