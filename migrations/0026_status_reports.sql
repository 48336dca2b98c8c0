-- What the sweep looks for among status reports.
create function app.due_status_reports(due_before timestamptz, after_at timestamptz, after_id uuid, at_most integer)
returns table (org_id uuid, id uuid, at timestamptz)
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select r.org_id, r.id, r.scheduled_for from status_report r
    where r.kind = 'maintenance' and r.state = 'published' and r.status in ('scheduled', 'in_progress')
        and r.is_moved_by_schedule and r.deleted_at is null and r.scheduled_for <= due_before
        and (r.status = 'scheduled' or r.scheduled_until <= due_before)
        and (r.scheduled_for, r.id) > (after_at, after_id)
    order by r.scheduled_for, r.id limit at_most;
end;
comment on function app.due_status_reports(timestamptz, timestamptz, uuid, integer) is
'Published maintenance that was to begin, or to end, by an instant.';
-- What is suggested is worded anew while nobody has changed it.
grant delete on status_update_component to worker;

grant execute on function app.due_status_reports(timestamptz, timestamptz, uuid, integer) to worker;
