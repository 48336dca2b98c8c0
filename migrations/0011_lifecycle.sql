-- What people and time do to an incident: urgency, snooze, forgotten acknowledgements, responders, a stop of all paging.
-- Made before the first deployment, over empty tables; later ones over full tables are made concurrently.
-- squawk-ignore-file require-concurrent-index-creation
alter table organization
    add column paging_stopped_until timestamptz,
    add column paging_stopped_at timestamptz,
    add column paging_stopped_by text,
    add column paging_stop_reason text;
comment on column organization.paging_stopped_until is 'Until then nobody is paged; what comes in waits.';

alter table service
    add column urgency text not null default 'by_severity'
        constraint service_urgency_known check (urgency in ('by_severity', 'high', 'low')),
    add column runbook_url text,
    add column acknowledgement_timeout_seconds integer,
    add column auto_resolve_seconds integer,
    add column reopen_window_seconds integer not null default 0,
    add column version integer not null default 1;
comment on column service.acknowledgement_timeout_seconds is 'After so long an acknowledged incident is taken for forgotten and pages again.';
comment on column service.auto_resolve_seconds is 'After so long without an event an incident resolves by itself.';
comment on column service.reopen_window_seconds is 'A trigger so soon after the resolve opens the same incident again.';

alter table incident
    add column urgency text not null default 'high' constraint incident_urgency_known check (urgency in ('high', 'low')),
    add column runbook_url text,
    add column snoozed_until timestamptz,
    add column snoozed_by text,
    add column snooze_time_zone text,
    add column acknowledgement_ends_at timestamptz,
    add column auto_resolves_at timestamptz,
    add column reopened_count integer not null default 0;
create index incident_snoozed_idx on incident (snoozed_until, id) where snoozed_until is not null;
create index incident_acknowledgement_idx on incident (acknowledgement_ends_at, id)
where acknowledgement_ends_at is not null;
create index incident_auto_resolve_idx on incident (auto_resolves_at, id) where auto_resolves_at is not null;
comment on column incident.snoozed_until is 'Until then it pages nobody; then its escalation starts over.';
comment on column incident.runbook_url is 'Its own; without one, that of its service.';
comment on column incident.auto_resolves_at is 'When to look whether events still come; what comes by then puts it off.';

create table incident_responder (
    org_id uuid not null,
    incident_id uuid not null,
    user_id uuid not null,
    added_at timestamptz not null,
    added_by text not null,
    constraint incident_responder_pkey primary key (incident_id, user_id),
    constraint incident_responder_incident_fkey foreign key (org_id, incident_id)
        references incident (org_id, id) on delete cascade
);
create index incident_responder_org_idx on incident_responder (org_id, incident_id);
create index incident_responder_user_idx on incident_responder (user_id);
comment on table incident_responder is 'Who was called in to help, beside whom the escalation pages.';

alter table incident_responder enable row level security;
create policy incident_responder_app on incident_responder to app using (org_id = (select app.org()));
create policy incident_responder_worker on incident_responder to worker using (org_id = any ((select app.orgs())::uuid[]));
grant select on incident_responder to app, worker;
grant insert on incident_responder to app;

-- What a stop of all paging holds back keeps its instant: these find it again when the stop is over.
create or replace function app.due_escalations(
    due_before timestamptz, after_at timestamptz, after_id uuid, at_most integer
)
returns table (org_id uuid, id uuid, at timestamptz)
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select e.org_id, e.id, e.next_at from escalation e
    where e.state = 'waiting' and e.next_at <= due_before and (e.next_at, e.id) > (after_at, after_id)
        and not exists (select from organization o where o.id = e.org_id and o.paging_stopped_until > due_before)
    order by e.next_at, e.id limit at_most;
end;

create or replace function app.unsent_notifications(
    due_before timestamptz, after_at timestamptz, after_id uuid, at_most integer
)
returns table (org_id uuid, id uuid, at timestamptz)
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select n.org_id, n.id, n.due_at from notification n
    where n.state = 'queued' and n.due_at <= due_before and (n.due_at, n.id) > (after_at, after_id)
        and not exists (select from organization o where o.id = n.org_id and o.paging_stopped_until > due_before)
    order by n.due_at, n.id limit at_most;
end;

create function app.ended_snoozes(ended_before timestamptz, after_at timestamptz, after_id uuid, at_most integer)
returns table (org_id uuid, id uuid, at timestamptz)
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select i.org_id, i.id, i.snoozed_until from incident i
    where i.snoozed_until is not null and i.snoozed_until <= ended_before
        and (i.snoozed_until, i.id) > (after_at, after_id)
    order by i.snoozed_until, i.id limit at_most;
end;

create function app.forgotten_acknowledgements(
    ended_before timestamptz, after_at timestamptz, after_id uuid, at_most integer
)
returns table (org_id uuid, id uuid, at timestamptz)
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select i.org_id, i.id, i.acknowledgement_ends_at from incident i
    where i.acknowledgement_ends_at is not null and i.acknowledgement_ends_at <= ended_before
        and (i.acknowledgement_ends_at, i.id) > (after_at, after_id)
    order by i.acknowledgement_ends_at, i.id limit at_most;
end;

create function app.silent_incidents(due_before timestamptz, after_at timestamptz, after_id uuid, at_most integer)
returns table (org_id uuid, id uuid, at timestamptz)
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select i.org_id, i.id, i.auto_resolves_at from incident i
    where i.auto_resolves_at is not null and i.auto_resolves_at <= due_before
        and (i.auto_resolves_at, i.id) > (after_at, after_id)
    order by i.auto_resolves_at, i.id limit at_most;
end;

grant execute on function
    app.ended_snoozes(timestamptz, timestamptz, uuid, integer),
    app.forgotten_acknowledgements(timestamptz, timestamptz, uuid, integer),
    app.silent_incidents(timestamptz, timestamptz, uuid, integer)
to worker;
