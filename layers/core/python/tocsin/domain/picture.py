"""Pictures that people upload: told by their bytes, measured, and freed of what cameras and editors write into them.

Formats: PNG (W3C, third edition), JPEG (ITU-T T.81), WebP (RFC 9649). Nothing is decoded. No SVG: it can hold scripts.
"""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

MAX_BYTES: Final = 128 * 1024
MAX_SIDE: Final = 2_000
PNG: Final = b"\x89PNG\r\n\x1a\n"
KEPT_OF_PNG: Final = frozenset(
    {
        b"IHDR",
        b"PLTE",
        b"IDAT",
        b"IEND",
        b"tRNS",
        b"gAMA",
        b"cHRM",
        b"sRGB",
        b"iCCP",
        b"cICP",
        b"sBIT",
        b"bKGD",
        b"pHYs",
    }
)
KEPT_OF_WEBP: Final = frozenset({b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ICCP"})
STARTS_OF_FRAME: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
DROPPED_OF_JPEG: Final = frozenset({0xFE, *range(0xE1, 0xF0)}) - {0xE2, 0xEE}
"""Comments, and what applications write, but for profiles of colour (APP2) and Adobe's kind of colour (APP14)."""
ICC: Final = b"ICC_PROFILE\x00"
MOVES, EXIF, XMP = 0x02, 0x08, 0x04


class NoPicture(ValueError):
    """Why bytes are no picture that is taken, and what would be right."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it may be published; sides in pixels."""

    content_type: str
    width: int
    height: int
    content: bytes


def read(content: bytes) -> Picture:
    """The picture in some bytes, without its metadata; raises NoPicture."""
    if len(content) > MAX_BYTES:
        raise NoPicture(f"has {len(content)} bytes; at most {MAX_BYTES} are taken")
    try:
        found = _read(content)
    except (IndexError, zlib.error) as error:
        raise NoPicture("is cut off, or not the picture it begins as") from error
    for side, length in (("wide", found.width), ("high", found.height)):
        if not 1 <= length <= MAX_SIDE:
            raise NoPicture(f"is {length} pixels {side}; 1 to {MAX_SIDE} are possible")
    return found


def _read(content: bytes) -> Picture:
    if content.startswith(PNG):
        return _png(content)
    if content.startswith(b"\xff\xd8\xff"):
        return _jpeg(content)
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return _webp(content)
    raise NoPicture("must be a PNG, JPEG or WebP picture, as its first bytes show; SVG is not taken")


def _png(content: bytes) -> Picture:
    chunks = list(_chunks_of_png(content))
    names = [name for name, _ in chunks]
    if names[:1] != [b"IHDR"] or names[-1:] != [b"IEND"] or b"IDAT" not in names:
        raise IndexError
    if b"acTL" in names:
        raise NoPicture("moves; a logo must not")
    header = chunks[0][1]
    kept = b"".join(
        len(data).to_bytes(4) + name + data + zlib.crc32(name + data).to_bytes(4)
        for name, data in chunks
        if name in KEPT_OF_PNG
    )
    return Picture("image/png", int.from_bytes(header[:4]), int.from_bytes(header[4:8]), PNG + kept)


def _chunks_of_png(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(PNG)
    while at < len(content):
        length, name = int.from_bytes(_part(content, at, 4)), _part(content, at + 4, 4)
        data = _part(content, at + 8, length)
        if zlib.crc32(name + data) != int.from_bytes(_part(content, at + 8 + length, 4)):
            raise NoPicture(f"is damaged: its chunk {name.decode('latin-1')!r} does not fit its checksum")
        yield name, data
        at += 12 + length
        if name == b"IEND":
            return


def _jpeg(content: bytes) -> Picture:
    kept, at, size = bytearray(content[:2]), 2, None
    while True:
        if content[at] != 0xFF:
            raise IndexError
        marker, length = content[at + 1], int.from_bytes(_part(content, at + 2, 2))
        segment = _part(content, at, 2 + length)
        if marker in STARTS_OF_FRAME:
            size = int.from_bytes(segment[7:9]), int.from_bytes(segment[5:7])
        if marker not in DROPPED_OF_JPEG and (marker != 0xE2 or segment[4:].startswith(ICC)):
            kept += segment
        at += 2 + length
        if marker == 0xDA:
            break
    end = content.rfind(b"\xff\xd9", at)
    if size is None or end < 0:
        raise IndexError
    return Picture("image/jpeg", *size, bytes(kept) + content[at : end + 2])


def _webp(content: bytes) -> Picture:
    kept, size = bytearray(), None
    for name, data in _chunks_of_webp(content):
        match name:
            case b"VP8X":
                if data[0] & MOVES:
                    raise NoPicture("moves; a logo must not")
                size = int.from_bytes(_part(data, 4, 3), "little") + 1, int.from_bytes(_part(data, 7, 3), "little") + 1
                data = bytes([data[0] & ~(EXIF | XMP)]) + data[1:]
            case b"VP8L" if size is None:
                bits = int.from_bytes(_part(data, 1, 4), "little")
                size = (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
            case b"VP8 " if size is None:
                size = tuple(int.from_bytes(_part(data, at, 2), "little") & 0x3FFF for at in (6, 8))
            case _:
                pass
        if name in KEPT_OF_WEBP:
            kept += name + len(data).to_bytes(4, "little") + data + b"\x00" * (len(data) % 2)
    if size is None:
        raise IndexError
    body = b"WEBP" + bytes(kept)
    return Picture("image/webp", size[0], size[1], b"RIFF" + len(body).to_bytes(4, "little") + body)


def _chunks_of_webp(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    end = 8 + int.from_bytes(_part(content, 4, 4), "little")
    if end > len(content):
        raise IndexError
    at = 12
    while at + 8 <= end:
        length = int.from_bytes(_part(content, at + 4, 4), "little")
        yield content[at : at + 4], _part(content, at + 8, length)
        at += 8 + length + length % 2


def _part(content: bytes, at: int, length: int) -> bytes:
    found = content[at : at + length]
    if len(found) < length:
        raise IndexError
    return found
