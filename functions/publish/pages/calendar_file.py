"""Planned maintenance as a calendar that programs subscribe to (RFC 5545), with the hints that they heed (RFC 7986).

An event is named by its report alone: moved or cancelled it stays the same event, with a higher SEQUENCE. One that was
over before it was to begin was cancelled; one that was taken back is no longer there, and leaves calendars by that.
icalendar is imported with the first calendar, so that nothing else waits for it.
"""

from datetime import timedelta
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from functions.publish.pages import digest
from functions.publish.pages.document import Document
from functions.publish.pages.view import affected, ended_at
from functions.publish.pages.words import Words
from tocsin.contracts.page_snapshot import PageSnapshot, SnapshotReport
from tocsin.domain.status_page import ReportKind

if TYPE_CHECKING:
    from icalendar import Component, Event

PATH: Final = "maintenance.ics"
REFRESH: Final = timedelta(hours=1)
UNTOLD: Final = timedelta(hours=1)
"""For so long a maintenance without an end blocks a calendar."""
MOST_EVENTS: Final = 200
MOST_OF_A_BODY: Final = 4_000


def render(snapshot: PageSnapshot) -> dict[str, Document]:
    """`maintenance.ics`: what is planned, goes on, or was lately."""
    from icalendar import Calendar, vDuration

    words = Words(snapshot.language, ZoneInfo(snapshot.time_zone))
    name = words("calendar.title", name=digest.line(snapshot.name))
    calendar = Calendar()
    _add(calendar, "prodid", "-//Tocsin//Status page//EN")
    _add(calendar, "version", "2.0")
    _add(calendar, "method", "PUBLISH")
    _add(calendar, "uid", str(snapshot.page_id))
    _add(calendar, "name", name)
    _add(calendar, "x-wr-calname", name)
    _add(calendar, "url", snapshot.url)
    _add(calendar, "refresh-interval", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
    _add(calendar, "x-published-ttl", vDuration(REFRESH))
    for report in digest.newest(snapshot, ReportKind.MAINTENANCE, MOST_EVENTS):
        if report.scheduled_for is not None:
            calendar.add_component(_event(snapshot, report, words))
    return {PATH: Document(calendar.to_ical(), "text/calendar; charset=utf-8")}


def _event(snapshot: PageSnapshot, report: SnapshotReport, words: Words) -> "Event":
    from icalendar import Event

    begins = report.scheduled_for or report.started_at
    event = Event()
    _add(event, "uid", str(report.id))
    _add(event, "sequence", report.sequence)
    _add(event, "dtstamp", report.updated_at)
    _add(event, "created", report.created_at)
    _add(event, "last-modified", report.updated_at)
    _add(event, "dtstart", begins)
    _add(event, "dtend", report.scheduled_until or begins + UNTOLD)
    _add(event, "summary", digest.line(f"{snapshot.name}: {report.title}"))
    _add(event, "description", _description(snapshot, report, words))
    _add(event, "url", digest.incident_url(snapshot, report))
    ended = ended_at(report)
    _add(event, "status", "CANCELLED" if ended is not None and ended <= begins else "CONFIRMED")
    # nobody is busy by a service's maintenance
    _add(event, "transp", "TRANSPARENT")
    return event


def _description(snapshot: PageSnapshot, report: SnapshotReport, words: Words) -> str:
    parts = [words(f"report.{report.status}")]
    if report.updates:
        body = digest.clean(report.updates[0].body).strip()
        parts.append(body if len(body) <= MOST_OF_A_BODY else body[: MOST_OF_A_BODY - 1].rstrip() + "…")
    if names := affected(snapshot, report):
        parts.append(digest.line(f"{words('report.affected')}: {words('list').join(names)}", MOST_OF_A_BODY))
    return "\n\n".join(parts)


def _add(component: "Component", name: str, value: object, parameters: dict[str, str] | None = None) -> None:
    component.add(name, value, parameters=parameters or {})  # pyright: ignore[reportUnknownMemberType] - its values are bare
