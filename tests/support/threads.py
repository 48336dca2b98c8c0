"""Things that happen at the same time: calls that start together, commits held back, and the order commits came in."""

import threading
from collections.abc import Callable, Collection, Generator, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from tests.support.postgres import TestDatabase
from tocsin_data.db import Connection, Database, Tx

PATIENCE_SECONDS = 30

COMMIT_ORDER = """
create table test.commit_order (n bigint generated always as identity, what text not null, id uuid not null);
create function test.note_commit() returns trigger language plpgsql security definer as $$
begin
    perform pg_advisory_xact_lock(4711);
    insert into test.commit_order (what, id) values (tg_argv[0], coalesce(new.incident_id, new.id));
    return null;
end
$$;
create function test.note_attempt() returns trigger language plpgsql security definer as $$
begin
    perform pg_advisory_xact_lock(4711);
    insert into test.commit_order (what, id)
    select 'claimed', n.incident_id from notification n where n.id = new.notification_id;
    return null;
end
$$;
create constraint trigger note_answer after insert on timeline_entry deferrable initially deferred
for each row when (new.kind in ('acknowledged', 'resolved')) execute function test.note_commit('answered');
create constraint trigger note_claim after insert on notification_attempt deferrable initially deferred
for each row execute function test.note_attempt();
"""
"""Numbers answers and claims in the order their transactions committed.

The triggers run at commit, and the lock they take is let go only after the commit is visible: whoever
comes next gets the next number.
"""


class Paused(Database):
    """A database whose transactions stop just before they commit, until `go` is set."""

    def __init__(self, database: TestDatabase, role: str) -> None:
        super().__init__(database.settings(role))
        self.reached = threading.Event()
        self.go = threading.Event()

    @contextmanager
    def one(self, org_id: UUID) -> Generator[Tx]:
        """As the real one, held back."""
        with super().one(org_id) as tx:
            yield tx
            self._wait()

    @contextmanager
    def myself(self, user_id: UUID) -> Generator[Tx]:
        """As the real one, held back."""
        with super().myself(user_id) as tx:
            yield tx
            self._wait()

    @contextmanager
    def many(self, org_ids: Collection[UUID]) -> Generator[Tx]:
        """As the real one, held back."""
        with super().many(org_ids) as tx:
            yield tx
            self._wait()

    @contextmanager
    def found[R](self, enter: Callable[[Connection], tuple[datetime, Collection[UUID], R]]) -> Generator[tuple[Tx, R]]:
        """As the real one, held back."""
        with super().found(enter) as entered:
            yield entered
            self._wait()

    def _wait(self) -> None:
        self.reached.set()
        assert self.go.wait(PATIENCE_SECONDS)


def at_once[T](databases: Sequence[Database], calls: Sequence[Callable[[], T]]) -> list[T | Exception]:
    """Run calls in threads that start together; answers what each returned or raised, in their order."""
    start = threading.Barrier(len(calls))

    def run(call: Callable[[], T]) -> T | Exception:
        start.wait(PATIENCE_SECONDS)
        try:
            return call()
        except Exception as error:  # noqa: BLE001 - what it raised is its answer
            return error
        finally:
            for database in databases:
                database.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


@contextmanager
def beside[T](database: Database, call: Callable[[], T]) -> Iterator[Future[T]]:
    """Run a call in another thread while the block runs; the block reads the future's result itself."""

    def run() -> T:
        try:
            return call()
        finally:
            database.close()

    with ThreadPoolExecutor(1) as pool:
        yield pool.submit(run)


def until_waiting(database: TestDatabase, sessions: int = 1, unless: Callable[[], bool] = lambda: False) -> None:
    """Return once so many sessions of this database wait for a lock, or once there is no need to."""
    with database.admin() as conn:
        for _ in range(20_000):
            row = conn.execute(
                "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"
            ).fetchone()
            if (row is not None and row[0] >= sessions) or unless():
                return
    raise AssertionError("nobody came to wait")
