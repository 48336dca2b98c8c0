"""Channel secrets: what is sealed to a key is opened by its other half and by no other, and not once changed."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.errors import Invalid
from tocsin.platform.sealing import open_sealed, open_with_file, seal

SECRETS = {"url": "https://hooks.example/T000/B000", "secret": "whsec_…"}


class Pair:
    """A key pair: the public half as PEM, the private one in a file."""

    def __init__(self, folder: Path, name: str) -> None:
        private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        pkcs8, clear = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        spki = serialization.PublicFormat.SubjectPublicKeyInfo
        self.file = str(folder / f"{name}.pem")
        Path(self.file).write_bytes(private.private_bytes(serialization.Encoding.PEM, pkcs8, clear))
        self.public = private.public_key().public_bytes(serialization.Encoding.PEM, spki).decode()


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Pair:
    return Pair(tmp_path_factory.mktemp("keys"), "ours")


@pytest.fixture(scope="module")
def stranger(tmp_path_factory: pytest.TempPathFactory) -> Pair:
    return Pair(tmp_path_factory.mktemp("keys"), "theirs")


@settings(max_examples=30, deadline=None)
@given(st.dictionaries(st.text(max_size=20), st.text(max_size=200), max_size=5))
def test_what_is_sealed_is_opened(pair: Pair, secrets: dict[str, str]) -> None:
    assert open_with_file(seal(secrets, pair.public), pair.file) == secrets


def test_envelopes_side_by_side_are_opened_together(pair: Pair) -> None:
    several = " ".join(seal({name: value}, pair.public) for name, value in SECRETS.items())
    assert open_sealed(several, pair.file, None) == SECRETS


def test_nothing_of_it_can_be_read_and_no_two_are_alike(pair: Pair) -> None:
    sealed = seal(SECRETS, pair.public)
    assert sealed.count(".") == 4
    assert "hooks" not in sealed
    assert sealed != seal(SECRETS, pair.public)


def test_another_key_does_not_open_it(pair: Pair, stranger: Pair) -> None:
    with pytest.raises(Invalid):
        open_with_file(seal(SECRETS, pair.public), stranger.file)


@pytest.mark.parametrize("part", range(5))
def test_what_was_changed_is_not_opened(pair: Pair, part: int) -> None:
    parts = seal(SECRETS, pair.public).split(".")
    middle = len(parts[part]) // 2
    parts[part] = parts[part][:middle] + ("A" if parts[part][middle] != "A" else "B") + parts[part][middle + 1 :]
    with pytest.raises(Invalid):
        open_with_file(".".join(parts), pair.file)


@pytest.mark.parametrize("sealed", ["", "a", "a.b.c.d.e", "....", "not a jwe at all", "e30.e30.e30.e30.e30"])
def test_what_was_never_sealed_is_named_as_such(pair: Pair, sealed: str) -> None:
    with pytest.raises(Invalid):
        open_with_file(sealed, pair.file)
