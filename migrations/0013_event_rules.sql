-- What is done with an event before anybody is paged: rules, windows that mute, services that depend on others.
-- Made before the first deployment, over empty tables; later ones over full tables are made concurrently.
-- squawk-ignore-file require-concurrent-index-creation
create table event_rule_set (
    id uuid not null default uuidv7(),
    org_id uuid not null,
    service_id uuid,
    current_version integer not null,
    created_at timestamptz not null,
    constraint event_rule_set_pkey primary key (id),
    constraint event_rule_set_org_id_key unique (org_id, id),
    constraint event_rule_set_service_key unique nulls not distinct (org_id, service_id),
    constraint event_rule_set_org_fkey foreign key (org_id) references organization (id) on delete cascade,
    constraint event_rule_set_service_fkey foreign key (org_id, service_id)
        references service (org_id, id) on delete cascade
);
comment on table event_rule_set is 'The rules of the organization (no service), and then those of the service an event has come to.';

create table event_rule_set_version (
    org_id uuid not null,
    event_rule_set_id uuid not null,
    version integer not null,
    rules jsonb not null,
    created_at timestamptz not null,
    created_by text not null,
    constraint event_rule_set_version_pkey primary key (event_rule_set_id, version),
    constraint event_rule_set_version_set_fkey foreign key (org_id, event_rule_set_id)
        references event_rule_set (org_id, id) on delete cascade
);
create index event_rule_set_version_org_idx on event_rule_set_version (org_id, event_rule_set_id);

create table maintenance_window (
    id uuid not null default uuidv7(),
    org_id uuid not null,
    kind text not null,
    name text not null,
    scope jsonb not null,
    time_zone text not null,
    starts_at timestamptz not null,
    ends_at timestamptz not null,
    recurrence text,
    recurs_until timestamptz,
    version integer not null default 1,
    created_at timestamptz not null,
    created_by text not null,
    cancelled_at timestamptz,
    constraint maintenance_window_pkey primary key (id),
    constraint maintenance_window_org_id_key unique (org_id, id),
    constraint maintenance_window_org_fkey foreign key (org_id) references organization (id) on delete cascade,
    constraint maintenance_window_kind_known check (kind in ('maintenance', 'silence')),
    constraint maintenance_window_ends_after_start check (ends_at > starts_at)
);
create index maintenance_window_org_idx on maintenance_window (org_id, cancelled_at, ends_at);
comment on table maintenance_window is 'While it lasts what it covers is seen and pages nobody; announced, or a silence.';
comment on column maintenance_window.recurrence is 'An RFC 5545 RRULE of local times; starts_at and ends_at are the first one then.';

create table service_dependency (
    org_id uuid not null,
    service_id uuid not null,
    depends_on_id uuid not null,
    created_at timestamptz not null,
    created_by text not null,
    constraint service_dependency_pkey primary key (service_id, depends_on_id),
    constraint service_dependency_service_fkey foreign key (org_id, service_id)
        references service (org_id, id) on delete cascade,
    constraint service_dependency_depends_on_fkey foreign key (org_id, depends_on_id)
        references service (org_id, id) on delete cascade,
    constraint service_dependency_not_itself check (service_id <> depends_on_id)
);
create index service_dependency_org_idx on service_dependency (org_id, service_id);
create index service_dependency_depends_on_idx on service_dependency (org_id, depends_on_id);
comment on table service_dependency is 'While the service it depends on is down, a service stays quiet and says why.';

alter table event add column trace jsonb;
comment on column event.trace is 'Each decision about it in turn, with its reason and the version of the rules.';

alter table incident
    add column muted_by text,
    add column muted_until timestamptz,
    add column group_key text,
    add column group_ends_at timestamptz,
    add column labels jsonb not null default '{}';
create index incident_muted_idx on incident (muted_until) where muted_until is not null;
create index incident_group_idx on incident (org_id, service_id, group_key) where group_key is not null and status <> 'resolved';
comment on column incident.muted_by is 'Why it pages nobody: rule:<id>, maintenance_window:<id> or incident:<id> of what it depends on.';
comment on column incident.muted_until is 'When that may be over, and the sweep looks again.';

do $$
declare
    name text;
begin
    foreach name in array array['event_rule_set', 'event_rule_set_version', 'maintenance_window', 'service_dependency']
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
grant insert, update on event_rule_set, maintenance_window to app;
grant insert on event_rule_set_version to app;
grant insert, delete on service_dependency to app;
