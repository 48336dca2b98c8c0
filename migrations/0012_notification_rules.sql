-- How somebody wants to be paged: by which methods and after which delays, apart for what is urgent and what is not.
-- Made before the first deployment, over empty tables; later ones over full tables are made concurrently.
-- squawk-ignore-file require-concurrent-index-creation, ban-drop-constraint, constraint-missing-not-valid
-- squawk-ignore-file adding-foreign-key-constraint, disallowed-unique-constraint
create table notification_rule_set (
    org_id uuid not null,
    user_id uuid not null,
    urgency text not null,
    version integer not null default 1,
    updated_at timestamptz not null,
    constraint notification_rule_set_pkey primary key (org_id, user_id, urgency),
    constraint notification_rule_set_member_fkey foreign key (org_id, user_id)
        references membership (org_id, user_id) on delete cascade,
    constraint notification_rule_set_urgency_known check (urgency in ('high', 'low'))
);
comment on table notification_rule_set is
    'How often a member has changed the rules for an urgency; a set without rules goes by all methods at once.';

alter table contact_method add constraint contact_method_user_id_key unique (org_id, user_id, id);

create table notification_rule (
    id uuid not null default uuidv7(),
    org_id uuid not null,
    user_id uuid not null,
    urgency text not null,
    contact_method_id uuid not null,
    delay_seconds integer not null,
    constraint notification_rule_pkey primary key (id),
    constraint notification_rule_once unique (org_id, user_id, urgency, contact_method_id, delay_seconds),
    constraint notification_rule_set_fkey foreign key (org_id, user_id, urgency)
        references notification_rule_set (org_id, user_id, urgency) on delete cascade,
    constraint notification_rule_method_fkey foreign key (org_id, user_id, contact_method_id)
        references contact_method (org_id, user_id, id) on delete cascade,
    constraint notification_rule_delay_range check (delay_seconds between 0 and 86400)
);

create index notification_rule_method_idx on notification_rule (org_id, user_id, contact_method_id);

alter table contact_method
    add column verified_at timestamptz,
    add column verification_hash bytea,
    add column verification_ends_at timestamptz,
    add column verification_tries integer not null default 0,
    add column removed_at timestamptz;
comment on column contact_method.verified_at is 'When whoever reads there has proven it; pages go out before, and lint tells.';

comment on column contact_method.verification_hash is 'HMAC of the code that was sent last; only for its quarter of an hour.';
comment on column contact_method.removed_at is 'Kept without its secrets, so that pages can name it and nothing makes it anew.';

alter table mail drop constraint mail_kind_known,
    add constraint mail_kind_known check (kind in ('invitation', 'handoff', 'verification', 'test')),
    add column contact_method_id uuid,
    add constraint mail_contact_method_fkey foreign key (contact_method_id) references contact_method (id) on delete cascade;
create index mail_contact_method_idx on mail (contact_method_id, created_at) where contact_method_id is not null;
comment on column mail.contact_method_id is 'What a code or a test page goes to; a test can go by webhook or chat too.';

alter table notification
    add column delayed_until timestamptz,
    add column unarmed boolean not null default false;
create index notification_unarmed_idx on notification (due_at, id) where state = 'queued' and unarmed;
comment on column notification.rule is 'The notification rule it goes by, urgency:seconds, or default for all methods at once.';
comment on column notification.delayed_until is 'Until when its rule holds it back; without, it was due when it was written.';
comment on column notification.unarmed is 'It is due beyond the reach of a queue: the sweep sends its message when it has come near.';

create function app.unarmed_notifications(due_before timestamptz, after_at timestamptz, after_id uuid, at_most integer)
returns table (org_id uuid, id uuid, at timestamptz)
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select n.org_id, n.id, n.due_at from notification n
    where n.state = 'queued' and n.unarmed and n.due_at <= due_before and (n.due_at, n.id) > (after_at, after_id)
    order by n.due_at, n.id limit at_most;
end;
grant execute on function app.unarmed_notifications(timestamptz, timestamptz, uuid, integer) to worker;

do $$
declare
    name text;
begin
    foreach name in array array['notification_rule_set', 'notification_rule'] loop
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
grant insert, update, delete on notification_rule_set, notification_rule to app;
