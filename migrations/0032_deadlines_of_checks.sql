-- Checks have deadlines too: their results grow old, unless they only wait in the queue that a mark shows the state of.

create or replace function app.has_deadlines() returns boolean
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select exists (select from heartbeat h where h.late_at is not null)
        or exists (select from monitor_state s where s.look_at is not null);
end;
comment on function app.has_deadlines() is
'Whether time alone may change what a monitor is; then the queue of results has to be marked, to see how far it was read.';
