"""What the public is told of a page now, and for members why; of a private page, what it would be told."""

from collections.abc import Sequence
from uuid import UUID

from tocsin.contracts.api_status_pages import Component, ComponentTold, GroupTold, PageTold
from tocsin.domain.component_status import is_open, is_shown, told, worst_status
from tocsin.domain.status_page import Automatic, Impact, ReportKind, ReportStatus, indicator
from tocsin.errors import NotFound
from tocsin_data import component_evidence
from tocsin_data.db import Database, Tx
from tocsin_data.sql import component_groups, components, status_pages


def read(db: Database, org_id: UUID, page_id: UUID, automatic: Automatic | None = None) -> PageTold:
    """What a page tells, or would tell if monitors and incidents did that by themselves; raises NotFound."""
    with db.one(org_id) as tx:
        pages = status_pages.read(tx, page_id)
        if not pages:
            raise NotFound(f"There is no status page {page_id} in this organization.")
        by_itself = automatic or pages[0].automatic
        found = _told(tx, pages[0].id, components.read(tx, page_id), by_itself)
        groups = [
            GroupTold(
                id=group.id, name=group.name, status=worst_status(c.status for c in found if c.group_id == group.id)
            )
            for group in component_groups.read(tx, page_id)
        ]
        return PageTold(
            id=page_id,
            slug=pages[0].slug,
            visibility=pages[0].visibility,
            automatic=by_itself,
            as_of=tx.now,
            indicator=indicator([c.status for c in found], _impacts(tx, page_id)),
            groups=groups,
            components=found,
        )


def _told(tx: Tx, page_id: UUID, rows: Sequence[Component], automatic: Automatic) -> list[ComponentTold]:
    evidence = component_evidence.read(tx, [page_id]).evidence
    found: list[ComponentTold] = []
    for row in rows:
        if row.id not in evidence:
            continue  # deleted meanwhile
        now = told(automatic, evidence[row.id], tx.now)
        found.append(
            ComponentTold(
                id=row.id,
                name=row.name,
                group_id=row.group_id,
                status=now.status,
                since=now.since,
                because=now.because,
                by=now.by,
                is_stale=now.is_stale,
                is_shown=is_shown(now.status, only_if_degraded=row.only_if_degraded, is_stale=now.is_stale),
            )
        )
    return found


def _impacts(tx: Tx, page_id: UUID) -> list[Impact]:
    """How bad each published report is that holds now."""
    return [
        Impact(impact)
        for kind, status, impact in status_pages.open_reports(tx, page_id)
        if is_open(ReportKind(kind), ReportStatus(status))
    ]
