"""Keys that prove themselves: whatever differs by one character, purpose or MAC key was not issued here."""

import hashlib
from uuid import RFC_4122, UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.errors import MalformedKey
from tocsin.platform.tokens import (
    ALPHABET,
    KEY_LENGTH,
    MAC_LENGTH,
    RANDOM_LENGTH,
    MacKeys,
    Purpose,
    digest,
    hint,
    issue,
    issue_uuid,
    link_token,
    verify,
    verify_uuid,
)

OLD = MacKeys({"A": b"a" * 32}, "A")
ROTATED = MacKeys({"A": b"a" * 32, "B": b"b" * 32}, "B")
NEW = MacKeys({"B": b"b" * 32}, "B")
KEY = issue(Purpose.ROUTING, OLD)


def refused(key: str, keys: MacKeys = OLD, purpose: Purpose = Purpose.ROUTING) -> bool:
    try:
        verify(purpose, key, keys)
    except MalformedKey:
        return True
    return False


def test_the_parts_make_a_key() -> None:
    assert KEY_LENGTH == 1 + RANDOM_LENGTH + MAC_LENGTH == 32
    assert len(set(ALPHABET)) == 32
    assert not set("ILOU") & set(ALPHABET)


@pytest.mark.parametrize("purpose", Purpose)
def test_what_was_issued_is_verified(purpose: Purpose) -> None:
    for _ in range(200):
        key = issue(purpose, ROTATED)
        assert len(key) == KEY_LENGTH
        assert set(key) <= set(ALPHABET)
        assert verify(purpose, key, ROTATED) == key


def test_keys_do_not_repeat() -> None:
    assert len({issue(Purpose.API, OLD) for _ in range(1000)}) == 1000


def test_every_change_of_one_character_is_refused() -> None:
    accepted = [
        (i, c) for i in range(KEY_LENGTH) for c in ALPHABET if c != KEY[i] and not refused(KEY[:i] + c + KEY[i + 1 :])
    ]
    assert accepted == []


@settings(max_examples=2000)
@given(st.integers(0, KEY_LENGTH - 1), st.characters(codec="utf-8"))
def test_no_other_character_stands_for_one_of_a_key(place: int, character: str) -> None:
    changed = KEY[:place] + character + KEY[place + 1 :]
    assert refused(changed) == (character.upper() != KEY[place] or not character.isascii())


def test_letters_that_only_look_alike_in_capitals_are_refused() -> None:
    key = next(k for k in iter(lambda: issue(Purpose.ROUTING, OLD), None) if "SS" in k)
    assert refused(key.replace("S", "\u017f"))
    assert refused(key.replace("SS", "\u00df"))


@given(st.text(max_size=40))
def test_anything_else_is_refused_and_never_breaks(text: str) -> None:
    assert refused(text) or text.upper() == KEY


def test_other_lengths_and_blanks_are_refused() -> None:
    for key in ("", KEY[:-1], KEY + "0", KEY + KEY, f" {KEY[1:]}", f"{KEY}\n", f"{KEY[:-1]}\x00"):
        assert refused(key), key


def test_a_purpose_opens_nothing_else() -> None:
    assert refused(issue(Purpose.API, OLD))
    assert refused(issue(Purpose.ROUTING, OLD), purpose=Purpose.API)


def test_rotation_keeps_old_keys_until_their_mac_key_goes() -> None:
    new = issue(Purpose.ROUTING, ROTATED)
    assert verify(Purpose.ROUTING, KEY, ROTATED) == KEY
    assert new[0] == "B"
    assert verify(Purpose.ROUTING, new, NEW) == new
    assert refused(KEY, NEW)
    assert refused(new, OLD)
    assert refused(KEY, MacKeys({"A": b"x" * 32}, "A"))
    assert refused("B" + KEY[1:], MacKeys({"A": b"a" * 32, "B": b"a" * 32}, "A"))


def test_small_letters_mean_the_same_key() -> None:
    assert verify(Purpose.ROUTING, KEY.lower(), OLD) == KEY


@pytest.mark.parametrize(
    ("keys", "current"), [({}, "A"), ({"A": b"x"}, "B"), ({"AB": b"x"}, "AB"), ({"a": b"x"}, "a"), ({"I": b"x"}, "I")]
)
def test_mac_keys_are_named_by_one_character_of_the_alphabet(keys: dict[str, bytes], current: str) -> None:
    with pytest.raises(ValueError, match="one base32 character"):
        MacKeys(keys, current)


def test_what_is_stored_and_shown_of_a_key() -> None:
    assert digest(KEY) == hashlib.sha256(KEY.encode()).digest()
    assert hint(KEY) == KEY[-4:]


def test_link_tokens_are_long_random_and_fit_for_a_url() -> None:
    tokens = {link_token() for _ in range(100)}
    assert len(tokens) == 100
    assert all(len(t) == 43 and t.replace("-", "").replace("_", "").isalnum() for t in tokens)


UUID_KEY = issue_uuid(OLD)


def uuid_refused(key: str, keys: MacKeys = OLD) -> bool:
    try:
        verify_uuid(key, keys)
    except MalformedKey:
        return True
    return False


def test_a_heartbeats_key_is_a_uuid_of_version_8_in_any_usual_spelling() -> None:
    read = UUID(UUID_KEY)
    assert (read.version, read.variant, str(read)) == (8, RFC_4122, UUID_KEY)
    for spelt in (UUID_KEY, UUID_KEY.upper(), read.hex, read.hex.upper()):
        assert verify_uuid(spelt, OLD) == UUID_KEY
    for spelt in (
        f"{{{UUID_KEY}}}",
        f"urn:uuid:{UUID_KEY}",
        UUID_KEY[:-1],
        UUID_KEY + "0",
        UUID_KEY[:9] + read.hex[8:],
    ):
        assert uuid_refused(spelt), spelt
    assert len({issue_uuid(OLD) for _ in range(100)}) == 100


@given(st.integers(0, 127))
def test_no_bit_of_a_heartbeats_key_can_be_changed(bit: int) -> None:
    assert uuid_refused(str(UUID(int=UUID(UUID_KEY).int ^ 1 << bit)))


@given(st.uuids() | st.text(max_size=40))
def test_other_uuids_and_texts_are_no_heartbeats_keys(key: object) -> None:
    assert uuid_refused(str(key))


def test_heartbeats_keys_outlive_a_rotation_while_their_mac_key_is_known() -> None:
    new = issue_uuid(ROTATED)
    assert verify_uuid(UUID_KEY, ROTATED) == UUID_KEY
    assert verify_uuid(new, NEW) == new
    assert uuid_refused(UUID_KEY, NEW)
    assert uuid_refused(new, OLD)
    assert uuid_refused(UUID_KEY, MacKeys({"A": b"x" * 32}, "A"))
