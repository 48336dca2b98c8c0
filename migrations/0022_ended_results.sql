-- How organizations end, with the results of their monitors, which are in a table of many parts.
create or replace function app.end_organizations(at timestamptz, at_most integer)
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
        if next_table = 'monitor'::regclass then
            -- Without a key to monitors: found through them, day by day, and gone before they are.
            delete from check_result r
            using (
                select c.monitor_id, c.tick, c.region
                from monitor m cross join lateral (
                    select k.monitor_id, k.tick, k.region from check_result k where k.monitor_id = m.id limit room
                ) c
                where m.org_id = ending limit room
            ) d
            where r.monitor_id = d.monitor_id and r.tick = d.tick and r.region = d.region;
            get diagnostics gone = row_count;
            room := room - gone;
            exit when room <= 0;
        end if;
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
