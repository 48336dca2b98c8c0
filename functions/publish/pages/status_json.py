"""status.json: how a page's components are, and as of when; read by the page's script and by whoever likes."""

import json
from datetime import datetime
from typing import Final

from functions.publish.pages.document import Document
from tocsin.contracts.page_snapshot import PageSnapshot, SnapshotComponent
from tocsin.domain.status_page import OVER

PATH: Final = "status.json"


def render(snapshot: PageSnapshot) -> dict[str, Document]:
    """The document by its path."""
    found = {
        "page": {"id": str(snapshot.page_id), "name": snapshot.name, "url": snapshot.url, "demo": snapshot.is_demo},
        "number": snapshot.number,
        "as_of": _text(snapshot.as_of),
        "updated_at": _text(snapshot.updated_at),
        "indicator": snapshot.indicator,
        "components": [_component(component) for component in snapshot.components],
        "open_reports": [
            {"id": str(report.id), "kind": report.kind, "title": report.title, "status": report.status}
            for report in snapshot.reports
            if report.status not in OVER
        ],
    }
    return {PATH: Document(json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode(), "application/json")}


def _component(component: SnapshotComponent) -> dict[str, object]:
    figures = component.figures
    return {
        "id": str(component.id),
        "name": component.name,
        "status": component.status,
        "since": _text(component.since),
        "stale": component.is_stale,
        "checks": None
        if figures is None
        else {"origin": figures.origin, "count": figures.checks, "last_at": _text(figures.last_at)},
    }


def _text(instant: datetime | None) -> str | None:
    return None if instant is None else instant.isoformat(timespec="milliseconds")
