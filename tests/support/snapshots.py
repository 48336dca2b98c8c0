"""Snapshots of pages as Hypothesis makes them up: any text, any zone, reports in every state."""

from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

from hypothesis import strategies as st

from tocsin.contracts.page_snapshot import (
    AffectedComponent,
    Figures,
    PageSnapshot,
    SnapshotComponent,
    SnapshotGroup,
    SnapshotMonth,
    SnapshotReport,
    SnapshotUpdate,
)
from tocsin.domain.monitor import Origin
from tocsin.domain.status_page import OVER, ComponentStatus, Impact, ReportKind, ReportStatus, statuses_of

ZONES: Final = (
    "UTC",
    "Europe/London",
    "Europe/Berlin",
    "America/St_Johns",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Pacific/Chatham",
    "Africa/Monrovia",
)
URLS: Final = ("https://status.acme.example", "https://status.example/acme", "http://127.0.0.1:8443/acme")
HOSTILE: Final = {
    "markup": "</title><script>alert(1)</script>",
    "ends of XML": "]]><!-- -- --> <?php ?> &amp; &#0; &lt;b&gt;",
    "not in XML": "\x00\x01\x0b\x1f\x7f\ufffe\uffff",
    "calendar lines": "a\r\nATTENDEE:mailto:x@example.com\r\nEND:VCALENDAR",
    "signs of calendars": 'a;b,c\\n\\,"quoted":x\'',
    "right to left": "\u202eright to left\u2066",
    "lines": "\u2028\u2029\x85 lines",
    "joined": "👩‍👩‍👧‍👦" * 40,
    "status": "<strong>Resolved</strong> - not at all",
    "nothing": "",
    "space": " ",
}
TEXTS: Final = st.one_of(
    st.sampled_from(sorted(HOSTILE.values())), st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
)
INSTANTS: Final = st.datetimes(datetime(2020, 1, 1), datetime(2036, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
IDS: Final = st.uuids()
STATUSES: Final = st.sampled_from(ComponentStatus)


@st.composite
def figures(draw: st.DrawFn) -> Figures:
    """What a component rests on; the first check may be unknown."""
    return Figures(origin=Origin.LIVE, checks=draw(st.integers(0, 10**9)), first_at=draw(st.none() | INSTANTS))


@st.composite
def component(draw: st.DrawFn, group_ids: list[UUID]) -> SnapshotComponent:
    """A component; its group may be gone."""
    return SnapshotComponent(
        id=draw(IDS),
        name=draw(TEXTS),
        description=draw(TEXTS),
        group_id=draw(st.none() | IDS | st.sampled_from([*group_ids, None])),
        position=draw(st.integers(0, 9)),
        status=draw(STATUSES),
        since=draw(INSTANTS),
        is_stale=draw(st.booleans()),
        only_if_degraded=draw(st.booleans()),
        created_at=draw(INSTANTS),
        updated_at=draw(INSTANTS),
        figures=draw(st.none() | figures()),
    )


@st.composite
def group(draw: st.DrawFn) -> SnapshotGroup:
    """A group."""
    created_at, updated_at = draw(INSTANTS), draw(INSTANTS)
    return SnapshotGroup(
        id=draw(IDS),
        name=draw(TEXTS),
        description=draw(TEXTS),
        position=draw(st.integers(0, 9)),
        created_at=created_at,
        updated_at=updated_at,
    )


@st.composite
def update(draw: st.DrawFn, statuses: tuple[ReportStatus, ...], component_ids: list[UUID]) -> SnapshotUpdate:
    """An update; what it names may be gone."""
    affected = [
        AffectedComponent(id=part, name=draw(TEXTS), old_status=draw(STATUSES), new_status=draw(STATUSES))
        for part in draw(st.lists(st.sampled_from(component_ids) | IDS if component_ids else IDS, max_size=2))
    ]
    return SnapshotUpdate(
        id=draw(IDS),
        status=draw(st.sampled_from(statuses)),
        body=draw(TEXTS),
        display_at=draw(INSTANTS),
        created_at=draw(INSTANTS),
        updated_at=draw(INSTANTS),
        affected=affected,
    )


@st.composite
def report(draw: st.DrawFn, component_ids: list[UUID]) -> SnapshotReport:
    """A report of either kind, with its updates newest first."""
    kind = draw(st.sampled_from(ReportKind))
    status = draw(st.sampled_from(statuses_of(kind)))
    updates = draw(st.lists(update(statuses_of(kind), component_ids), max_size=3))
    started_at, begins = draw(INSTANTS), draw(INSTANTS)
    is_planned = kind is ReportKind.MAINTENANCE
    return SnapshotReport(
        id=draw(IDS),
        kind=kind,
        title=draw(TEXTS),
        status=status,
        impact=draw(st.sampled_from(Impact)),
        started_at=started_at,
        created_at=draw(INSTANTS),
        updated_at=draw(INSTANTS),
        monitoring_at=draw(st.none() | INSTANTS),
        resolved_at=draw(INSTANTS) if status in OVER else None,
        scheduled_for=begins if is_planned else None,
        scheduled_until=begins + timedelta(minutes=draw(st.integers(1, 3_000))) if is_planned else None,
        component_ids=draw(st.lists(st.sampled_from(component_ids), unique=True)) if component_ids else [],
        updates=sorted(updates, key=lambda each: each.display_at, reverse=True),
        sequence=draw(st.integers(0, 2**31 - 1)),
    )


@st.composite
def snapshots(draw: st.DrawFn) -> PageSnapshot:
    """A page with a few of everything, or nothing."""
    groups = draw(st.lists(group(), max_size=2))
    components = draw(st.lists(component([each.id for each in groups]), max_size=4))
    reports = draw(st.lists(report([each.id for each in components]), max_size=4))
    return PageSnapshot(
        number=draw(st.integers(1, 10**6)),
        page_id=draw(IDS),
        key_prefix="pages/acme",
        url=draw(st.sampled_from(URLS)),
        name=draw(TEXTS),
        description=draw(TEXTS),
        time_zone=draw(st.sampled_from(ZONES)),
        is_demo=draw(st.booleans()),
        is_indexed=draw(st.booleans()),
        as_of=draw(INSTANTS),
        updated_at=draw(INSTANTS),
        indicator=draw(st.sampled_from(Impact)),
        groups=groups,
        components=components,
        reports=sorted(reports, key=lambda each: each.started_at, reverse=True),
        months=[SnapshotMonth(month="2026-11", reports=len(reports), updated_at=draw(INSTANTS))] if reports else [],
    )
