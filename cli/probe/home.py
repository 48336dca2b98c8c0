"""A probe's folder: who it is, what it knew last, and what it has not got rid of yet. For its owner's eyes only.

`identity.pem` holds key and certificate together, so that one rename replaces both.
"""

import fcntl
import json
import os
import shutil
from collections.abc import Generator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final, cast
from uuid import UUID

from cli.failures import Failure, NotSignedIn
from tocsin.errors import Unauthenticated
from tocsin.platform.certificates import Shown, read_shown

IDENTITY: Final = "identity.pem"
ENROLLED: Final = "enrolled.json"
AUTHORITIES: Final = "server-ca.pem"
SECRETS: Final = "secrets.json"
CONFIG: Final = "config.json"
WINDOW: Final = "window"
HEALTH: Final = "health.json"
SPOOL: Final = "spool"
LOCK: Final = "lock"
LEFT: Final = ".left"
OTHERS: Final = 0o077
END: Final = "-----END PRIVATE KEY-----\n"
NOT_ENROLLED: Final = "There is no probe in {}: enrol one with `tocsin probe enroll`."


@dataclass(frozen=True, slots=True)
class Place:
    """What a probe was told when it enrolled, and does not change."""

    name: str
    probes_url: str


class Home:
    """One folder; everything in it is written whole or not at all, and survives the power going out."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            folder.chmod(0o700)
        except OSError as error:
            raise Failure(f"{folder} can't be used: {error}") from error

    def path(self, name: str) -> Path:
        """Where something is."""
        return self.folder / name

    @property
    def server_authorities(self) -> Path | None:
        """Whom the probe trusts to be Tocsin, where that is not whom the system trusts."""
        path = self.path(AUTHORITIES)
        return path if path.exists() else None

    def is_enrolled(self) -> bool:
        """Whether there is a probe here."""
        return self.path(IDENTITY).exists()

    def place(self) -> Place:
        """What the probe was told; raises NotSignedIn when there is none."""
        text = self.read(ENROLLED)
        if text is None:
            raise NotSignedIn(NOT_ENROLLED.format(self.folder))
        document: dict[str, Any] = json.loads(text)
        return Place(str(document["name"]), str(document["probes_url"]))

    def identity(self) -> Shown:
        """Who the probe is, by its certificate; raises NotSignedIn when it has none, or one that is no probe's."""
        text = self.read(IDENTITY)
        if text is None:
            raise NotSignedIn(NOT_ENROLLED.format(self.folder))
        try:
            return read_shown(text.partition(END)[2])
        except Unauthenticated as error:
            raise NotSignedIn(f"{self.path(IDENTITY)} holds no certificate of a probe: {error}") from error

    def settle(self, key: str, certificate: str, place: Place | None = None) -> None:
        """Keep a new key with its certificate, in the place of the old ones."""
        if place is not None:
            self.write(ENROLLED, json.dumps(asdict(place)))
        self.write(IDENTITY, key.rstrip("\n") + "\n" + certificate)

    def leave(self, location_id: UUID) -> None:
        """Keep nothing that was for another location than this: results, configuration, secrets; raises Failure."""
        if self.is_enrolled() and self._location() == location_id:
            return
        try:
            for name in (CONFIG, WINDOW, HEALTH):
                self.path(name).unlink(missing_ok=True)
            if self.path(SPOOL).exists():
                shutil.rmtree(self.path(SPOOL))
            if self.is_enrolled() and self.path(SECRETS).exists():
                self.path(SECRETS).replace(self.path(f"{SECRETS}{LEFT}"))
            sync_folder(self.folder)
        except OSError as error:
            raise Failure(f"{self.folder} can't be cleared of what was another location's: {error}") from error

    def _location(self) -> UUID | None:
        with suppress(NotSignedIn):
            return self.identity().identity.location_id
        return None

    def secrets(self) -> dict[str, str]:
        """Secrets of monitors by name, as whoever runs the probe has written them; raises Failure."""
        text = self.read(SECRETS)
        if text is None:
            return {}
        try:
            found: object = json.loads(text)
        except ValueError as error:
            raise Failure(f"{self.path(SECRETS)} is not JSON: {error}") from error
        named = cast("dict[str, object]", found) if isinstance(found, dict) else {"": None}
        secrets = {name: value for name, value in named.items() if isinstance(value, str)}
        if len(secrets) < len(named):
            raise Failure(f'{self.path(SECRETS)} must hold texts by name, as in {{"password": "…"}}')
        return secrets

    def read(self, name: str) -> str | None:
        """The text of a file, None when there is none; raises NotSignedIn when others could have read it."""
        path = self.path(name)
        try:
            if os.name == "posix" and path.stat().st_mode & OTHERS:
                raise NotSignedIn(f"{path} can be read by others: `chmod 600 {path}`, if nobody has.")
            return path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError) as error:
            raise Failure(f"{path} can't be read: {error}") from error

    def write(self, name: str, text: str) -> None:
        """Replace a file; raises Failure."""
        try:
            write_durably(self.path(name), text.encode())
        except OSError as error:
            raise Failure(f"{self.path(name)} can't be written: {error}") from error

    def window_end(self) -> datetime | None:
        """Until when the checks that were due have been told of."""
        text = self.read(WINDOW)
        try:
            return None if text is None else datetime.fromisoformat(text)
        except ValueError:
            return None

    @contextmanager
    def only_one(self) -> Generator[None]:
        """Hold the folder; raises Failure while another process does. A killed one lets go of it."""
        descriptor = os.open(self.path(LOCK), os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield
        except BlockingIOError as error:
            raise Failure(f"Another probe runs from {self.folder}: one folder is for one probe.") from error
        finally:
            os.close(descriptor)


def write_durably(path: Path, content: bytes) -> None:
    """Write a file of the owner's: after a crash it has the old content or the new, and no third."""
    new = path.with_name(f"{path.name}.new")
    new.unlink(missing_ok=True)
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Let what was renamed in a folder survive the power going out."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
