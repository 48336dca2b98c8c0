-- The database's roles; run by an administrator before the migrations, every time, and safe to repeat.
-- tocsin owns the schema; api runs as app (one organization a transaction), batch workers run as worker.
do $$
begin
    if not exists (select from pg_roles where rolname = 'tocsin') then
        create role tocsin login noinherit;
    end if;
    if not exists (select from pg_roles where rolname = 'app') then
        create role app login noinherit;
    end if;
    if not exists (select from pg_roles where rolname = 'worker') then
        create role worker login noinherit;
    end if;
    execute format('grant tocsin to %I with inherit true, set true', current_user);
end
$$;

alter role app set statement_timeout = '10s';
alter role app set lock_timeout = '5s';
alter role app set idle_in_transaction_session_timeout = '15s';
alter role worker set statement_timeout = '20s';
alter role worker set lock_timeout = '5s';
alter role worker set idle_in_transaction_session_timeout = '15s';
