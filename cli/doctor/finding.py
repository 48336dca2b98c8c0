"""What a check found, in plain words."""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class Verdict(StrEnum):
    """How a thing stands."""

    FINE = "fine"
    NOT_APPLICABLE = "not applicable"
    UNKNOWN = "unknown"
    """It could not be looked at; the finding says why."""
    WARNING = "warning"
    """It works, and something should be done."""
    PROBLEM = "problem"
    """Pages may be late or lost until this is mended."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence about one thing, and what to do about it."""

    about: str
    verdict: Verdict
    said: str
    advice: str = ""

    def as_json(self) -> dict[str, Any]:
        """For scripts."""
        return asdict(self)


def fine(about: str, said: str) -> Finding:
    """All is well."""
    return Finding(about, Verdict.FINE, said)


def not_applicable(about: str, said: str) -> Finding:
    """The deployment has no such thing."""
    return Finding(about, Verdict.NOT_APPLICABLE, said)


def unknown(about: str, said: str, advice: str = "") -> Finding:
    """It could not be looked at."""
    return Finding(about, Verdict.UNKNOWN, said, advice)


def warning(about: str, said: str, advice: str) -> Finding:
    """Something should be done."""
    return Finding(about, Verdict.WARNING, said, advice)


def problem(about: str, said: str, advice: str) -> Finding:
    """Something must be done."""
    return Finding(about, Verdict.PROBLEM, said, advice)
