-- Steps that repeat, take turns and have conditions; destinations that are nobody's; escalations that can be held.
-- Made before the first deployment, over empty tables; later ones over full tables are made concurrently.
-- squawk-ignore-file require-concurrent-index-creation, ban-drop-constraint, constraint-missing-not-valid
alter table escalation_policy_version
    add column time_zone text not null default 'UTC',
    add column fallback jsonb not null default '[]',
    add column created_by text;
comment on column escalation_policy_version.time_zone is 'What the times of its steps'' conditions are in.';
comment on column escalation_policy_version.fallback is
    'Targets paged when the rounds are over; the organization''s fallback contact comes after them.';

alter table escalation_policy_step
    add column retries integer not null default 0,
    add column retry_interval_seconds integer not null default 0,
    add column round_robin boolean not null default false,
    add column conditions jsonb not null default '{}';
comment on column escalation_policy_step.retries is 'How often the step pages again before the next one is waited for.';
comment on column escalation_policy_step.round_robin is 'Pages one of its targets, the next one each time an incident comes.';

create table escalation_turn (
    org_id uuid not null,
    policy_id uuid not null,
    step_id uuid not null,
    turn bigint not null,
    constraint escalation_turn_pkey primary key (policy_id, step_id),
    constraint escalation_turn_policy_fkey foreign key (org_id, policy_id)
        references escalation_policy (org_id, id) on delete cascade
);
create index escalation_turn_org_idx on escalation_turn (org_id, policy_id);
comment on table escalation_turn is 'Whose turn it is in a step that takes turns; across versions, since the step keeps its id.';

create table destination (
    id uuid not null default uuidv7(),
    org_id uuid not null,
    team_id uuid,
    channel text not null,
    name text not null,
    sealed text not null,
    version integer not null default 1,
    created_at timestamptz not null,
    disabled_at timestamptz,
    disabled_reason text,
    deleted_at timestamptz,
    constraint destination_pkey primary key (id),
    constraint destination_org_id_key unique (org_id, id),
    constraint destination_org_fkey foreign key (org_id) references organization (id) on delete cascade,
    constraint destination_team_fkey foreign key (org_id, team_id) references team (org_id, id),
    constraint destination_channel_known check (channel in ('webhook', 'slack'))
);
create unique index destination_name_key on destination (org_id, name) where deleted_at is null;
comment on table destination is 'Where a step can page that is no person: a webhook or a chat channel.';

alter table escalation
    add column retry integer not null default 0,
    add column held_at timestamptz,
    add column held_by text,
    add column held_next_at timestamptz,
    add column turns jsonb not null default '{}',
    drop constraint escalation_state_known,
    add constraint escalation_state_known check (state in ('waiting', 'held', 'stopped', 'exhausted')),
    add constraint escalation_held_says_since_when check ((state = 'held') = (held_at is not null));
comment on column escalation.retry is 'With round and position: which repetition of that step comes next; 0 is the step itself.';
comment on column escalation.held_at is 'Since when it waits for somebody to let it go on; it has no next instant then.';
comment on column escalation.held_next_at is 'When its next step would have been taken; what was left of that wait goes on with it.';
comment on column escalation.turns is 'The turn this escalation has in each step that takes turns, by step id.';

alter table notification add column destination_id uuid;
comment on column notification.target is 'Who, once a step: user:<id>, email:<address>, destination:<id> or fallback.';

do $$
declare
    name text;
begin
    foreach name in array array['escalation_turn', 'destination'] loop
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
grant insert, update on destination, escalation_turn to app;
grant insert, update on escalation_turn to worker;
grant update on destination to worker;
