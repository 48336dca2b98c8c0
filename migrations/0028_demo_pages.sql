-- The demo has a status page, too.
create or replace function app.plant_demo(demo uuid, story jsonb) returns void
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    tables constant text[] := array[
        'membership', 'team', 'team_member', 'contact_method', 'notification_rule_set',
        'notification_rule', 'schedule', 'schedule_version', 'schedule_override',
        'escalation_policy', 'escalation_policy_version', 'escalation_policy_step', 'service', 'integration',
        'routing_key', 'event_rule_set', 'event_rule_set_version', 'maintenance_window', 'service_dependency',
        'monitor_group', 'monitor', 'heartbeat', 'monitor_region', 'monitor_state', 'monitor_span', 'check_rollup_hour',
        'check_rollup_day', 'check_evidence', 'status_page', 'component_group', 'component', 'component_source',
        'component_span', 'status_report', 'status_report_component', 'status_update', 'status_update_component',
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
