"""Keeping what can never be accepted, with its reason, so that it neither comes back nor disappears."""

from tocsin.platform.batches import Reject
from tocsin_data.db import Database
from tocsin_data.sql import events


def rejecter(db: Database, queue: str) -> Reject:
    """The way a function keeps messages of its queue that can never be accepted."""

    def keep(message_id: str, reason: str, detail: str, body: str) -> None:
        with db.many(()) as tx:
            events.reject(
                tx, queue=queue, message_id=message_id, reason=reason, detail=storable(detail), body=storable(body)
            )

    return keep


def storable(text: str) -> str:
    """PostgreSQL's text holds neither U+0000 nor unpaired surrogates."""
    return text.replace("\x00", "\ufffd").encode("utf-8", "replace").decode()
