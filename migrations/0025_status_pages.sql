-- Status pages: pages with their components, what is told of them, and who wants to be told.
-- Made before the first deployment, over empty tables; later ones over full tables are made concurrently.
-- squawk-ignore-file require-concurrent-index-creation, adding-foreign-key-constraint, constraint-missing-not-valid
create table status_page (
    id uuid not null default uuidv7(),
    org_id uuid not null,
    slug text not null,
    name text not null,
    description text not null default '',
    time_zone text not null,
    visibility text not null default 'private',
    automatic text not null default 'suggest',
    home_url text,
    support_url text,
    is_indexed boolean not null default true,
    accent text,
    accent_dark text,
    subscribe_channels text[] not null default '{email}',
    snapshot_number bigint not null default 0,
    version integer not null default 1,
    created_at timestamptz not null,
    created_by text not null,
    updated_at timestamptz not null,
    deleted_at timestamptz,
    constraint status_page_pkey primary key (id),
    constraint status_page_org_id_key unique (org_id, id),
    constraint status_page_org_fkey foreign key (org_id) references organization (id) on delete cascade,
    constraint status_page_visibility_known check (visibility in ('private', 'public')),
    constraint status_page_automatic_known check (automatic in ('off', 'suggest', 'publish'))
);
create unique index status_page_slug_key on status_page (slug) where deleted_at is null;
create index status_page_given_up_idx on status_page (slug, deleted_at) where deleted_at is not null;
create index status_page_public_idx on status_page (org_id) where deleted_at is null and visibility = 'public';
comment on table status_page is 'What an organization tells the public; published as documents, never read live.';
comment on column status_page.snapshot_number is 'Raised by every snapshot, so that an older one never replaces a newer one.';

create table status_page_logo (
    org_id uuid not null,
    status_page_id uuid not null,
    variant text not null,
    content_type text not null,
    content bytea not null,
    sha256 text not null,
    width integer not null,
    height integer not null,
    alt text not null default '',
    created_at timestamptz not null,
    constraint status_page_logo_pkey primary key (status_page_id, variant),
    constraint status_page_logo_page_fkey foreign key (org_id, status_page_id)
        references status_page (org_id, id) on delete cascade,
    constraint status_page_logo_variant_known check (variant in ('light', 'dark')),
    constraint status_page_logo_content_small check (octet_length(content) <= 131072)
);
create index status_page_logo_org_idx on status_page_logo (org_id, status_page_id);
comment on table status_page_logo is 'An organization''s picture on its page, for light and for dark grounds.';

create table component_group (
    id uuid not null default uuidv7(),
    org_id uuid not null,
    status_page_id uuid not null,
    name text not null,
    description text not null default '',
    position integer not null,
    is_collapsed boolean not null default false,
    version integer not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint component_group_pkey primary key (id),
    constraint component_group_org_id_key unique (org_id, id),
    constraint component_group_name_key unique (status_page_id, name),
    constraint component_group_page_fkey foreign key (org_id, status_page_id)
        references status_page (org_id, id) on delete cascade
);
create index component_group_page_idx on component_group (org_id, status_page_id, position);
comment on table component_group is 'Components of a page that are shown together.';

create table component (
    id uuid not null default uuidv7(),
    org_id uuid not null,
    status_page_id uuid not null,
    component_group_id uuid,
    name text not null,
    description text not null default '',
    position integer not null,
    shows_uptime boolean not null default true,
    shows_latency boolean not null default false,
    only_if_degraded boolean not null default false,
    override_status text,
    override_until timestamptz,
    override_by text,
    version integer not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    deleted_at timestamptz,
    constraint component_pkey primary key (id),
    constraint component_org_id_key unique (org_id, id),
    constraint component_page_fkey foreign key (org_id, status_page_id)
        references status_page (org_id, id) on delete cascade,
    constraint component_group_fkey foreign key (org_id, component_group_id) references component_group (org_id, id),
    constraint component_override_known check (
        override_status in
        ('operational', 'degraded_performance', 'partial_outage', 'major_outage', 'under_maintenance')
    )
);
create unique index component_name_key on component (status_page_id, name) where deleted_at is null;
create index component_page_idx on component (org_id, status_page_id, position);
create index component_group_idx on component (org_id, component_group_id) where component_group_id is not null;
comment on table component is 'A part of what an organization offers, as the public knows it. Deleted, it stays in old reports.';
comment on column component.override_status is 'What somebody says it is, whatever monitors say, until override_until or until taken back.';

create table component_source (
    id uuid not null default uuidv7(),
    org_id uuid not null,
    component_id uuid not null,
    monitor_id uuid,
    service_id uuid,
    constraint component_source_pkey primary key (id),
    constraint component_source_one check (num_nonnulls(monitor_id, service_id) = 1),
    constraint component_source_monitor_key unique (component_id, monitor_id),
    constraint component_source_service_key unique (component_id, service_id),
    constraint component_source_component_fkey foreign key (org_id, component_id)
        references component (org_id, id) on delete cascade,
    constraint component_source_monitor_fkey foreign key (org_id, monitor_id)
        references monitor (org_id, id) on delete cascade,
    constraint component_source_service_fkey foreign key (org_id, service_id)
        references service (org_id, id) on delete cascade
);
create index component_source_component_idx on component_source (org_id, component_id);
create index component_source_monitor_idx on component_source (org_id, monitor_id) where monitor_id is not null;
create index component_source_service_idx on component_source (org_id, service_id) where service_id is not null;
comment on table component_source is
'The monitors and services a component''s status comes from; a component of none is kept by hand.';

create table component_span (
    id uuid not null default uuidv7(),
    org_id uuid not null,
    component_id uuid not null,
    status text not null,
    starts_at timestamptz not null,
    ends_at timestamptz,
    constraint component_span_pkey primary key (id),
    constraint component_span_component_fkey foreign key (org_id, component_id)
        references component (org_id, id) on delete cascade,
    constraint component_span_ends_after_start check (ends_at >= starts_at)
);
create unique index component_span_open_key on component_span (component_id) where ends_at is null;
create index component_span_times_idx on component_span (org_id, component_id, starts_at);
comment on table component_span is
'For how long the public was told that a component is what, where people or reports said so and no monitor.';

create table status_report (
    id uuid not null default uuidv7(),
    org_id uuid not null,
    status_page_id uuid not null,
    kind text not null,
    state text not null,
    title text not null,
    status text not null,
    impact text not null,
    incident_id uuid,
    suggested_by text,
    scheduled_for timestamptz,
    scheduled_until timestamptz,
    is_moved_by_schedule boolean not null default true,
    is_automatic boolean not null default false,
    is_impact_given boolean not null default false,
    mutes boolean not null default false,
    window_ids uuid[] not null default '{}',
    started_at timestamptz not null,
    monitoring_at timestamptz,
    resolved_at timestamptz,
    sequence integer not null default 0,
    version integer not null default 1,
    created_at timestamptz not null,
    created_by text not null,
    updated_at timestamptz not null,
    published_at timestamptz,
    deleted_at timestamptz,
    constraint status_report_pkey primary key (id),
    constraint status_report_org_id_key unique (org_id, id),
    constraint status_report_page_fkey foreign key (org_id, status_page_id)
        references status_page (org_id, id) on delete cascade,
    constraint status_report_incident_fkey foreign key (org_id, incident_id)
        references incident (org_id, id) on delete set null (incident_id),
    constraint status_report_kind_known check (kind in ('incident', 'maintenance')),
    constraint status_report_state_known check (state in ('draft', 'published', 'discarded')),
    constraint status_report_status_known check (
        status in
        (
            'investigating', 'identified', 'monitoring', 'resolved', 'postmortem',
            'scheduled', 'in_progress', 'verifying', 'completed'
        )
    ),
    constraint status_report_impact_known check (impact in ('none', 'maintenance', 'minor', 'major', 'critical')),
    constraint status_report_scheduled check (
        (kind = 'maintenance') = (scheduled_for is not null and scheduled_until is not null)
        and scheduled_until > scheduled_for
    )
);
create index status_report_page_idx on status_report (org_id, status_page_id, started_at desc, id desc);
create index status_report_incident_idx on status_report (org_id, incident_id) where incident_id is not null;
create index status_report_due_idx on status_report (scheduled_for, id)
where
    kind = 'maintenance' and state = 'published' and status in ('scheduled', 'in_progress')
    and is_moved_by_schedule and deleted_at is null;
create index status_report_automatic_idx on status_report (org_id)
where is_automatic and resolved_at is null and state <> 'discarded' and deleted_at is null;
comment on table status_report is 'What the public is told of an incident or of maintenance; no incident itself.';
comment on column status_report.state is 'A draft, suggested or written by hand, is seen by members alone.';
comment on column status_report.suggested_by is 'What had it drafted by itself: monitor:<id>, incident:<id>; none where a member did.';
comment on column status_report.is_automatic is 'Whether no person has had a hand in it: then it ends with its incident.';
comment on column status_report.window_ids is 'The maintenance windows that are kept in step with it.';

create table status_update (
    id uuid not null default uuidv7(),
    org_id uuid not null,
    status_report_id uuid not null,
    status text not null,
    body text not null,
    display_at timestamptz not null,
    tells_subscribers boolean not null default true,
    told_at timestamptz,
    created_at timestamptz not null,
    created_by text not null,
    updated_at timestamptz not null,
    constraint status_update_pkey primary key (id),
    constraint status_update_org_id_key unique (org_id, id),
    constraint status_update_report_fkey foreign key (org_id, status_report_id)
        references status_report (org_id, id) on delete cascade
);
create index status_update_report_idx on status_update (org_id, status_report_id, display_at desc, id desc);
create index status_update_untold_idx on status_update (created_at, id) where tells_subscribers and told_at is null;
comment on table status_update is 'What a status report says at an instant.';
comment on column status_update.told_at is 'When a mail to each subscriber was written.';

create table status_report_component (
    org_id uuid not null,
    status_report_id uuid not null,
    component_id uuid not null,
    status text not null,
    constraint status_report_component_pkey primary key (status_report_id, component_id),
    constraint status_report_component_report_fkey foreign key (org_id, status_report_id)
        references status_report (org_id, id) on delete cascade,
    constraint status_report_component_component_fkey foreign key (org_id, component_id)
        references component (org_id, id) on delete cascade
);
create index status_report_component_component_idx on status_report_component (org_id, component_id);
create index status_report_component_org_idx on status_report_component (org_id, status_report_id);
comment on table status_report_component is 'What a report says a component is, while it is not over.';

create table status_update_component (
    org_id uuid not null,
    status_update_id uuid not null,
    component_id uuid not null,
    name text not null,
    old_status text not null,
    new_status text not null,
    constraint status_update_component_pkey primary key (status_update_id, component_id),
    constraint status_update_component_update_fkey foreign key (org_id, status_update_id)
        references status_update (org_id, id) on delete cascade
);
create index status_update_component_org_idx on status_update_component (org_id, status_update_id);
comment on table status_update_component is 'What an update changed of a component, by the name it had.';

create table status_report_template (
    id uuid not null default uuidv7(),
    org_id uuid not null,
    status_page_id uuid not null,
    name text not null,
    kind text not null,
    title text not null,
    body text not null,
    status text not null,
    used_when text,
    version integer not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint status_report_template_pkey primary key (id),
    constraint status_report_template_org_id_key unique (org_id, id),
    constraint status_report_template_name_key unique (status_page_id, name),
    constraint status_report_template_used_known check (used_when in ('opened', 'resolved')),
    constraint status_report_template_kind_known check (kind in ('incident', 'maintenance')),
    constraint status_report_template_page_fkey foreign key (org_id, status_page_id)
        references status_page (org_id, id) on delete cascade
);
create index status_report_template_page_idx on status_report_template (org_id, status_page_id);
create unique index status_report_template_used_key on status_report_template (status_page_id, used_when);
comment on column status_report_template.used_when is 'At what of an incident it is used by itself.';
comment on table status_report_template is 'Words to begin a report or an update with.';

create table subscriber (
    id uuid not null default uuidv7(),
    org_id uuid not null,
    status_page_id uuid not null,
    channel text not null,
    address_digest bytea not null,
    sealed text not null,
    shown text not null,
    kinds text[] not null default '{incident,maintenance}',
    component_ids uuid[],
    state text not null default 'pending',
    failures integer not null default 0,
    asked_at timestamptz not null,
    confirmed_at timestamptz,
    ended_at timestamptz,
    constraint subscriber_pkey primary key (id),
    constraint subscriber_org_id_key unique (org_id, id),
    constraint subscriber_address_key unique (status_page_id, channel, address_digest),
    constraint subscriber_page_fkey foreign key (org_id, status_page_id)
        references status_page (org_id, id) on delete cascade,
    constraint subscriber_channel_known check (channel in ('email', 'webhook', 'slack')),
    constraint subscriber_state_known check (state in ('pending', 'active', 'ended', 'failed'))
);
create index subscriber_page_idx on subscriber (org_id, status_page_id, id) where state = 'active';
comment on table subscriber is 'An address outside that wants to be told what a page says.';
comment on column subscriber.sealed is 'JWE of the address, which only notify can open.';
comment on column subscriber.shown is 'What members see of the address: a…@example.com.';

create function app.is_slug_kept(of_slug text, from_org uuid, deleted_after timestamptz)
returns boolean
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select exists (
        select from status_page p where p.slug = of_slug and p.org_id <> from_org and p.deleted_at > deleted_after
    );
end;
comment on function app.is_slug_kept(text, uuid, timestamptz) is
'Whether a page of another organization was at this slug until lately; not whose.';
grant execute on function app.is_slug_kept(text, uuid, timestamptz) to app;

do $$
declare
    name text;
begin
    foreach name in array array[
        'status_page', 'status_page_logo', 'component_group', 'component', 'component_source', 'component_span',
        'status_report', 'status_update', 'status_report_component', 'status_update_component',
        'status_report_template', 'subscriber'
    ]
    loop
        execute format('alter table %I enable row level security', name);
        execute format('create policy %I on %I to app using (org_id = (select app.org()))', name || '_app', name);
        execute format(
            'create policy %I on %I to worker using (org_id = any ((select app.orgs())::uuid[]))',
            name || '_worker', name
        );
        execute format('grant select, insert, update, delete on %I to app', name);
        execute format('grant select on %I to worker', name);
    end loop;
end
$$;
grant update (snapshot_number) on status_page to worker;
-- so that components can be held; nothing of them is written
grant update (updated_at) on component to worker;
grant delete on component_span to worker;
grant insert, update on component_span, status_report, status_update, subscriber to worker;
grant insert on status_report_component, status_update_component to worker;
grant update, delete on status_report_component to worker;
