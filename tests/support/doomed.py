"""A process that runs one handler and, at a named point, dies by kill -9, waits, or finds its queue gone.

The points are where our code meets the world: the writes and the commit of its transaction, the HTTP requests to a
queue or to `claim`, the provider call, its answer. Only this process knows of them; the handlers are the shipped ones.
"""

import importlib
import os
import re
import signal
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from typing import Any, Final, Literal

type Action = Literal["die", "wait", "refuse"]
"""What happens at the point: kill -9; waiting until the test has done something; the request fails to connect."""


@dataclass(frozen=True, slots=True)
class Point:
    """A place in a function's run.

    `boundary` is `begin`, `write`, `commit`, `answer`, `invoke`, `provider`, or the queue that a request goes to.
    `after` says on which side of it; `within` narrows it to what runs below a function of that name.
    """

    function: str
    name: str
    boundary: str
    after: bool = False
    within: str = ""

    def __str__(self) -> str:
        """As reports name it."""
        return f"{self.function}: {self.name}"


@dataclass(frozen=True, slots=True)
class Trap:
    """What happens at which point; None stands for a run without."""

    point: Point
    action: Action


def _transaction(function: str, case: str = "", within: str = "") -> list[Point]:
    about = f"{case}, " if case else ""
    return [
        Point(function, f"{about}before the commit", "commit", within=within),
        Point(function, f"{about}after the commit", "commit", after=True, within=within),
    ]


POINTS: Final = {
    str(point): point
    for point in [
        Point("process", "after its first write", "write", after=True),
        *_transaction("process"),
        Point("process", "after sending pages", "deliveries", after=True),
        Point("process", "after sending wake-ups", "escalations", after=True),
        Point("process", "before answering", "answer"),
        Point("escalate", "after its first write", "write", after=True),
        *_transaction("escalate"),
        Point("escalate", "after sending pages", "deliveries", after=True),
        Point("escalate", "after sending wake-ups", "escalations", after=True),
        Point("escalate", "before answering", "answer"),
        Point("claim", "before the commit", "commit"),
        Point("claim", "after the commit", "commit", after=True),
        Point("notify", "before the claim", "invoke"),
        Point("notify", "after the claim", "invoke", after=True),
        Point("notify", "in the provider call", "provider"),
        Point("notify", "after the provider call", "outcomes"),
        Point("notify", "after telling the outcomes", "outcomes", after=True),
        Point("record", "after its first write", "write", after=True),
        *_transaction("record"),
        Point("record", "after sending a page again", "deliveries", after=True),
        *_transaction("record", "moving on", "move_on"),
        Point("record", "moving on, after sending pages", "deliveries", after=True),
        Point("record", "returned, moving on", "begin", within="move_on"),
        Point("record", "before answering", "answer"),
        Point("verdict", "after its first write", "write", after=True),
        *_transaction("verdict"),
        Point("verdict", "after sending pages", "deliveries", after=True),
        Point("verdict", "before answering", "answer"),
        *_transaction("sweep", "overdue step", "take_overdue"),
        Point("sweep", "overdue step, after sending pages", "deliveries", after=True),
        *_transaction("sweep", "page without outcome", "give_up_silent"),
        Point("sweep", "page without outcome, after sending it", "deliveries", after=True),
        *_transaction("sweep", "page that was not sent", "resend"),
        Point("sweep", "page that was not sent, after sending it", "deliveries", after=True),
        *_transaction("sweep", "step to be armed", "arm"),
        Point("sweep", "step to be armed, after sending its wake-up", "escalations", after=True),
        *_transaction("sweep", "expired alert", "expire"),
    ]
}
"""Every point at which a test kills, by its name. A run of all fault tests fails if one was not reached."""

WRITE: Final = re.compile(r"\s*(insert|update|delete|with)\b", re.IGNORECASE)


def at(name: str) -> Point:
    """The point of this name."""
    return POINTS[name]


def of(function: str, *boundaries: str) -> list[Point]:
    """The points of a function, at these boundaries if any are named."""
    return [p for p in POINTS.values() if p.function == function and (not boundaries or p.boundary in boundaries)]


def run(name: str, trap: Trap | None, event: Any, environment: Mapping[str, str], test: Connection) -> None:
    """Run a function's handler in a process of its own, for one event or a list; what happens is told to the test."""
    os.environ.update(environment)
    module: Any = importlib.import_module(f"functions.{name}.handler")
    _skew_clock(float(environment.get("TEST_SKEW_SECONDS", "0")))
    armed = None if trap is None else _Armed(trap, test)
    if armed is not None:
        armed.set()
    try:
        answer = [module.handler(e, None) for e in event] if isinstance(event, list) else module.handler(event, None)
        if armed is not None:
            armed.pass_by("answer", after=False)
        test.send(("answer", answer))
    except Exception as error:  # noqa: BLE001 - told to the test, which fails
        test.send(("error", error))


class _Armed:
    """A trap laid around the libraries that carry our code's doings to the world; it snaps once."""

    def __init__(self, trap: Trap, test: Connection) -> None:
        self._trap = trap
        self._test = test
        self._snapped = False

    def set(self) -> None:
        """Lay it."""
        import psycopg
        import urllib3

        execute: Any = psycopg.Cursor.execute
        enter: Any = psycopg.Transaction.__enter__
        leave: Any = psycopg.Transaction.__exit__
        send: Any = urllib3.HTTPConnectionPool.urlopen

        def watched_execute(cursor: Any, query: Any, *args: Any, **kwargs: Any) -> Any:
            answer = execute(cursor, query, *args, **kwargs)
            if isinstance(query, str) and WRITE.match(query):
                self.pass_by("write", after=True)
            return answer

        def watched_enter(transaction: Any) -> Any:
            self.pass_by("begin", after=False)
            return enter(transaction)

        def watched_leave(transaction: Any, *args: Any) -> Any:
            self.pass_by("commit", after=False)
            answer = leave(transaction, *args)
            if self.pass_by("commit", after=True):
                # A server that crashed meanwhile is noticed here, as when the answer to the commit is lost.
                transaction.connection.execute("select 1")
            return answer

        def watched_send(pool: Any, method: str, url: str, body: Any, headers: Any, **options: Any) -> Any:
            boundary = _boundary(url, headers, body)
            self.pass_by(boundary, after=False)
            answer = send(pool, method, url, body, headers, **options)
            self.pass_by(boundary, after=True)
            return answer

        psycopg.Cursor.execute = watched_execute
        psycopg.Transaction.__enter__ = watched_enter
        psycopg.Transaction.__exit__ = watched_leave
        urllib3.HTTPConnectionPool.urlopen = watched_send

    def pass_by(self, boundary: str, *, after: bool) -> bool:
        """Snap if this is the point; whether it snapped here."""
        point, action = self._trap.point, self._trap.action
        if (boundary, after) != (point.boundary, point.after) or not _below(point.within):
            return False
        if action == "refuse":
            self._refuse()
        if self._snapped:
            return False
        self._snapped = True
        self._test.send(("reached", None))
        if action == "die":
            os.kill(os.getpid(), signal.SIGKILL)
        self._test.recv()
        return True

    def _refuse(self) -> None:
        from botocore.exceptions import EndpointConnectionError

        if not self._snapped:
            self._snapped = True
            self._test.send(("reached", None))
        raise EndpointConnectionError(endpoint_url=self._trap.point.boundary)


def _below(function: str) -> bool:
    """Whether a function of this name is running; any will do when none is named."""
    frame = sys._getframe() if function else None
    while frame is not None:
        if frame.f_code.co_name == function:
            return True
        frame = frame.f_back
    return not function


def _boundary(url: str, headers: Any, body: Any) -> str:
    """What an HTTP request of an AWS client is about: `invoke`, or the queue it sends to."""
    target = headers.get("X-Amz-Target", "")
    target = target.decode() if isinstance(target, bytes) else target
    if "/invocations" in url:
        return "invoke"
    if not target.endswith("SendMessageBatch"):
        return target
    body = body.decode() if isinstance(body, bytes) else body
    found = re.search(r'"QueueUrl": ?"[^"]*/(\w+)-\w+"', body)
    return found[1] if found else target


def _skew_clock(seconds: float) -> None:
    """Let this process's own clock be wrong."""
    from tocsin.platform import clock

    if seconds:
        clock.now = lambda: datetime.now(UTC) + timedelta(seconds=seconds)
