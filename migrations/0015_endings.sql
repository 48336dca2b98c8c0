-- How accounts and organizations end, mended: no key stays that is made meanwhile, and none is too large to end.

create or replace function app.delete_self() returns void
language sql volatile security definer set search_path = public, pg_temp
begin atomic
    delete from membership m where m.user_id = app.self();
    update api_key k set revoked_at = app.clock() where k.user_id = app.self() and k.revoked_at is null;
    update user_account u
    set email = u.id || '@deleted.invalid', name = 'Deleted account', deleted_at = app.clock(),
        signed_out_at = app.clock(), version = u.version + 1
    where u.id = app.self();
end;
comment on function app.delete_self() is
    'End a person''s memberships, then their keys (who makes one holds the membership), and forget name and address.';

create or replace function app.register_user(of_subject text, of_email text, of_name text)
returns table (user_id uuid, subject text, is_new boolean)
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    made uuid;
begin
    -- Two first calls of one subject meet in both unique indexes: whichever says so, there is an account by then.
    insert into user_account as u (subject, email, name, created_at)
    select of_subject, of_email, of_name, app.clock()
    where not exists (select from user_account k where k.subject = of_subject)
    on conflict do nothing
    returning u.id into made;
    if made is not null then
        return query select made, of_subject, true;
        return;
    end if;
    update user_account u set subject = of_subject
    where u.email = of_email and u.subject is null
        and not exists (select from user_account k where k.subject = of_subject);
    return query
    select k.id, k.subject, false from user_account k where k.subject = of_subject and k.deleted_at is null
    union all
    select u.id, u.subject, false from user_account u
    where u.email = of_email and not exists (select from user_account k where k.subject = of_subject);
end
$$;

create function app.end_organizations(at timestamptz, at_most integer)
returns table (rows integer, ended boolean)
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    ending uuid;
    room integer := at_most;
    gone integer;
    next_table regclass;
begin
    select o.id into ending from organization o
    where o.deletes_at <= at order by o.deletes_at limit 1 for update skip locked;
    if ending is null then
        return;
    end if;
    for next_table in
        with recursive kept as (
            select c.oid, c.relname from pg_class c
            join pg_attribute a on a.attrelid = c.oid and a.attname = 'org_id' and not a.attisdropped
            where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
        ),
        above as (
            select k.oid, 0 as depth from kept k
            union
            select f.confrelid, b.depth + 1 from above b
            join pg_constraint f on f.contype = 'f' and f.conrelid = b.oid and f.confrelid <> b.oid
            join kept k on k.oid = f.confrelid
            where b.depth < 20
        )
        select k.oid from kept k join above b on b.oid = k.oid
        group by k.oid, k.relname
        order by
            array_position(
                array['routing_key_usage', 'routing_key', 'notification_attempt', 'notification', 'escalation'],
                k.relname::text
            ) nulls last,
            max(b.depth), k.relname
    loop
        execute format(
            'delete from %1$s where ctid = any (array(select ctid from %1$s where org_id = $1 limit $2))', next_table
        ) using ending, room;
        get diagnostics gone = row_count;
        room := room - gone;
        exit when room <= 0;
    end loop;
    if room > 0 then
        delete from organization o where o.id = ending;
    end if;
    return query select at_most - room, room > 0;
end
$$;
comment on function app.end_organizations(timestamptz, integer) is
    'Delete at most so many rows of an organization whose grace has passed, those that others refer to after these: first'
    ' its routing keys, so that nothing new comes in, and what would still page. Itself once there is nothing else.';
grant execute on function app.end_organizations(timestamptz, integer) to worker;
