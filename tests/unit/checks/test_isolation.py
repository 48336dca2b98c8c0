"""One hostile target among five hundred: its neighbours all succeed, and hardly later than without it."""

import asyncio
import statistics
from collections.abc import Awaitable, Callable
from functools import partial

from tests.support import hostile
from tests.support.checked import answering, checked, http, serving
from tocsin.checks.reach import Reach
from tocsin.contracts.checks import CheckResult
from tocsin.domain.monitor import CheckStatus

HEALTHY = 500
AT_ONCE = 100
TRIES = 3
HARM: dict[str, dict[str, object]] = {
    "bomb": {"assertions": [{"type": "body", "comparison": "contains", "value": "x"}]},
    "endless_body": {},
    "endless_chunks": {},
    "endless_headers": {},
    "silent": {},
    "dripping": {},
    "json": {"assertions": [{"type": "json", "path": "$..*..*..*", "comparison": "exists"}]},
    "pattern": {"assertions": [{"type": "body", "comparison": "matches", "value": "(a?b?c?d?){100}e"}]},
}


async def healthy(reach: Reach, port: int) -> list[CheckResult]:
    """Many checks of a target that is well, as a shard runs them: so many at a time."""
    room = asyncio.Semaphore(AT_ONCE)

    async def one() -> CheckResult:
        async with room:
            return await checked(reach, kind="http", url=f"http://127.0.0.1:{port}/", timeout=10)

    return await asyncio.gather(*(one() for _ in range(HEALTHY)))


async def beside(reach: Reach, port: int, harmful: Callable[[], Awaitable[CheckResult]]) -> float:
    """How long checks took beside one that does harm; every one of them must have succeeded."""
    running = asyncio.ensure_future(harmful())
    found = await healthy(reach, port)
    assert (await running).timings is not None
    assert all(result.status is CheckStatus.UP for result in found)
    return p99(found)


def p99(results: list[CheckResult]) -> float:
    """In milliseconds."""
    return statistics.quantiles([r.timings.total for r in results if r.timings], n=100)[98]


async def test_one_that_does_harm_keeps_nobody_waiting(reach: Reach) -> None:
    bodies = {"json": b"[" * 150 + b"1" + b"]" * 150 + b" " * 9_000, "pattern": b"abaab" * 100_000}
    async with serving(answering(http(b"ok"))) as port:
        alone = await healthy(reach, port)
        assert all(result.status is CheckStatus.UP for result in alone)
        for name, spec in HARM.items():
            serve = answering(http(bodies[name])) if name in bodies else hostile.ALL[name]
            async with serving(serve) as bad:
                harmful = partial(checked, reach, kind="http", url=f"http://127.0.0.1:{bad}/", timeout=0.5, **spec)
                # Five times, and a little; and again, as the machine that runs this has others to run.
                tries = [await beside(reach, port, harmful)]
                while tries[-1] >= 5 * p99(alone) + 500 and len(tries) < TRIES:
                    tries.append(await beside(reach, port, harmful))
            assert tries[-1] < 5 * p99(alone) + 500, (name, p99(alone), tries)
