-- What a sweep looks up, all of it in one statement, and its chores for subscribers of status pages.
create function app.due(
    look_up text, due_before timestamptz, after_at timestamptz, after_id uuid, at_most integer
)
returns table (org_id uuid, id uuid, at timestamptz)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    case look_up
        when 'due_escalations' then
            return query select * from app.due_escalations(due_before, after_at, after_id, at_most);
        when 'silent_notifications' then
            return query select * from app.silent_notifications(due_before, after_at, after_id, at_most);
        when 'unsent_notifications' then
            return query select * from app.unsent_notifications(due_before, after_at, after_id, at_most);
        when 'expired_alerts' then
            return query select * from app.expired_alerts(due_before, after_at, after_id, at_most);
        when 'muted_incidents' then
            return query select * from app.muted_incidents(due_before, after_at, after_id, at_most);
        when 'unsent_mails' then
            return query select * from app.unsent_mails(due_before, after_at, after_id, at_most);
        when 'unarmed_escalations' then
            return query select * from app.unarmed_escalations(due_before, after_at, after_id, at_most);
        when 'unarmed_notifications' then
            return query select * from app.unarmed_notifications(due_before, after_at, after_id, at_most);
        when 'late_heartbeats' then
            return query select * from app.late_heartbeats(due_before, after_at, after_id, at_most);
        when 'due_monitors' then
            return query select * from app.due_monitors(due_before, after_at, after_id, at_most);
        when 'ended_snoozes' then
            return query select * from app.ended_snoozes(due_before, after_at, after_id, at_most);
        when 'forgotten_acknowledgements' then
            return query select * from app.forgotten_acknowledgements(due_before, after_at, after_id, at_most);
        when 'silent_incidents' then
            return query select * from app.silent_incidents(due_before, after_at, after_id, at_most);
        when 'due_handoffs' then
            return query select * from app.due_handoffs(due_before, after_at, after_id, at_most);
        when 'due_rollups' then
            return query select * from app.due_rollups(due_before, after_at, after_id, at_most);
        when 'due_status_reports' then
            return query select * from app.due_status_reports(due_before, after_at, after_id, at_most);
        when 'untold_updates' then
            return query select * from app.untold_updates(due_before, after_at, after_id, at_most);
        when 'forgotten_subscribers' then
            return query select * from app.forgotten_subscribers(due_before, after_at, after_id, at_most);
    end case;
end
$$;
comment on function app.due(text, timestamptz, timestamptz, uuid, integer) is
    'Any look-up of the sweep by its name, so that all of them are one statement.';
grant execute on function app.due(text, timestamptz, timestamptz, uuid, integer) to worker;

create function app.page_chores(due_at timestamptz, told_after timestamptz, ended_before timestamptz)
returns table (mails_wait boolean, mails_are_old boolean)
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select
        exists (select from app.unsent_report_mails(due_at, told_after, 1)),
        exists (select from mail m where m.status_update_id is not null and m.ended_at < ended_before);
end;
comment on function app.page_chores(timestamptz, timestamptz, timestamptz) is
    'Whether mails to subscribers wait to be sent, or ended so long ago that they are forgotten.';
grant execute on function app.page_chores(timestamptz, timestamptz, timestamptz) to worker;
