"""What a page's snapshot is made of: the page itself with a new number, its groups, components, logos and figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from psycopg.rows import class_row

from tocsin_data.db import Tx


@dataclass(frozen=True, slots=True)
class PublicPage:
    """A page that is published."""

    org_id: UUID
    id: UUID
    slug: str


@dataclass(frozen=True, slots=True)
class PageRow:
    """A page that is held, with the number of the snapshot at hand."""

    id: UUID
    number: int
    slug: str
    name: str
    description: str
    time_zone: str
    automatic: str
    home_url: str | None
    support_url: str | None
    is_indexed: bool
    accent: str | None
    accent_dark: str | None
    subscribe_channels: list[str]
    subscribe_key: str | None
    updated_at: datetime
    is_demo: bool


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A group of components."""

    id: UUID
    name: str
    description: str
    position: int
    is_collapsed: bool
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class ComponentRow:
    """A component as it is shown."""

    id: UUID
    name: str
    description: str
    group_id: UUID | None
    position: int
    shows_uptime: bool
    shows_latency: bool
    only_if_degraded: bool
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class LogoRow:
    """A picture, without its content."""

    variant: str
    content_type: str
    sha256: str
    alt: str


@dataclass(frozen=True, slots=True)
class HeardRow:
    """How many results of one origin were counted of a monitor, from when on, and when the last one was heard."""

    monitor_id: UUID
    results: int
    first_at: datetime | None
    last_at: datetime | None


def public(tx: Tx, org_ids: Sequence[UUID] | None, after_org: UUID | None) -> list[PublicPage]:
    """The pages that are published, of these organizations or of all after one, in the order of organizations."""
    with tx.conn.cursor(row_factory=class_row(PublicPage)) as cur:
        orgs = None if org_ids is None else list(org_ids)
        cur.execute("select org_id, id, slug from app.public_pages(%s, %s, %s)", (orgs, after_org, tx.now))
        return cur.fetchall()


def gone_folders(tx: Tx) -> list[str]:
    """Folders that hold, or may get, what is public no more."""
    return [row[0] for row in tx.conn.execute("select slug from app.gone_page_folders(%s)", (tx.now,)).fetchall()]


def emptied(tx: Tx, slug: str, forgotten_before: datetime) -> None:
    """A folder holds nothing any more; one that was emptied before an instant is forgotten."""
    tx.conn.execute("select app.emptied_page_folder(%s, %s, %s)", (slug, tx.now, forgotten_before))


def number(tx: Tx, page_id: UUID) -> PageRow | None:
    """Number a snapshot and hold its page until the transaction ends; None when the page is not public (any more).

    Numbers are milliseconds of the database's clock, or more, so that those of another page at the same folder, and of
    whoever empties it, fit in.
    """
    with tx.conn.cursor(row_factory=class_row(PageRow)) as cur:
        cur.execute(
            """
            update status_page p
            set snapshot_number = greatest(p.snapshot_number + 1, floor(extract(epoch from %(now)s) * 1000)::bigint)
            from organization o
            where p.org_id = %(org)s and p.id = %(id)s and p.visibility = 'public' and p.deleted_at is null
                and o.id = p.org_id and (o.deletes_at is null or o.deletes_at > %(now)s)
            returning p.id, p.snapshot_number as number, p.slug, p.name, p.description, p.time_zone, p.automatic,
                p.home_url, p.support_url, p.is_indexed, p.accent, p.accent_dark, p.subscribe_channels,
                p.subscribe_key, p.updated_at, o.is_demo
            """,
            {"org": tx.org_id, "id": page_id, "now": tx.now},
        )
        return cur.fetchone()


def hold_folder(tx: Tx, slug: str, page_id: UUID) -> None:
    """Remember that the page is published to its folder."""
    tx.conn.execute("select app.hold_page_folder(%s, %s)", (slug, page_id))


def groups(tx: Tx, page_id: UUID) -> list[GroupRow]:
    """A page's groups, as they are ordered."""
    with tx.conn.cursor(row_factory=class_row(GroupRow)) as cur:
        cur.execute(
            """
            select id, name, description, position, is_collapsed, created_at, updated_at from component_group
            where org_id = %s and status_page_id = %s order by position, id
            """,
            (tx.org_id, page_id),
        )
        return cur.fetchall()


def components(tx: Tx, page_id: UUID) -> list[ComponentRow]:
    """A page's components, as they are ordered."""
    with tx.conn.cursor(row_factory=class_row(ComponentRow)) as cur:
        cur.execute(
            """
            select id, name, description, component_group_id as group_id, position, shows_uptime, shows_latency,
                only_if_degraded, created_at, updated_at
            from component
            where org_id = %s and status_page_id = %s and deleted_at is null order by position, id
            """,
            (tx.org_id, page_id),
        )
        return cur.fetchall()


def logos(tx: Tx, page_id: UUID) -> list[LogoRow]:
    """A page's pictures."""
    with tx.conn.cursor(row_factory=class_row(LogoRow)) as cur:
        cur.execute(
            """
            select variant, content_type, sha256, alt from status_page_logo
            where org_id = %s and status_page_id = %s order by variant
            """,
            (tx.org_id, page_id),
        )
        return cur.fetchall()


def logo_contents(tx: Tx, page_id: UUID, variants: Sequence[str]) -> dict[str, bytes]:
    """The contents of some of them."""
    return dict(
        tx.conn.execute(
            """
            select variant, content from status_page_logo
            where org_id = %s and status_page_id = %s and variant = any(%s) order by variant
            """,
            (tx.org_id, page_id, list(variants)),
        ).fetchall()
    )


def heard(tx: Tx, monitor_ids: Sequence[UUID], origin: str) -> list[HeardRow]:
    """What was heard of monitors of an origin; results are counted by the hour, heartbeats at once."""
    with tx.conn.cursor(row_factory=class_row(HeardRow)) as cur:
        cur.execute(
            """
            select m.id as monitor_id, coalesce(h.ping_count, e.results, 0) as results, e.first_tick as first_at,
                greatest(h.last_ping_at, e.last_tick, r.last_tick) as last_at
            from monitor m
            left join heartbeat h on h.org_id = m.org_id and h.monitor_id = m.id
            left join check_evidence e on e.org_id = m.org_id and e.monitor_id = m.id and e.origin = m.origin
            left join lateral (
                select max(last_tick) as last_tick from monitor_region
                where org_id = m.org_id and monitor_id = m.id
            ) r on true
            where m.org_id = %s and m.id = any(%s) and m.origin = %s order by m.id
            """,
            (tx.org_id, list(monitor_ids), origin),
        )
        return cur.fetchall()
