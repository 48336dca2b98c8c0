"""Pictures by their bytes: what they are, how large, and nothing in them that is nobody's business."""

import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.audited_pages import png
from tocsin.domain.picture import MAX_BYTES, MAX_SIDE, NoPicture, read

SECRET = b"48.1372 N 11.5756 E, Alice"


def segment(marker: int, data: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(data) + 2) + data


def jpeg(width: int = 3, height: int = 2, *extra: bytes) -> bytes:
    frame = segment(0xC0, struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00")
    start = b"\xff\xd8" + segment(0xE0, b"JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00")
    return start + b"".join(extra) + frame + segment(0xDA, b"\x01\x01\x00\x00\x3f\x00") + b"\x12\xff\x00\x34\xff\xd9"


def chunk(name: bytes, data: bytes) -> bytes:
    return name + struct.pack("<I", len(data)) + data + b"\x00" * (len(data) % 2)


def webp(*chunks: bytes) -> bytes:
    body = b"WEBP" + b"".join(chunks)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def lossless(width: int, height: int) -> bytes:
    return chunk(b"VP8L", b"\x2f" + struct.pack("<I", (width - 1) | (height - 1) << 14) + b"\x00\x07")


def extended(flags: int, width: int, height: int) -> bytes:
    return chunk(
        b"VP8X", bytes([flags, 0, 0, 0]) + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    )


LOSSY = chunk(b"VP8 ", b"\x50\x01\x00\x9d\x01\x2a" + struct.pack("<HH", 7, 5) + b"\x00\x00")


def test_formats_are_told_by_their_bytes() -> None:
    for content, kind, sides in (
        (png(4, 3), "image/png", (4, 3)),
        (jpeg(3, 2), "image/jpeg", (3, 2)),
        (webp(lossless(9, 8)), "image/webp", (9, 8)),
        (webp(LOSSY), "image/webp", (7, 5)),
        (webp(extended(0, 600, 20), lossless(600, 20)), "image/webp", (600, 20)),
    ):
        found = read(content)
        assert (found.content_type, (found.width, found.height), found.content) == (kind, sides, content)


def test_what_cameras_and_editors_write_is_left_out() -> None:
    icc = segment(0xE2, b"ICC_PROFILE\x00\x01\x01colours")
    for content, clean in (
        (png(2, 1, (b"tEXt", SECRET), (b"eXIf", SECRET), (b"tIME", b"\x00" * 7)), png(2, 1)),
        (jpeg(3, 2, segment(0xE1, b"Exif\x00\x00" + SECRET), segment(0xFE, SECRET), icc), jpeg(3, 2, icc)),
        (jpeg(3, 2, segment(0xE2, b"MPF\x00" + SECRET), segment(0xED, SECRET)), jpeg(3, 2)),
        (
            webp(extended(0x0C, 9, 8), lossless(9, 8), chunk(b"EXIF", SECRET), chunk(b"XMP ", SECRET)),
            webp(extended(0, 9, 8), lossless(9, 8)),
        ),
    ):
        assert read(content).content == clean
        assert read(content + SECRET).content == clean


NO_PICTURES: list[tuple[bytes, str]] = [
    (b"", "must be a PNG"),
    (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "SVG is not taken"),
    (b"GIF89a" + b"\x00" * 20, "must be a PNG"),
    (png()[:-1], "is cut off"),
    (png()[:20], "is cut off"),
    (png().replace(b"IDAT", b"IDAX"), "is damaged"),
    (png(2, 1, (b"acTL", b"\x00" * 8)), "moves"),
    (png(MAX_SIDE + 1), f"is {MAX_SIDE + 1} pixels wide"),
    (png(0), "is 0 pixels wide"),
    (jpeg()[:-2], "is cut off"),
    (jpeg(MAX_SIDE + 1, 1), f"is {MAX_SIDE + 1} pixels wide"),
    (webp(extended(0x02, 9, 8), lossless(9, 8)), "moves"),
    (webp(lossless(9, 8))[:-4], "is cut off"),
    (webp(chunk(b"EXIF", SECRET)), "is cut off"),
    (png() + b"x" * MAX_BYTES, f"at most {MAX_BYTES}"),
]


def test_what_is_no_picture_says_why() -> None:
    for content, reason in NO_PICTURES:
        with pytest.raises(NoPicture, match=reason):
            read(content)


@given(st.sampled_from([png(4, 3), jpeg(), webp(lossless(9, 8)), webp(LOSSY)]), st.data())
def test_a_damaged_picture_is_refused_or_read_and_nothing_else(content: bytes, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(content) - 1))
    damaged = content[:at] + data.draw(st.binary(max_size=4)) + content[at + 1 :]
    try:
        found = read(damaged)
    except NoPicture:
        return
    assert read(found.content).content == found.content


def test_checksums_are_made_anew() -> None:
    assert zlib.crc32(b"IEND").to_bytes(4) == read(png()).content[-4:]
