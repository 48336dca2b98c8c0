"""The reference page: everything it loads is beside it, and its policy lets in nothing else."""

import json
import re
from pathlib import Path

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from local import reference


def test_the_page_holds_all_it_loads_and_nothing_inline(tmp_path: Path) -> None:
    target = reference.build(tmp_path)
    page = (target / "index.html").read_text(encoding="utf-8")
    loaded = re.findall(r'(?:src|href)="([^"]+)"', page)
    assert loaded
    assert all((target / name).is_file() for name in loaded)
    assert "<script>" not in page
    assert json.loads((target / "openapi.json").read_text(encoding="utf-8"))["openapi"].startswith("3.1")


async def test_it_is_served_with_a_policy() -> None:
    reference.build()
    app = web.Application()
    app.router.add_get("/reference/{name:[a-z0-9.-]*}", reference.serve)
    async with TestClient(TestServer(app)) as client:
        answer = await client.get("/reference/")
        assert answer.status == 200
        assert "unsafe-inline" not in answer.headers["Content-Security-Policy"]
        assert (await client.get("/reference/..")).status == 404
        assert (await client.get("/reference/nothing.js")).status == 404
