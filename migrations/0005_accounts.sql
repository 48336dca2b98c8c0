-- Accounts: who people are to the sign-in, who invited them, which keys act for them, what was answered to them before,
-- and the demo that can't be changed.
-- Made before the first deployment, over empty tables; later ones over full tables are made concurrently.
-- squawk-ignore-file require-concurrent-index-creation, constraint-missing-not-valid, adding-foreign-key-constraint
alter table organization
    add column version integer not null default 1,
    add column is_demo boolean not null default false,
    add column demo_planted_at timestamptz,
    add column deletes_at timestamptz;
comment on column organization.is_demo is 'Read by anybody, changed by nobody; nothing it sends leaves.';
comment on column organization.demo_planted_at is 'When what there is to see in a demo was last made anew.';
comment on column organization.deletes_at is 'When it ends for good; until then an owner can take that back.';
create index organization_deletes_idx on organization (deletes_at) where deletes_at is not null;

alter table user_account
    add column subject text,
    add column version integer not null default 1,
    add column signed_out_at timestamptz,
    add column deleted_at timestamptz;
comment on column user_account.email is 'In its canonical form (tocsin.domain.address); verified where there is a subject.';
comment on column user_account.subject is 'Who they are to the sign-in (sub); null for who never signed in.';
comment on column user_account.signed_out_at is 'Tokens that were issued before are refused.';
comment on column user_account.deleted_at is 'The row stays without a name, for what they once did.';
create unique index user_account_subject_key on user_account (subject);

alter table integration drop constraint integration_service_fkey,
    add constraint integration_service_fkey foreign key (org_id, service_id) references service (org_id, id)
        on delete cascade;
alter table incident drop constraint incident_service_fkey,
    add constraint incident_service_fkey foreign key (org_id, service_id) references service (org_id, id)
        on delete cascade;
alter table escalation drop constraint escalation_version_fkey,
    add constraint escalation_version_fkey foreign key (org_id, policy_id, policy_version)
        references escalation_policy_version (org_id, policy_id, version) on delete cascade;

alter table membership add column version integer not null default 1;
alter table team add column version integer not null default 1;
alter table team_member
    add column role text not null default 'member',
    add constraint team_member_role_known check (role in ('lead', 'member'));

create table invitation (
    id uuid not null default uuidv7(),
    org_id uuid not null,
    email text not null,
    role text not null,
    token_hash bytea not null,
    invited_by text not null,
    version integer not null default 1,
    created_at timestamptz not null,
    sent_at timestamptz not null,
    expires_at timestamptz not null,
    accepted_at timestamptz,
    accepted_by uuid,
    revoked_at timestamptz,
    constraint invitation_pkey primary key (id),
    constraint invitation_org_id_key unique (org_id, id),
    constraint invitation_token_key unique (token_hash),
    constraint invitation_org_fkey foreign key (org_id) references organization (id) on delete cascade,
    constraint invitation_accepted_by_fkey foreign key (accepted_by) references user_account (id) on delete set null,
    constraint invitation_role_known check (role in ('owner', 'admin', 'responder', 'viewer')),
    constraint invitation_ends_once check (accepted_at is null or revoked_at is null)
);
create unique index invitation_pending_key on invitation (org_id, email) where accepted_at is null and revoked_at is null;
create index invitation_email_idx on invitation (email) where accepted_at is null and revoked_at is null;
create index invitation_accepted_by_idx on invitation (accepted_by) where accepted_by is not null;
comment on column invitation.email is 'In its canonical form (tocsin.domain.address).';

create table invitation_team (
    org_id uuid not null,
    invitation_id uuid not null,
    team_id uuid not null,
    role text not null,
    constraint invitation_team_pkey primary key (invitation_id, team_id),
    constraint invitation_team_invitation_fkey foreign key (org_id, invitation_id)
        references invitation (org_id, id) on delete cascade,
    constraint invitation_team_team_fkey foreign key (org_id, team_id) references team (org_id, id) on delete cascade,
    constraint invitation_team_role_known check (role in ('lead', 'member'))
);
create index invitation_team_team_idx on invitation_team (org_id, team_id);

create table mail (
    id uuid not null default uuidv7(),
    org_id uuid not null,
    kind text not null,
    sealed text not null,
    state text not null default 'queued',
    due_at timestamptz not null,
    created_at timestamptz not null,
    ended_at timestamptz,
    detail text,
    constraint mail_pkey primary key (id),
    constraint mail_org_fkey foreign key (org_id) references organization (id) on delete cascade,
    constraint mail_kind_known check (kind in ('invitation')),
    constraint mail_state_known check (state in ('queued', 'sent', 'failed', 'uncertain'))
);
create index mail_org_idx on mail (org_id);
create index mail_queued_idx on mail (due_at, id) where state = 'queued';
comment on table mail is 'Mail that is no page, as a row first; the sweep sends again what a crash kept back.';
comment on column mail.sealed is 'JWE of address and words, which hold a token; only notify can open it.';

alter table api_key
    add column access text not null default 'write',
    add column groups text[],
    add column expires_at timestamptz,
    add column last_used_at timestamptz,
    add column created_by text,
    add constraint api_key_access_known check (access in ('read', 'write'));
comment on column api_key.user_id is 'Whose key it is: it ends with their membership, and never may more than they may.';
comment on column api_key.groups is 'The resource groups it is good for; null for all.';
create index api_key_user_idx on api_key (user_id) where user_id is not null;

create table demo_session (
    token_hash bytea not null,
    org_id uuid not null,
    source_address text not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    constraint demo_session_pkey primary key (token_hash),
    constraint demo_session_org_fkey foreign key (org_id) references organization (id) on delete cascade
);
create index demo_session_expires_idx on demo_session (expires_at);
create index demo_session_created_idx on demo_session (created_at);
create index demo_session_org_idx on demo_session (org_id);

create unlogged table caller_usage (
    caller text not null,
    minute timestamptz not null,
    requests integer not null,
    constraint caller_usage_pkey primary key (caller, minute)
);
comment on table caller_usage is 'Requests of each caller in a minute; not worth a durable commit.';

create index audit_entry_subject_idx on audit_entry (org_id, subject_kind, subject_id, at desc, id desc);

create or replace function app.enter(org uuid) returns timestamptz language plpgsql as $$
begin
    perform set_config('app.org', org::text, true);
    if exists (select from organization o where o.id = org and o.is_demo) then
        perform set_config('app.demo', 'on', true), set_config('transaction_read_only', 'on', true);
    end if;
    return app.clock();
end
$$;
comment on function app.enter(uuid) is
    'Enter one organization for this transaction, which can''t write if it is a demo; answers its now.';

create function app.enter_self(account uuid) returns timestamptz language plpgsql as $$
begin
    perform set_config('app.self', account::text, true);
    return app.clock();
end
$$;
comment on function app.enter_self(uuid) is 'Act as a person, in no organization, for this transaction; answers its now.';

create function app.self() returns uuid language sql stable
return nullif(current_setting('app.self', true), '')::uuid;

alter table invitation enable row level security;
create policy invitation_app on invitation to app using (org_id = (select app.org()));
create policy invitation_worker on invitation to worker using (org_id = any ((select app.orgs())::uuid[]));
alter table invitation_team enable row level security;
create policy invitation_team_app on invitation_team to app using (org_id = (select app.org()));
create policy invitation_team_worker on invitation_team to worker using (org_id = any ((select app.orgs())::uuid[]));
alter table mail enable row level security;
create policy mail_app on mail to app using (org_id = (select app.org()));
create policy mail_worker on mail to worker using (org_id = any ((select app.orgs())::uuid[]));
alter table demo_session enable row level security;
create policy demo_session_app on demo_session to app using (org_id = (select app.org()));
create policy demo_session_worker on demo_session to worker using (org_id = any ((select app.orgs())::uuid[]));
alter table caller_usage enable row level security;

create policy user_account_self on user_account for select to app using (id = (select app.self()));
create policy membership_self on membership for select to app using (user_id = (select app.self()));
create policy organization_self on organization for select to app using (
    exists (select from membership m where m.org_id = organization.id and m.user_id = (select app.self()))
);

grant insert, update on invitation to app;
grant insert on invitation_team, mail to app;
grant select on invitation, invitation_team, mail to app, worker;
grant update on mail to worker;
grant delete on membership, invitation_team to app;

-- What the API asks first: who calls, what they are in the organization they name, and how often they have called.

create function app.count_request(of_caller text) returns integer
language sql volatile security definer set search_path = public, pg_temp
begin atomic
    insert into caller_usage as u (caller, minute, requests)
    values (of_caller, date_trunc('minute', app.clock()), 1)
    on conflict on constraint caller_usage_pkey do update set requests = u.requests + 1
    returning u.requests;
end;
comment on function app.count_request(text) is 'Count one more request of a caller; answers how many there were in this minute.';

create function app.api_key_caller(hash bytea)
returns table (
    now timestamptz, api_key_id uuid, org_id uuid, user_id uuid, role text, access text, groups text[],
    expires_at timestamptz, revoked_at timestamptz, member_role text, is_demo boolean, deletes_at timestamptz,
    requests integer
)
language sql volatile security definer set search_path = public, pg_temp
begin atomic
    with used as (
        update api_key k set last_used_at = app.clock()
        where k.key_hash = hash and k.revoked_at is null
            and (k.last_used_at is null or k.last_used_at < app.clock() - interval '1 minute')
    )
    select app.clock(), k.id, k.org_id, k.user_id, k.role, k.access, k.groups, k.expires_at, k.revoked_at, m.role,
        o.is_demo, o.deletes_at, app.count_request('api_key:' || k.id)
    from api_key k
    join organization o on o.id = k.org_id
    left join membership m on m.org_id = k.org_id and m.user_id = k.user_id
    where k.key_hash = hash;
end;

create function app.user_caller(of_subject text, in_org uuid)
returns table (
    now timestamptz, user_id uuid, email text, name text, signed_out_at timestamptz, org_id uuid, role text,
    is_demo boolean, deletes_at timestamptz, requests integer
)
language sql volatile security definer set search_path = public, pg_temp
begin atomic
    select app.clock(), u.id, u.email, u.name, u.signed_out_at, m.org_id, m.role, o.is_demo, o.deletes_at,
        app.count_request('user:' || u.id)
    from user_account u
    left join membership m on m.user_id = u.id and m.org_id = in_org
    left join organization o on o.id = m.org_id
    where u.subject = of_subject and u.deleted_at is null;
end;

create function app.demo_caller(hash bytea)
returns table (now timestamptz, org_id uuid, expires_at timestamptz, requests integer)
language sql volatile security definer set search_path = public, pg_temp
begin atomic
    select app.clock(), s.org_id, s.expires_at, app.count_request('demo:' || encode(s.token_hash, 'hex'))
    from demo_session s
    join organization o on o.id = s.org_id and o.is_demo
    where s.token_hash = hash;
end;

create function app.register_user(of_subject text, of_email text, of_name text)
returns table (user_id uuid, subject text, is_new boolean)
language sql volatile security definer set search_path = public, pg_temp
begin atomic
    with known as (
        select u.id, u.subject, u.deleted_at from user_account u where u.subject = of_subject
    ),
    made as (
        insert into user_account as u (subject, email, name, created_at)
        select of_subject, of_email, of_name, app.clock() where not exists (select from known)
        on conflict on constraint user_account_email_key
            do update set subject = coalesce(u.subject, excluded.subject)
        returning u.id, u.subject, (xmax = 0) as is_new
    )
    select k.id, k.subject, false from known k where k.deleted_at is null
    union all
    select m.id, m.subject, m.is_new from made m;
end;
comment on function app.register_user(text, text, text) is
    'Make the account of a verified address, or link the one that nobody has signed in to; answers whose it is now, and'
    ' nothing for who has deleted theirs.';

create function app.pending_invitations(of_email text)
returns table (org_id uuid, id uuid, org_name text, role text, expires_at timestamptz)
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select i.org_id, i.id, o.name, i.role, i.expires_at
    from invitation i
    join organization o on o.id = i.org_id and o.deletes_at is null
    where i.email = of_email and i.accepted_at is null and i.revoked_at is null and i.expires_at > app.clock()
    order by i.created_at, i.id;
end;

create function app.resolve_invitation(hash bytea)
returns table (org_id uuid, id uuid)
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select i.org_id, i.id from invitation i where i.token_hash = hash;
end;

create function app.is_known_address(of_email text) returns boolean
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select exists (select from user_account u where u.email = of_email and u.subject is not null);
end;

create function app.open_demo(hash bytea, from_address text, lasts interval, of_address integer, of_all integer)
returns table (org_id uuid, name text, expires_at timestamptz, refused_by text, room_at timestamptz)
language sql volatile security definer set search_path = public, pg_temp
begin atomic
    with demo as (
        select o.id, o.name from organization o
        where o.is_demo and o.demo_planted_at is not null order by o.created_at limit 1
    ),
    earlier as (
        select
            count(*) filter (where s.source_address = from_address) as here,
            min(s.created_at) filter (where s.source_address = from_address) as first_here,
            count(*) as anywhere, min(s.created_at) as first_anywhere
        from demo_session s where s.created_at > app.clock() - interval '1 hour'
    ),
    judged as (
        select case when e.here >= of_address then 'address' when e.anywhere >= of_all then 'all' end as refused_by,
            case when e.here >= of_address then e.first_here else e.first_anywhere end + interval '1 hour' as room_at
        from earlier e
    ),
    opened as (
        insert into demo_session (token_hash, org_id, source_address, created_at, expires_at)
        select hash, d.id, from_address, app.clock(), app.clock() + lasts
        from demo d, judged j where j.refused_by is null
        returning expires_at
    )
    select d.id, d.name, o.expires_at, j.refused_by, j.room_at
    from demo d cross join judged j left join opened o on true;
end;
comment on function app.open_demo(bytea, text, interval, integer, integer) is
    'Let somebody into the demo, if there is one, unless too many came within the hour: from their address, or at all.';

create function app.unsent_mails(due_before timestamptz, after_at timestamptz, after_id uuid, at_most integer)
returns table (org_id uuid, id uuid, at timestamptz)
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select m.org_id, m.id, m.due_at from mail m
    where m.state = 'queued' and m.due_at <= due_before and (m.due_at, m.id) > (after_at, after_id)
    order by m.due_at, m.id limit at_most;
end;

create function app.end_organizations(at timestamptz) returns bigint
language sql volatile security definer set search_path = public, pg_temp
begin atomic
    with ended as (
        delete from organization o
        where o.id = (
            select p.id from organization p where p.deletes_at <= at order by p.deletes_at limit 1 for update skip locked
        )
        returning 1
    )
    select count(*) from ended;
end;
comment on function app.end_organizations(timestamptz) is 'Delete one organization whose grace has passed; answers how many.';

create or replace function app.forget(before timestamptz) returns bigint
language sql volatile security definer set search_path = public, pg_temp
begin atomic
    with usage as (
        delete from routing_key_usage where minute < before - interval '2 days' returning 1
    ),
    runs as (
        delete from sweep_run where started_at < before - interval '2 days' returning 1
    ),
    calls as (
        delete from caller_usage where minute < before - interval '5 minutes' returning 1
    ),
    demos as (
        delete from demo_session where expires_at < before - interval '2 hours' returning 1
    )
    select (select count(*) from usage) + (select count(*) from runs) + (select count(*) from calls)
        + (select count(*) from demos);
end;

grant execute on function
    app.self(), app.enter_self(uuid), app.api_key_caller(bytea), app.user_caller(text, uuid), app.demo_caller(bytea),
    app.register_user(text, text, text), app.pending_invitations(text), app.resolve_invitation(bytea),
    app.is_known_address(text), app.open_demo(bytea, text, interval, integer, integer)
to app;
grant execute on function app.unsent_mails(timestamptz, timestamptz, uuid, integer), app.end_organizations(timestamptz)
to worker;

-- What people change of themselves, in all their organizations at once.

create function app.tell_of_self(what text, before jsonb, after jsonb, request_id text, source_address text) returns void
language sql volatile security definer set search_path = public, pg_temp
begin atomic
    insert into audit_entry (
        org_id, at, actor_kind, actor_id, action, subject_kind, subject_id, before, after, request_id, source_address
    )
    select m.org_id, app.clock(), 'user', m.user_id, what, 'user', m.user_id, before, after, request_id, source_address
    from membership m where m.user_id = app.self();
end;
comment on function app.tell_of_self(text, jsonb, jsonb, text, text) is
    'Write into the audit log of each of a person''s organizations what they did to their account.';

create function app.my_organizations()
returns table (id uuid, name text, role text, deletes_at timestamptz, teams jsonb)
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select o.id, o.name, m.role, o.deletes_at, coalesce((
        select jsonb_agg(jsonb_build_object('id', t.id, 'name', t.name, 'role', i.role) order by t.name, t.id)
        from team_member i join team t on t.org_id = i.org_id and t.id = i.team_id
        where i.org_id = m.org_id and i.user_id = m.user_id
    ), '[]')
    from membership m join organization o on o.id = m.org_id
    where m.user_id = app.self()
    order by o.name, o.id;
end;

create function app.rename_self(to_name text) returns text
language sql volatile security definer set search_path = public, pg_temp
begin atomic
    with earlier as (select u.id, u.name from user_account u where u.id = app.self() and u.deleted_at is null for update)
    update user_account u set name = to_name, version = u.version + 1
    from earlier e where u.id = e.id
    returning e.name;
end;

create function app.move_self(to_email text) returns boolean
language sql volatile security definer set search_path = public, pg_temp
begin atomic
    update user_account u set email = to_email, version = u.version + 1
    where u.id = app.self() and u.deleted_at is null
        and not exists (select from user_account other where other.email = to_email and other.id <> u.id)
    returning true;
end;
comment on function app.move_self(text) is 'Take another verified address, unless it is somebody else''s here.';

create function app.sign_self_out() returns void
language sql volatile security definer set search_path = public, pg_temp
begin atomic
    update user_account u set signed_out_at = app.clock() where u.id = app.self();
end;

create function app.left_without_owner() returns table (org_id uuid, name text)
language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
    perform from organization o join membership m on m.org_id = o.id where m.user_id = app.self()
    order by o.id for update of o;
    return query
    select o.id, o.name from membership m join organization o on o.id = m.org_id
    where m.user_id = app.self() and m.role = 'owner' and o.deletes_at is null and not exists (
        select from membership r where r.org_id = m.org_id and r.role = 'owner' and r.user_id <> m.user_id
    )
    order by o.name, o.id;
end
$$;
comment on function app.left_without_owner() is
    'Hold a person''s organizations still; answers those that would have no owner without them.';

create function app.delete_self() returns void
language sql volatile security definer set search_path = public, pg_temp
begin atomic
    update api_key k set revoked_at = app.clock() where k.user_id = app.self() and k.revoked_at is null;
    delete from membership m where m.user_id = app.self();
    update user_account u
    set email = u.id || '@deleted.invalid', name = 'Deleted account', deleted_at = app.clock(),
        signed_out_at = app.clock(), version = u.version + 1
    where u.id = app.self();
end;
comment on function app.delete_self() is 'End a person''s memberships and keys, and forget their name and address.';

grant execute on function
    app.tell_of_self(text, jsonb, jsonb, text, text), app.my_organizations(), app.rename_self(text), app.move_self(text),
    app.sign_self_out(), app.left_without_owner(), app.delete_self()
to app;

-- Nothing leaves a demo: what is to leave is a row first, and here no row of a demo ever says so. Whoever writes sends
-- what the rows say, and a sweep finds nothing to make good.

create function app.hold_page_of_demo() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if exists (select from organization o where o.id = new.org_id and o.is_demo) then
        new.state := 'cancelled';
        new.reason := 'demo';
        new.finished_at := app.clock();
    end if;
    return new;
end
$$;
create trigger notification_of_demo_inserted before insert on notification
    for each row when (new.state in ('queued', 'claimed')) execute function app.hold_page_of_demo();
create trigger notification_of_demo_updated before update of state on notification
    for each row when (new.state in ('queued', 'claimed') and old.state not in ('queued', 'claimed'))
    execute function app.hold_page_of_demo();

create function app.hold_step_of_demo() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if exists (select from organization o where o.id = new.org_id and o.is_demo) then
        new.state := 'stopped';
        new.next_at := null;
        new.armed_at := null;
    end if;
    return new;
end
$$;
create trigger escalation_of_demo_inserted before insert on escalation
    for each row when (new.state = 'waiting') execute function app.hold_step_of_demo();
create trigger escalation_of_demo_updated before update of state on escalation
    for each row when (new.state = 'waiting' and old.state <> 'waiting') execute function app.hold_step_of_demo();

create function app.hold_mail_of_demo() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if exists (select from organization o where o.id = new.org_id and o.is_demo) then
        new.state := 'failed';
        new.detail := 'demo';
        new.ended_at := app.clock();
    end if;
    return new;
end
$$;
create trigger mail_of_demo before insert or update of state on mail
    for each row when (new.state = 'queued') execute function app.hold_mail_of_demo();

create function app.demo_planted_at(demo uuid) returns timestamptz
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select o.demo_planted_at from organization o where o.id = demo and o.is_demo;
end;

create function app.plant_demo(demo uuid, story jsonb) returns void
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    tables constant text[] := array[
        'membership', 'team', 'team_member', 'contact_method', 'escalation_policy', 'escalation_policy_version',
        'escalation_policy_step', 'service', 'integration', 'routing_key', 'api_key', 'invitation', 'incident',
        'alert', 'event', 'escalation', 'notification', 'notification_attempt', 'timeline_entry', 'audit_entry'
    ];
    of_table text;
    columns text;
    numbers jsonb;
begin
    insert into organization as o (id, name, fallback_email, created_at, is_demo, demo_planted_at)
    select demo, r.name, r.fallback_email, r.created_at, true, app.clock()
    from jsonb_populate_record(null::organization, story -> 'organization') r
    on conflict on constraint organization_pkey do update set
        name = excluded.name, fallback_email = excluded.fallback_email, demo_planted_at = excluded.demo_planted_at
    where o.is_demo;
    if not found then
        raise exception 'organization % is no demo', demo;
    end if;
    insert into user_account (id, email, name, created_at)
    select r.id, r.email, r.name, r.created_at
    from jsonb_populate_recordset(null::user_account, story -> 'user_account') r
    on conflict on constraint user_account_pkey do nothing;
    select jsonb_object_agg(i.id, i.number) into numbers from incident i where i.org_id = demo;
    for i in reverse array_length(tables, 1) .. 1 loop
        execute format('delete from %I where org_id = $1', tables[i]) using demo;
    end loop;
    foreach of_table in array tables loop
        select string_agg(quote_ident(k), ', ') into columns from jsonb_object_keys(story -> of_table -> 0) k;
        continue when columns is null;
        execute format(
            'insert into %1$I (org_id, %2$s) select $1, %2$s from jsonb_populate_recordset(null::%1$I, $2)',
            of_table, columns
        ) using demo, story -> of_table;
    end loop;
    update incident i set number = (numbers ->> i.id::text)::bigint where i.org_id = demo and numbers ? i.id::text;
end
$$;
comment on function app.plant_demo(uuid, jsonb) is
    'Make all there is to see in the demo anew, from rows by table; incidents keep their numbers, others their peace.';

grant execute on function app.demo_planted_at(uuid), app.plant_demo(uuid, jsonb) to worker;
