"""Keys and tokens at rest: in the system's keyring, or else in a file that only its owner can read."""

import json
from dataclasses import asdict, dataclass
from typing import Any, Final, Literal

from cli import private_files
from cli.failures import Failure

SERVICE: Final = "tocsin"

Kind = Literal["user", "api_key", "demo"]


@dataclass(frozen=True, slots=True)
class Credential:
    """Who somebody is to one Tocsin. It is sent to `url` and nowhere else. `expires_at` is in epoch seconds."""

    kind: Kind
    url: str
    token: str
    expires_at: int | None = None
    refresh_token: str | None = None


def load(profile: str) -> Credential | None:
    """What is kept for a profile, None when there is nothing; raises Failure when it can't be read."""
    # what could be written to the keyring has taken the file away, so a file is the newer of the two
    kept = private_files.read(_file(profile)) or _from_keyring(profile)
    if not kept:
        return None
    try:
        return Credential(**json.loads(kept))
    except (ValueError, TypeError) as error:
        raise Failure("What is kept of your sign-in can't be understood: sign in again.") from error


def save(profile: str, credential: Credential) -> str:
    """Keep it in place of what was there; answers where: "keyring" or the path of the file."""
    text = json.dumps(asdict(credential))
    if _to_keyring(profile, text):
        private_files.remove(_file(profile))
        return "keyring"
    private_files.write(_file(profile), text)
    return str(private_files.folder() / _file(profile))


def forget(profile: str) -> None:
    """Delete what is kept for a profile."""
    private_files.remove(_file(profile))
    keyring, problem = _keyring()
    if keyring is None:
        return
    try:
        if keyring.get_password(SERVICE, profile) is not None:
            keyring.delete_password(SERVICE, profile)
    except problem as error:
        raise Failure(f"The keyring keeps your sign-in and can't be changed: {error}") from error


def _file(profile: str) -> str:
    return f"credential-{profile}.json"


def _from_keyring(profile: str) -> str | None:
    keyring, problem = _keyring()
    if keyring is None:
        return None
    try:
        return keyring.get_password(SERVICE, profile)
    except problem:
        return None


def _to_keyring(profile: str, text: str) -> bool:
    keyring, problem = _keyring()
    if keyring is None:
        return False
    try:
        keyring.set_password(SERVICE, profile, text)
    except problem:
        # locked, or Windows, whose keyring takes 2,560 bytes at most
        return False
    return True


def _keyring() -> tuple[Any, tuple[type[Exception], ...]]:
    """The system's keyring, None where there is none, and what it raises.

    Those below priority 1 are not the system's: absent, or files in clear text.
    """
    import keyring
    from keyring.errors import KeyringError

    found = keyring.get_keyring()
    problems = (KeyringError, OSError, RuntimeError)
    try:
        return (found if found.priority >= 1 else None), problems
    except problems:
        return None, problems
