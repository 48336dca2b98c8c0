"""Profiles: where a Tocsin is, how one signs in to it, and which organization is meant."""

import json
import os
import re
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, Final
from urllib.parse import urlsplit

from cli import private_files
from cli.failures import Failure, Usage

FILE: Final = "profiles.json"
LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})
NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


@dataclass(frozen=True, slots=True)
class Profile:
    """What is remembered under a name; nothing here is secret."""

    url: str | None = None
    events_url: str | None = None
    app_url: str | None = None
    organization: str | None = None
    pool_id: str | None = None
    client_id: str | None = None
    endpoint: str | None = None

    def known(self, **values: str | None) -> "Profile":
        """This profile with what is given, the rest as it was."""
        return replace(self, **{name: value for name, value in values.items() if value is not None})


def load(name: str) -> Profile:
    """The profile of a name, with what the environment says instead; an empty one when there is none."""
    kept = _all().get(checked(name), {})
    names = [field.name for field in fields(Profile)]
    said = {field: os.environ.get(f"TOCSIN_{field.upper()}") or kept.get(field) for field in names}
    return Profile(**said)


def update(name: str, **values: str | None) -> None:
    """Remember these values of a profile; None forgets one."""
    kept = _all()
    old = {key: value for key, value in kept.get(checked(name), {}).items() if key in asdict(Profile())}
    profile = replace(Profile(**old), **values)
    kept[name] = {key: value for key, value in asdict(profile).items() if value is not None}
    private_files.write(FILE, json.dumps(kept, indent=2) + "\n")


def base_url(text: str) -> str:
    """An address without the version of its API; raises Usage unless it is https, or http on this machine."""
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        raise Usage(f"{text!r} is no address; it must look like https://tocsin.example.com")
    if parts.username is not None or parts.password is not None:
        raise Usage("An address holds no name or password: use `tocsin login`.")
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        raise Usage(f"{text} is not encrypted: http is for this machine only, use https.")
    return text.rstrip("/").removesuffix("/v1")


def checked(name: str) -> str:
    """A name that a profile, and so a file, can have; raises Usage."""
    if not NAME.fullmatch(name):
        raise Usage(f"{name!r} is no name of a profile: letters, digits, '.', '_' and '-', at most 64.")
    return name


def _all() -> dict[str, dict[str, Any]]:
    text = private_files.read(FILE)
    if text is None:
        return {}
    try:
        found = json.loads(text)
        return {str(name): dict(values) for name, values in found.items()}
    except (ValueError, TypeError, AttributeError) as error:
        raise Failure(
            f"{private_files.folder() / FILE} is no list of profiles; delete it and sign in again."
        ) from error
