"""Targets on loopback, monitors that check them, and a place to check from that may reach loopback alone."""

import asyncio
import datetime
import ssl
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import trustme

from tocsin.checks import engine
from tocsin.checks.reach import Reach
from tocsin.contracts.checks import CheckMonitor, CheckResult
from tocsin.platform.addresses import Address, networks

type Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
LOOPBACK = networks("127.0.0.0/8")
NOW = datetime.datetime(2026, 11, 21, 12, 0, 7, tzinfo=datetime.UTC)
MONITOR = UUID(int=1)


@dataclass(frozen=True)
class Authority:
    """A certificate authority of the tests, and its bundle on disk."""

    ca: trustme.CA
    bundle: Path

    def server(
        self, *names: str, after: datetime.datetime | None = None, before: datetime.datetime | None = None
    ) -> ssl.SSLContext:
        """What a server of these names needs; `before` and `after` bound its validity."""
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        issued = self.ca.issue_cert(*(names or ("localhost", "127.0.0.1")), not_before=after, not_after=before)
        issued.configure_cert(context)
        return context

    def reach(self, **more: object) -> Reach:
        """A place that trusts this authority alone and may reach loopback alone."""
        return Reach(**{"allowed": LOOPBACK, "ca_file": str(self.bundle), **more})  # pyright: ignore


def authority(folder: Path) -> Authority:
    """A new authority whose bundle is in a folder."""
    ca = trustme.CA()
    bundle = folder / f"{id(ca)}.pem"
    ca.cert_pem.write_to_path(str(bundle))
    return Authority(ca, bundle)


@asynccontextmanager
async def serving(serve: Serve, tls: ssl.SSLContext | None = None) -> AsyncGenerator[int]:
    """Serve on loopback; answers the port. Connections that are open at the end are dropped."""

    async def guarded(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await serve(reader, writer)
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.transport.abort()

    server = await asyncio.start_server(guarded, "127.0.0.1", 0, ssl=tls, backlog=2_000)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        server.abort_clients()
        await asyncio.sleep(0)


def answering(*answer: bytes) -> Serve:
    """A server that reads a request's head and sends these pieces."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        for piece in answer:
            writer.write(piece)
            await writer.drain()
        writer.close()
        await writer.wait_closed()

    return serve


def http(body: bytes = b"", status: str = "200 OK", *headers: str) -> bytes:
    """An answer with its length."""
    lines = [f"HTTP/1.1 {status}", *headers, f"Content-Length: {len(body)}", "", ""]
    return "\r\n".join(lines).encode() + body


def monitor(*, timeout: float = 1.0, **spec: object) -> CheckMonitor:
    """A monitor of a specification."""
    return CheckMonitor.model_validate(
        {
            "monitor_id": MONITOR,
            "org_id": UUID(int=2),
            "version": 3,
            "interval_seconds": 10,
            "timeout_seconds": timeout,
            "spec": spec,
        }
    )


async def checked(
    reach: Reach, *, timeout: float = 1.0, secrets: Mapping[str, str] | None = None, **spec: object
) -> CheckResult:
    """Check once at NOW."""
    return await engine.check(monitor(timeout=timeout, **spec), secrets or {}, reach, now=lambda: NOW)


def resolving(names: Mapping[str, Sequence[Address]]) -> Callable[[str, object], Awaitable[Sequence[Address]]]:
    """A resolver that knows these names, and none else."""

    async def resolve(name: str, family: object) -> Sequence[Address]:
        return [a for a in names.get(name, ()) if family in (0, 2 if a.version == 4 else 10)]

    return resolve
