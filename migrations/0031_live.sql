-- Who watches an organization over a WebSocket, what has changed there in the last hour, and when they were told.
-- Only functions touch these tables: roles of the runtime are granted nothing on them.
-- Made before the first deployment, over empty tables; later ones over full tables are made concurrently.
-- squawk-ignore-file require-concurrent-index-creation, adding-foreign-key-constraint, constraint-missing-not-valid
create table live_organization (
    org_id uuid not null,
    sequence bigint not null,
    pushed_through bigint not null,
    forgotten_through bigint not null,
    pushed_at timestamptz,
    results_pushed_at timestamptz,
    waiting_since timestamptz,
    noted_until timestamptz not null,
    constraint live_organization_pkey primary key (org_id),
    constraint live_organization_org_fkey foreign key (org_id) references organization (id) on delete cascade
);
create index live_organization_waiting_idx on live_organization (waiting_since) where waiting_since is not null;
comment on table live_organization is 'How far the changes of an organization are counted, and told to who watches it.';
comment on column live_organization.forgotten_through is 'Of changes up to here nothing, or not everything, is kept.';
comment on column live_organization.results_pushed_at is
'When nothing but results of checks was told last: they come all the time, and must not hold back what matters.';
comment on column live_organization.waiting_since is 'When somebody was asked to tell, in a second, what was kept since.';
comment on column live_organization.noted_until is
'Changes are noted until then: for as long as somebody watches, and an hour more for who comes back.';

create table live_change (
    org_id uuid not null,
    topic text not null,
    kind text not null,
    subject_id text not null,
    sequence bigint not null,
    at timestamptz not null,
    constraint live_change_pkey primary key (org_id, topic, kind, subject_id),
    constraint live_change_org_fkey foreign key (org_id) references organization (id) on delete cascade
);
create index live_change_sequence_idx on live_change (org_id, sequence);
create index live_change_at_idx on live_change (at);
comment on table live_change is 'What changed last, once a thing, by the sequence of its latest change; kept for an hour.';

create table live_ticket (
    token_hash bytea not null,
    org_id uuid not null,
    user_id uuid,
    api_key_id uuid,
    role text not null,
    allowed text[] not null,
    ends_at timestamptz not null,
    expires_at timestamptz not null,
    constraint live_ticket_pkey primary key (token_hash),
    constraint live_ticket_org_fkey foreign key (org_id) references organization (id) on delete cascade
);
create index live_ticket_org_idx on live_ticket (org_id);
create index live_ticket_expires_idx on live_ticket (expires_at);
comment on table live_ticket is 'One connection that a caller may open within a minute, and what it may be told.';
comment on column live_ticket.ends_at is 'When the connection ends: with what the caller showed, or after two hours.';

create table live_connection (
    id text not null,
    org_id uuid not null,
    user_id uuid,
    api_key_id uuid,
    role text not null,
    allowed text[] not null,
    topics text[] not null default '{}',
    connected_at timestamptz not null,
    last_seen_at timestamptz not null,
    expires_at timestamptz not null,
    closing text,
    told_at timestamptz,
    constraint live_connection_pkey primary key (id),
    constraint live_connection_org_fkey foreign key (org_id) references organization (id) on delete cascade,
    constraint live_connection_closing_known check (closing in ('expired', 'silent', 'signed_out', 'role_changed', 'removed'))
);
create index live_connection_org_idx on live_connection (org_id);
create index live_connection_user_idx on live_connection (user_id) where user_id is not null;
create index live_connection_api_key_idx on live_connection (api_key_id) where api_key_id is not null;
create index live_connection_closing_idx on live_connection (told_at) where closing is not null;
create index live_connection_expires_idx on live_connection (expires_at);
comment on table live_connection is 'A socket that is open, by API Gateway''s id of it.';
comment on column live_connection.allowed is 'The topics that its caller might read when it was opened.';
comment on column live_connection.told_at is 'When it was last asked for that the socket be closed.';

alter table live_organization enable row level security;
alter table live_change enable row level security;
alter table live_ticket enable row level security;
alter table live_connection enable row level security;

create function app.watch_live(of_org uuid, until timestamptz) returns void
language sql volatile security definer set search_path = public, pg_temp
begin atomic
    insert into live_organization as o (org_id, sequence, pushed_through, forgotten_through, noted_until)
    values (of_org, 1, 1, 1, until)
    on conflict on constraint live_organization_pkey do update set
        sequence = o.sequence + (o.noted_until <= app.clock())::integer,
        pushed_through = o.pushed_through + (o.noted_until <= app.clock())::integer,
        forgotten_through = case
            when o.noted_until <= app.clock() then o.sequence + 1 else o.forgotten_through
        end,
        noted_until = greatest(o.noted_until, excluded.noted_until)
    where o.noted_until < excluded.noted_until - interval '10 minutes';
end;
comment on function app.watch_live(uuid, timestamptz) is
'Have changes of an organization noted until an instant. Where that had ended, what came meanwhile is forgotten.';

create function app.open_live_ticket(
    hash bytea, of_org uuid, of_user uuid, of_api_key uuid, of_role text, may_read text[], ends timestamptz, lasts interval
)
returns table (expires_at timestamptz)
language sql volatile security definer set search_path = public, pg_temp
begin atomic
    insert into live_ticket as t (token_hash, org_id, user_id, api_key_id, role, allowed, ends_at, expires_at)
    values (hash, of_org, of_user, of_api_key, of_role, may_read, ends, app.clock() + lasts)
    returning t.expires_at;
end;

create function app.connect_live(hash bytea, of_connection text) returns boolean
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    ticket live_ticket;
begin
    delete from live_ticket t where t.token_hash = hash returning * into ticket;
    if not found or ticket.expires_at <= app.clock() or ticket.ends_at <= app.clock() then
        return false;
    end if;
    perform app.watch_live(ticket.org_id, ticket.ends_at + interval '1 hour');
    insert into live_connection (
        id, org_id, user_id, api_key_id, role, allowed, connected_at, last_seen_at, expires_at
    )
    select of_connection, ticket.org_id, ticket.user_id, ticket.api_key_id, ticket.role, ticket.allowed,
        app.clock(), app.clock(), least(ticket.ends_at, o.deletes_at)
    from organization o where o.id = ticket.org_id;
    return found;
end
$$;
comment on function app.connect_live(bytea, text) is 'Use a ticket up; answers whether it opens a connection.';

create function app.hear_live(of_connection text, wanted text[])
returns table (sequence bigint, topics text[], closing text)
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    known live_connection;
begin
    select * into known from live_connection c where c.id = of_connection;
    if not found then
        return;
    end if;
    -- whoever notes a change waits for this, and then finds the connection with its topics
    perform from live_organization o where o.org_id = known.org_id and wanted is not null for share;
    update live_connection c set
        topics = case
            when wanted is null then c.topics else array(select unnest(wanted) intersect select unnest(c.allowed) order by 1)
        end,
        last_seen_at = app.clock()
    where c.id = of_connection and (wanted is not null or c.last_seen_at < app.clock() - interval '1 minute');
    return query
    select o.sequence, c.topics, case when c.expires_at <= app.clock() then 'expired' else c.closing end
    from live_connection c join live_organization o on o.org_id = c.org_id
    where c.id = of_connection;
end
$$;
comment on function app.hear_live(text, text[]) is
'A connection says that it is there, or what it wants to be told; answers how far changes are counted. Nothing for one'
' that is not known.';

create function app.disconnect_live(of_connections text[]) returns void
language sql volatile security definer set search_path = public, pg_temp
begin atomic
    delete from live_connection c where c.id = any(of_connections);
end;

create function app.push_live(of_org uuid, through bigint) returns jsonb
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    told_through bigint;
    changed jsonb;
    of_topics text[];
    has_more boolean;
    connections jsonb;
begin
    select o.pushed_through into told_through from live_organization o where o.org_id = of_org;
    select
        jsonb_agg(
            jsonb_build_object('topic', c.topic, 'kind', c.kind, 'id', c.subject_id, 'at', c.at) order by c.sequence
        ),
        array_agg(distinct c.topic), bool_or(c.kind <> 'check_result')
    into changed, of_topics, has_more
    from live_change c where c.org_id = of_org and c.sequence > told_through;
    update live_organization o set
        sequence = through, pushed_through = through, waiting_since = null,
        pushed_at = case when has_more then app.clock() else o.pushed_at end,
        results_pushed_at = case when has_more then o.results_pushed_at else app.clock() end
    where o.org_id = of_org;
    select jsonb_agg(jsonb_build_object('topics', g.topics, 'connection_ids', g.ids)) into connections
    from (
        select c.topics, array_agg(c.id order by c.id) as ids from live_connection c
        where c.org_id = of_org and c.topics && of_topics and c.closing is null and c.expires_at > app.clock()
        group by c.topics
    ) g;
    if connections is null then
        return null;
    end if;
    return jsonb_build_object('sequence', through, 'follows', told_through, 'changes', changed, 'groups', connections);
end
$$;
comment on function app.push_live(uuid, bigint) is
'What is to be told of changes up to a number that nobody was told of, and to whom; the organization''s row is held.';

create function app.note_changes(of_org uuid, of_topics text[], of_kinds text[], of_ids text[]) returns jsonb
language plpgsql volatile security definer set search_path = public, pg_temp set lock_timeout = '250ms' as $$
declare
    known live_organization;
    through bigint;
    second constant timestamptz := app.clock() - interval '1 second';
begin
    perform from live_organization o where o.org_id = of_org and o.noted_until > app.clock();
    if not found then
        return null;
    end if;
    select * into known from live_organization o where o.org_id = of_org for no key update;
    through := known.sequence + cardinality(of_ids);
    insert into live_change as c (org_id, topic, kind, subject_id, sequence, at)
    select of_org, t.topic, t.kind, t.id, known.sequence + t.place, app.clock()
    from unnest(of_topics, of_kinds, of_ids) with ordinality as t (topic, kind, id, place)
    on conflict on constraint live_change_pkey do update set sequence = excluded.sequence, at = excluded.at;
    perform from live_connection c
    where c.org_id = of_org and c.topics && of_topics and c.closing is null and c.expires_at > app.clock();
    if not found then
        update live_organization o set sequence = through where o.org_id = of_org;
        return null;
    end if;
    if coalesce(known.pushed_at, '-infinity') <= second and (
        coalesce(known.results_pushed_at, '-infinity') <= second or exists (
            select from unnest(of_kinds) as k (kind) where k.kind <> 'check_result'
        )
    ) then
        return app.push_live(of_org, through);
    end if;
    if known.waiting_since > app.clock() - interval '5 seconds' then
        update live_organization o set sequence = through where o.org_id = of_org;
        return null;
    end if;
    update live_organization o set sequence = through, waiting_since = app.clock() where o.org_id = of_org;
    return '{"waits": true}';
end
$$;
comment on function app.note_changes(uuid, text[], text[], text[]) is
'Note what has changed, where somebody watches. Answers what is to be told at once; or that somebody is to be asked to'
' tell it in a second, since others were told within the last; or nothing, where that somebody has been asked already, or nobody wants to be told.';

create function app.take_hints(of_org uuid) returns jsonb
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    known live_organization;
begin
    select * into known from live_organization o where o.org_id = of_org for no key update;
    if not found or known.waiting_since is null or known.sequence = known.pushed_through then
        return null;
    end if;
    return app.push_live(of_org, known.sequence);
end
$$;
comment on function app.take_hints(uuid) is 'What was kept since somebody was last told, to be told now.';

create function app.live_changes(of_org uuid, after bigint, of_topics text[], at_most integer)
returns table (sequence bigint, is_reset boolean, topic text, kind text, subject_id text, at timestamptz)
language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
    perform app.watch_live(of_org, app.clock() + interval '2 hours');
    return query
    with known as (
        select o.sequence, coalesce(after < o.forgotten_through or after > o.sequence, false) as is_reset
        from live_organization o where o.org_id = of_org
    )
    select k.sequence, k.is_reset, c.topic, c.kind, c.subject_id, c.at
    from known k
    left join live_change c on c.org_id = of_org and c.sequence > after and c.sequence <= k.sequence
        and c.topic = any(of_topics) and not k.is_reset
    order by c.sequence limit at_most;
end
$$;
comment on function app.live_changes(uuid, bigint, text[], integer) is
'What changed after a number, and how far changes are counted: one row without a change where there is none.';

create function app.end_live(of_org uuid, of_user uuid, of_api_key uuid, why text) returns void
language sql volatile security definer set search_path = public, pg_temp
begin atomic
    delete from live_ticket t
    where (t.user_id = of_user or t.api_key_id = of_api_key) and (of_org is null or t.org_id = of_org);
    update live_connection c set closing = why
    where (c.user_id = of_user or c.api_key_id = of_api_key) and (of_org is null or c.org_id = of_org)
        and c.closing is null;
end;
comment on function app.end_live(uuid, uuid, uuid, text) is
'Somebody, or a key, is to be told nothing more: in one organization, or in all.';

create function app.end_live_of_member() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    perform app.end_live(
        old.org_id, old.user_id, null, case when tg_op = 'DELETE' then 'removed' else 'role_changed' end
    );
    return null;
end
$$;
create trigger membership_ends_live after delete on membership
    for each row execute function app.end_live_of_member();
create trigger membership_changes_live after update of role on membership
    for each row when (new.role <> old.role) execute function app.end_live_of_member();

create function app.end_live_of_account() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    perform app.end_live(null, new.id, null, 'signed_out');
    return null;
end
$$;
create trigger user_account_ends_live after update of signed_out_at on user_account
    for each row when (new.signed_out_at is distinct from old.signed_out_at) execute function app.end_live_of_account();

create function app.end_live_of_key() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    perform app.end_live(null, null, new.id, 'signed_out');
    return null;
end
$$;
create trigger api_key_ends_live after update of revoked_at on api_key
    for each row when (new.revoked_at is not null) execute function app.end_live_of_key();

create function app.end_live_of_organization() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    update live_connection c set expires_at = least(c.expires_at, new.deletes_at) where c.org_id = new.id;
    return null;
end
$$;
create trigger organization_ends_live after update of deletes_at on organization
    for each row when (new.deletes_at is not null) execute function app.end_live_of_organization();

create function app.take_closing_live(at_most integer)
returns table (connection_id text, reason text)
language sql volatile security definer set search_path = public, pg_temp
begin atomic
    update live_connection c set told_at = app.clock()
    from (
        select l.id from live_connection l
        where l.closing is not null and (l.told_at is null or l.told_at < app.clock() - interval '1 minute')
        order by l.told_at nulls first limit at_most for update skip locked
    ) due
    where c.id = due.id
    returning c.id, c.closing;
end;
comment on function app.take_closing_live(integer) is 'Sockets to be closed, why, and that somebody was asked to.';

create function app.tend_live(silent_before timestamptz, forget_before timestamptz)
returns table (org_id uuid)
language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
    update live_connection c
    set closing = case when c.expires_at <= app.clock() then 'expired' else 'silent' end
    where c.closing is null and (c.expires_at <= app.clock() or c.last_seen_at < silent_before);
    delete from live_connection c where c.expires_at < app.clock() - interval '15 minutes';
    delete from live_ticket t where t.expires_at < app.clock();
    with gone as (
        delete from live_change c where c.at < forget_before returning c.org_id, c.sequence
    ),
    last as (
        select g.org_id, max(g.sequence) as sequence from gone g group by g.org_id
    )
    update live_organization o set forgotten_through = greatest(o.forgotten_through, l.sequence)
    from last l where o.org_id = l.org_id;
    return query
    select o.org_id from live_organization o
    where o.waiting_since < app.clock() - interval '5 seconds' order by o.org_id;
end
$$;
comment on function app.tend_live(timestamptz, timestamptz) is
'Close what has expired or fallen silent, forget old changes; answers the organizations whose watchers still wait.';

create function app.watched(of_orgs uuid[]) returns table (org_id uuid)
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select o.org_id from live_organization o where o.org_id = any(of_orgs) and o.noted_until > app.clock();
end;
comment on function app.watched(uuid[]) is 'Those of these organizations whose changes are noted.';

grant execute on function
    app.open_live_ticket(bytea, uuid, uuid, uuid, text, text[], timestamptz, interval),
    app.live_changes(uuid, bigint, text[], integer)
to app;
grant execute on function
    app.watched(uuid[]), app.note_changes(uuid, text[], text[], text[]), app.take_closing_live(integer)
to app, worker;
grant execute on function
    app.connect_live(bytea, text), app.hear_live(text, text[]), app.disconnect_live(text[]), app.take_hints(uuid),
    app.tend_live(timestamptz, timestamptz)
to worker;
