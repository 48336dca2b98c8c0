-- What analytics reads by time, and rehearsals: transactions that play what would happen and can't be committed.
-- Made before the first deployment, over empty tables; later ones over full tables are made concurrently.
-- squawk-ignore-file require-concurrent-index-creation
create index alert_service_first_event_idx on alert (org_id, service_id, first_event_at);
create index notification_org_created_idx on notification (org_id, created_at);

-- A row in it fails the commit, whatever the code that wrote it does next.
create table rehearsal (
    id uuid not null default uuidv7(),
    constraint rehearsal_pkey primary key (id)
);
comment on table rehearsal is 'Always empty: its row marks a transaction that may only be rolled back.';

create function app.refuse_rehearsal() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
    raise exception 'a rehearsal keeps nothing';
end
$$;
create constraint trigger rehearsal_never_commits after insert on rehearsal
    deferrable initially deferred for each row execute function app.refuse_rehearsal();

create function app.rehearse() returns void
language sql volatile set search_path = public, pg_temp
begin atomic
    insert into rehearsal default values;
    select set_config('app.rehearsing', 'on', true);
end;
comment on function app.rehearse() is
    'From here on this transaction can''t be committed, and app may write the events that it plays.';

create function app.rehearsing() returns boolean language sql stable
return coalesce(current_setting('app.rehearsing', true) = 'on', false);
grant execute on function app.rehearse(), app.rehearsing() to app;
grant insert on rehearsal to app;

-- Real events are written by workers alone; api may write them where nothing stays.
create policy event_app_rehearses on event as restrictive for insert to app with check (app.rehearsing());
grant insert on event to app;
