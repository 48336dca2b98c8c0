"""A document as it is published: its bytes, what they are, and for how long a cache may keep them."""

from dataclasses import dataclass
from typing import Final

PAGE_SECONDS: Final = 10
"""Of everything that changes with the page."""
ASSET_SECONDS: Final = 365 * 24 * 3600
"""Of what is named by its content, and never changes."""
HTML: Final = "text/html; charset=utf-8"
CSS: Final = "text/css; charset=utf-8"
SCRIPT: Final = "text/javascript; charset=utf-8"
SVG: Final = "image/svg+xml"


@dataclass(frozen=True, slots=True)
class Document:
    """What is at a path of a page."""

    content: bytes
    content_type: str
    cache_seconds: int = PAGE_SECONDS
