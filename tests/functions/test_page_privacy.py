"""Nothing private is in what is published: every value of the database is looked for in every byte of it."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import psycopg
import pytest
from psycopg import sql

from tests.database.test_isolation import fill
from tests.support.monitors import insert_monitor
from tests.support.public_pages import BUCKET, Page, Press, monitored, press
from tests.support.world import World

PUBLIC = {
    "component.description",
    "component.name",
    "component_group.description",
    "component_group.name",
    "status_page.description",
    "status_page.home_url",
    "status_page.name",
    "status_page.subscribe_key",
    "status_page.support_url",
    "status_page_logo.alt",
    "status_page_logo.content",
    "status_report.title",
    "status_update.body",
    "status_update_component.name",
}
"""What people write for the public: it must be found, or the others are not looked for where they would be."""
LINKS = {"status_page.home_url", "status_page.support_url"}
IN_NAMES = {"status_page.slug", "status_page.accent", "status_page.accent_dark", "status_page_logo.sha256"}
"""What is public in the names of things, or has a form of its own."""
WORDS = {
    "kind",
    "status",
    "state",
    "old_status",
    "new_status",
    "time_zone",
    "severity",
    "origin",
    "content_type",
    "variant",
}
"""Columns of words that code matches on, and of zones."""
PUBLIC_IDS = {
    "component",
    "component_group",
    "status_page",
    "status_report",
    "status_update",
}
TEXT_COLUMNS = """
select c.table_name, c.column_name, c.udt_name from information_schema.columns c
join pg_class t on t.relname = c.table_name and t.relnamespace = 'public'::regnamespace and t.relkind in ('r', 'p')
where c.table_schema = 'public' and c.is_generated = 'NEVER' and c.udt_name in ('text', '_text', 'jsonb', 'bytea')
    and (c.table_name in ('organization', 'user_account') or exists (
        select from information_schema.columns o where o.table_name = c.table_name and o.column_name = 'org_id'
    ))
order by 1, 2
"""
ID_COLUMNS = """
select c.table_name, c.column_name from information_schema.columns c
join pg_class t on t.relname = c.table_name and t.relnamespace = 'public'::regnamespace and t.relkind in ('r', 'p')
where c.table_schema = 'public' and c.udt_name = 'uuid' and exists (
    select from information_schema.columns o where o.table_name = c.table_name and o.column_name = 'org_id'
)
order by 1, 2
"""
VALUES = {
    "text": sql.SQL("{token} || '-' || gen_random_uuid()"),
    "_text": sql.SQL("array_append({column}, {token})"),
    "jsonb": sql.SQL(
        "case jsonb_typeof({column}) when 'object' then {column} || jsonb_build_object({token}, {token})"
        " else {column} end"
    ),
    "bytea": sql.SQL("convert_to({token} || '-' || gen_random_uuid(), 'UTF8')"),
}


@pytest.fixture
def publisher(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[Press]:
    monkeypatch.setenv("SUBSCRIBE_URL", "https://ingest.example")
    with press(world, monkeypatch) as found:
        yield found


@pytest.fixture
def page(world: World) -> Page:
    """A page that shows all that a page can, of an organization with rows in every table."""
    fill(world)
    page = Page(world)
    monitor_id = insert_monitor(world)
    monitored(world, monitor_id, "up", timedelta(days=40))
    monitored(world, monitor_id, "down", timedelta(hours=1))
    rows, org = world.database.rows, world.org_id
    group = "insert into component_group (org_id, status_page_id, name, position, created_at, updated_at)"
    ((group_id,),) = rows(f"{group} values (%s, %s, 'g', 0, now(), now()) returning id", org, page.page_id)
    shop = page.component("Shop", monitors=[monitor_id], shows_latency=True, component_group_id=group_id)
    page.component("All", services=[world.service_id])
    page.report("Now", components=[shop])
    page.report("Then", components=[shop], at=world.now - timedelta(days=200), status="resolved")
    rows(
        "insert into status_page_logo"
        " (org_id, status_page_id, variant, content_type, content, sha256, width, height, created_at)"
        " values (%s, %s, 'light', 'image/png', '', '0123456789abcdef01', 1, 1, now()) returning variant",
        *(org, page.page_id),
    )
    rows("update maintenance_window set starts_at = now() where org_id = %s returning id", org)
    return page


def plant(conn: psycopg.Connection, table: str, column: str, kind: str, token: str, world: World) -> bool:
    """Put a recognisable value into a column of all rows of the organization; False where none can be."""
    people = "id in (select user_id from membership where org_id = %(org)s)"
    own = {"organization": "id = %(org)s", "user_account": people}
    token = f"https://acme.example/{token}" if f"{table}.{column}" in LINKS else token
    names = {"column": sql.Identifier(column), "token": sql.Literal(token)}
    query = sql.SQL("update {table} set {column} = {value} where {own}").format(
        table=sql.Identifier(table),
        value=VALUES[kind].format(**names),
        own=sql.SQL(own.get(table, "org_id = %(org)s")),
        **names,
    )
    try:
        with conn.transaction():
            return bool(conn.execute(query, {"org": world.org_id}).rowcount)
    except (psycopg.errors.CheckViolation, psycopg.errors.ForeignKeyViolation, psycopg.errors.RaiseException):
        return False


def published(publisher: Press) -> bytes:
    """Everything in the bucket, with the names of things."""
    found: list[bytes] = []
    for key in sorted(publisher.keys()):
        item = publisher.object(key)
        found += [key.encode(), str(item["Metadata"]).encode(), item["Body"].read()]
    return b"\n".join(found)


def test_no_private_value_is_published(publisher: Press, page: Page, world: World) -> None:
    rows = world.database.rows
    columns = [(table, column, kind) for table, column, kind in rows(TEXT_COLUMNS) if column not in WORDS]
    tokens: dict[str, bytes] = {}
    with world.database.admin() as conn:
        for n, (table, column, kind) in enumerate(columns):
            name, token = f"{table}.{column}", f"zq{n:03}xqz"
            if name not in IN_NAMES and plant(conn, table, column, kind, token, world):
                tokens[name] = token.encode()
    for private in (
        "user_account.email",
        "user_account.name",
        "monitor.spec",
        "monitor.name",
        "incident.title",
        "event.payload",
        "organization.name",
        "subscriber.shown",
        "status_report.created_by",
    ):
        assert private in tokens, f"nothing was planted in {private}"
    publisher.run()
    assert "index.html" in publisher.paths(page), "it could not be published"
    text = published(publisher)
    seen = {name for name, token in tokens.items() if token in text}
    assert seen - PUBLIC == set()
    assert PUBLIC - seen == set()


def test_no_id_of_what_is_inside_is_published(publisher: Press, page: Page, world: World) -> None:
    rows = world.database.rows
    ids: dict[str, set[UUID]] = {}
    with world.database.admin() as conn:
        for table, column in rows(ID_COLUMNS):
            query = sql.SQL("select distinct {column} from {table} where org_id = %s and {column} is not null")
            found = conn.execute(
                query.format(column=sql.Identifier(column), table=sql.Identifier(table)), (world.org_id,)
            ).fetchall()
            ids[f"{table}.{column}"] = {row[0] for row in found}
    public = {one for name, found in ids.items() if name in {f"{table}.id" for table in PUBLIC_IDS} for one in found}
    publisher.run()
    text = published(publisher)
    assert str(page.page_id).encode() in text
    for name, found in ids.items():
        for one in found - public:
            assert str(one).encode() not in text, name
            assert one.hex.encode() not in text, name
    assert BUCKET.encode() not in text
