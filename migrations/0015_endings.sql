-- How accounts and organizations end, mended: no key stays that is made meanwhile, and none is too large to end.

create or replace function app.delete_self() returns void
language sql volatile security definer set search_path = public, pg_temp
begin atomic
    delete from membership m where m.user_id = app.self();
    update api_key k set revoked_at = app.clock() where k.user_id = app.self() and k.revoked_at is null;
    update user_account u
    set email = u.id || '@deleted.invalid', name = 'Deleted account', deleted_at = app.clock(),
        signed_out_at = app.clock(), version = u.version + 1
    where u.id = app.self();
end;
comment on function app.delete_self() is
    'End a person''s memberships, then their keys (who makes one holds the membership), and forget name and address.';
