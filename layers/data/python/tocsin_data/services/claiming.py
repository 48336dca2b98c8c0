"""The last word before a provider call: go, stop, or already sent."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final
from uuid import UUID

from tocsin.contracts.delivery import ClaimAnswer, ClaimItem, Verdict
from tocsin.domain.notification import State
from tocsin.platform.ids import new_id
from tocsin.platform.tokens import digest, link_token
from tocsin_data.db import Database
from tocsin_data.sql import claims

LINK_LIFE: Final = timedelta(days=7)
PAGING_STOPPED: Final = "paging_stopped"
"""Why what is due may not go out now: it stays queued, and is sent again when the stop is over."""


def claim(db: Database, items: Sequence[ClaimItem]) -> list[ClaimAnswer]:
    """Claim what may go out, with a new attempt and link for each; answers every item in order."""
    ids = list(dict.fromkeys(item.notification_id for item in items))
    links = [link_token() for _ in ids]
    with db.many({item.org_id for item in items}) as tx:
        claimed = claims.claim(tx, ids, [new_id() for _ in ids], [digest(link) for link in links], tx.now + LINK_LIFE)
        others = [i for i in ids if i not in claimed]
        found = claims.states(tx, others) if others else {}
        now = tx.now
    tokens = dict(zip(ids, links, strict=True))
    answers: list[ClaimAnswer] = []
    for item in items:
        mine = claimed.pop(item.notification_id, None)
        if mine is None:
            answers.append(_refusal(item.notification_id, found.get(item.notification_id)))
        else:
            answers.append(
                ClaimAnswer(
                    notification_id=mine.notification_id,
                    verdict=Verdict.GO,
                    attempt_id=mine.attempt_id,
                    attempt=mine.attempt,
                    link_token=tokens[mine.notification_id],
                    waited_seconds=(now - mine.wanted_at).total_seconds() if mine.attempt == 1 else None,
                )
            )
    return answers


def _refusal(notification_id: UUID, found: tuple[str, str | None] | None) -> ClaimAnswer:
    state, reason = found or (None, None)
    match state:
        case None:
            # Either unknown, or claimed for an earlier item of this very batch.
            verdict, why = Verdict.STOP, "unknown_or_twice_in_batch"
        case State.DELIVERED:
            verdict, why = Verdict.ALREADY_SENT, "delivered"
        case State.CLAIMED:
            verdict, why = Verdict.STOP, "in_flight"
        case State.QUEUED:
            verdict, why = Verdict.STOP, PAGING_STOPPED if reason == PAGING_STOPPED else "not_due_or_superseded"
        case _:
            verdict, why = Verdict.STOP, reason or state
    return ClaimAnswer(notification_id=notification_id, verdict=verdict, reason=why)
