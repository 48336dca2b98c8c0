"""The reference page of the API: openapi.json, shown by Swagger UI from files of our own, no script of anybody else's.

`python -m local.reference` writes it to .build/reference; `make run` serves it.
"""

import shutil
from pathlib import Path
from typing import Final

from aiohttp import web

from local.machine import ROOT

VIEWER: Final = ROOT / "node_modules" / "swagger-ui-dist"
TARGET: Final = ROOT / ".build" / "reference"
TAKEN: Final = ("swagger-ui.css", "swagger-ui-bundle.js", "favicon-32x32.png", "LICENSE", "NOTICE")
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
    " base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
PAGE: Final = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Tocsin: the REST API</title>
<link rel="icon" href="favicon-32x32.png">
<link rel="stylesheet" href="swagger-ui.css">
<div id="reference"></div>
<script src="swagger-ui-bundle.js"></script>
<script src="start.js"></script>
</html>
"""
START: Final = """SwaggerUIBundle({
  url: "openapi.json",
  dom_id: "#reference",
  deepLinking: true,
  supportedSubmitMethods: [],
  validatorUrl: null,
});
"""


def build(target: Path = TARGET) -> Path:
    """Write the page and everything it loads; answers where."""
    target.mkdir(parents=True, exist_ok=True)
    for name in TAKEN:
        shutil.copyfile(VIEWER / name, target / name)
    shutil.copyfile(ROOT / "openapi.json", target / "openapi.json")
    (target / "index.html").write_text(PAGE, encoding="utf-8")
    (target / "start.js").write_text(START, encoding="utf-8")
    return target


async def serve(request: web.Request) -> web.StreamResponse:
    """A file of the page, with a policy that lets nothing else in."""
    path = TARGET / (request.match_info["name"] or "index.html")
    if path.parent != TARGET or not path.is_file():
        raise web.HTTPNotFound
    return web.FileResponse(path, headers={"Content-Security-Policy": POLICY, "X-Content-Type-Options": "nosniff"})


if __name__ == "__main__":
    build()
