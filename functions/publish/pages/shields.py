"""Badges as shields.io reads them from an endpoint, which takes no key that it does not know."""

import json
from typing import Final
from zoneinfo import ZoneInfo

from functions.publish.pages import badges, digest
from functions.publish.pages.document import Document
from functions.publish.pages.view import LOOKS
from functions.publish.pages.words import Words
from tocsin.contracts.page_snapshot import PageSnapshot
from tocsin.domain.status_page import ComponentStatus

CACHE_SECONDS: Final = 300
"""The least that shields.io keeps to."""


def render(snapshot: PageSnapshot) -> dict[str, Document]:
    """`badges/status.json` and `badges/<component id>.json`."""
    words = Words(snapshot.language, ZoneInfo(snapshot.time_zone))
    message = words(f"headline.{snapshot.indicator}")
    found = {"badges/status.json": _badge(snapshot.name, message, LOOKS[snapshot.indicator])}
    for part in snapshot.components:
        found[f"badges/{part.id}.json"] = _badge(part.name, words(f"status.{part.status}"), part.status)
    return found


def _badge(label: str, message: str, status: ComponentStatus) -> Document:
    content = {
        "schemaVersion": 1,
        "label": digest.line(label, badges.LONGEST),
        "message": message.lower(),
        "color": badges.COLOURS[status],
        "cacheSeconds": CACHE_SECONDS,
    }
    return Document(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode(), "application/json")
