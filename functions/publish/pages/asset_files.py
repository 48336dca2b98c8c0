"""What all pages share, named by its content so that caches may keep it for ever: the stylesheet, the script, and the
document that is answered where no page is.

They are the files of web/status, which the function's package brings along.
"""

from functools import cache
from pathlib import Path
from typing import Final

from functions.publish.pages.document import ASSET_SECONDS, CSS, HTML, PAGE_SECONDS, SCRIPT, Document
from tocsin.contracts.page_assets import asset_name, missing_page

FOLDER: Final = Path(__file__).parents[3] / "web" / "status"
MISSING: Final = "missing.html"
TYPES: Final = {"status.css": CSS, "status.js": SCRIPT, MISSING: HTML}


@cache
def name_of(file: str) -> str:
    """How a file of web/status is called in the bucket's folder `assets/`."""
    return asset_name(file, _content(file))


def render() -> dict[str, Document]:
    """All of them by their names. What is not there now may be there soon: that is not kept for ever."""
    return {
        name_of(file): Document(_content(file), kind, PAGE_SECONDS if file == MISSING else ASSET_SECONDS)
        for file, kind in TYPES.items()
    }


@cache
def _content(file: str) -> bytes:
    content = (FOLDER / file).read_bytes()
    return missing_page(content, _content("status.css")) if file == MISSING else content
