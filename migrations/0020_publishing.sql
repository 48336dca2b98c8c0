-- Whose monitors are published beside those of regions: private locations, and for a day those that are gone.
create function app.check_locations(with_demo boolean) returns table (id uuid)
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select l.id from private_location l join organization o on o.id = l.org_id
    where (l.deleted_at is null or l.deleted_at > app.clock() - interval '1 day') and (with_demo or not o.is_demo)
    order by l.id;
end;
comment on function app.check_locations(boolean) is
'Private locations that have a configuration; that of one just deleted is emptied.';
grant execute on function app.check_locations(boolean) to worker;

-- A heartbeat that is paused or changed counts its deadline anew, for which its state is held, and made when missing.
grant insert on monitor_state to app;
