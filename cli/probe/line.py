"""A probe's line home: what it asks and brings, over mutual TLS."""

import json
import random
from collections.abc import Mapping
from http import HTTPStatus
from pathlib import Path
from typing import Final
from uuid import UUID

from pydantic import ValidationError

from tocsin import __version__
from tocsin.contracts.probes import (
    COMMANDS_PATH,
    CONFIG_PATH,
    ENROL_PATH,
    RENEW_PATH,
    RESULTS_PATH,
    Enrolled,
    ProbeCommands,
)
from tocsin.platform.mutual_tls import Unusable, Wire, from_file

FIRST_WAIT: Final = 1.0
LONGEST_WAIT: Final = 60.0
MAX_RETRY_AFTER: Final = 3_600.0


class Line:
    """Requests to one address, with the key and certificate of a file where there is one. Threads may share it."""

    def __init__(self, url: str, identity: Path | None, authorities: Path | None) -> None:
        self._url = url
        self._identity = identity
        self._authorities = authorities
        self._wire = self._connected()

    def reconnect(self) -> None:
        """Use the certificate that the file has by now."""
        self._wire, old = self._connected(), self._wire
        old.close()

    def close(self) -> None:
        """Hang up."""
        self._wire.close()

    def enroll(self, token: str, csr: str, software: str) -> Enrolled:
        """Let a probe in by its token. A request that may have arrived is not repeated: the token would be spent."""
        return self._certified(ENROL_PATH, {"token": token, "csr": csr, "software": software})

    def renew(self, csr: str, software: str) -> Enrolled:
        """The certificate that follows the one that is shown."""
        return self._certified(RENEW_PATH, {"csr": csr, "software": software})

    def config(self, etag: str | None) -> tuple[bytes, str | None] | None:
        """The configuration and its ETag; None when it is still the one with this ETag."""
        response = self._wire.send("GET", CONFIG_PATH, headers={"If-None-Match": etag} if etag else {})
        if response.status == HTTPStatus.NOT_MODIFIED:
            return None
        return response.data, response.headers.get("ETag")

    def commands(self, after: UUID) -> ProbeCommands:
        """What was asked for since."""
        response = self._wire.send("GET", f"{COMMANDS_PATH}?after={after}")
        try:
            return ProbeCommands.model_validate_json(response.data)
        except ValidationError as error:
            raise Unusable("what was asked for can't be read: this probe may be too old") from error

    def send(self, body: bytes) -> None:
        """Hand a packed batch over; home has it for good when this returns."""
        self._wire.send("POST", RESULTS_PATH, body, {"Content-Type": "application/gzip"})

    def _certified(self, path: str, asked: Mapping[str, str]) -> Enrolled:
        response = self._wire.send("POST", path, json.dumps(asked).encode(), {"Content-Type": "application/json"})
        try:
            return Enrolled.model_validate_json(response.data)
        except ValidationError as error:
            raise Unusable("that address answers, but not as Tocsin does: is it the right one?") from error

    def _connected(self) -> Wire:
        return Wire(self._url, from_file(self._identity, self._authorities), f"tocsin-probe/{__version__}")


def pause(failures: int, retry_after: float | None = None) -> float:
    """Seconds until another try, after so many that failed: twice as long each time, and never the same for two."""
    longest = min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(failures, 10))
    spread = random.uniform(longest / 2, longest)  # noqa: S311 - to keep probes apart
    return max(spread, min(retry_after or 0.0, MAX_RETRY_AFTER))
