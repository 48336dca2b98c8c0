-- How somebody wants to be paged: by which methods and after which delays, apart for what is urgent and what is not.
-- Made before the first deployment, over empty tables; later ones over full tables are made concurrently.
-- squawk-ignore-file require-concurrent-index-creation
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
comment on table notification_rule_set is 'That a member has rules of their own for an urgency; without, all methods at once.';

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
    constraint notification_rule_delay_range check (delay_seconds between 0 and 86400)
);

alter table contact_method
    add column verified_at timestamptz,
    add column verification_hash bytea,
    add column verification_ends_at timestamptz,
    add column verification_tries integer not null default 0;
comment on column contact_method.verified_at is 'When whoever reads there has proven it; pages go out before, and lint tells.';

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
