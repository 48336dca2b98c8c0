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
