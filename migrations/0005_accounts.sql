-- Accounts: who people are to the sign-in, who invited them, which keys act for them, who visits the demo.
-- Made before the first deployment, over empty tables; later ones over full tables are made concurrently.
-- squawk-ignore-file require-concurrent-index-creation, constraint-missing-not-valid, adding-foreign-key-constraint, ban-drop-constraint
alter table organization
    add column version integer not null default 1,
    add column is_demo boolean not null default false,
    add column demo_planted_at timestamptz,
    add column deletes_at timestamptz;
comment on column organization.is_demo is 'Read by anybody, changed by nobody; nothing it sends leaves.';
comment on column organization.demo_planted_at is 'When what there is to see in a demo was last made anew.';
comment on column organization.deletes_at is 'When it ends for good; until then an owner can take that back.';
create index organization_deletes_idx on organization (deletes_at) where deletes_at is not null;

alter table user_account
    add column subject text,
    add column version integer not null default 1,
    add column signed_out_at timestamptz,
    add column deleted_at timestamptz;
comment on column user_account.email is 'In its canonical form (tocsin.domain.address); verified where there is a subject.';
comment on column user_account.subject is 'Who they are to the sign-in (sub); null for who never signed in.';
comment on column user_account.signed_out_at is 'Tokens that were issued before are refused.';
comment on column user_account.deleted_at is 'The row stays without a name, for what they once did.';
create unique index user_account_subject_key on user_account (subject);

alter table integration drop constraint integration_service_fkey,
    add constraint integration_service_fkey foreign key (org_id, service_id) references service (org_id, id)
        on delete cascade;
alter table incident drop constraint incident_service_fkey,
    add constraint incident_service_fkey foreign key (org_id, service_id) references service (org_id, id)
        on delete cascade;
alter table escalation drop constraint escalation_version_fkey,
    add constraint escalation_version_fkey foreign key (org_id, policy_id, policy_version)
        references escalation_policy_version (org_id, policy_id, version) on delete cascade;

alter table membership add column version integer not null default 1;
alter table team add column version integer not null default 1;
alter table team_member
    add column role text not null default 'member',
    add constraint team_member_role_known check (role in ('lead', 'member'));

create table invitation (
    id uuid not null default uuidv7(),
    org_id uuid not null,
    email text not null,
    role text not null,
    token_hash bytea not null,
    invited_by text not null,
    version integer not null default 1,
    created_at timestamptz not null,
    sent_at timestamptz not null,
    expires_at timestamptz not null,
    accepted_at timestamptz,
    accepted_by uuid,
    revoked_at timestamptz,
    constraint invitation_pkey primary key (id),
    constraint invitation_org_id_key unique (org_id, id),
    constraint invitation_token_key unique (token_hash),
    constraint invitation_org_fkey foreign key (org_id) references organization (id) on delete cascade,
    constraint invitation_accepted_by_fkey foreign key (accepted_by) references user_account (id) on delete set null,
    constraint invitation_role_known check (role in ('owner', 'admin', 'responder', 'viewer')),
    constraint invitation_ends_once check (accepted_at is null or revoked_at is null)
);
create unique index invitation_pending_key on invitation (org_id, email) where accepted_at is null and revoked_at is null;
create index invitation_email_idx on invitation (email) where accepted_at is null and revoked_at is null;
create index invitation_accepted_by_idx on invitation (accepted_by) where accepted_by is not null;
comment on column invitation.email is 'In its canonical form (tocsin.domain.address).';

create table invitation_team (
    org_id uuid not null,
    invitation_id uuid not null,
    team_id uuid not null,
    role text not null,
    constraint invitation_team_pkey primary key (invitation_id, team_id),
    constraint invitation_team_invitation_fkey foreign key (org_id, invitation_id)
        references invitation (org_id, id) on delete cascade,
    constraint invitation_team_team_fkey foreign key (org_id, team_id) references team (org_id, id) on delete cascade,
    constraint invitation_team_role_known check (role in ('lead', 'member'))
);
create index invitation_team_team_idx on invitation_team (org_id, team_id);

create table mail (
    id uuid not null default uuidv7(),
    org_id uuid not null,
    kind text not null,
    sealed text not null,
    state text not null default 'queued',
    due_at timestamptz not null,
    created_at timestamptz not null,
    ended_at timestamptz,
    detail text,
    constraint mail_pkey primary key (id),
    constraint mail_org_fkey foreign key (org_id) references organization (id) on delete cascade,
    constraint mail_kind_known check (kind in ('invitation')),
    constraint mail_state_known check (state in ('queued', 'sent', 'failed', 'uncertain'))
);
create index mail_org_idx on mail (org_id);
create index mail_queued_idx on mail (due_at, id) where state = 'queued';
comment on table mail is 'Mail that is no page, as a row first; the sweep sends again what a crash kept back.';
comment on column mail.sealed is 'JWE of address and words, which hold a token; only notify can open it.';

alter table api_key
    add column access text not null default 'write',
    add column groups text[],
    add column expires_at timestamptz,
    add column last_used_at timestamptz,
    add column created_by text,
    add constraint api_key_access_known check (access in ('read', 'write'));
comment on column api_key.user_id is 'Whose key it is: it ends with their membership, and never may more than they may.';
comment on column api_key.groups is 'The resource groups it is good for; null for all.';
create index api_key_user_idx on api_key (user_id) where user_id is not null;

create table demo_session (
    token_hash bytea not null,
    org_id uuid not null,
    source_address text not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    constraint demo_session_pkey primary key (token_hash),
    constraint demo_session_org_fkey foreign key (org_id) references organization (id) on delete cascade
);
create index demo_session_expires_idx on demo_session (expires_at);
create index demo_session_created_idx on demo_session (created_at);
create index demo_session_org_idx on demo_session (org_id);

create unlogged table caller_usage (
    caller text not null,
    minute timestamptz not null,
    requests integer not null,
    constraint caller_usage_pkey primary key (caller, minute)
);
comment on table caller_usage is 'Requests of each caller in a minute; not worth a durable commit.';

create index audit_entry_subject_idx on audit_entry (org_id, subject_kind, subject_id, at desc, id desc);

create or replace function app.enter(org uuid) returns timestamptz language plpgsql as $$
begin
    perform set_config('app.org', org::text, true);
    if exists (select from organization o where o.id = org and o.is_demo) then
        perform set_config('app.demo', 'on', true), set_config('transaction_read_only', 'on', true);
    end if;
    return app.clock();
end
$$;
comment on function app.enter(uuid) is
    'Enter one organization for this transaction, which can''t write if it is a demo; answers its now.';

create function app.enter_self(account uuid) returns timestamptz language plpgsql as $$
begin
    perform set_config('app.self', account::text, true);
    return app.clock();
end
$$;
comment on function app.enter_self(uuid) is 'Act as a person, in no organization, for this transaction; answers its now.';

create function app.self() returns uuid language sql stable
return nullif(current_setting('app.self', true), '')::uuid;

alter table invitation enable row level security;
create policy invitation_app on invitation to app using (org_id = (select app.org()));
create policy invitation_worker on invitation to worker using (org_id = any ((select app.orgs())::uuid[]));
alter table invitation_team enable row level security;
create policy invitation_team_app on invitation_team to app using (org_id = (select app.org()));
create policy invitation_team_worker on invitation_team to worker using (org_id = any ((select app.orgs())::uuid[]));
alter table mail enable row level security;
create policy mail_app on mail to app using (org_id = (select app.org()));
create policy mail_worker on mail to worker using (org_id = any ((select app.orgs())::uuid[]));
alter table demo_session enable row level security;
create policy demo_session_app on demo_session to app using (org_id = (select app.org()));
create policy demo_session_worker on demo_session to worker using (org_id = any ((select app.orgs())::uuid[]));
alter table caller_usage enable row level security;

create policy user_account_self on user_account for select to app using (id = (select app.self()));
create policy membership_self on membership for select to app using (user_id = (select app.self()));
create policy organization_self on organization for select to app using (
    exists (select from membership m where m.org_id = organization.id and m.user_id = (select app.self()))
);

grant insert, update on invitation to app;
grant insert on invitation_team, mail to app;
grant select on invitation, invitation_team, mail to app, worker;
grant update on mail to worker;
grant delete on membership, invitation_team to app;
