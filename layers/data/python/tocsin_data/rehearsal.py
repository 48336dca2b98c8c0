"""Rehearsals: services at work, at instants set by hand, in a transaction that is always rolled back.

The database itself refuses to commit one (app.rehearse), so nothing of it can stay whatever fails.
"""

from collections.abc import Callable, Collection, Generator
from contextlib import contextmanager
from datetime import datetime
from typing import override
from uuid import UUID

import psycopg

from tocsin_data.db import Connection, Database, Tx


class Rehearsal(Database):
    """What a service takes for the database: its transactions are parts of the one that is rolled back in the end.

    They are all in the caller's one organization. `now` is their instant, to be moved by hand.
    """

    def __init__(self, conn: Connection, org_id: UUID, now: datetime) -> None:
        self._conn = conn
        self._org_id = org_id
        self.now = now

    @property
    def tx(self) -> Tx:
        """The transaction as of the instant that is being rehearsed."""
        return Tx(self._conn, self.now, (self._org_id,), is_rehearsal=True)

    @override
    @contextmanager
    def one(self, org_id: UUID) -> Generator[Tx]:
        """A part of the rehearsal."""
        with self.many({org_id}) as tx:
            yield tx

    @override
    @contextmanager
    def many(self, org_ids: Collection[UUID]) -> Generator[Tx]:
        """A part of the rehearsal; no other organization can be entered."""
        if set(org_ids) - {self._org_id}:
            msg = "a rehearsal has one organization"
            raise ValueError(msg)
        yield self.tx

    @override
    @contextmanager
    def myself(self, user_id: UUID) -> Generator[Tx]:
        """Nobody's account is a part of a rehearsal."""
        raise NotImplementedError
        yield

    @override
    @contextmanager
    def found[R](self, enter: Callable[[Connection], tuple[datetime, Collection[UUID], R]]) -> Generator[tuple[Tx, R]]:
        """Nothing outside its organization is a part of a rehearsal."""
        raise NotImplementedError
        yield


@contextmanager
def rehearse(db: Database, org_id: UUID) -> Generator[Rehearsal]:
    """A rehearsal in one organization that begins now; nothing of it stays."""
    with db.one(org_id) as tx:
        tx.conn.execute("select app.rehearse()")
        yield Rehearsal(tx.conn, org_id, tx.now)
        raise psycopg.Rollback
