"""Shifts as a calendar that programs subscribe to (RFC 5545), with the hints that they heed (RFC 7986)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from icalendar import Calendar, Component, Event, vDuration

from tocsin.domain.schedule import ReasonKind, Shift

REFRESH: Final = timedelta(hours=1)
REASONS: Final = {
    ReasonKind.LAYER: "Layer",
    ReasonKind.OVERRIDE: "Override",
    ReasonKind.TEMPORARY: "Temporary schedule",
}


@dataclass(frozen=True, slots=True)
class Page:
    """What a calendar shows: shifts, one member's alone if it is `of`.

    `sequence` rises with every change of the schedule, which was made at `revised_at`; between changes the same shift
    is the same event to the byte.
    """

    schedule_name: str
    shifts: Sequence[Shift]
    names: Mapping[UUID, str]
    of: UUID | None
    sequence: int
    revised_at: datetime


def written(page: Page) -> str:
    """The calendar as text."""
    owner = None if page.of is None else page.names.get(page.of, "a former member")
    calendar = Calendar()
    _add(calendar, "prodid", "-//Tocsin//On call//EN")
    _add(calendar, "version", "2.0")
    _add(calendar, "method", "PUBLISH")
    _add(calendar, "name", name := f"On call: {page.schedule_name}" + (f" ({owner})" if owner else ""))
    _add(calendar, "x-wr-calname", name)
    _add(calendar, "refresh-interval", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
    _add(calendar, "x-published-ttl", vDuration(REFRESH))
    for shift in page.shifts:
        if page.of is None or shift.user_id == page.of:
            calendar.add_component(_event(page, shift))
    return calendar.to_ical().decode()


def _event(page: Page, shift: Shift) -> Event:
    who = "nobody" if shift.user_id is None else page.names.get(shift.user_id, "a former member")
    event = Event()
    _add(event, "uid", shift.key)
    _add(event, "sequence", page.sequence)
    _add(event, "dtstamp", page.revised_at)
    _add(event, "last-modified", page.revised_at)
    _add(event, "dtstart", shift.starts_at)
    _add(event, "dtend", shift.ends_at)
    _add(event, "summary", f"On call: {page.schedule_name}" if page.of else f"{who}: {page.schedule_name}")
    _add(event, "description", " ".join(part for part in (REASONS[shift.reason.kind], shift.reason.name) if part))
    _add(event, "status", "CONFIRMED")
    # nobody is busy by being on call
    _add(event, "transp", "TRANSPARENT")
    return event


def _add(component: Component, name: str, value: object, parameters: dict[str, str] | None = None) -> None:
    component.add(name, value, parameters=parameters or {})  # pyright: ignore[reportUnknownMemberType] - its values are bare
