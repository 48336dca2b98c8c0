"""Spans of time: put together, and what of one they leave bare. All are half-open."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

MINUTE: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From one instant until before another."""

    starts_at: datetime
    ends_at: datetime


def union(spans: Iterable[Span]) -> list[Span]:
    """The same time in as few spans as can be, in order."""
    found: list[Span] = []
    for span in sorted(spans):
        if span.starts_at >= span.ends_at:
            continue
        if found and span.starts_at <= found[-1].ends_at:
            found[-1] = Span(found[-1].starts_at, max(found[-1].ends_at, span.ends_at))
        else:
            found.append(span)
    return found


def outside(whole: Span, covered: Sequence[Span]) -> list[Span]:
    """What of a span is not covered, in order; `covered` is a union."""
    bare: list[Span] = []
    at = whole.starts_at
    for span in covered:
        if span.ends_at <= at:
            continue
        if span.starts_at >= whole.ends_at:
            break
        if span.starts_at > at:
            bare.append(Span(at, span.starts_at))
        at = span.ends_at
    if at < whole.ends_at:
        bare.append(Span(at, whole.ends_at))
    return bare


def hours(whole: Span, holds: Callable[[datetime], bool], *, is_constant: bool) -> list[Span]:
    """When in a span something holds that changes at full minutes only, or, when `is_constant`, not at all."""
    if is_constant:
        return [whole] if holds(whole.starts_at) else []
    found: list[Span] = []
    at = whole.starts_at
    while at < whole.ends_at:
        following = min(at.replace(second=0, microsecond=0) + MINUTE, whole.ends_at)
        if holds(at):
            if found and found[-1].ends_at == at:
                found[-1] = Span(found[-1].starts_at, following)
            else:
                found.append(Span(at, following))
        at = following
    return found
