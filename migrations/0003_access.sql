-- Who may touch what: grants, row-level security, and the few look-ups that cross organizations.
grant select on all tables in schema public to app, worker;
revoke select on rejected_message, sweep_run from app;

grant insert, update on organization, membership, contact_method, api_key to app;
grant insert, update, delete on team, team_member to app;
grant insert, update on escalation_policy, service, integration, routing_key to app;
grant insert on escalation_policy_version, escalation_policy_step to app;
grant insert on audit_entry, timeline_entry to app, worker;
grant insert, update on dedup_key, incident, alert, escalation, notification, notification_attempt to app, worker;
grant insert on event, rejected_message, sweep_run to worker;
grant update on contact_method, routing_key to worker;
grant insert, update on routing_key_usage to worker;
grant usage on sequence incident_number_seq to app, worker;

alter table organization enable row level security;
create policy organization_app on organization to app using (id = (select app.org()));
create policy organization_worker on organization to worker using (id = any ((select app.orgs())::uuid[]));

alter table user_account enable row level security;
create policy user_account_app on user_account to app using (
    exists (select from membership m where m.user_id = user_account.id and m.org_id = (select app.org()))
);
create policy user_account_worker on user_account to worker using (
    exists (select from membership m where m.user_id = user_account.id and m.org_id = any ((select app.orgs())::uuid[]))
);

do $$
declare
    name text;
begin
    foreach name in array array[
        'membership', 'team', 'team_member', 'contact_method', 'api_key', 'audit_entry',
        'escalation_policy', 'escalation_policy_version', 'escalation_policy_step', 'service', 'integration',
        'routing_key', 'routing_key_usage', 'dedup_key', 'incident', 'alert', 'event', 'escalation', 'notification',
        'notification_attempt', 'timeline_entry'
    ] loop
        execute format('alter table %I enable row level security', name);
        execute format('create policy %I on %I to app using (org_id = (select app.org()))', name || '_app', name);
        execute format(
            'create policy %I on %I to worker using (org_id = any ((select app.orgs())::uuid[]))',
            name || '_worker', name
        );
    end loop;
end
$$;

create function app.resolve_routing_keys(hashes bytea[])
returns table (
    key_hash bytea, routing_key_id uuid, org_id uuid, integration_id uuid, service_id uuid,
    revoked_at timestamptz, expires_at timestamptz
)
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select k.key_hash, k.id, k.org_id, k.integration_id, i.service_id,
        coalesce(k.revoked_at, i.deleted_at, s.deleted_at), k.expires_at
    from routing_key k
    join integration i on i.id = k.integration_id
    join service s on s.id = i.service_id
    where k.key_hash = any (hashes);
end;

create function app.resolve_api_key(hash bytea)
returns table (api_key_id uuid, org_id uuid, user_id uuid, role text, revoked_at timestamptz)
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select k.id, k.org_id, k.user_id, k.role, k.revoked_at from api_key k where k.key_hash = hash;
end;

create function app.resolve_link(hash bytea)
returns table (org_id uuid, incident_id uuid, notification_id uuid, target text, expires_at timestamptz)
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select n.org_id, n.incident_id, n.id, n.target, a.link_expires_at
    from notification_attempt a
    join notification n on n.id = a.notification_id
    where a.link_hash = hash;
end;

create function app.due_escalations(due_before timestamptz, at_most integer)
returns table (org_id uuid, id uuid)
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select e.org_id, e.id from escalation e
    where e.state = 'waiting' and e.next_at <= due_before
    order by e.next_at limit at_most;
end;

create function app.unarmed_escalations(due_before timestamptz, at_most integer)
returns table (org_id uuid, id uuid)
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select e.org_id, e.id from escalation e
    where e.state = 'waiting' and e.armed_at is null and e.next_at <= due_before
    order by e.next_at limit at_most;
end;

create function app.unsent_notifications(due_before timestamptz, at_most integer)
returns table (org_id uuid, id uuid)
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select n.org_id, n.id from notification n
    where n.state = 'queued' and n.due_at <= due_before
    order by n.due_at limit at_most;
end;

create function app.silent_notifications(claimed_before timestamptz, at_most integer)
returns table (org_id uuid, id uuid)
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select n.org_id, n.id from notification n
    where n.state = 'claimed' and n.claimed_at <= claimed_before
    order by n.claimed_at limit at_most;
end;

create function app.expired_alerts(expired_before timestamptz, at_most integer)
returns table (org_id uuid, id uuid)
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select a.org_id, a.id from alert a
    where a.status = 'open' and a.expires_at <= expired_before
    order by a.expires_at limit at_most;
end;

create function app.refused_keys(at timestamptz)
returns table (key_hash bytea)
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select k.key_hash
    from routing_key k
    join integration i on i.id = k.integration_id
    join service s on s.id = i.service_id
    where k.revoked_at is not null or k.expires_at <= at or i.deleted_at is not null or s.deleted_at is not null;
end;

create function app.keys_over_budget(in_minute timestamptz, at_least integer)
returns table (key_hash bytea)
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select k.key_hash
    from routing_key_usage u
    join routing_key k on k.id = u.routing_key_id
    where u.minute = in_minute
    group by k.id
    having sum(u.requests) >= at_least;
end;

create function app.forget(before timestamptz) returns bigint
language sql volatile security definer set search_path = public, pg_temp
begin atomic
    with usage as (
        delete from routing_key_usage where minute < before - interval '2 days' returning 1
    ),
    runs as (
        delete from sweep_run where started_at < before - interval '2 days' returning 1
    )
    select (select count(*) from usage) + (select count(*) from runs);
end;
comment on function app.forget(timestamptz) is 'Delete bookkeeping that has served its purpose; answers how many rows.';

grant execute on function
    app.resolve_routing_keys(bytea[]), app.due_escalations(timestamptz, integer),
    app.unarmed_escalations(timestamptz, integer), app.unsent_notifications(timestamptz, integer),
    app.silent_notifications(timestamptz, integer), app.expired_alerts(timestamptz, integer),
    app.refused_keys(timestamptz), app.keys_over_budget(timestamptz, integer), app.forget(timestamptz)
to worker;
grant execute on function app.resolve_api_key(bytea), app.resolve_link(bytea) to app;
