"""How to carry out an operation of the API, and the entry it must leave in the audit log."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.support.api_host import ApiHost

type Names = dict[str, str]
type Prepare = Callable[[ApiHost], Names]


@dataclass(frozen=True)
class Change:
    """How to carry out an operation, and the entry it must leave. `prepare` answers what its path and body name."""

    action: str
    body: Any = None
    prepare: Prepare = lambda _: {}
    by: str = "key"
    """A guest is no member yet, and a member calls for themselves."""
    version: str = "1"
