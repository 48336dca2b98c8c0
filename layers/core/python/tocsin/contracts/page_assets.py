"""publish → S3 → CloudFront: what all pages share, under names that hold the content's hash."""

import hashlib
from typing import Final

STYLESHEET: Final = b"{{ stylesheet }}"
"""Where the document that stands for pages that are not there names their stylesheet."""


def asset_name(file: str, content: bytes) -> str:
    """How a file of web/status is called in the bucket's folder `assets/`: `<stem>.<hash>.<ending>`."""
    stem, _, ending = file.rpartition(".")
    return f"{stem}.{hashlib.sha256(content).hexdigest()[:12]}.{ending}"


def missing_page(source: bytes, stylesheet: bytes) -> bytes:
    """The document that is answered where no page is, from its source and the stylesheet's content."""
    return source.replace(STYLESHEET, asset_name("status.css", stylesheet).encode())
