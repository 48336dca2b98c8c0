"""The demo's story agrees with what the product would have done, whenever it is told: at night, on Sundays, at DST."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

import pytest

from tocsin.domain.demo import DEPENDENCIES, ROTAS, WINDOWS
from tocsin.domain.demo_past import COUNT, past
from tocsin.domain.demo_plots import PLOTS
from tocsin.domain.incident import Urgency
from tocsin_data.services import demo_rotas
from tocsin_data.services.demo_cases import Case, case_of
from tocsin_data.services.demo_rotas import Rotas
from tocsin_data.services.demo_tables import Rows

AGE: Final = timedelta(days=120)
TOLD_AT: Final = (
    datetime(2026, 3, 29, 0, 59, tzinfo=UTC),  # clocks go forward in a minute, an hour before the window opens
    datetime(2026, 3, 29, 2, 20, tzinfo=UTC),
    datetime(2026, 10, 25, 2, 30, tzinfo=UTC),  # clocks have gone back, and the window is open
    datetime(2026, 11, 22, 6, 8, tzinfo=UTC),
    datetime(2026, 11, 20, 12, 0, tzinfo=UTC),
    datetime(2027, 1, 1, 23, 59, tzinfo=UTC),
)


def cases(now: datetime) -> list[Case]:
    """All incidents, as of an instant."""
    rotas = Rotas(now - AGE)
    return [case_of(plot, now, rotas) for plot in (*past(), *PLOTS)]


WHENEVER: Final = (*TOLD_AT, *(TOLD_AT[0] + n * timedelta(hours=14, minutes=22) for n in range(12)))
"""All through a week, and when it is odd."""


def named(at: datetime) -> str:
    return at.strftime("%a-%m%d-%H%M")


@pytest.fixture(scope="module", params=WHENEVER, ids=named)
def told(request: pytest.FixtureRequest) -> list[Case]:
    return cases(request.param)


def test_whoever_is_on_call_by_the_rota_is_paged_first(told: list[Case]) -> None:
    for case in told:
        pages, _ = case.taken()
        rota = next((r.name for r in ROTAS if r.name in case.policy.steps[0][1]), None)
        if rota and pages:
            first = case.rotas.first(rota, pages[0].at)
            assert pages[0].people == (first,)
            assert list(pages[0].on_call.values()) == [case.rotas.words(rota, pages[0].at)]


def test_who_acknowledges_was_paged_before(told: list[Case]) -> None:
    for case in told:
        if case.plot.acknowledged is not None:
            assert case.plot.acknowledged[1] in {first for page in case.taken()[0] for first in page.people}


def test_incidents_are_in_order_and_over_before_now(told: list[Case]) -> None:
    assert all(before.began_at < after.began_at for before, after in pairwise(told))
    now = told[-1].began_at + PLOTS[-1].ago
    for case in told:
        assert case.resolved_at is None or case.resolved_at < now
        assert (case.taken()[1] or now) <= now


def test_none_begins_where_the_product_would_have_kept_it_quiet(told: list[Case]) -> None:
    above = {service: [on for of, on in DEPENDENCIES if of == service] for service, _ in DEPENDENCIES}
    above["Checkout"] += above["Payments API"]
    for case in told:
        assert not any(case.service.name in w.services and w.open_at(case.began_at) for w in WINDOWS)
        for other in told:
            if other.service.name in above.get(case.service.name, ()):
                is_open = other.resolved_at is None or other.resolved_at > case.began_at
                assert not (other.began_at <= case.began_at and is_open), (other.plot.key, case.plot.key)


def test_rules_are_kept() -> None:
    by_key = {case.plot.key: case for case in cases(TOLD_AT[3])}
    warnings = [case for case in by_key.values() if case.plot.severity == "warning"]
    assert {case.urgency for case in warnings} == {Urgency.LOW}
    assert {case.policy.name for case in warnings} == {"When somebody has time"}
    assert all(case.urgency is Urgency.HIGH for case in by_key.values() if case not in warnings)
    lag = by_key["replica-lag"]
    assert (lag.decision.hold, lag.taken()) == (timedelta(minutes=5), ([], None))
    assert not any(case.decision.mute for case in by_key.values())
    assert not any(line["decision"] == "rule_failed" for case in by_key.values() for line in case.decision.trace)


def test_what_is_open_begins_with_one_that_nobody_has() -> None:
    still = [plot for plot in reversed(PLOTS) if plot.resolved is None]
    assert len(still) == 6
    assert [(plot.severity, plot.acknowledged is None) for plot in still[:2]] == [("critical", True), ("error", False)]


def test_a_month_is_known_and_always_the_same() -> None:
    assert list(past()) == list(past())
    assert len(list(past())) == COUNT
    assert all(plot.resolved is not None for plot in past())
    assert timedelta(days=28) < next(past()).ago < timedelta(days=30)


@pytest.mark.parametrize("now", WHENEVER, ids=named)
def test_the_override_lies_ahead_in_elenas_turn_from_handoff_to_handoff(now: datetime) -> None:
    rows, rotas = Rows(), Rotas(now - AGE)
    demo_rotas.tell(rows, rotas, now)
    (override,) = rows.tables["schedule_override"]
    begin, end = (override[name] for name in ("starts_at", "ends_at"))
    assert isinstance(begin, datetime)
    assert isinstance(end, datetime)
    zone = ZoneInfo(ROTAS[0].time_zone)
    assert now < begin < now + timedelta(days=6)
    assert [at.astimezone(zone).strftime("%H:%M") for at in (begin, end)] == ["09:00", "09:00"]
    assert rotas.first(ROTAS[0].name, begin + timedelta(hours=3)) == "Elena"


def test_office_hours_are_those_of_weekdays() -> None:
    rotas = Rotas(TOLD_AT[4] - AGE)
    friday = datetime(2026, 11, 20, tzinfo=ZoneInfo("Europe/Stockholm"))
    layers = [rotas.shift("Platform", friday + timedelta(hours=hour)).reason.name for hour in (8, 9, 16, 17, 36)]
    assert layers == ["around the clock", "office hours", "office hours", "around the clock", "around the clock"]
