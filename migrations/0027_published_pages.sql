-- Which folders of the bucket hold pages, and what publishing looks for across organizations.
create table page_folder (
    slug text not null,
    status_page_id uuid not null,
    emptied_at timestamptz,
    constraint page_folder_pkey primary key (slug)
);
comment on table page_folder is
'A folder that a page was published to. It outlives page and organization, until what it held is gone for good.';
comment on column page_folder.emptied_at is
'When it was emptied first; a publisher that was overtaken may put something there for a while.';

create function app.public_pages(of_orgs uuid[], after_org uuid, at timestamptz)
returns table (org_id uuid, id uuid, slug text)
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select p.org_id, p.id, p.slug from status_page p join organization o on o.id = p.org_id
    where p.deleted_at is null and p.visibility = 'public' and (o.deletes_at is null or o.deletes_at > at)
        and (of_orgs is null or p.org_id = any(of_orgs)) and (after_org is null or p.org_id > after_org)
    order by p.org_id, p.id;
end;
comment on function app.public_pages(uuid[], uuid, timestamptz) is
'The pages that are published, of some organizations or of all after one.';

create function app.hold_page_folder(of_slug text, of_page uuid)
returns void
language sql security definer set search_path = public, pg_temp
begin atomic
    insert into page_folder as f (slug, status_page_id) values (of_slug, of_page)
    on conflict on constraint page_folder_pkey do update
    set status_page_id = excluded.status_page_id, emptied_at = null
    where f.status_page_id <> excluded.status_page_id or f.emptied_at is not null;
end;
comment on function app.hold_page_folder(text, uuid) is 'Remember that a page is published to a folder.';

create function app.gone_page_folders(at timestamptz)
returns table (slug text)
language sql stable security definer set search_path = public, pg_temp
begin atomic
    select f.slug from page_folder f
    where not exists (
        select from status_page p join organization o on o.id = p.org_id
        where p.slug = f.slug and p.deleted_at is null and p.visibility = 'public'
            and (o.deletes_at is null or o.deletes_at > at)
    )
    order by f.slug;
end;
comment on function app.gone_page_folders(timestamptz) is 'Folders whose page is public no more, or is another''s by name.';

create function app.emptied_page_folder(of_slug text, at timestamptz, forgotten_before timestamptz)
returns void
language sql security definer set search_path = public, pg_temp
begin atomic
    update page_folder set emptied_at = at where slug = of_slug and emptied_at is null;
    delete from page_folder where slug = of_slug and emptied_at < forgotten_before;
end;
comment on function app.emptied_page_folder(text, timestamptz, timestamptz) is
'Remember that a folder was emptied, or forget it where that has been long ago.';

alter table page_folder enable row level security;
grant execute on function app.public_pages(uuid[], uuid, timestamptz) to worker;
grant execute on function app.hold_page_folder(text, uuid) to worker;
grant execute on function app.gone_page_folders(timestamptz) to worker;
grant execute on function app.emptied_page_folder(text, timestamptz, timestamptz) to worker;
