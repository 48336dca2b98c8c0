"""One warm execution environment: a process that runs a shipped handler and counts what Lambda would bill.

Statements and round trips are counted at psycopg's surface, without touching the product: a statement is an execute,
or the begin or end of a transaction; a round trip is a call that waited for the server's answer.
"""

import cProfile
import importlib
import io
import json
import os
import socket
import struct
import sys
import time
from collections.abc import Generator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, override

from local import worker
from local.worker import Context, Deployed, Handler

HEAD: Final = struct.Struct("!I")
TOLD: Final = struct.Struct("!?QQIIII")
"""Before each answer: whether it went well, CPU and wall nanoseconds, statements, round trips, log bytes and lines."""


@dataclass(slots=True)
class Sql:
    """What this process has asked of the database so far."""

    statements: int = 0
    round_trips: int = 0


class Log(io.TextIOBase):
    """Standard output as Lambda takes it: counted, and kept in a file."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("w", buffering=65_536)
        self.bytes = 0
        self.lines = 0

    @override
    def write(self, text: str, /) -> int:
        self.bytes += len(text) if text.isascii() else len(text.encode())
        self.lines += text.count("\n")
        return self._file.write(text)

    @override
    def flush(self) -> None:
        return None

    def close_file(self) -> None:
        """Write what is left."""
        self._file.close()


def serve(
    sock: socket.socket, deployed: Deployed, base: Mapping[str, str], log_file: str, profile_file: str | None
) -> None:
    """Answer events until the other end closes. An empty event only loads the handler."""
    os.environ.clear()
    os.environ.update(base)
    os.environ.update(deployed.environment)
    os.environ.update(AWS_LAMBDA_FUNCTION_NAME=deployed.name, PGAPPNAME=deployed.name)
    log = Log(Path(log_file))
    sys.stdout = log
    if not deployed.is_inside:
        sys.path[:] = [entry for entry in sys.path if worker.DATA_LAYER not in f"{entry}/"]
        sys.meta_path.insert(0, worker.Fence())
    handler = worker.load(deployed.handler)
    sql = _counted() if deployed.is_inside else Sql()
    profile = cProfile.Profile() if profile_file else None
    try:
        # nobody is there any more to be told
        with suppress(BrokenPipeError):
            _answer(sock, deployed, handler, sql, log, profile)
    finally:
        log.close_file()
        if profile is not None and profile_file is not None:
            profile.dump_stats(profile_file)


def _answer(
    sock: socket.socket, deployed: Deployed, handler: Handler, sql: Sql, log: Log, profile: cProfile.Profile | None
) -> None:
    stream = sock.makefile("rwb")
    calls = 0
    while head := stream.read(HEAD.size):
        event = stream.read(HEAD.unpack(head)[0])
        calls += 1
        before = (sql.statements, sql.round_trips, log.bytes, log.lines)
        went_well, cpu, wall, answer = True, 0, 0, b"null"
        if event:
            went_well, cpu, wall, answer = _run(deployed, handler, event, str(calls), profile)
        after = (sql.statements, sql.round_trips, log.bytes, log.lines)
        told = TOLD.pack(went_well, cpu, wall, *(b - a for a, b in zip(before, after, strict=True)))
        stream.write(HEAD.pack(len(told) + len(answer)) + told + answer)
        stream.flush()


def _run(
    deployed: Deployed, handler: Handler, event: bytes, call: str, profile: cProfile.Profile | None
) -> tuple[bool, int, int, bytes]:
    context = Context(
        call, deployed.name, deployed.function_arn, deployed.memory_mb, time.time() + deployed.timeout_seconds
    )
    cpu, wall, went_well = time.process_time_ns(), time.monotonic_ns(), True
    if profile is not None:
        profile.enable()
    try:
        answer = json.dumps(handler(json.loads(event), context)).encode()
    except Exception as error:  # noqa: BLE001 - whatever a handler raises is its answer, as in Lambda
        went_well, answer = False, json.dumps(worker.failure(error)).encode()
    if profile is not None:
        profile.disable()
    return went_well, time.process_time_ns() - cpu, time.monotonic_ns() - wall, answer


def _counted() -> Sql:
    sql = Sql()
    psycopg: Any = importlib.import_module("psycopg")
    wait, execute, executemany = psycopg.Connection.wait, psycopg.Cursor.execute, psycopg.Cursor.executemany
    enter, leave = psycopg.Transaction.__enter__, psycopg.Transaction.__exit__

    def watched(made: Generator[Any, Any, Any]) -> Generator[Any, Any, Any]:
        ready, waited = None, False
        while True:
            try:
                state = made.send(ready)
            except StopIteration as ended:
                sql.round_trips += waited
                return ended.value
            waited = True
            ready = yield state

    def counted_wait(conn: Any, gen: Any, *args: Any, **kwargs: Any) -> Any:
        return wait(conn, watched(gen), *args, **kwargs)

    def counted_execute(cursor: Any, *args: Any, **kwargs: Any) -> Any:
        sql.statements += 1
        return execute(cursor, *args, **kwargs)

    def counted_executemany(cursor: Any, query: Any, params: Any, **kwargs: Any) -> Any:
        rows = list(params)
        sql.statements += len(rows)
        return executemany(cursor, query, rows, **kwargs)

    def counted_enter(transaction: Any) -> Any:
        sql.statements += 1
        return enter(transaction)

    def counted_leave(transaction: Any, *args: Any) -> Any:
        sql.statements += 1
        return leave(transaction, *args)

    psycopg.Connection.wait = counted_wait
    psycopg.Cursor.execute, psycopg.Cursor.executemany = counted_execute, counted_executemany
    psycopg.Transaction.__enter__, psycopg.Transaction.__exit__ = counted_enter, counted_leave
    return sql
