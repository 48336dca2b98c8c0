-- A ticket is asked for by one transaction and used by another: whoever it was given to may have been removed, demoted or
-- revoked in between, where no trigger sees it. So its role is looked at anew, while the rows that say so are held.
-- What is dropped came in 0031, and leaves with it in one release: no version that knows it has run.
-- squawk-ignore-file ban-drop-column, ban-drop-function
drop function app.connect_live(bytea, text);
alter table live_connection drop column role, drop column connected_at;

create function app.role_of_ticket(ticket live_ticket) returns text
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    roles constant text[] := array['viewer', 'responder', 'admin', 'owner'];
    of_key text;
    of_member text;
begin
    -- in the order in which whoever ends a membership, or rotates a key, holds them
    if ticket.user_id is not null then
        select m.role into of_member from membership m
        where m.org_id = ticket.org_id and m.user_id = ticket.user_id
        for share;
        if not found then
            return null;
        end if;
    end if;
    if ticket.api_key_id is not null then
        select k.role into of_key from api_key k
        where k.id = ticket.api_key_id and k.org_id = ticket.org_id and k.revoked_at is null
            and coalesce(k.expires_at, 'infinity') > app.clock()
        for share;
        if not found then
            return null;
        end if;
    end if;
    return coalesce(roles[least(array_position(roles, of_key), array_position(roles, of_member))], ticket.role);
end
$$;
comment on function app.role_of_ticket(live_ticket) is
'The role that whoever was given a ticket has now, held until the transaction ends; nothing for one who may no more.';

create function app.is_crowded(ticket live_ticket, most_of_one integer, most_visitors integer) returns boolean
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select case
        when (ticket).user_id is not null then (
            select count(*) >= most_of_one from live_connection c
            where c.user_id = (ticket).user_id and c.closing is null and c.expires_at > app.clock()
        )
        when (ticket).api_key_id is not null then (
            select count(*) >= most_of_one from live_connection c
            where c.api_key_id = (ticket).api_key_id and c.closing is null and c.expires_at > app.clock()
        )
        else (
            select count(*) >= most_visitors from live_connection c join organization o on o.id = c.org_id and o.is_demo
            where c.org_id = (ticket).org_id and c.user_id is null and c.api_key_id is null
                and c.closing is null and c.expires_at > app.clock()
        )
    end;
end;
comment on function app.is_crowded(live_ticket, integer, integer) is
'Whether whoever was given a ticket has as many connections as anybody may, or a demo as many visitors.';

create function app.open_live(hash bytea, of_connection text, most_of_one integer, most_visitors integer)
returns text
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    ticket live_ticket;
    role_now text;
begin
    -- the ticket last: whoever ends a membership or a key holds that first, and deletes tickets then
    select * into ticket from live_ticket t where t.token_hash = hash;
    if not found then
        return 'refused';
    end if;
    role_now := app.role_of_ticket(ticket);
    delete from live_ticket t where t.token_hash = hash returning * into ticket;
    if not found or role_now is distinct from ticket.role or ticket.expires_at <= app.clock() or ticket.ends_at <= app.clock() then
        return 'refused';
    end if;
    if app.is_crowded(ticket, most_of_one, most_visitors) then
        return 'crowded';
    end if;
    perform app.watch_live(ticket.org_id, ticket.ends_at + interval '1 hour');
    insert into live_connection (id, org_id, user_id, api_key_id, allowed, last_seen_at, expires_at)
    select of_connection, ticket.org_id, ticket.user_id, ticket.api_key_id, ticket.allowed, app.clock(),
        least(ticket.ends_at, o.deletes_at, (select k.expires_at from api_key k where k.id = ticket.api_key_id))
    from organization o where o.id = ticket.org_id;
    return case when found then 'opened' else 'refused' end;
end
$$;
comment on function app.open_live(bytea, text, integer, integer) is
'Use a ticket up: `opened`, a connection is; `refused`, it is worth nothing, or its role is no more; `crowded`, there are'
' too many of the same.';

grant execute on function app.open_live(bytea, text, integer, integer) to worker;
