-- From an event to an incident: services, integrations, policies, events, alerts, incidents, escalations.
create table escalation_policy (
    id uuid not null default uuidv7(),
    org_id uuid not null,
    team_id uuid,
    name text not null,
    current_version integer not null,
    created_at timestamptz not null,
    deleted_at timestamptz,
    constraint escalation_policy_pkey primary key (id),
    constraint escalation_policy_org_id_key unique (org_id, id),
    constraint escalation_policy_org_fkey foreign key (org_id) references organization (id) on delete cascade,
    constraint escalation_policy_team_fkey foreign key (org_id, team_id) references team (org_id, id)
);
create unique index escalation_policy_name_key on escalation_policy (org_id, name) where deleted_at is null;

create table escalation_policy_version (
    org_id uuid not null,
    policy_id uuid not null,
    version integer not null,
    rounds integer not null,
    round_delay_seconds integer not null,
    created_at timestamptz not null,
    constraint escalation_policy_version_pkey primary key (policy_id, version),
    constraint escalation_policy_version_org_key unique (org_id, policy_id, version),
    constraint escalation_policy_version_policy_fkey foreign key (org_id, policy_id)
        references escalation_policy (org_id, id) on delete cascade,
    constraint escalation_policy_version_rounds_range check (rounds between 1 and 10),
    constraint escalation_policy_version_round_delay_range check (round_delay_seconds between 0 and 2592000)
);
comment on column escalation_policy_version.round_delay_seconds is
'Wait after the last step: before the next round, or before the escalation is exhausted.';

create table escalation_policy_step (
    org_id uuid not null,
    policy_id uuid not null,
    version integer not null,
    position integer not null,
    step_id uuid not null,
    delay_seconds integer not null,
    targets jsonb not null,
    constraint escalation_policy_step_pkey primary key (policy_id, version, position),
    constraint escalation_policy_step_step_key unique (policy_id, version, step_id),
    constraint escalation_policy_step_version_fkey foreign key (org_id, policy_id, version)
        references escalation_policy_version (org_id, policy_id, version) on delete cascade,
    constraint escalation_policy_step_delay_range check (delay_seconds between 0 and 2592000)
);
comment on column escalation_policy_step.step_id is 'Stable across versions, so a step keeps its identity when edited.';
comment on column escalation_policy_step.delay_seconds is 'Wait before this step, after the one before it.';

create table service (
    id uuid not null default uuidv7(),
    org_id uuid not null,
    team_id uuid,
    policy_id uuid,
    name text not null,
    created_at timestamptz not null,
    deleted_at timestamptz,
    constraint service_pkey primary key (id),
    constraint service_org_id_key unique (org_id, id),
    constraint service_org_fkey foreign key (org_id) references organization (id) on delete cascade,
    constraint service_team_fkey foreign key (org_id, team_id) references team (org_id, id),
    constraint service_policy_fkey foreign key (org_id, policy_id) references escalation_policy (org_id, id)
);
create unique index service_name_key on service (org_id, name) where deleted_at is null;

create table integration (
    id uuid not null default uuidv7(),
    org_id uuid not null,
    service_id uuid not null,
    name text not null,
    created_at timestamptz not null,
    deleted_at timestamptz,
    constraint integration_pkey primary key (id),
    constraint integration_org_id_key unique (org_id, id),
    constraint integration_service_fkey foreign key (org_id, service_id) references service (org_id, id)
);
create index integration_service_idx on integration (org_id, service_id);
comment on table integration is 'A way in to one service; its routing keys speak every inbound protocol.';

create table routing_key (
    id uuid not null default uuidv7(),
    org_id uuid not null,
    integration_id uuid not null,
    key_hash bytea not null,
    hint text not null,
    created_at timestamptz not null,
    expires_at timestamptz,
    revoked_at timestamptz,
    last_used_at timestamptz,
    refused_count bigint not null default 0,
    last_refused_at timestamptz,
    constraint routing_key_pkey primary key (id),
    constraint routing_key_hash_key unique (key_hash),
    constraint routing_key_org_id_key unique (org_id, id),
    constraint routing_key_integration_fkey foreign key (org_id, integration_id)
        references integration (org_id, id) on delete cascade
);
create index routing_key_integration_idx on routing_key (org_id, integration_id);
create index routing_key_revoked_idx on routing_key (revoked_at) where revoked_at is not null;
comment on column routing_key.expires_at is 'Set by a rotation: until then the old key goes on working beside the new one.';

create table routing_key_usage (
    org_id uuid not null,
    routing_key_id uuid not null,
    minute timestamptz not null,
    shard smallint not null,
    requests integer not null,
    constraint routing_key_usage_pkey primary key (routing_key_id, minute, shard),
    constraint routing_key_usage_key_fkey foreign key (org_id, routing_key_id)
        references routing_key (org_id, id) on delete cascade
) with (fillfactor = 80);
create index routing_key_usage_minute_idx on routing_key_usage (minute);
comment on table routing_key_usage is 'Requests a minute, in shards so that concurrent batches of one key do not queue for a row.';

create table dedup_key (
    org_id uuid not null,
    service_id uuid not null,
    dedup_key text not null,
    open_alert_id uuid,
    triggered_at timestamptz,
    triggered_request_id uuid,
    triggered_index integer,
    resolved_at timestamptz,
    resolved_request_id uuid,
    resolved_index integer,
    constraint dedup_key_pkey primary key (service_id, dedup_key),
    constraint dedup_key_service_fkey foreign key (org_id, service_id) references service (org_id, id) on delete cascade,
    constraint dedup_key_length check (char_length(dedup_key) between 1 and 255)
) with (fillfactor = 80);
comment on table dedup_key is
'Where each (service, dedup key) stands in the order of its events: triggered_through and resolved_through.';

create sequence incident_number_seq as bigint;
create table incident (
    id uuid not null default uuidv7(),
    org_id uuid not null,
    number bigint not null default nextval('incident_number_seq'),
    service_id uuid not null,
    title text not null,
    severity text not null,
    status text not null,
    late boolean not null default false,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    acknowledged_at timestamptz,
    acknowledged_by text,
    resolved_at timestamptz,
    resolved_by text,
    constraint incident_pkey primary key (id),
    constraint incident_org_id_key unique (org_id, id),
    constraint incident_number_key unique (number),
    constraint incident_service_fkey foreign key (org_id, service_id) references service (org_id, id),
    constraint incident_status_known check (status in ('triggered', 'acknowledged', 'resolved')),
    constraint incident_severity_known check (severity in ('critical', 'error', 'warning', 'info'))
) with (fillfactor = 80);
alter sequence incident_number_seq owned by incident.number;
create index incident_org_created_idx on incident (org_id, created_at desc, id desc);
create index incident_open_idx on incident (org_id, service_id) where status <> 'resolved';
comment on column incident.acknowledged_by is 'The actor as kind:id, as in the timeline.';

create table alert (
    id uuid not null default uuidv7(),
    org_id uuid not null,
    service_id uuid not null,
    incident_id uuid not null,
    dedup_key text not null,
    status text not null,
    summary text not null,
    source text,
    severity text not null,
    first_event_at timestamptz not null,
    last_event_at timestamptz not null,
    event_count bigint not null,
    expires_at timestamptz,
    resolved_at timestamptz,
    constraint alert_pkey primary key (id),
    constraint alert_incident_fkey foreign key (org_id, incident_id) references incident (org_id, id) on delete cascade,
    constraint alert_status_known check (status in ('open', 'resolved'))
) with (fillfactor = 80);
create unique index alert_open_key on alert (service_id, dedup_key) where status = 'open';
create index alert_incident_idx on alert (org_id, incident_id);
create index alert_expiry_idx on alert (expires_at) where status = 'open' and expires_at is not null;
comment on column alert.expires_at is 'Resolves by itself then unless refreshed (Alertmanager''s endsAt).';

create table event (
    id uuid not null,
    org_id uuid not null,
    service_id uuid not null,
    integration_id uuid not null,
    routing_key_id uuid not null,
    alert_id uuid,
    request_id uuid not null,
    index integer not null,
    received_at timestamptz not null,
    action text not null,
    dedup_key text,
    summary text,
    outcome text not null,
    payload jsonb not null,
    constraint event_pkey primary key (id),
    constraint event_service_fkey foreign key (org_id, service_id) references service (org_id, id) on delete cascade,
    constraint event_action_known check (action in ('trigger', 'acknowledge', 'resolve', 'change'))
);
create index event_service_received_idx on event (org_id, service_id, received_at desc);
create index event_alert_idx on event (org_id, alert_id) where alert_id is not null;
comment on column event.outcome is 'What became of it; tocsin.domain.dedup.Outcome names the values.';

create table escalation (
    id uuid not null default uuidv7(),
    org_id uuid not null,
    incident_id uuid not null,
    policy_id uuid,
    policy_version integer,
    direct_targets jsonb,
    state text not null,
    generation integer not null,
    round integer not null,
    position integer not null,
    next_at timestamptz,
    armed_at timestamptz,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint escalation_pkey primary key (id),
    constraint escalation_incident_key unique (incident_id),
    constraint escalation_org_id_key unique (org_id, id),
    constraint escalation_incident_fkey foreign key (org_id, incident_id) references incident (org_id, id) on delete cascade,
    constraint escalation_version_fkey foreign key (org_id, policy_id, policy_version)
        references escalation_policy_version (org_id, policy_id, version),
    constraint escalation_state_known check (state in ('waiting', 'stopped', 'exhausted')),
    constraint escalation_waiting_has_instant check ((state = 'waiting') = (next_at is not null)),
    constraint escalation_plan_known check (policy_id is null or policy_version is not null)
) with (fillfactor = 80);
create index escalation_next_idx on escalation (next_at) where state = 'waiting';
comment on column escalation.generation is 'Raised by everything that ends what runs; a wake-up names the one it was sent for.';
comment on column escalation.direct_targets is 'Set when people were assigned by hand: they take the place of a policy.';
comment on column escalation.round is 'With position: the next step to take.';

create table notification (
    id uuid not null default uuidv7(),
    org_id uuid not null,
    incident_id uuid not null,
    escalation_id uuid not null,
    generation integer not null,
    round integer not null,
    position integer not null,
    step_id uuid,
    retry integer not null default 0,
    target text not null,
    rule text not null default 'default',
    contact_method_id uuid,
    channel text not null,
    address text,
    sealed text,
    state text not null,
    attempts integer not null default 0,
    uncertain_count integer not null default 0,
    due_at timestamptz not null,
    claimed_at timestamptz,
    created_at timestamptz not null,
    finished_at timestamptz,
    reason text,
    constraint notification_pkey primary key (id),
    constraint notification_org_id_key unique (org_id, id),
    constraint notification_intent_key unique nulls not distinct
        (escalation_id, generation, round, step_id, retry, target, rule, channel, contact_method_id),
    constraint notification_escalation_fkey foreign key (org_id, escalation_id)
        references escalation (org_id, id) on delete cascade,
    constraint notification_incident_fkey foreign key (org_id, incident_id)
        references incident (org_id, id) on delete cascade,
    constraint notification_state_known
        check (state in ('queued', 'claimed', 'delivered', 'failed', 'cancelled'))
) with (fillfactor = 70);
create index notification_incident_idx on notification (org_id, incident_id);
create index notification_queued_idx on notification (due_at) where state = 'queued';
create index notification_claimed_idx on notification (claimed_at) where state = 'claimed';
comment on table notification is 'The outbox: an intent to page, written before anything leaves.';
comment on column notification.target is 'Who, once a step: user:<id>, email:<address> or fallback.';

create table notification_attempt (
    id uuid not null default uuidv7(),
    org_id uuid not null,
    notification_id uuid not null,
    number integer not null,
    state text not null,
    unclaimed boolean not null default false,
    link_hash bytea,
    link_expires_at timestamptz,
    started_at timestamptz not null,
    ended_at timestamptz,
    reason text,
    detail text,
    provider_id text,
    constraint notification_attempt_pkey primary key (id),
    constraint notification_attempt_number_key unique (notification_id, number),
    constraint notification_attempt_link_key unique (link_hash),
    constraint notification_attempt_notification_fkey foreign key (org_id, notification_id)
        references notification (org_id, id) on delete cascade,
    constraint notification_attempt_state_known
        check (state in ('claimed', 'delivered', 'temporary', 'permanent', 'uncertain'))
);
comment on column notification_attempt.unclaimed is 'Sent without the claim''s word, because the database could not be reached.';

create table timeline_entry (
    id uuid not null default uuidv7(),
    org_id uuid not null,
    incident_id uuid not null,
    at timestamptz not null,
    kind text not null,
    actor text not null,
    data jsonb not null,
    constraint timeline_entry_pkey primary key (id),
    constraint timeline_entry_incident_fkey foreign key (org_id, incident_id)
        references incident (org_id, id) on delete cascade
);
create index timeline_entry_incident_idx on timeline_entry (org_id, incident_id, at, id);
comment on column timeline_entry.actor is 'kind:id: user, api_key, integration, link or system.';

create table rejected_message (
    id uuid not null default uuidv7(),
    at timestamptz not null,
    queue text not null,
    message_id text not null,
    reason text not null,
    detail text not null,
    body text not null,
    constraint rejected_message_pkey primary key (id),
    constraint rejected_message_message_key unique (queue, message_id)
);
comment on table rejected_message is 'Messages that can never be accepted, of no known organization, with the reason.';

create table sweep_run (
    started_at timestamptz not null,
    counts jsonb not null,
    constraint sweep_run_pkey primary key (started_at)
);
