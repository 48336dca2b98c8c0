"""Pages as Statuspage's API tells of them: the shape to the last field, and what programs written for it make of it."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given, settings

from functions.publish.pages import statuspage
from functions.publish.pages.document import Document
from tests.support.snapshots import snapshots
from tests.support.statuspage import (
    SCHEMAS,
    ZOD_DATETIME,
    OpenStatusSummary,
    exporter_components,
    openstatus_components,
)
from tests.web import samples
from tocsin.contracts.page_snapshot import PageSnapshot
from tocsin.domain.status_page import ComponentStatus, Impact, ReportKind, ReportStatus

OK: Final = ComponentStatus.OPERATIONAL
DEGRADED: Final = ComponentStatus.DEGRADED
URL: Final = "https://status.acme.example"


def read(snapshot: PageSnapshot, name: str) -> dict[str, Any]:
    return json.loads(statuspage.render(snapshot)[f"api/v2/{name}.json"].content)


def checked(documents: dict[str, Document]) -> None:
    """Every document is there, and is of the documented shape."""
    assert sorted(documents) == sorted(f"api/v2/{name}.json" for name in SCHEMAS)
    for name, schema in SCHEMAS.items():
        document = documents[f"api/v2/{name}.json"]
        assert document.content_type == "application/json"
        schema.model_validate_json(document.content)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(snapshots())
def test_whatever_a_page_says_its_documents_are_of_the_documented_shape(snapshot: PageSnapshot) -> None:
    documents = statuspage.render(snapshot)
    checked(documents)
    again = snapshot.model_copy(update={"number": snapshot.number + 1, "as_of": snapshot.as_of + timedelta(hours=1)})
    assert statuspage.render(again) == documents
    summary = read(snapshot, "summary")
    OpenStatusSummary.model_validate(summary)
    assert ZOD_DATETIME.fullmatch(summary["page"]["updated_at"])
    instant = datetime.fromisoformat(summary["page"]["updated_at"])
    assert abs(instant - snapshot.updated_at) < timedelta(milliseconds=1)
    known = {part["id"] for part in summary["components"]}
    assert {part["group_id"] for part in summary["components"]} - {None} <= known
    assert len(openstatus_components(summary)) == len(snapshot.components)


def test_an_outage_is_told_with_all_its_fields() -> None:
    snapshot = samples.outage()
    checked(statuspage.render(snapshot))
    (incident,) = read(snapshot, "incidents/unresolved")["incidents"]
    report = snapshot.reports[0]
    newest, first = incident.pop("incident_updates")
    api, dashboard = incident.pop("components")
    assert incident == {
        "id": str(report.id),
        "name": "The API answers with errors",
        "status": "identified",
        "created_at": "2026-11-21T20:43:42.000+01:00",
        "updated_at": "2026-11-21T20:57:42.000+01:00",
        "monitoring_at": None,
        "resolved_at": None,
        "impact": "critical",
        "shortlink": f"{URL}/incidents/{report.id}",
        "started_at": "2026-11-21T20:43:42.000+01:00",
        "page_id": str(snapshot.page_id),
        "reminder_intervals": None,
    }
    assert (api["name"], dashboard["name"]) == ("API", "Dashboard")
    assert (newest["status"], newest["affected_components"]) == ("identified", None)
    assert newest["body"] == samples.CAUSE
    assert first["affected_components"] == [
        {
            "code": str(samples.an_id(1)),
            "name": "API",
            "old_status": "operational",
            "new_status": "major_outage",
        },
        {
            "code": str(samples.an_id(2)),
            "name": "Dashboard",
            "old_status": "operational",
            "new_status": "degraded_performance",
        },
    ]
    assert (first["incident_id"], first["deliver_notifications"]) == (str(report.id), True)
    assert [each["status"] for each in read(snapshot, "incidents")["incidents"]] == [
        "identified",
        "resolved",
        "resolved",
    ]


def test_the_page_says_who_and_how_it_is() -> None:
    snapshot = samples.outage()
    assert read(snapshot, "status") == {
        "page": {
            "id": str(snapshot.page_id),
            "name": "Acme",
            "url": URL,
            "time_zone": "Europe/Berlin",
            "updated_at": "2026-11-21T20:47:42.000+01:00",
        },
        "status": {"indicator": "major", "description": "Partial System Outage"},
    }


def test_groups_are_components_with_their_own_in_the_order_of_the_page() -> None:
    snapshot = samples.outage()
    components = read(snapshot, "components")["components"]
    assert [part["name"] for part in components] == [
        *("Website", "Platform", "API", "Dashboard", "Webhooks"),
        *("Integrations", "Payments", "Search", "Regions", "Europe", "North America"),
    ]
    platform = components[1]
    assert (platform["group"], platform["status"], platform["group_id"]) == (True, "major_outage", None)
    assert platform["components"] == [str(samples.an_id(number)) for number in (1, 2, 3)]
    assert openstatus_components({"components": components})[1] == ("API", "major_outage", "Platform")
    assert exporter_components(read(snapshot, "components"))["North America"] == "partial_outage"
    assert components[0]["start_date"] == samples.days(0)[0].day.isoformat()
    gone = snapshot.components[0].model_copy(update={"group_id": samples.an_id(999)})
    assert read(snapshot.model_copy(update={"components": [gone]}), "components")["components"][-1]["group_id"] is None


def test_maintenance_is_active_upcoming_or_over() -> None:
    snapshot = samples.in_maintenance()
    later = samples.maintenance(23, "Later", ReportStatus.SCHEDULED, samples.NOW + timedelta(days=9), "…")
    snapshot = snapshot.model_copy(update={"reports": [later, *snapshot.reports]})
    names = {
        name: [each["name"] for each in read(snapshot, name)["scheduled_maintenances"]]
        for name in (*[each for each in SCHEMAS if each.startswith("scheduled")], "summary")
    }
    assert names == {
        "scheduled-maintenances": ["Later", "New certificates", "Moving to new storage", "Database upgrade"],
        "scheduled-maintenances/active": ["Moving to new storage"],
        "scheduled-maintenances/upcoming": ["New certificates", "Later"],
        "summary": ["Moving to new storage", "New certificates", "Later"],
    }
    (active,) = read(snapshot, "scheduled-maintenances/active")["scheduled_maintenances"]
    assert active["scheduled_until"] == "2026-11-21T22:37:42.000+01:00"
    assert read(snapshot, "summary")["incidents"] == []
    assert read(snapshot, "status")["status"] == {
        "indicator": "maintenance",
        "description": "Service Under Maintenance",
    }


@pytest.mark.parametrize(
    ("indicator", "statuses", "text"),
    [
        (Impact.NONE, [OK], "All Systems Operational"),
        (Impact.NONE, [], "All Systems Operational"),
        (Impact.MAINTENANCE, [OK, ComponentStatus.MAINTENANCE], "Service Under Maintenance"),
        (Impact.MINOR, [OK, DEGRADED], "Partially Degraded Service"),
        (Impact.MINOR, [DEGRADED, DEGRADED], "Degraded System Service"),
        (Impact.MINOR, [DEGRADED], "Partially Degraded Service"),
        (Impact.MINOR, [OK, DEGRADED, ComponentStatus.PARTIAL_OUTAGE], "Minor Service Outage"),
        (Impact.MINOR, [OK, OK], "Minor Service Outage"),
        (Impact.MINOR, [], "Minor Service Outage"),
        (Impact.MAJOR, [ComponentStatus.PARTIAL_OUTAGE], "Partial System Outage"),
        (Impact.MAJOR, [OK, ComponentStatus.MAJOR_OUTAGE], "Partial System Outage"),
        (Impact.CRITICAL, [ComponentStatus.MAJOR_OUTAGE] * 2, "Major System Outage"),
    ],
)
def test_the_page_is_described_in_the_originals_words(
    indicator: Impact, statuses: Sequence[ComponentStatus], text: str
) -> None:
    parts = [samples.component(number, f"{number}", status) for number, status in enumerate(statuses)]
    snapshot = samples.page(components=parts, groups=[], indicator=indicator)
    assert read(snapshot, "status")["status"] == {"indicator": indicator, "description": text}
    checked(statuspage.render(snapshot))


@pytest.mark.parametrize(
    ("zone", "instant", "text"),
    [
        ("Asia/Kathmandu", datetime(2026, 11, 21, 20, 17, 42, 7_000, UTC), "2026-11-22T02:02:42.007+05:45"),
        ("America/St_Johns", datetime(2026, 7, 1, 0, 0, 0, 0, UTC), "2026-06-30T21:30:00.000-02:30"),
        ("Etc/UTC", datetime(2026, 7, 1, 0, 0, 0, 0, UTC), "2026-07-01T00:00:00.000Z"),
        ("Africa/Monrovia", datetime(1971, 7, 1, 0, 0, 0, 0, UTC), "1971-07-01T00:00:00.000Z"),
    ],
    ids=["three quarters", "half an hour", "none", "seconds"],
)
def test_instants_are_in_the_zone_of_the_page(zone: str, instant: datetime, text: str) -> None:
    snapshot = samples.page(time_zone=zone, updated_at=instant)
    assert read(snapshot, "status")["page"]["updated_at"] == text


def test_fifty_reports_are_enough_and_what_is_open_is_among_them() -> None:
    reports = [
        samples.report(
            100 + number,
            f"Number {number}",
            [(ReportStatus.RESOLVED if number != 4_999 else ReportStatus.MONITORING, "x")],
            started_at=samples.NOW - timedelta(hours=number),
        )
        for number in range(5_000)
    ]
    snapshot = samples.page(reports=reports)
    names = [each["name"] for each in read(snapshot, "incidents")["incidents"]]
    assert names == [*(f"Number {number}" for number in range(49)), "Number 4999"]
    assert [each["name"] for each in read(snapshot, "incidents/unresolved")["incidents"]] == ["Number 4999"]
    assert len(statuspage.render(snapshot)["api/v2/incidents.json"].content) < 60_000


def test_documents_stay_small_enough_to_be_read_whatever_is_written() -> None:
    parts = [samples.component(number, f"Component {number}") for number in range(500)]
    ids = [part.id for part in parts]
    reports = [
        samples.report(1_000 + number, "w" * 10_000, [(ReportStatus.MONITORING, "é" * 20_000)] * 200, component_ids=ids)
        for number in range(50)
    ]
    snapshot = samples.page(components=parts, groups=[], reports=reports)
    documents = statuspage.render(snapshot)
    checked(documents)
    assert len(documents["api/v2/components.json"].content) < 250_000
    for document in documents.values():
        assert len(document.content) < 2 * statuspage.MOST_OF_REPORTS
    told = read(snapshot, "incidents")["incidents"]
    assert told[0]["incident_updates"][0]["body"] == "é" * 20_000
    assert 1 < len(told) < 50


def test_only_incidents_are_among_incidents() -> None:
    snapshot = samples.in_maintenance()
    told = {each["name"] for each in read(snapshot, "incidents")["incidents"]}
    assert told == {report.title for report in snapshot.reports if report.kind is ReportKind.INCIDENT}
