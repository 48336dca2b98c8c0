"""Monitors' secrets, opened once: by KMS where there is one, so a check must not wait for it every time."""

from collections.abc import Callable, Mapping
from typing import Final

from tocsin.errors import Invalid, Unavailable
from tocsin.platform import threads

MOST_KEPT: Final = 5_000
NONE: Final[Mapping[str, str]] = {}

type OpenSealed = Callable[[str], Mapping[str, str]]
"""Open an envelope of `platform.sealing`, which may take a call to AWS; raises Invalid or Unavailable."""


class Secrets:
    """What was opened in this process. An edit makes another envelope, so what was opened stays right."""

    def __init__(self, open_sealed: OpenSealed) -> None:
        self._open = open_sealed
        self._opened: dict[str, Mapping[str, str] | Invalid] = {}

    async def of(self, sealed: str | None) -> Mapping[str, str]:
        """The secrets of an envelope, by name; raises Invalid when it can't be opened, Unavailable when not now."""
        if sealed is None:
            return NONE
        found = self._opened.get(sealed)
        if found is None:
            found = await self._opened_now(sealed)
        if isinstance(found, Invalid):
            raise found
        return found

    async def _opened_now(self, sealed: str) -> Mapping[str, str] | Invalid:
        try:
            found: Mapping[str, str] | Invalid = await threads.run(self._open, sealed)
        except Invalid as error:
            found = Invalid(str(error))  # without the trace, which would be kept as well
        while len(self._opened) >= MOST_KEPT:
            self._opened.pop(next(iter(self._opened)))
        self._opened[sealed] = found
        return found


UNREADABLE: Final = (Invalid, Unavailable)
