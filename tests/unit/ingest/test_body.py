"""Bodies: JSON that can be stored, or a reason."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.ingest.body import MAX_DEPTH, Json, Malformed, cut, parse
from tests.unit.ingest.asked import strings


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "empty"),
        (b"  \n", "empty"),
        (b'{"a": }', "line 1, column 7"),
        (b'{"a": 1}x', "Extra data"),
        (b'{"a": "\xff"}', "UTF-8 at byte 7"),
        (b'"\xed\xa0\x80"', "UTF-8 at byte 1"),
        (b'{"a": NaN}', "NaN is not a JSON number"),
        (b"[Infinity]", "Infinity is not a JSON number"),
        (b"[-Infinity]", "-Infinity is not a JSON number"),
        (b'"a\x00b"', "control character"),
        (b"'a'", "line 1"),
    ],
)
def test_what_is_not_json_is_refused_with_its_reason(raw: bytes, reason: str) -> None:
    with pytest.raises(Malformed, match=reason):
        parse(raw)


@pytest.mark.parametrize("depth", [MAX_DEPTH + 1, 5_000, 200_000, 5_000_000])
@pytest.mark.parametrize(("opening", "closing"), [(b"[", b"]"), (b'{"a":', b"}")])
def test_deep_nesting_is_refused_however_deep(depth: int, opening: bytes, closing: bytes) -> None:
    with pytest.raises(Malformed, match="nested deeper than 64"):
        parse(opening * depth + b"1" + closing * depth)


def test_the_deepest_allowed_nesting_is_kept() -> None:
    raw = b"[" * MAX_DEPTH + b"1" + b"]" * MAX_DEPTH
    assert json.dumps(parse(raw)).encode() == raw


def test_what_postgresql_cannot_store_is_replaced_in_values_and_names() -> None:
    raw = rb'{"a\u0000": "\ud800x\udc00", "pair": "\ud83d\ude00", "list": [["\u0000"]]}'
    assert parse(raw) == {"a\ufffd": "\ufffdx\ufffd", "pair": "😀", "list": [["\ufffd"]]}


def test_numbers_beyond_what_is_common_are_kept_as_text() -> None:
    huge = "9" * 10_000
    assert parse(f"[1e400, -1e400, {huge}, 9223372036854775808, -9223372036854775809]".encode()) == [
        "1e400",
        "-1e400",
        huge,
        "9223372036854775808",
        "-9223372036854775809",
    ]
    assert parse(b"[9223372036854775807, -9223372036854775808, 0.5]") == [2**63 - 1, -(2**63), 0.5]


def test_a_byte_order_mark_is_no_error() -> None:
    assert parse(b"\xef\xbb\xbf{}") == {}


@given(st.binary())
def test_any_bytes_are_json_or_malformed(raw: bytes) -> None:
    try:
        value = parse(raw)
    except Malformed:
        return
    json.dumps(value, allow_nan=False)


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(anything)
def test_what_json_can_say_is_kept_or_made_storable(value: Json) -> None:
    parsed = parse(json.dumps(value).encode())
    for text in strings(parsed):
        assert "\x00" not in text
        text.encode("utf-8")


@given(st.text(), st.integers(min_value=1, max_value=50))
def test_cutting_keeps_the_length(text: str, length: int) -> None:
    assert len(cut(text, length)) <= length
    assert cut(text, length) == text or (len(text) > length and cut(text, length).endswith("…"))
