"""Status pages as rows."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from psycopg.rows import class_row

from tocsin.contracts.api_status_pages import StatusPage
from tocsin_data.db import Tx

MILLISECONDS: Final = timedelta(milliseconds=1)
EPOCH: Final = datetime.fromisoformat("1970-01-01T00:00:00+00:00")


@dataclass(frozen=True, slots=True)
class Row:
    """A page as it is written."""

    id: UUID
    slug: str
    name: str
    description: str
    time_zone: str
    visibility: str
    automatic: str
    home_url: str | None
    support_url: str | None
    is_indexed: bool
    accent: str | None
    accent_dark: str | None
    subscribe_channels: list[str]


def insert(tx: Tx, row: Row, created_by: str) -> None:
    """Create a page in version 1.

    Its snapshots are numbered from the milliseconds of now on: after those of a page that had its slug before.
    """
    tx.conn.execute(
        """
        insert into status_page (
            id, org_id, slug, name, description, time_zone, visibility, automatic, home_url, support_url, is_indexed,
            accent, accent_dark, subscribe_channels, snapshot_number, created_at, created_by, updated_at
        )
        values (
            %(id)s, %(org)s, %(slug)s, %(name)s, %(description)s, %(time_zone)s, %(visibility)s, %(automatic)s,
            %(home_url)s, %(support_url)s, %(is_indexed)s, %(accent)s, %(accent_dark)s, %(subscribe_channels)s,
            %(number)s, %(now)s, %(by)s, %(now)s
        )
        """,
        {**_values(tx, row), "number": (tx.now - EPOCH) // MILLISECONDS, "by": created_by},
    )


def update(tx: Tx, row: Row) -> None:
    """Write the next version of a page whose row is held."""
    tx.conn.execute(
        """
        update status_page set
            slug = %(slug)s, name = %(name)s, description = %(description)s, time_zone = %(time_zone)s,
            visibility = %(visibility)s, automatic = %(automatic)s, home_url = %(home_url)s,
            support_url = %(support_url)s, is_indexed = %(is_indexed)s, accent = %(accent)s,
            accent_dark = %(accent_dark)s, subscribe_channels = %(subscribe_channels)s,
            version = version + 1, updated_at = %(now)s
        where org_id = %(org)s and id = %(id)s
        """,
        _values(tx, row),
    )


def touch(tx: Tx, page_id: UUID) -> None:
    """Count a change of what belongs to a page whose row is held: its order, its logos."""
    tx.conn.execute(
        "update status_page set version = version + 1, updated_at = %s where org_id = %s and id = %s",
        (tx.now, tx.org_id, page_id),
    )


def delete(tx: Tx, page_id: UUID) -> None:
    """Take a page whose row is held out of use; its slug is free."""
    tx.conn.execute(
        "update status_page set deleted_at = %s, version = version + 1 where org_id = %s and id = %s",
        (tx.now, tx.org_id, page_id),
    )


def lock(tx: Tx, page_id: UUID) -> int | None:
    """Hold a page's row; answers its version."""
    row = tx.conn.execute(
        "select version from status_page where org_id = %s and id = %s and deleted_at is null for no key update",
        (tx.org_id, page_id),
    ).fetchone()
    return None if row is None else row[0]


def count(tx: Tx) -> int:
    """How many pages the organization has."""
    row = tx.conn.execute(
        "select count(*) from status_page where org_id = %s and deleted_at is null", (tx.org_id,)
    ).fetchone()
    return 0 if row is None else row[0]


def is_slug_kept(tx: Tx, slug: str, deleted_after: datetime) -> bool:
    """Whether a page of another organization was at this slug until lately."""
    row = tx.conn.execute("select app.is_slug_kept(%s, %s, %s)", (slug, tx.org_id, deleted_after)).fetchone()
    return row is not None and row[0]


def read(tx: Tx, page_id: UUID | None = None) -> list[StatusPage]:
    """One page, or all of the organization, by name."""
    with tx.conn.cursor(row_factory=class_row(StatusPage)) as cur:
        cur.execute(
            """
            select p.id, p.slug, p.name, p.description, p.time_zone, p.visibility, p.automatic, p.home_url,
                p.support_url, p.is_indexed, p.accent, p.accent_dark, p.subscribe_channels,
                coalesce(l.logos, '[]') as logos, (
                    select count(*) from component c
                    where c.org_id = p.org_id and c.status_page_id = p.id and c.deleted_at is null
                ) as components,
                p.version, p.created_at, p.created_by, p.updated_at
            from status_page p
            left join lateral (
                select jsonb_agg(
                        jsonb_build_object(
                            'variant', g.variant, 'content_type', g.content_type, 'width', g.width,
                            'height', g.height, 'bytes', octet_length(g.content), 'sha256', g.sha256, 'alt', g.alt,
                            'created_at', g.created_at
                        )
                        order by g.variant desc
                    ) as logos
                from status_page_logo g where g.org_id = p.org_id and g.status_page_id = p.id
            ) l on true
            where p.org_id = %(org)s and p.deleted_at is null and (%(id)s::uuid is null or p.id = %(id)s::uuid)
            order by p.name, p.id
            """,
            {"org": tx.org_id, "id": page_id},
        )
        return cur.fetchall()


def open_reports(tx: Tx, page_id: UUID) -> list[tuple[str, str, str]]:
    """Kind, status and impact of the published reports of a page that are not over."""
    return tx.conn.execute(
        """
        select kind, status, impact from status_report
        where org_id = %s and status_page_id = %s and state = 'published' and deleted_at is null
            and status not in ('resolved', 'postmortem', 'completed')
        """,
        (tx.org_id, page_id),
    ).fetchall()


def put_logo(
    tx: Tx,
    page_id: UUID,
    variant: str,
    picture: tuple[str, int, int, bytes],
    sha256: str,
    alt: str,
) -> None:
    """Write a picture (its type, width, height and bytes) of a page whose row is held."""
    content_type, width, height, content = picture
    tx.conn.execute(
        """
        insert into status_page_logo (
            org_id, status_page_id, variant, content_type, content, sha256, width, height, alt, created_at
        )
        values (
            %(org)s, %(page)s, %(variant)s, %(type)s, %(content)s, %(sha256)s, %(width)s, %(height)s, %(alt)s, %(now)s
        )
        on conflict on constraint status_page_logo_pkey do update set
            content_type = excluded.content_type, content = excluded.content, sha256 = excluded.sha256,
            width = excluded.width, height = excluded.height, alt = excluded.alt, created_at = excluded.created_at
        """,
        {
            "org": tx.org_id,
            "page": page_id,
            "variant": variant,
            "type": content_type,
            "content": content,
            "sha256": sha256,
            "width": width,
            "height": height,
            "alt": alt,
            "now": tx.now,
        },
    )


def delete_logo(tx: Tx, page_id: UUID, variant: str) -> bool:
    """Take a picture away; whether there was one."""
    return (
        tx.conn.execute(
            "delete from status_page_logo where org_id = %s and status_page_id = %s and variant = %s",
            (tx.org_id, page_id, variant),
        ).rowcount
        == 1
    )


def _values(tx: Tx, row: Row) -> dict[str, Any]:
    return {**asdict(row), "org": tx.org_id, "now": tx.now}
