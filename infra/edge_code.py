"""The source of the two functions of CloudFront before and behind the pages, as infra/edge has it."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from infra.inputs import BadInput
from tocsin.contracts.page_assets import asset_name, missing_page
from tocsin.contracts.page_objects import ASSETS_PREFIX

EDGE: Final = Path(__file__).parent / "edge"
LOOKS: Final = Path(__file__).parents[1] / "web" / "status"
MOST_BYTES: Final = 10_240
"""Of a function's code, as CloudFront has it."""


def missing_path() -> str:
    """The path of the document that is answered where no page is; `publish` names it in the same way."""
    content = missing_page((LOOKS / "missing.html").read_bytes(), (LOOKS / "status.css").read_bytes())
    return f"/{ASSETS_PREFIX}{asset_name('missing.html', content)}"


def code(kind: str, domains: Mapping[str, str], missing: str) -> str:
    """The source of the function `request` or `response`, with the slugs of custom domains in it; raises BadInput."""
    slugs = json.dumps(dict(domains), separators=(",", ":"))
    known = f"const DOMAINS = {slugs};\nconst MISSING = {json.dumps(missing)};"
    text = "\n".join([known, *((EDGE / f"{name}.js").read_text() for name in ("route", kind))])
    if len(text.encode()) > MOST_BYTES:
        raise BadInput("pages_domains", "they are too long for a function at the edge, of 10 KB")
    return text
