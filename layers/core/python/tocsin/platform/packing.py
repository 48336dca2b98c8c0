"""Messages packed small for a queue that is paid by size: base64 of gzipped JSON, unpacked within a bound."""

import base64
import binascii
import gzip
import zlib
from typing import Final

from pydantic import ValidationError

from tocsin.contracts.message import Message
from tocsin.errors import Invalid

LEVEL: Final = 6
GZIP: Final = 31
"""zlib's word for "a gzip header and trailer"."""
MAX_UNPACKED: Final = 8 * 2**20
"""Bytes of JSON: more than 500 results with the longest details and excerpts make."""


def pack(message: Message) -> str:
    """A message as text that `unpack` reads; the same message always makes the same text."""
    return base64.b64encode(gzip.compress(message.to_json().encode(), LEVEL, mtime=0)).decode()


def unpack[M: Message](packed: str, model: type[M], *, max_bytes: int = MAX_UNPACKED) -> M:
    """Read what `pack` made; raises Invalid for what it can't have made and for more than `max_bytes` of JSON."""
    unzip = zlib.decompressobj(GZIP)
    try:
        text = unzip.decompress(base64.b64decode(packed, validate=True), max_bytes + 1)
    except (binascii.Error, zlib.error, ValueError) as error:
        raise Invalid("The packed message must be base64 of gzipped JSON.") from error
    if len(text) > max_bytes:
        raise Invalid(f"The packed message must hold {max_bytes} bytes at most.")
    if not unzip.eof or unzip.unused_data:
        raise Invalid("The packed message must be one whole gzip stream.")
    try:
        return model.model_validate_json(text)
    except ValidationError as error:
        fields = sorted({".".join(str(part) for part in e["loc"]) or "message" for e in error.errors()})
        raise Invalid(f"The packed message is not a {model.__name__}: see {', '.join(fields[:10])}.") from error
