"""The site to break by hand: it is what it was told to be, and nothing else."""

from collections.abc import Iterator
from itertools import chain, repeat

import pytest
from aiohttp.test_utils import TestClient, TestServer

from local.target import FLAP_SECONDS, MOODS, Target, application

CLOSED, OPEN = 503, 200


async def statuses(target: Target, word: str, times: int = 1) -> tuple[list[int], str]:
    """What the page answers after a word, so many times, and how the site says it is."""
    async with TestClient(TestServer(application(target))) as client:
        assert (await client.post(f"/{word}")).status == OPEN
        found = [(await client.get("/")).status for _ in range(times)]
        return found, (await (await client.get("/state")).text()).strip()


@pytest.mark.parametrize(("word", "status"), [("mend", OPEN), ("break", CLOSED), ("slow", OPEN)])
async def test_it_is_as_it_was_told(word: str, status: int) -> None:
    assert await statuses(Target(slow_seconds=0), word) == ([status], MOODS[word])


async def test_it_flaps_by_turns() -> None:
    instants: Iterator[float] = chain((0.0, FLAP_SECONDS, 2 * FLAP_SECONDS), repeat(0.0))
    found, _ = await statuses(Target(now=lambda: next(instants)), "flap", times=3)
    assert found == [OPEN, CLOSED, OPEN]


async def test_another_word_is_not_found_and_changes_nothing() -> None:
    async with TestClient(TestServer(application(Target()))) as client:
        assert (await client.post("/explode")).status == 404
        assert (await client.get("/")).status == OPEN
