"""One hostile target among five hundred: its neighbours all succeed, hardly later, and nothing keeps the event loop."""

import asyncio
import statistics
import time
from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from functools import cache, partial
from typing import Any

import pytest

from tests.support import hostile
from tests.support.checked import Authority, Serve, answering, checked, http, serving
from tests.support.resolver import resolving
from tocsin.checks.reach import Reach
from tocsin.contracts.checks import CheckResult
from tocsin.domain.monitor import CheckStatus

HEALTHY = 500
AT_ONCE = 100
TRIES = 3
LONGEST_TURN = 0.05
"""Seconds of the processor that may pass before others have their turn; reading a megabyte of JSON takes half of it."""
type Harmful = AbstractAsyncContextManager[dict[str, Any]]


@asynccontextmanager
async def by_http(serve: Serve, *assertions: dict[str, object]) -> AsyncGenerator[dict[str, Any]]:
    """A web server that does harm, and the monitor that checks it."""
    async with serving(serve) as port:
        yield {"kind": "http", "url": f"http://127.0.0.1:{port}/", "assertions": list(assertions)}


@asynccontextmanager
async def by_dns(records: int) -> AsyncGenerator[dict[str, Any]]:
    """A resolver that answers with names that take long to read."""
    async with resolving(lambda query: hostile.deep_names(query, records)) as (port, _):
        expect = ["one.example.", "two.example."]
        yield {"kind": "dns", "name": "a.example", "record_type": "PTR", "resolver": f"127.0.0.1:{port}"} | {
            "expect": expect
        }


@asynccontextmanager
async def by_tcp(serve: Serve, expect: str, *, tls: bool = False) -> AsyncGenerator[dict[str, Any]]:
    """A port where harm is done, and what is expected of it."""
    async with serving(serve) as port:
        yield {"kind": "tcp", "host": "127.0.0.1", "port": port, "expect": expect, "tls": tls}


@asynccontextmanager
async def by_tls(serve: Serve, authority: Authority | None = None) -> AsyncGenerator[dict[str, Any]]:
    """A server whose handshake does harm; of an authority it has a certificate for very many names."""
    names = [f"{index}.a-very-long-name.example" for index in range(2_000)]
    async with serving(serve, authority.server("127.0.0.1", *names) if authority else None) as port:
        yield {"kind": "tls", "host": "127.0.0.1", "port": port}


def says(comparison: str, value: str) -> dict[str, object]:
    """An assertion about a body."""
    return {"type": "body", "comparison": comparison, "value": value}


def json(path: str, comparison: str = "exists", value: object = None) -> dict[str, object]:
    """An assertion about JSON."""
    return {"type": "json", "path": path, "comparison": comparison, "value": value}


SLOW = "(a?b?c?d?){100}e"
NESTED = b"[" * 150 + b"1" + b"]" * 150 + b" " * 9_000
HEAVY = b"[" * 150 + b'"' + b"a" * 900_000 + b'"' + b"]" * 150
MANY = b"[" + b",".join([b'"' + b"aab" * 30 + b'"'] * 9_000) + b"]"
NUMBERS = b"[" + b",".join([b"1"] * 400_000) + b"]"
HARM: dict[str, Callable[[Authority], Harmful]] = {
    "bomb": lambda _: by_http(hostile.bomb, says("contains", "x")),
    "endless_body": lambda _: by_http(hostile.endless_body),
    "endless_chunks": lambda _: by_http(hostile.endless_chunks),
    "endless_headers": lambda _: by_http(hostile.endless_headers),
    "silent": lambda _: by_http(hostile.silent),
    "dripping": lambda _: by_http(hostile.dripping),
    "pattern": lambda _: by_http(answering(http(b"abaab" * 100_000)), says("matches", SLOW)),
    "json": lambda _: by_http(answering(http(NESTED)), json("$..*..*..*")),
    "json_many_searched": lambda _: by_http(answering(http(MANY)), json("$[*]", "matches", r"(\pL\pN){2}x")),
    "json_nested_searched": lambda _: by_http(answering(http(HEAVY)), json("$..*", "matches", "b")),
    "json_nested_told": lambda _: by_http(answering(http(HEAVY)), json("$..*", "equals", 1)),
    "json_long_list": lambda _: by_http(answering(http(NUMBERS)), json("$", "contains", 2)),
    "dns_few_records": lambda _: by_dns(200),
    "dns_many_records": lambda _: by_dns(3_500),
    "tcp_endless": lambda _: by_tcp(hostile.flooding, SLOW),
    "tcp_dripping": lambda _: by_tcp(hostile.in_small_pieces, SLOW),
    "tcp_tls_silent": lambda _: by_tcp(hostile.silent, "x", tls=True),
    "tls_silent": lambda _: by_tls(hostile.silent),
    "tls_flooding": lambda _: by_tls(hostile.flooding),
    "tls_long_certificate": lambda authority: by_tls(hostile.silent, authority),
}


@contextmanager
def turns() -> Generator[list[float]]:
    """What each turn of the event loop costs of this thread's processor, however busy the machine is."""
    found: list[float] = []
    run = asyncio.Handle._run  # pyright: ignore[reportPrivateUsage] - nothing else tells of one turn alone

    def timed(handle: asyncio.Handle) -> None:
        began = time.thread_time()
        run(handle)
        found.append(time.thread_time() - began)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(asyncio.Handle, "_run", timed)
        yield found


async def healthy(reach: Reach, port: int) -> list[CheckResult]:
    """Many checks of a target that is well, as a shard runs them: so many at a time."""
    room = asyncio.Semaphore(AT_ONCE)

    async def one() -> CheckResult:
        async with room:
            return await checked(reach, kind="http", url=f"http://127.0.0.1:{port}/", timeout=10)

    return await asyncio.gather(*(one() for _ in range(HEALTHY)))


def p99(results: list[CheckResult]) -> float:
    """In milliseconds."""
    return statistics.quantiles([r.timings.total for r in results if r.timings], n=100)[98]


@cache
def alone() -> list[float]:
    """How long checks took beside none that does harm, once it is known."""
    return []


@pytest.fixture(name="well")
async def _well() -> AsyncGenerator[int]:
    async with serving(answering(http(b"ok"))) as port:
        yield port


@pytest.mark.parametrize("name", HARM)
async def test_one_that_does_harm_keeps_nobody_waiting(name: str, trusted: Authority, reach: Reach, well: int) -> None:
    if not alone():
        alone().append(p99(await healthy(reach, well)))
    bound = 3 * alone()[0] + 200
    async with HARM[name](trusted) as spec:
        harmful = partial(checked, reach, timeout=0.5, **spec)
        await harmful()  # what is imported and compiled once counts for nobody
        # Again, as the machine that runs this has others to run: what is blocked is so each time.
        for _ in range(TRIES):
            with turns() as found:
                running = asyncio.ensure_future(harmful())
                results = await healthy(reach, well)
                assert (await running).timings is not None
            assert all(result.status is CheckStatus.UP for result in results)
            longest, slowest = max(found), p99(results)
            if longest < LONGEST_TURN and slowest < bound:
                return
    pytest.fail(
        f"{name}: a turn took {longest:.3f} s, and 99 of 100 neighbours {slowest:.0f} ms ({bound:.0f} are fine)"
    )
