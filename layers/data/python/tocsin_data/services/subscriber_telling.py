"""Telling subscribers of what a page says: for each published update a mail a subscriber, written piece by piece.

A piece is one transaction, which also writes how far it has come: after a crash the next sweep goes on there. What an
update says is kept as it was when its telling began, so that all subscribers are told the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from tocsin.contracts.subscriber_mail import ReportWords, ToldComponent
from tocsin.domain.public_text import shortened
from tocsin_data.db import Database, Tx
from tocsin_data.services.page_site import Site
from tocsin_data.sql import tellings
from tocsin_data.sql.tellings import Telling

PIECE: Final = 500
PIECES: Final = 20
"""How many pieces of an update one sweep writes: pages come first, and the next sweep goes on."""
STALE: Final = timedelta(hours=6)
"""An update that nobody could be told of for so long, since its page was private say, is news no more."""
MAX_WORDS: Final = 20_000


@dataclass(slots=True)
class Told:
    """How many mails were written, and how many updates have been told to all."""

    mails: int = 0
    updates: int = 0


def tell(db: Database, found: Sequence[tuple[UUID, UUID]], site: Site) -> Told:
    """Go on with telling updates; each piece is committed by itself."""
    told = Told()
    for org_id, update_id in found:
        for _ in range(PIECES):
            with db.many([org_id]) as tx:
                written = _piece(tx, update_id, site)
            if written is None:
                break
            told.mails += written
            if written < PIECE:
                told.updates += 1
                break
    return told


def _piece(tx: Tx, update_id: UUID, site: Site) -> int | None:
    """Write mails for the next subscribers; answers how many, or none where there is nothing to tell now."""
    if not tellings.hold_update(tx, update_id):
        return None
    telling = tellings.begun(tx, update_id) or _begin(tx, update_id, site)
    if telling is None:
        tellings.finish(tx, update_id)
        return None
    piece = tellings.write_piece(tx, telling, PIECE)
    tellings.go_on(tx, telling, piece)
    if piece.subscribers < PIECE:
        tellings.finish(tx, update_id)
    return piece.subscribers


def _begin(tx: Tx, update_id: UUID, site: Site) -> Telling | None:
    """Keep what an update says; none where nobody is told: of a private page, of old news, of no subscribers."""
    row = tellings.read(tx, update_id)
    since = max(at for at in (row["published_at"], row["said_at"]) if at is not None)
    if not (row["is_public"] and row["has_subscribers"]) or since < tx.now - STALE:
        return None
    named = tellings.components(tx, row["report_id"])
    words = _words(row, named, site).to_json()
    return tellings.begin(tx, update_id, row["page_id"], row["kind"], [one for one, _, _ in named], words)


def _words(row: dict[str, Any], named: Sequence[tuple[UUID, str, str]], site: Site) -> ReportWords:
    url = site.url(row["slug"])
    words = ReportWords.model_validate(
        {
            **row,
            "page_url": f"{url}/",
            "report_url": f"{url}/reports/{row['report_id']}/",
            "body": shortened(row["body"], MAX_WORDS),
        }
    )
    components = [ToldComponent.model_validate({"id": i, "name": name, "status": status}) for i, name, status in named]
    return words.model_copy(update={"components": components})
