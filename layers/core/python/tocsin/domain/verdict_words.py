"""What monitors say to people: the summaries of their events, and why they are what they are."""

from collections.abc import Mapping
from datetime import timedelta

from tocsin.domain.monitor import CheckStatus, Reason
from tocsin.domain.verdict import Topic

MAX_SUMMARY = 1_000


def reason_words(reason: Reason | str) -> str:
    """A reason as people read it."""
    return str(reason).replace("_", " ")


def cause(failing: Mapping[str, Reason | str | None]) -> str:
    """Why and where: “timeout in eu-west-1, us-east-1”; of several reasons each with its regions."""
    places: dict[str, list[str]] = {}
    for region in sorted(failing):
        places.setdefault(reason_words(failing[region] or "failed"), []).append(region)
    return "; ".join(f"{why} in {', '.join(regions)}" for why, regions in places.items())


def opened(topic: Topic, name: str, detail: str, days: int | None = None) -> str:
    """What is said when an alert opens; that of a certificate within so many days of its end."""
    words = {
        Topic.DOWN: f"{name} is down",
        Topic.STALE: f"{name} is not being checked",
        Topic.CERTIFICATE: f"The certificate of {name} {_ends(days)}",
    }[topic]
    return _cut(f"{words}: {detail}" if detail else words)


def nearer(name: str) -> str:
    """What is said of a certificate's alert that another follows, as the end is nearer."""
    return _cut(f"The certificate of {name} is told of anew")


def _ends(days: int | None) -> str:
    if days is None:
        return "expires soon"
    return f"expires within {days} days" if days > 1 else "expires within a day" if days else "has expired"


def flapping(name: str, detail: str) -> str:
    """What is said once it goes up and down too often to be told each time."""
    words = f"{name} is flapping: nothing more is said until it is stable"
    return _cut(f"{words} ({detail})" if detail else words)


def closed(topic: Topic, name: str, status: CheckStatus, detail: str, lasted: timedelta | None) -> str:
    """What is said when an alert ends."""
    if status is CheckStatus.UNKNOWN and detail:
        return _cut(f"{name}: {detail}")
    match topic:
        case Topic.DOWN:
            after = "" if lasted is None else f" after {_duration(lasted)}"
            return _cut(f"{name} is {'degraded' if status is CheckStatus.DEGRADED else 'up'} again{after}")
        case Topic.STALE:
            return _cut(f"{name} is being checked again")
        case Topic.CERTIFICATE:
            return _cut(f"The certificate of {name} no longer expires soon")


def _duration(lasted: timedelta) -> str:
    seconds = max(0, round(lasted.total_seconds()))
    hours, minutes = seconds // 3_600, seconds // 60
    if hours >= 48:
        return f"{hours // 24} days"
    if hours >= 2:
        return f"{hours} h {minutes % 60} min"
    return f"{minutes} min" if minutes >= 2 else f"{seconds} s"


def _cut(text: str) -> str:
    return text if len(text) <= MAX_SUMMARY else text[: MAX_SUMMARY - 1] + "…"
