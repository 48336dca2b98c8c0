-- Subscribers of status pages: how they ask and are asked back, what they are told, and what the sweep looks for.
-- Made before the first deployment, over empty tables.
-- squawk-ignore-file require-concurrent-index-creation, adding-foreign-key-constraint, constraint-missing-not-valid
-- squawk-ignore-file adding-required-field, adding-not-nullable-field
-- squawk-ignore-file ban-drop-constraint, require-concurrent-index-deletion
alter table status_page add column subscribe_key text;
create unique index status_page_subscribe_key_key on status_page (subscribe_key);
comment on column status_page.subscribe_key is
'What its form for subscribers is posted to; public, and only says that it was issued here.';

alter table subscriber
    add column token_hash bytea not null,
    add column mailbox_digest bytea not null,
    add column source_digest bytea,
    add column asked_kinds text[],
    add column asked_component_ids uuid[],
    add column mailed_at timestamptz,
    add column forget_at timestamptz,
    add column detail text;
create unique index subscriber_token_key on subscriber (token_hash);
create index subscriber_list_idx on subscriber (org_id, status_page_id, id);
create index subscriber_mailbox_idx on subscriber (mailbox_digest, mailed_at);
create index subscriber_asked_idx on subscriber (org_id, status_page_id, asked_at);
create index subscriber_forget_idx on subscriber (forget_at, id) where forget_at is not null;
comment on column subscriber.token_hash is 'SHA-256 of what confirms, changes and ends it; the token itself is sealed.';
comment on column subscriber.address_digest is 'MAC of the canonical address, by which it is known again unread.';
comment on column subscriber.mailbox_digest is 'MAC of where the address leads whatever its spelling, for limits.';
comment on column subscriber.source_digest is 'MAC of where it was asked from, for limits.';
comment on column subscriber.asked_kinds is 'What takes the place of kinds once it is confirmed.';
comment on column subscriber.mailed_at is 'When it was last asked to confirm.';
comment on column subscriber.forget_at is 'When nothing of it is kept any longer; none while it is told.';
comment on column subscriber.detail is 'Why what was sent last could not be delivered.';

create table status_update_telling (
    status_update_id uuid not null,
    org_id uuid not null,
    status_page_id uuid not null,
    kind text not null,
    component_ids uuid[] not null,
    words text not null,
    after_id uuid not null default '00000000-0000-0000-0000-000000000000',
    subscribers integer not null default 0,
    begun_at timestamptz not null,
    ended_at timestamptz,
    constraint status_update_telling_pkey primary key (status_update_id),
    constraint status_update_telling_update_fkey foreign key (org_id, status_update_id)
        references status_update (org_id, id) on delete cascade
);
create index status_update_telling_org_idx on status_update_telling (org_id, status_update_id);
create index status_update_telling_begun_idx on status_update_telling (begun_at, org_id);
comment on table status_update_telling is
'An update on its way to subscribers: what they are told, as it was then, and how far it has come.';
comment on column status_update_telling.component_ids is 'What the report names or has named; of none it is of the page.';
comment on column status_update_telling.after_id is 'The last subscriber, by id, for whom a mail has been written.';

alter table mail drop constraint mail_kind_known,
    add constraint mail_kind_known
        check (kind in ('invitation', 'handoff', 'verification', 'test', 'subscription', 'report')),
    add column subscriber_id uuid,
    add column status_update_id uuid,
    add column words text,
    add constraint mail_subscriber_fkey foreign key (org_id, subscriber_id)
        references subscriber (org_id, id) on delete cascade,
    add constraint mail_status_update_fkey foreign key (org_id, status_update_id)
        references status_update (org_id, id) on delete cascade;
create unique index mail_report_key on mail (status_update_id, subscriber_id) where status_update_id is not null;
-- what is told to subscribers has its own order, so that there is no wading through thousands of it
drop index mail_queued_idx;
create index mail_queued_idx on mail (due_at, id) where state = 'queued' and status_update_id is null;
create index mail_subscriber_idx on mail (subscriber_id) where subscriber_id is not null;
create index mail_reports_ended_idx on mail (ended_at) where status_update_id is not null and ended_at is not null;
create index mail_reports_idx on mail (org_id, due_at, id) where state = 'queued' and status_update_id is not null;
comment on column mail.subscriber_id is 'Who is told, or asked to confirm, by whatever channel.';
comment on column mail.words is 'What it says beside what is sealed, where that is public; of a report''s, its telling.';

create function app.resolve_wishes(page_keys text[], hashes bytea[])
returns table (page_key text, token_hash bytea, org_id uuid, status_page_id uuid, subscriber_id uuid)
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select p.subscribe_key, null::bytea, p.org_id, p.id, null::uuid
    from status_page p join organization o on o.id = p.org_id
    where p.subscribe_key = any(page_keys) and p.deleted_at is null and p.visibility = 'public'
        and not o.is_demo and o.deletes_at is null
    union all
    select null, s.token_hash, s.org_id, s.status_page_id, s.id from subscriber s where s.token_hash = any(hashes);
end;
grant execute on function app.resolve_wishes(text[], bytea[]) to worker;

create function app.enter_by_wishes(page_keys text[], hashes bytea[])
returns table (
    entered_at timestamptz, page_key text, token_hash bytea, org_id uuid, status_page_id uuid, subscriber_id uuid
)
language plpgsql as $$
begin
    return query
    with known as materialized (select * from app.resolve_wishes(page_keys, hashes)),
    entered as materialized (select app.enter_many(array(select distinct k.org_id from known k)) as at)
    select entered.at, known.* from entered left join known on true;
end
$$;
comment on function app.enter_by_wishes(text[], bytea[]) is
'Enter the organizations of these public pages and subscribers; answers its now with each, or alone when none is known.';
grant execute on function app.enter_by_wishes(text[], bytea[]) to worker;

create function app.mailbox_asked(digest bytea, since timestamptz)
returns integer
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select count(*)::integer from subscriber s where s.mailbox_digest = digest and s.mailed_at > since;
end;
comment on function app.mailbox_asked(bytea, timestamptz) is
'On how many pages of anybody a mailbox was asked to confirm since an instant; not on which.';
grant execute on function app.mailbox_asked(bytea, timestamptz) to worker;

create function app.untold_updates(due_before timestamptz, after_at timestamptz, after_id uuid, at_most integer)
returns table (org_id uuid, id uuid, at timestamptz)
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select u.org_id, u.id, u.created_at from status_update u
    join status_report r on r.org_id = u.org_id and r.id = u.status_report_id
    join organization o on o.id = u.org_id
    where u.tells_subscribers and u.told_at is null and u.created_at <= due_before
        and r.state = 'published' and r.deleted_at is null and not o.is_demo
        and (u.created_at, u.id) > (after_at, after_id)
    order by u.created_at, u.id limit at_most;
end;
comment on function app.untold_updates(timestamptz, timestamptz, uuid, integer) is
'Published updates that not all subscribers have been told of.';
grant execute on function app.untold_updates(timestamptz, timestamptz, uuid, integer) to worker;

create function app.unsent_report_mails(due_before timestamptz, told_after timestamptz, at_most integer)
returns table (org_id uuid, id uuid, at timestamptz)
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select m.org_id, m.id, m.due_at
    from (select distinct t.org_id from status_update_telling t where t.begun_at > told_after) o
    cross join lateral (
        select q.org_id, q.id, q.due_at, row_number() over (order by q.due_at, q.id) as place
        from (
            select w.org_id, w.id, w.due_at from mail w
            where w.org_id = o.org_id and w.state = 'queued' and w.status_update_id is not null
                and w.due_at <= due_before
            order by w.due_at, w.id limit at_most
        ) q
    ) m
    order by m.place, m.due_at, m.id limit at_most;
end;
comment on function app.unsent_report_mails(timestamptz, timestamptz, integer) is
'What subscribers are to be told by an instant, every organization''s in turn.';
grant execute on function app.unsent_report_mails(timestamptz, timestamptz, integer) to worker;

create function app.forget_report_mails(ended_before timestamptz, at_most integer)
returns integer
language sql volatile security definer set search_path = public, pg_temp
begin atomic
    with gone as (
        delete from mail where id in (
            select m.id from mail m
            where m.status_update_id is not null and m.ended_at < ended_before order by m.ended_at limit at_most
        ) returning id
    )
    select count(*)::integer from gone;
end;
comment on function app.forget_report_mails(timestamptz, integer) is
'Forget what became of single mails to subscribers long ago; how many were told stays with the telling.';
grant execute on function app.forget_report_mails(timestamptz, integer) to worker;

create function app.forgotten_subscribers(due_before timestamptz, after_at timestamptz, after_id uuid, at_most integer)
returns table (org_id uuid, id uuid, at timestamptz)
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select s.org_id, s.id, s.forget_at from subscriber s
    where s.forget_at <= due_before and (s.forget_at, s.id) > (after_at, after_id)
    order by s.forget_at, s.id limit at_most;
end;
comment on function app.forgotten_subscribers(timestamptz, timestamptz, uuid, integer) is
'Subscribers of whom nothing is kept any longer.';
grant execute on function app.forgotten_subscribers(timestamptz, timestamptz, uuid, integer) to worker;

create or replace function app.unsent_mails(
    due_before timestamptz, after_at timestamptz, after_id uuid, at_most integer
)
returns table (org_id uuid, id uuid, at timestamptz)
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select m.org_id, m.id, m.due_at from mail m
    where m.state = 'queued' and m.status_update_id is null and m.due_at <= due_before
        and (m.due_at, m.id) > (after_at, after_id)
    order by m.due_at, m.id limit at_most;
end;

alter table status_update_telling enable row level security;
create policy status_update_telling_app on status_update_telling to app using (org_id = (select app.org()));
create policy status_update_telling_worker on status_update_telling to worker
    using (org_id = any ((select app.orgs())::uuid[]));
grant select, insert, update, delete on status_update_telling to app;
grant select, insert, update on status_update_telling to worker;
grant delete on subscriber to worker;
