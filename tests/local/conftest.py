"""The deployed stack, started once; the tests of one process share it."""

import tempfile
from collections.abc import AsyncGenerator, Generator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.support.stack import FAR_SECONDS, Stack, set_second_step
from tests.support.windows import Opening, windows


@pytest.fixture(scope="session")
def stack() -> Generator[Stack]:
    """`make run`, deployed and ready. Not under pytest's own folder, which is closed to PostgreSQL's user."""
    with tempfile.TemporaryDirectory(prefix="tocsin-stack-") as folder:
        found = Stack(Path(folder))
        try:
            found.start()
            set_second_step(found, FAR_SECONDS)
            yield found
        finally:
            found.stop()


@pytest_asyncio.fixture
async def opened(stack: Stack) -> AsyncGenerator[Opening]:
    """Open windows of a browser; in the end it may have complained of nothing."""
    async with windows(stack) as found:
        yield found
