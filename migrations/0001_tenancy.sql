-- Organizations, people and how they are reached; row-level security's entry functions.
create schema app;
grant usage on schema app to app, worker;
grant usage on schema public to app, worker;

create function app.clock() returns timestamptz language sql stable
return now();
comment on function app.clock() is 'The one clock of everything inside: constant within a transaction.';

create function app.enter(org uuid) returns timestamptz language plpgsql as $$
begin
    perform set_config('app.org', org::text, true);
    return app.clock();
end
$$;
comment on function app.enter(uuid) is 'Enter one organization for this transaction; answers its now.';

create function app.enter_many(orgs uuid[]) returns timestamptz language plpgsql as $$
begin
    perform set_config('app.orgs', orgs::text, true);
    return app.clock();
end
$$;
comment on function app.enter_many(uuid[]) is 'Enter several organizations for this transaction; answers its now.';

create function app.org() returns uuid language sql stable
return nullif(current_setting('app.org', true), '')::uuid;

create function app.orgs() returns uuid[] language sql stable
return coalesce(nullif(current_setting('app.orgs', true), '')::uuid[], '{}'::uuid[]);

revoke execute on all functions in schema app from public;
alter default privileges revoke execute on functions from public;
grant execute on function app.clock(), app.org(), app.orgs() to app, worker;
grant execute on function app.enter(uuid) to app;
grant execute on function app.enter_many(uuid[]) to worker;

create table organization (
    id uuid not null default uuidv7(),
    name text not null,
    fallback_email text,
    created_at timestamptz not null,
    constraint organization_pkey primary key (id),
    constraint organization_name_length check (char_length(name) between 1 and 200)
);
comment on column organization.fallback_email is 'Paged when an escalation is exhausted or can reach nobody.';

create table user_account (
    id uuid not null default uuidv7(),
    email text not null,
    name text not null,
    created_at timestamptz not null,
    constraint user_account_pkey primary key (id),
    constraint user_account_email_key unique (email)
);

create table membership (
    org_id uuid not null,
    user_id uuid not null,
    role text not null,
    created_at timestamptz not null,
    constraint membership_pkey primary key (org_id, user_id),
    constraint membership_org_fkey foreign key (org_id) references organization (id) on delete cascade,
    constraint membership_user_fkey foreign key (user_id) references user_account (id) on delete cascade,
    constraint membership_role_known check (role in ('owner', 'admin', 'responder', 'viewer'))
);
create index membership_user_idx on membership (user_id);

create table team (
    id uuid not null default uuidv7(),
    org_id uuid not null,
    name text not null,
    created_at timestamptz not null,
    constraint team_pkey primary key (id),
    constraint team_org_id_key unique (org_id, id),
    constraint team_org_fkey foreign key (org_id) references organization (id) on delete cascade,
    constraint team_name_key unique (org_id, name)
);

create table team_member (
    org_id uuid not null,
    team_id uuid not null,
    user_id uuid not null,
    constraint team_member_pkey primary key (team_id, user_id),
    constraint team_member_team_fkey foreign key (org_id, team_id) references team (org_id, id) on delete cascade,
    constraint team_member_membership_fkey foreign key (org_id, user_id)
        references membership (org_id, user_id) on delete cascade
);
create index team_member_user_idx on team_member (org_id, user_id);

create table contact_method (
    id uuid not null default uuidv7(),
    org_id uuid not null,
    user_id uuid not null,
    channel text not null,
    label text not null,
    address text,
    sealed text,
    created_at timestamptz not null,
    disabled_at timestamptz,
    disabled_reason text,
    constraint contact_method_pkey primary key (id),
    constraint contact_method_membership_fkey foreign key (org_id, user_id)
        references membership (org_id, user_id) on delete cascade,
    constraint contact_method_channel_known check (channel in ('email', 'webhook', 'slack')),
    constraint contact_method_address_or_sealed check ((address is null) <> (sealed is null))
);
create index contact_method_user_idx on contact_method (org_id, user_id);
comment on column contact_method.address is 'An e-mail address; channels whose address is a secret use sealed.';
comment on column contact_method.sealed is 'JWE of the channel''s secrets; only outside functions can open it.';

create table api_key (
    id uuid not null default uuidv7(),
    org_id uuid not null,
    user_id uuid,
    name text not null,
    key_hash bytea not null,
    hint text not null,
    role text not null,
    created_at timestamptz not null,
    revoked_at timestamptz,
    constraint api_key_pkey primary key (id),
    constraint api_key_hash_key unique (key_hash),
    constraint api_key_org_fkey foreign key (org_id) references organization (id) on delete cascade,
    constraint api_key_user_fkey foreign key (user_id) references user_account (id) on delete cascade,
    constraint api_key_role_known check (role in ('owner', 'admin', 'responder', 'viewer'))
);
create index api_key_org_idx on api_key (org_id);

create table audit_entry (
    id uuid not null default uuidv7(),
    org_id uuid not null,
    at timestamptz not null,
    actor_kind text not null,
    actor_id text,
    action text not null,
    subject_kind text not null,
    subject_id text not null,
    before jsonb,
    after jsonb,
    request_id text,
    source_address text,
    constraint audit_entry_pkey primary key (id),
    constraint audit_entry_org_fkey foreign key (org_id) references organization (id) on delete cascade
);
create index audit_entry_org_at_idx on audit_entry (org_id, at desc, id desc);
