"""The calendar of a page's maintenance, as icalendar reads it and as RFC 5545 has its lines."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given, settings
from icalendar import Calendar

from functions.publish.folder import marked
from functions.publish.pages import calendar_file, digest
from functions.publish.pages.document import Document
from tests.support.snapshots import HOSTILE, snapshots
from tests.web import samples
from tocsin.contracts.page_snapshot import PageSnapshot, SnapshotReport
from tocsin.domain.status_page import ReportKind, ReportStatus

BEGINS: Final = datetime(2026, 11, 25, 20, tzinfo=UTC)
UTC_INSTANT: Final = re.compile(rb"\d{8}T\d{6}Z")


def document(snapshot: PageSnapshot) -> Document:
    (found,) = calendar_file.render(snapshot).values()
    return found


def events(snapshot: PageSnapshot) -> list[Any]:
    """The events as icalendar reads them; a line that it cannot read is an error."""
    calendar = Calendar.from_ical(document(snapshot).content)
    assert calendar.errors == []
    found = list(calendar.walk("VEVENT"))
    assert [event.errors for event in found] == [[]] * len(found)
    return found


def event(*reports: SnapshotReport) -> Any:
    (found,) = events(samples.page(reports=list(reports)))
    return found


def planned(status: ReportStatus = ReportStatus.SCHEDULED) -> SnapshotReport:
    return samples.maintenance(22, "New certificates", status, BEGINS, "Payments may be refused.")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(snapshots())
def test_whatever_a_page_says_its_calendar_is_one(snapshot: PageSnapshot) -> None:
    content = document(snapshot).content
    assert content.endswith(b"END:VCALENDAR\r\n")
    assert content.count(b"\n") == content.count(b"\r\n") == content.count(b"\r")
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert not re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]", content)
    later = snapshot.model_copy(update={"number": snapshot.number + 1, "as_of": snapshot.as_of + timedelta(hours=1)})
    assert document(later).content == content
    wanted = [report for report in snapshot.reports if report.kind is ReportKind.MAINTENANCE]
    for found, report in zip(events(snapshot), wanted, strict=True):
        assert str(found["UID"]) == str(report.id)
        assert found["SEQUENCE"] == report.sequence
        assert found["SUMMARY"] == digest.line(f"{snapshot.name}: {report.title}")
        for name, instant in (("DTSTART", report.scheduled_for), ("DTSTAMP", report.updated_at)):
            assert instant is not None
            assert UTC_INSTANT.fullmatch(found[name].to_ical())
            assert found[name].dt == instant.replace(microsecond=0)
        assert found["DTEND"].dt > found["DTSTART"].dt
    numbered = marked(document(snapshot), 1_795_295_158_913).content
    assert str(Calendar.from_ical(numbered)["X-TOCSIN-NUMBER"]) == "1795295158913"
    assert b"X-TOCSIN-NUMBER:" in numbered.split(b"\r\nBEGIN:")[0]


def test_maintenance_is_an_event() -> None:
    snapshot = samples.page(reports=[planned()])
    found = document(snapshot)
    assert found.content_type == "text/calendar; charset=utf-8"
    calendar = Calendar.from_ical(found.content)
    assert (str(calendar["NAME"]), str(calendar["METHOD"])) == ("Acme: planned maintenance", "PUBLISH")
    (one,) = events(snapshot)
    assert (one["DTSTART"].dt, one["DTEND"].dt) == (BEGINS, BEGINS + timedelta(hours=2))
    assert (str(one["SUMMARY"]), str(one["STATUS"])) == ("Acme: New certificates", "CONFIRMED")
    assert str(one["URL"]) == f"https://status.acme.example/incidents/{planned().id}"
    assert str(one["DESCRIPTION"]) == "Scheduled\n\nPayments may be refused.\n\nAffected: Dashboard, Webhooks"
    assert str(one["TRANSP"]) == "TRANSPARENT"


def test_an_event_that_is_moved_stays_the_same() -> None:
    before = planned()
    after = before.model_copy(
        update={
            "scheduled_for": BEGINS + timedelta(days=7),
            "scheduled_until": BEGINS + timedelta(days=7, hours=1),
            "sequence": before.sequence + 1,
            "updated_at": before.updated_at + timedelta(hours=1),
        }
    )
    old, new = event(before), event(after)
    assert old["UID"] == new["UID"]
    assert new["SEQUENCE"] == old["SEQUENCE"] + 1
    assert new["DTSTAMP"].dt > old["DTSTAMP"].dt
    assert new["DTSTART"].dt == BEGINS + timedelta(days=7)


@pytest.mark.parametrize(
    ("status", "ended", "word"),
    [
        (ReportStatus.SCHEDULED, None, "CONFIRMED"),
        (ReportStatus.IN_PROGRESS, None, "CONFIRMED"),
        (ReportStatus.COMPLETED, timedelta(hours=1), "CONFIRMED"),
        (ReportStatus.COMPLETED, timedelta(hours=-1), "CANCELLED"),
    ],
    ids=["to come", "begun", "done", "called off"],
)
def test_what_is_over_before_it_began_was_cancelled(status: ReportStatus, ended: timedelta | None, word: str) -> None:
    report = planned(status).model_copy(update={"resolved_at": None if ended is None else BEGINS + ended})
    found = event(report)
    assert (str(found["STATUS"]), str(found["UID"])) == (word, str(planned().id))


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_what_people_wrote_adds_no_line(text: str) -> None:
    told = samples.maintenance(1, text, ReportStatus.SCHEDULED, BEGINS, f"[{text}]")
    parts = [samples.component(2, text), samples.component(3, "Other")]
    found = Calendar.from_ical(document(samples.page(name=text, reports=[told], components=parts)).content)
    (one,) = found.walk("VEVENT")
    assert "ATTENDEE" not in one
    assert str(one["SUMMARY"]) == digest.line(f"{text}: {text}")
    assert str(one["DESCRIPTION"]).split("\n\n", 1)[1].startswith(f"[{digest.clean(text)}]")


def test_a_calendar_stays_small() -> None:
    reports = [
        samples.maintenance(number, "w" * 10_000, ReportStatus.SCHEDULED, BEGINS, "v" * 20_000)
        for number in range(1_000)
    ]
    snapshot = samples.page(reports=reports)
    assert len(events(snapshot)) == calendar_file.MOST_EVENTS
    assert len(document(snapshot).content) < 1_200_000


def test_a_page_without_maintenance_has_an_empty_calendar() -> None:
    assert events(samples.page(reports=[])) == []
    incident = samples.report(1, "Not planned", [(ReportStatus.MONITORING, "x")])
    assert events(samples.page(reports=[incident])) == []


def test_maintenance_without_an_end_lasts_an_hour() -> None:
    found = event(planned().model_copy(update={"scheduled_until": None}))
    assert found["DTEND"].dt == BEGINS + timedelta(hours=1)
