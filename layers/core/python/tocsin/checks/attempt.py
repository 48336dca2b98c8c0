"""An attempt while it runs: how far it is, what it has seen and measured, and how it may fail."""

import errno
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final, Literal

from tocsin.contracts.checks import SeenCertificate, Timings
from tocsin.domain.monitor import CheckStatus, Reason
from tocsin.platform import clock

type Part = Literal["dns", "connect", "tls", "first_byte"]

DOING: Final[dict[Part, str]] = {
    "dns": "looking up the name",
    "connect": "connecting",
    "tls": "shaking hands by TLS",
    "first_byte": "waiting for the answer",
}
UNREACHABLE: Final = {
    errno.ENETUNREACH,
    errno.EHOSTUNREACH,
    errno.ENETDOWN,
    errno.EHOSTDOWN,
    errno.EADDRNOTAVAIL,
    errno.EAFNOSUPPORT,
    errno.EACCES,
    errno.EPERM,
}


class Failed(Exception):
    """The attempt ends, and why. `detail` is written for everybody; what it quotes of others has gone by Secrets.quote.
    What the target answered stands in `seen`, for the excerpt, which is for those who may read monitors.
    """

    def __init__(self, reason: Reason, detail: str, status: CheckStatus = CheckStatus.DOWN, *, seen: str = "") -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail
        self.status = status
        self.seen = seen


@dataclass(slots=True)
class Attempt:
    """What is known so far. Parts of several hops (redirects) are summed, in seconds."""

    doing: str = "starting"
    parts: dict[Part, float] = field(default_factory=dict[Part, float])
    started: float = field(default_factory=clock.seconds)
    total: float | None = None
    address: str | None = None
    http_status: int | None = None
    certificate: SeenCertificate | None = None
    received: Callable[[], str] = str
    """The beginning of what was answered, read as text only if it was not as expected."""
    failed: Failed | None = None
    """What has been found already while something more is looked up about it."""
    warnings: list[Failed] = field(default_factory=list[Failed])

    @contextmanager
    def timed(self, part: Part) -> Generator[None]:
        """Say what is being done, and measure it where it succeeds."""
        self.doing = DOING[part]
        begun = clock.seconds()
        yield
        self.parts[part] = self.parts.get(part, 0.0) + clock.seconds() - begun

    def finish(self) -> None:
        """The talking is over; what follows is thinking, which `total` does not count."""
        if self.total is None:
            self.total = clock.seconds() - self.started

    def timings(self) -> Timings:
        """In milliseconds, to a microsecond."""
        self.finish()
        found = {part: round(seconds * 1_000, 3) for part, seconds in self.parts.items()}
        return Timings(**found, total=round((self.total or 0.0) * 1_000, 3))


def of_system(error: OSError) -> Failed:
    """Name what the operating system says about a connection."""
    if isinstance(error, TimeoutError):
        return Failed(Reason.TIMEOUT, "The network gave up waiting for the other side.")
    if isinstance(error, ConnectionRefusedError):
        return Failed(Reason.CONNECTION_REFUSED, "The connection was refused.")
    if isinstance(error, ConnectionResetError | BrokenPipeError | ConnectionAbortedError):
        return Failed(Reason.CONNECTION_RESET, "The other side reset the connection.")
    if error.errno in UNREACHABLE:
        return Failed(Reason.NETWORK_UNREACHABLE, "There is no way to this address from here.")
    name = errno.errorcode.get(error.errno or 0, "unknown")
    return Failed(Reason.INTERNAL_ERROR, f"The system said {name}.", CheckStatus.UNKNOWN)
