-- Idempotency: what a caller's Idempotency-Key was used for, and what it was answered.
create table idempotent_request (
    caller text not null,
    key_hash bytea not null,
    request_hash bytea not null,
    claim uuid not null,
    claimed_at timestamptz not null,
    committed_at timestamptz,
    answer bytea,
    constraint idempotent_request_pkey primary key (caller, key_hash)
);
create index idempotent_request_claimed_idx on idempotent_request (claimed_at);
comment on table idempotent_request is 'One for each caller and Idempotency-Key of the last day; of no organization, since callers may be in none.';
comment on column idempotent_request.claim is 'Who runs the request; whoever has lost it commits nothing.';
comment on column idempotent_request.committed_at is 'Set within the transaction of the request itself.';
comment on column idempotent_request.answer is 'Encrypted under a key that only the caller''s Idempotency-Key makes.';
alter table idempotent_request enable row level security;

create function app.claim_request(of_caller text, of_key bytea, of_request bytea, by_claim uuid, lease interval, kept interval)
returns table (claim uuid, request_hash bytea, committed_at timestamptz, answer bytea)
language sql volatile security definer set search_path = public, pg_temp
begin atomic
    with taken as (
        insert into idempotent_request as r (caller, key_hash, request_hash, claim, claimed_at)
        values (of_caller, of_key, of_request, by_claim, app.clock())
        on conflict on constraint idempotent_request_pkey do update
            set request_hash = excluded.request_hash, claim = excluded.claim, claimed_at = excluded.claimed_at,
                committed_at = null, answer = null
            where r.claimed_at <= excluded.claimed_at - kept
                or (r.committed_at is null and r.request_hash = excluded.request_hash
                    and r.claimed_at <= excluded.claimed_at - lease)
        returning r.claim, r.request_hash, r.committed_at, r.answer
    )
    select t.claim, t.request_hash, t.committed_at, t.answer from taken t
    union all
    select r.claim, r.request_hash, r.committed_at, r.answer from idempotent_request r
    where r.caller = of_caller and r.key_hash = of_key and not exists (select from taken);
end;
comment on function app.claim_request(text, bytea, bytea, uuid, interval, interval) is
    'Claim a key unless it is in use; answers whose it is by now. A claim without a commit is free again after its lease.';

create function app.commit_request(of_caller text, of_key bytea, by_claim uuid) returns boolean
language sql volatile security definer set search_path = public, pg_temp
begin atomic
    with wrote as (
        select pg_current_xact_id_if_assigned() is not null as anything
    ),
    marked as (
        update idempotent_request r set committed_at = app.clock()
        from wrote
        where wrote.anything and r.caller = of_caller and r.key_hash = of_key and r.claim = by_claim
        returning 1
    )
    select not wrote.anything or exists (select from marked) from wrote;
end;
comment on function app.commit_request(text, bytea, uuid) is
    'The last word of a transaction that runs a claimed request; false when it has written and the claim is lost.';

create function app.answer_request(of_caller text, of_key bytea, by_claim uuid, with_answer bytea) returns void
language sql volatile security definer set search_path = public, pg_temp
begin atomic
    update idempotent_request r set answer = with_answer, committed_at = coalesce(r.committed_at, app.clock())
    where r.caller = of_caller and r.key_hash = of_key and r.claim = by_claim;
end;

create function app.release_request(of_caller text, of_key bytea, by_claim uuid) returns void
language sql volatile security definer set search_path = public, pg_temp
begin atomic
    delete from idempotent_request r
    where r.caller = of_caller and r.key_hash = of_key and r.claim = by_claim and r.committed_at is null;
end;
comment on function app.release_request(text, bytea, uuid) is 'Free the key of a request that was refused and changed nothing.';

create function app.forget_requests(claimed_before timestamptz) returns bigint
language sql volatile security definer set search_path = public, pg_temp
begin atomic
    with gone as (
        delete from idempotent_request r where r.claimed_at < claimed_before returning 1
    )
    select count(*) from gone;
end;

grant execute on function
    app.claim_request(text, bytea, bytea, uuid, interval, interval), app.commit_request(text, bytea, uuid),
    app.answer_request(text, bytea, uuid, bytea), app.release_request(text, bytea, uuid)
to app;
grant execute on function app.forget_requests(timestamptz) to worker;
