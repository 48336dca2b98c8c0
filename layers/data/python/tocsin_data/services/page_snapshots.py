"""Snapshots of public pages: all that becomes public of a page, numbered and read in one transaction.

A later number has seen later data: the page's row is held from when the number is taken until the transaction ends.
What changes by itself every minute is read every time; bars, latencies and the reports of months only when something
is to be written of them.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final
from uuid import UUID

from tocsin.contracts.page_snapshot import (
    MAX_REPORTS,
    Figures,
    PageSnapshot,
    PageTheme,
    SnapshotComponent,
    SnapshotGroup,
    SnapshotMonth,
    SnapshotReport,
    SubscribeChannel,
)
from tocsin.domain.component_status import is_open, told
from tocsin.domain.monitor import Origin
from tocsin.domain.status_page import Automatic, indicator
from tocsin_data import component_evidence
from tocsin_data.db import Database, Tx
from tocsin_data.services import page_figures
from tocsin_data.services import page_reports as report_views
from tocsin_data.services.page_site import Site
from tocsin_data.sql import page_reports, page_snapshots
from tocsin_data.sql.component_evidence import SourceRow
from tocsin_data.sql.page_reports import MonthRow
from tocsin_data.sql.page_snapshots import ComponentRow, HeardRow, LogoRow, PageRow, PublicPage

REFRESHED_AFTER: Final = timedelta(minutes=5)
"""How old `as_of` may grow in documents that nothing else has changed."""
RECENT: Final = timedelta(days=90)
MONTHS_AT_ONCE: Final = 1_000
"""Whole months are read until there are so many reports; the rest of them at the next publication."""
EMPTIED_FOR: Final = timedelta(minutes=15)
"""For so long a folder is emptied again: a publisher may have been overtaken with a page at hand."""
SUFFIXES: Final[Mapping[str, str]] = {
    "image/png": "png",
    "image/svg+xml": "svg",
    "image/jpeg": "jpg",
    "image/webp": "webp",
    "image/gif": "gif",
}


@dataclass(frozen=True, slots=True)
class Published:
    """What was published of a page before: of which substance, as of when, which months as they were, which logos."""

    substance: str
    full_at: datetime
    months: Mapping[str, str]
    logos: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Logo:
    """A page's picture by its path; without content where it has been published before."""

    path: str
    content_type: str
    content: bytes | None


@dataclass(frozen=True, slots=True)
class Reading:
    """A page as of now. Unless `is_full`, only what is written every minute is there.

    `months` are the reports of those months whose documents are to be written anew, `fingerprints` what every month
    looks like now, `left` those that must wait for another time. `report_ids` are all that are published, where months
    were read.
    """

    snapshot: PageSnapshot
    substance: str
    is_full: bool
    months: Mapping[str, Sequence[SnapshotReport]] = field(default_factory=dict[str, Sequence[SnapshotReport]])
    fingerprints: Mapping[str, str] = field(default_factory=dict[str, str])
    left: Sequence[str] = ()
    report_ids: frozenset[UUID] = frozenset()
    logos: Sequence[Logo] = ()


@dataclass(frozen=True, slots=True)
class _Core:
    """What is read every time."""

    snapshot: PageSnapshot
    page: PageRow
    components: Sequence[ComponentRow]
    monitors: Mapping[UUID, Sequence[SourceRow]]
    services: Mapping[UUID, Sequence[UUID]]
    months: Sequence[MonthRow]
    logos: Sequence[LogoRow]


def public(
    db: Database, org_ids: Sequence[UUID] | None = None, after_org: UUID | None = None
) -> tuple[list[PublicPage], list[str], int]:
    """The pages that are published: of all organizations, of some, or of those after one. With them, the folders that
    hold what is public no more, and the number by which they may be emptied.
    """
    with db.many(()) as tx:
        pages, gone = page_snapshots.public(tx, org_ids, after_org), page_snapshots.gone_folders(tx)
        return pages, gone, int(tx.now.timestamp() * 1_000)


def emptied(db: Database, slug: str) -> None:
    """A folder holds nothing any more; once that has been so for a while it is not looked at again."""
    with db.many(()) as tx:
        page_snapshots.emptied(tx, slug, tx.now - EMPTIED_FOR)


def read(db: Database, page: PublicPage, site: Site, before: Published | None = None) -> Reading | None:
    """A page as of now, with the next number; None when it is not public, or not in this folder (any more)."""
    with db.many([page.org_id]) as tx:
        core = _core(tx, page, site)
        if core is None:
            return None
        substance = _substance(core.snapshot)
        is_due = before is None or core.snapshot.as_of - before.full_at >= REFRESHED_AFTER
        if before is not None and before.substance == substance and not is_due:
            return Reading(core.snapshot, substance, is_full=False)
        return _full(tx, core, substance, before)


def _core(tx: Tx, wanted: PublicPage, site: Site) -> _Core | None:
    page = page_snapshots.number(tx, wanted.id)
    if page is None or page.slug != wanted.slug:
        return None
    page_snapshots.hold_folder(tx, page.slug, page.id)
    groups = page_snapshots.groups(tx, page.id)
    rows = page_snapshots.components(tx, page.id)
    logos = page_snapshots.logos(tx, page.id)
    found = component_evidence.read(tx, [page.id])
    components = [c for c in rows if c.id in found.evidence]  # what came or went between two statements waits
    monitors = {c.id: [m for m in found.monitors.get(c.id, ()) if m.origin == _origin(page)] for c in components}
    at_hand = page_reports.at_hand(tx, page.id, page.time_zone, tx.now - RECENT, MAX_REPORTS)
    reports = report_views.reports(tx, at_hand)
    months = page_reports.months(tx, page.id, page.time_zone)
    shown = _shown(tx, page, components, found, monitors)
    changed = [g.updated_at for g in groups] + [m.changed_at for m in months]
    changed += [at for c in shown for at in (c.updated_at, c.since)]
    snapshot = PageSnapshot(
        number=page.number,
        page_id=page.id,
        key_prefix=f"pages/{page.slug}",
        url=site.url(page.slug),
        name=page.name,
        description=page.description,
        home_url=page.home_url,
        support_url=page.support_url,
        time_zone=page.time_zone,
        theme=_theme(page, logos),
        is_demo=page.is_demo,
        is_indexed=page.is_indexed,
        as_of=tx.now,
        updated_at=max([page.updated_at, *(at for at in changed if at <= tx.now)]),
        indicator=indicator((c.status for c in shown), (r.impact for r in reports if is_open(r.kind, r.status))),
        groups=[SnapshotGroup.model_validate(g, from_attributes=True) for g in groups],
        components=shown,
        reports=reports,
        months=[SnapshotMonth(month=m.month, reports=m.reports, updated_at=m.updated_at) for m in months if m.reports],
        subscribe_url=site.subscribe_form(page.slug, page.subscribe_key) if page.subscribe_channels else None,
        subscribe_channels=_channels(page),
    )
    services = {c.id: [service.service_id for service in found.evidence[c.id].services] for c in components}
    return _Core(snapshot, page, components, monitors, services, months, logos)


def _origin(page: PageRow) -> Origin:
    """Which checks count on a page."""
    return Origin.DEMO if page.is_demo else Origin.LIVE


def _shown(
    tx: Tx,
    page: PageRow,
    components: Sequence[ComponentRow],
    found: component_evidence.Found,
    monitors: Mapping[UUID, Sequence[SourceRow]],
) -> list[SnapshotComponent]:
    origin = _origin(page)
    ids = sorted({m.monitor_id for mine in monitors.values() for m in mine})
    heard = {row.monitor_id: row for row in page_snapshots.heard(tx, ids, origin)}
    figures = {
        c.id: _figures(origin, [heard[m.monitor_id] for m in monitors[c.id] if m.monitor_id in heard])
        for c in components
    }
    return [_component(tx, page, c, found, figures[c.id]) for c in components]


def _component(
    tx: Tx, page: PageRow, row: ComponentRow, found: component_evidence.Found, figures: Figures | None
) -> SnapshotComponent:
    said = told(Automatic(page.automatic), found.evidence[row.id], tx.now)
    return SnapshotComponent(
        id=row.id,
        name=row.name,
        description=row.description,
        group_id=row.group_id,
        position=row.position,
        status=said.status,
        since=said.since,
        is_stale=said.is_stale,
        only_if_degraded=row.only_if_degraded,
        created_at=row.created_at,
        updated_at=row.updated_at,
        figures=figures,
    )


def _figures(origin: Origin, heard: Sequence[HeardRow]) -> Figures | None:
    if not heard:
        return None
    return Figures(
        origin=origin,
        checks=sum(row.results for row in heard),
        first_at=min((row.first_at for row in heard if row.first_at is not None), default=None),
        last_at=max((row.last_at for row in heard if row.last_at is not None), default=None),
    )


def _theme(page: PageRow, logos: Sequence[LogoRow]) -> PageTheme:
    paths = {logo.variant: _path(logo) for logo in logos}
    alt = next((logo.alt for logo in logos if logo.alt), "")
    return PageTheme(
        accent=page.accent,
        accent_dark=page.accent_dark,
        logo=paths.get("light"),
        logo_dark=paths.get("dark"),
        logo_alt=alt,
    )


def _path(logo: LogoRow) -> str:
    return f"logo.{logo.sha256[:16]}.{SUFFIXES[logo.content_type]}"


def _channels(page: PageRow) -> list[SubscribeChannel]:
    known: tuple[SubscribeChannel, ...] = ("email", "webhook", "slack")
    return [channel for channel in known if channel in page.subscribe_channels]


def _substance(snapshot: PageSnapshot) -> str:
    """What is the same as long as nothing but figures and the time have changed."""
    plain = [c.model_copy(update={"figures": c.figures and c.figures.origin}) for c in snapshot.components]
    same = snapshot.model_copy(update={"number": 0, "as_of": snapshot.updated_at, "components": plain})
    return sha256(same.model_dump_json(warnings=False).encode()).hexdigest()[:32]


def _full(tx: Tx, core: _Core, substance: str, before: Published | None) -> Reading:
    measured = page_figures.read(tx, core.page, core.components, core.monitors, core.services)
    components: list[SnapshotComponent] = []
    for component in core.snapshot.components:
        mine = measured[component.id]
        figures = component.figures and component.figures.model_copy(
            update={
                "uptime_90_days": mine.uptime,
                "latency_p50_ms": mine.latency_p50_ms,
                "latency_p95_ms": mine.latency_p95_ms,
                "latency_by_hour": mine.latency_by_hour,
            }
        )
        components.append(component.model_copy(update={"figures": figures, "days": mine.days}))
    fingerprints = _fingerprints(core)
    known: Mapping[str, str] = {} if before is None else before.months
    stale = [m for m in core.months if known.get(m.month) != fingerprints[m.month]]
    chosen, left = _at_once(stale)
    # a month that is nobody's any more, since all its reports were moved to another
    emptied = [month for month in known if month not in fingerprints]
    months: dict[str, Sequence[SnapshotReport]] = {month: [] for month in [*chosen, *emptied]}
    report_ids: set[UUID] = set()
    if months:
        rows = page_reports.of_months(tx, core.page.id, core.page.time_zone, chosen)
        months.update(report_views.by_month(tx, rows))
        report_ids = page_reports.published(tx, core.page.id)
    return Reading(
        snapshot=core.snapshot.model_copy(update={"components": components}),
        substance=substance,
        is_full=True,
        months=months,
        fingerprints=fingerprints,
        left=left,
        report_ids=frozenset(report_ids),
        logos=_logos(tx, core, frozenset() if before is None else before.logos),
    )


def _fingerprints(core: _Core) -> dict[str, str]:
    """What each month tells, and to which months it leads: another where it is to be written anew."""
    frame, told = _frame(core.snapshot), sorted(m.month for m in core.months if m.reports)
    found: dict[str, str] = {}
    for m in core.months:
        older, newer = told[: bisect_left(told, m.month)][-1:], told[bisect_right(told, m.month) :][:1]
        found[m.month] = " ".join([str(m.reports), m.changed_at.isoformat(), frame, *older, "<", *newer])
    return found


def _frame(snapshot: PageSnapshot) -> str:
    """What every document shows around what it tells: other where one that tells the same is to be written anew."""
    about = {"url", "name", "description", "home_url", "support_url", "time_zone", "theme", "is_demo", "is_indexed"}
    names = "".join(f"\n{component.id} {component.name}" for component in snapshot.components)
    return sha256((snapshot.model_dump_json(include=about) + names).encode()).hexdigest()[:12]


def _at_once(stale: Sequence[MonthRow]) -> tuple[list[str], list[str]]:
    """Which of these months are read now, the newest first, and which another time."""
    chosen: list[str] = []
    reports = 0
    for month in stale:
        reports += month.reports
        if chosen and reports > MONTHS_AT_ONCE:
            break
        chosen.append(month.month)
    return chosen, [month.month for month in stale if month.month not in chosen]


def _logos(tx: Tx, core: _Core, published: frozenset[str]) -> list[Logo]:
    missing = [logo.variant for logo in core.logos if _path(logo) not in published]
    contents = page_snapshots.logo_contents(tx, core.page.id, missing) if missing else {}
    return [Logo(_path(logo), logo.content_type, contents.get(logo.variant)) for logo in core.logos]
