"""Keys that prove themselves: routing keys, API keys and the tokens of visitors, 32 Crockford base32 characters.

1 character names the MAC key, 14 are random (70 bits), 17 are HMAC-SHA256 over purpose, key name and random
part (85 bits). Whoever holds the MAC keys can tell without a database whether a key was ever issued; what is
stored is its SHA-256, so a leaked MAC key alone forges nothing that lasts. Link tokens are plain random.

The key of a heartbeat is a UUID of version 8 (RFC 9562), as its clients expect: of its 122 free bits the first 5 name
the MAC key, 57 are random and 60 are the MAC.
"""

import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from uuid import UUID

from tocsin.errors import MalformedKey

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
KEY_LENGTH: Final = 32
RANDOM_LENGTH: Final = 14
MAC_LENGTH: Final = 17
UUID_RANDOM_BITS: Final = 57
UUID_MAC_BITS: Final = 60
_UUID: Final = re.compile("[0-9a-fA-F]{8}(-?)[0-9a-fA-F]{4}(\\1[0-9a-fA-F]{4}){2}\\1[0-9a-fA-F]{12}")
_VALUES: Final = {c: i for i, c in enumerate(ALPHABET)}


class Purpose(StrEnum):
    """What a key opens; a key made for one purpose is malformed for another."""

    ROUTING = "routing"
    API = "api"
    DEMO = "demo"
    PING = "ping"
    PING_KEY = "ping_key"
    BEACON = "beacon"
    PAGE = "page"
    SUBSCRIBER = "subscriber"


@dataclass(frozen=True, slots=True)
class MacKeys:
    """The deployment's MAC keys by their one-character name; `current` signs, all verify."""

    keys: Mapping[str, bytes]
    current: str

    def __post_init__(self) -> None:
        if self.current not in self.keys or any(len(n) != 1 or n not in _VALUES for n in self.keys):
            msg = "MAC keys are named by one base32 character each, and the current one must be among them"
            raise ValueError(msg)


def issue(purpose: Purpose, keys: MacKeys) -> str:
    """Make a new key; show it once and keep only its `digest`."""
    random = "".join(secrets.choice(ALPHABET) for _ in range(RANDOM_LENGTH))
    return keys.current + random + _mac(purpose, keys.keys[keys.current], keys.current, random)


def verify(purpose: Purpose, key: str, keys: MacKeys) -> str:
    """Answer the canonical form of a key that this deployment issued; raises MalformedKey otherwise."""
    canonical = key.upper()
    # Letters beyond ASCII may have a capital within it: U+017F becomes an S.
    if not key.isascii() or len(canonical) != KEY_LENGTH or any(c not in _VALUES for c in canonical):
        raise MalformedKey(f"a key has {KEY_LENGTH} characters out of {ALPHABET}")
    name, random, mac = canonical[0], canonical[1 : 1 + RANDOM_LENGTH], canonical[1 + RANDOM_LENGTH :]
    secret = keys.keys.get(name)
    if secret is None or not hmac.compare_digest(mac, _mac(purpose, secret, name, random)):
        raise MalformedKey("the key was not issued here")
    return canonical


def issue_uuid(keys: MacKeys) -> str:
    """Make a new key of a heartbeat, a UUID; show it once and keep only its `digest`."""
    return _uuid(keys, keys.current, secrets.randbits(UUID_RANDOM_BITS))


def verify_uuid(key: str, keys: MacKeys) -> str:
    """Answer the canonical form, lower case with hyphens, of a heartbeat's key that this deployment issued, which may
    have come without hyphens; raises MalformedKey otherwise.
    """
    if not _UUID.fullmatch(key):
        raise MalformedKey("a heartbeat's key is a UUID")
    number = UUID(key).int
    free = (number >> 80 << 74) | ((number >> 64 & 0xFFF) << 62) | (number & (1 << 62) - 1)
    name = ALPHABET[free >> UUID_RANDOM_BITS + UUID_MAC_BITS]
    if name in keys.keys:
        expected = _uuid(keys, name, free >> UUID_MAC_BITS & (1 << UUID_RANDOM_BITS) - 1)
        if hmac.compare_digest(expected, str(UUID(key))):
            return expected
    raise MalformedKey("the key was not issued here")


def digest(key: str) -> bytes:
    """What is stored of a key or token: its SHA-256."""
    return hashlib.sha256(key.encode()).digest()


def code_digest(code: str, subject: str, keys: MacKeys) -> bytes:
    """What is stored of a code that is short enough to be guessed: its MAC, together with what it is for."""
    return hmac.digest(keys.keys[keys.current], f"code:{subject}:{code}".encode(), "sha256")


def address_digests(address: str, keys: MacKeys) -> list[bytes]:
    """What addresses are told apart by where they must not be read: MACs by every key, the current one's first."""
    names = sorted(keys.keys, key=lambda name: (name != keys.current, name))
    return [hmac.digest(keys.keys[name], f"address:{address}".encode(), "sha256") for name in names]


def hint(key: str) -> str:
    """The last four characters, for people to tell keys apart."""
    return key[-4:]


def link_token() -> str:
    """A random, URL-safe token of 256 bits for a link in a notification."""
    return secrets.token_urlsafe(32)


def _mac(purpose: Purpose, secret: bytes, name: str, random: str) -> str:
    number = int.from_bytes(hmac.digest(secret, f"{purpose}:{name}:{random}".encode(), "sha256"))
    number >>= 256 - MAC_LENGTH * 5
    return "".join(ALPHABET[(number >> (5 * i)) & 31] for i in reversed(range(MAC_LENGTH)))


def _uuid(keys: MacKeys, name: str, random: int) -> str:
    """The UUID of a MAC key's name and a random number: version and variant put between their bits and the MAC's."""
    mac = hmac.digest(keys.keys[name], f"{Purpose.PING}:{name}:{random}".encode(), "sha256")
    free = ((_VALUES[name] << UUID_RANDOM_BITS) | random) << UUID_MAC_BITS
    free |= int.from_bytes(mac) >> 256 - UUID_MAC_BITS
    number = (free >> 74 << 80) | (0x8 << 76) | ((free >> 62 & 0xFFF) << 64) | (0b10 << 62) | (free & (1 << 62) - 1)
    return str(UUID(int=number))
