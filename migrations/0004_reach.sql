-- Look-ups that reach every row however many there are: lists of incidents, and what a sweep pages through.
-- Made before the first deployment, over empty tables; later ones over full tables are made concurrently.
-- squawk-ignore-file require-concurrent-index-creation, require-concurrent-index-deletion
create index incident_service_created_idx on incident (org_id, service_id, created_at desc, id desc);
create index incident_open_created_idx on incident (org_id, created_at desc, id desc) where status <> 'resolved';
create index escalation_due_idx on escalation (next_at, id) where state = 'waiting';
create index escalation_unarmed_idx on escalation (next_at, id) where state = 'waiting' and armed_at is null;
drop index escalation_next_idx;

create function app.due_escalations(due_before timestamptz, after_at timestamptz, after_id uuid, at_most integer)
returns table (org_id uuid, id uuid, at timestamptz)
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select e.org_id, e.id, e.next_at from escalation e
    where e.state = 'waiting' and e.next_at <= due_before and (e.next_at, e.id) > (after_at, after_id)
    order by e.next_at, e.id limit at_most;
end;

create function app.unarmed_escalations(due_before timestamptz, after_at timestamptz, after_id uuid, at_most integer)
returns table (org_id uuid, id uuid, at timestamptz)
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select e.org_id, e.id, e.next_at from escalation e
    where e.state = 'waiting' and e.armed_at is null and e.next_at <= due_before
        and (e.next_at, e.id) > (after_at, after_id)
    order by e.next_at, e.id limit at_most;
end;

create function app.unsent_notifications(due_before timestamptz, after_at timestamptz, after_id uuid, at_most integer)
returns table (org_id uuid, id uuid, at timestamptz)
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select n.org_id, n.id, n.due_at from notification n
    where n.state = 'queued' and n.due_at <= due_before and (n.due_at, n.id) > (after_at, after_id)
    order by n.due_at, n.id limit at_most;
end;

create function app.silent_notifications(
    claimed_before timestamptz, after_at timestamptz, after_id uuid, at_most integer
)
returns table (org_id uuid, id uuid, at timestamptz)
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select n.org_id, n.id, n.claimed_at from notification n
    where n.state = 'claimed' and n.claimed_at <= claimed_before and (n.claimed_at, n.id) > (after_at, after_id)
    order by n.claimed_at, n.id limit at_most;
end;

create function app.expired_alerts(expired_before timestamptz, after_at timestamptz, after_id uuid, at_most integer)
returns table (org_id uuid, id uuid, at timestamptz)
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select a.org_id, a.id, a.expires_at from alert a
    where a.status = 'open' and a.expires_at <= expired_before and (a.expires_at, a.id) > (after_at, after_id)
    order by a.expires_at, a.id limit at_most;
end;

create function app.enter_by_routing_keys(hashes bytea[])
returns table (
    entered_at timestamptz, key_hash bytea, routing_key_id uuid, org_id uuid, integration_id uuid, service_id uuid,
    revoked_at timestamptz, expires_at timestamptz
)
language plpgsql as $$
begin
    return query
    with known as materialized (select * from app.resolve_routing_keys(hashes)),
    entered as materialized (select app.enter_many(array(select distinct k.org_id from known k)) as at)
    select entered.at, known.* from entered left join known on true;
end
$$;
comment on function app.enter_by_routing_keys(bytea[]) is
'Enter the organizations of these keys; answers its now with each known key, or alone when none is known.';

grant execute on function
    app.due_escalations(timestamptz, timestamptz, uuid, integer),
    app.unarmed_escalations(timestamptz, timestamptz, uuid, integer),
    app.unsent_notifications(timestamptz, timestamptz, uuid, integer),
    app.silent_notifications(timestamptz, timestamptz, uuid, integer),
    app.expired_alerts(timestamptz, timestamptz, uuid, integer),
    app.enter_by_routing_keys(bytea[])
to worker;
