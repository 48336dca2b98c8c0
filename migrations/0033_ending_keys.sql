-- A key that is given an end, as by rotating it, is no use beyond it: not for sockets either that it has opened.
create function app.shorten_live_of_key() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    update live_ticket t set ends_at = least(t.ends_at, new.expires_at) where t.api_key_id = new.id;
    update live_connection c set expires_at = least(c.expires_at, new.expires_at) where c.api_key_id = new.id;
    return null;
end
$$;
create trigger api_key_shortens_live after update of expires_at on api_key
for each row when (new.expires_at is distinct from old.expires_at) execute function app.shorten_live_of_key();
