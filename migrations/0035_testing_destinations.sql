-- A test page to a destination: a row beside those to contact methods, which goes with the organization it is of.
-- Made before the first deployment, over empty tables; later ones over full tables are made concurrently.
-- squawk-ignore-file require-concurrent-index-creation, adding-foreign-key-constraint, constraint-missing-not-valid
alter table mail
    add column destination_id uuid,
    add constraint mail_destination_fkey foreign key (org_id, destination_id)
        references destination (org_id, id) on delete cascade;
create index mail_destination_idx on mail (destination_id, created_at) where destination_id is not null;
comment on column mail.destination_id is 'What a test page goes to that is nobody''s contact method.';
