"""What has changed is told to those who watch, after it was committed and whatever had to leave for it has left.

The first change goes out at once; others within the same second are kept, and told together at its end. None of this
may hold a page up, or fail for it: who misses something sees so by the numbers, and the API has the truth.
"""

from collections.abc import Collection, Generator, Iterable, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import batched, groupby
from typing import Any, Final, Protocol
from uuid import UUID

from tocsin.contracts.live import (
    MOST_CONNECTIONS,
    Changed,
    ChangeHint,
    Closing,
    LiveMessage,
    LivePush,
    PushMessage,
)
from tocsin.domain.live import ALL, COALESCED_SECONDS, KEPT, SILENT_AFTER, Change, merged
from tocsin.platform import logs, queues
from tocsin.platform.queues import Outgoing
from tocsin_data.db import Contention, Database
from tocsin_data.sql import live

MOST_CLOSED: Final = 10_000
"""How many connections are closed at once; the sweep closes others."""


class TellingSettings(Protocol):
    """The queues of what is told; without them nobody watches."""

    @property
    def pushes_queue_url(self) -> str | None:
        """To `push`."""
        ...

    @property
    def hints_queue_url(self) -> str | None:
        """To `live`."""
        ...


@contextmanager
def telling(db: Database, known: TellingSettings, service: str, *, closes: bool = False) -> Generator[None]:
    """Tell, in the end, what transactions within have changed; with `closes`, close the sockets that they ended."""
    if known.pushes_queue_url is None or known.hints_queue_url is None:
        yield
        return
    with db.gathering() as changes:
        try:
            yield
        finally:
            _tell(db, known.pushes_queue_url, known.hints_queue_url, service, changes, closes=closes)


def _tell(
    db: Database, pushes_url: str, hints_url: str, service: str, changes: Collection[Change], *, closes: bool
) -> None:
    try:
        for org_id, some in _watched(db, changes):
            told = _noted(db, org_id, some)
            if told is not None and told.waits:
                hint = LiveMessage(kind="hint", org_id=org_id)
                queues.send(hints_url, [Outgoing(hint.to_json(), str(org_id), COALESCED_SECONDS)])
            elif told is not None:
                queues.send(pushes_url, _outgoing(org_id, told))
        if closes:
            close(db, pushes_url)
    except Exception:  # noqa: BLE001 - the socket is a hint: whatever is wrong with it, what was done is done
        logs.logger(service).exception("changes not told")
        logs.count(service, "ChangesNotTold")


def tell_kept(db: Database, pushes_url: str, org_id: UUID) -> None:
    """Tell what was kept of an organization's changes since somebody was told."""
    with db.outside_organizations() as conn:
        found = live.take_hints(conn, org_id)
    if found is not None:
        queues.send(pushes_url, _outgoing(org_id, _read(found)))


def close(db: Database, pushes_url: str) -> None:
    """Ask for every socket to be closed that is to be, of whatever organization."""
    with db.outside_organizations() as conn:
        ended = live.take_closing(conn, MOST_CLOSED)
    messages: list[Outgoing] = []
    for reason, some in groupby(sorted(ended, key=lambda e: (e.reason, e.connection_id)), key=lambda e: e.reason):
        frame = Closing.model_validate({"reason": reason}).to_json()
        for ids in batched((one.connection_id for one in some), MOST_CONNECTIONS, strict=False):
            message = PushMessage(connection_ids=list(ids), frame=frame, closes=True)
            messages.append(Outgoing(message.to_json(), reason))
    if messages:
        queues.send(pushes_url, messages)


def tend(db: Database, known: TellingSettings, service: str) -> None:
    """Close what has expired or fallen silent, forget old changes, and tell what a lost message has left untold."""
    if known.pushes_queue_url is None:
        return
    try:
        with db.many(()) as tx:
            waiting = live.tend(tx, tx.now - SILENT_AFTER, tx.now - KEPT)
        for org_id in waiting:
            tell_kept(db, known.pushes_queue_url, org_id)
        close(db, known.pushes_queue_url)
    except Exception:  # noqa: BLE001 - sockets must not look like a dead sweep
        logs.logger(service).exception("sockets not tended")
        logs.count(service, "ChangesNotTold")


def _watched(db: Database, changes: Collection[Change]) -> Iterable[tuple[UUID, list[Change]]]:
    """Changes by organization, of those that somebody watches; of a single one the database sees to that itself."""
    orgs = {change.org_id for change in changes}
    if len(orgs) > 1:
        with db.outside_organizations() as conn:
            orgs = live.watched(conn, orgs)
    return [(org_id, sorted(c for c in changes if c.org_id == org_id)) for org_id in sorted(orgs)]


def _noted(db: Database, org_id: UUID, changes: Sequence[Change]) -> LivePush | None:
    """Note changes; a second time where others held the organization's row for too long."""
    some = merged(changes, lambda c: (c.topic, c.kind), lambda c: replace(c, id=ALL))
    for is_last in (False, True):
        try:
            with db.outside_organizations() as conn:
                found = live.note(conn, org_id, some)
            return None if found is None else _read(found)
        except Contention:
            if is_last:
                raise
    return None


def _read(found: dict[str, Any]) -> LivePush:
    return LivePush.model_validate(found)


def _outgoing(org_id: UUID, told: LivePush) -> list[Outgoing]:
    """The messages to `push`: to each connection what it may know and wants to."""
    messages: list[Outgoing] = []
    for group in told.groups:
        hints = [hint for hint in told.changes if hint.topic in group.topics]
        hints = merged(hints, lambda h: (h.topic, h.kind), _all_of)
        frame = Changed(sequence=told.sequence, follows=told.follows, changes=hints).to_json()
        for ids in batched(group.connection_ids, MOST_CONNECTIONS, strict=False):
            message = PushMessage(org_id=org_id, connection_ids=list(ids), frame=frame)
            messages.append(Outgoing(message.to_json(), str(org_id)))
    return messages


def _all_of(hint: ChangeHint) -> ChangeHint:
    return hint.model_copy(update={"id": ALL})
