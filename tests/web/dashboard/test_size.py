"""What the incidents weigh the first time: under 250 kB, all of it, as it is sent."""

import gzip
import re
import sys
from pathlib import Path
from typing import Final

import pytest

from infra import packages
from tests.web.dashboard.conftest import Visiting
from tests.web.dashboard.home import Home

pytestmark = [pytest.mark.xdist_group("dashboard: size"), pytest.mark.asyncio(loop_scope="session")]

MOST_BYTES: Final = 250_000
ANEW: Final = "config.json"
"""What is written anew for each deployment."""
NOTHING_LATER: Final = """
const wait = setTimeout
window.setTimeout = (does, ms, ...rest) => (ms === 1500 ? 0 : wait(does, ms, ...rest))
"""
"""Nothing is fetched beforehand (src/main.tsx): on a busy machine the screen may be there after that."""
LAZY: Final = ("recharts", "CognitoUser", "DndContext")
"""What only some screens need, by a word that is in its script."""


def sent(file: Path) -> int:
    """Its bytes as CloudFront sends them: compressed, as it does with everything of text."""
    return len(gzip.compress(file.read_bytes(), 6))


async def test_the_first_load_is_small(home: Home, visit: Visiting) -> None:
    found = await visit(home, "incidents", before=NOTHING_LATER)
    paths = {url.removeprefix(home.site).partition("?")[0] for url in found.asked if url.startswith(home.site)}
    folder = packages.dashboard()
    files = {folder / (path.lstrip("/") if re.search(r"\.\w+$", path) else "index.html") for path in paths}
    files = {file for file in files if file.name != ANEW}
    assert len(files) > 3
    total = sum(map(sent, files))
    sys.stdout.write(f"the first load: {total / 1000:.0f} kB\n")
    text = "".join(file.read_text() for file in files if file.suffix == ".js")
    assert [word for word in LAZY if word in text] == []
    assert total < MOST_BYTES, {file.name: sent(file) for file in files}
