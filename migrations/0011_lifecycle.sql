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
    add column urgency text not null default 'by_severity',
    add column runbook_url text,
    add column acknowledgement_timeout_seconds integer,
    add column auto_resolve_seconds integer,
    add column reopen_window_seconds integer not null default 0,
    add column version integer not null default 1;
comment on column service.acknowledgement_timeout_seconds is 'After so long an acknowledged incident is taken for forgotten and pages again.';
comment on column service.auto_resolve_seconds is 'After so long without an event an incident resolves by itself.';
comment on column service.reopen_window_seconds is 'A trigger so soon after the resolve opens the same incident again.';

alter table incident
    add column urgency text not null default 'high',
    add column runbook_url text,
    add column snoozed_until timestamptz,
    add column snoozed_by text,
    add column snooze_time_zone text,
    add column acknowledgement_ends_at timestamptz,
    add column auto_resolves_at timestamptz,
    add column reopened_count integer not null default 0;
create index incident_snoozed_idx on incident (snoozed_until) where snoozed_until is not null;
create index incident_acknowledgement_idx on incident (acknowledgement_ends_at) where acknowledgement_ends_at is not null;
create index incident_auto_resolve_idx on incident (auto_resolves_at) where auto_resolves_at is not null;
comment on column incident.snoozed_until is 'Until then it pages nobody; then its escalation starts over.';

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
