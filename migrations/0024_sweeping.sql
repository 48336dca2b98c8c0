-- What a sweep does seldom, asked in one statement, and visits that are told twice.
create function app.chores(
    due_at timestamptz, first_day date, last_day date, closed_before timestamptz, silent_after interval
)
returns table (has_deadlines boolean, days_turn boolean, regions_fall_silent boolean, organizations_end boolean)
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select
        app.has_deadlines(),
        lower(r.kept) is distinct from first_day::timestamp at time zone 'utc'
            or upper(r.kept) < (last_day + 1)::timestamp at time zone 'utc'
            or not exists (
                select from rollup_progress p where p.queued_before >= date_trunc('hour', closed_before, 'utc')
            ),
        exists (
            select from check_region c
            where c.status <> 'silent' and c.last_report_at < app.results_through(due_at) - silent_after
        ),
        exists (select from organization o where o.deletes_at <= due_at)
    from (select app.result_range() as kept) r;
end;
comment on function app.chores(timestamptz, date, date, timestamptz, interval) is
    'What else there is for a sweep to do, all of which is seldom.';

grant execute on function app.chores(timestamptz, date, date, timestamptz, interval) to worker;

create table beacon_visit (
    id uuid not null,
    counted_at timestamptz not null,
    constraint beacon_visit_pkey primary key (id)
);
create index beacon_visit_counted_idx on beacon_visit (counted_at);
comment on table beacon_visit is
    'Visits counted of late, by an id that says nothing else, so that a message delivered twice counts once.';
grant select, insert, update, delete on beacon_visit to worker;
