"""Packed messages come out as they went in, and nothing that was not packed so comes out at all."""

import base64
import gzip
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.contracts.checks import Ping, ResultsMessage
from tocsin.errors import Invalid
from tocsin.platform.packing import pack, unpack


def packed(text: bytes) -> str:
    return base64.b64encode(gzip.compress(text)).decode()


@given(st.text())
def test_what_is_packed_comes_out(text: str) -> None:
    message = ResultsMessage(kind="results", packed=text)
    assert unpack(pack(message), ResultsMessage) == message
    assert pack(message) == pack(message)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "whole gzip stream"),
        ("no base64!", "base64"),
        ("bm8gZ3ppcA==", "base64"),
        (packed(b'{"kind":"results"}')[:-12], "whole gzip stream"),
        (packed(b"{}") + "AAAA", "base64"),
        (base64.b64encode(gzip.compress(b'{"kind":"results"}') * 2).decode(), "whole gzip stream"),
        (packed(b"{}"), "not a ResultsMessage: see kind"),
        (packed(b"["), "not a ResultsMessage: see message"),
        (packed(b"[" * 100_000), "not a ResultsMessage: see message"),
    ],
    ids=["nothing", "letters", "no gzip", "cut", "more", "twice", "another shape", "no JSON", "deep"],
)
def test_what_is_not_packed_so_is_refused(text: str, said: str) -> None:
    with pytest.raises(Invalid, match=said):
        unpack(text, ResultsMessage)


def test_a_bomb_is_given_up_at_the_bound() -> None:
    bomb = packed(b" " * 5_000_000)
    tracemalloc.start()
    try:
        with pytest.raises(Invalid, match="100000 bytes at most"):
            unpack(bomb, Ping, max_bytes=100_000)
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()
