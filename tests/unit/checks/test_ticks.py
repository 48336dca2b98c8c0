"""Every check is due in exactly one window, at the same instants of every day, whatever the windows are."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from tests.support.checking import http_monitor
from tocsin.checks.ticks import due, timely
from tocsin.contracts.checks import CheckMonitor
from tocsin.domain.monitor import INTERVALS, LONGEST_SPREAD, STARTS_A_SECOND, spread_seconds, tick_at

START = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
REGION = "eu-central-1"
SPREAD = 8.0

monitors = st.builds(
    lambda number, interval: http_monitor(UUID(int=number), interval_seconds=interval),
    st.integers(1, 50),
    st.sampled_from(INTERVALS),
)
fleets = st.lists(monitors, max_size=5, unique_by=lambda monitor: monitor.monitor_id)


def ticks(fleet: list[CheckMonitor], starts_at: datetime, ends_at: datetime) -> Counter[tuple[UUID, datetime]]:
    return Counter((one.monitor.monitor_id, one.due_at) for one in due(fleet, REGION, SPREAD, starts_at, ends_at))


@given(fleets, st.lists(st.integers(1, 10_000_000), min_size=1, max_size=8))
def test_consecutive_windows_hold_every_tick_once(fleet: list[CheckMonitor], lengths_ms: list[int]) -> None:
    bounds = [START]
    for length in lengths_ms:
        bounds.append(bounds[-1] + timedelta(milliseconds=length))
    pieces: Counter[tuple[UUID, datetime]] = Counter()
    for starts_at, ends_at in pairwise(bounds):
        pieces += ticks(fleet, starts_at, ends_at)
    assert pieces == ticks(fleet, bounds[0], bounds[-1])
    assert all(count == 1 for count in pieces.values())


@given(monitors, st.integers(0, 86_400), st.floats(0, 100))
def test_every_grid_instant_has_its_tick_at_the_same_phase(monitor: CheckMonitor, later: int, spread: float) -> None:
    starts_at = START + timedelta(seconds=later)
    span = timedelta(seconds=monitor.interval_seconds)
    found = due([monitor], REGION, spread, starts_at, starts_at + 3 * span)
    assert len(found) == 3
    phases = {one.due_at - tick_at(one.due_at, monitor.interval_seconds) for one in found}
    assert len(phases) == 1
    assert phases.pop() <= min(timedelta(seconds=spread), span)
    assert all(starts_at <= one.due_at < starts_at + 3 * span for one in found)


@given(fleets, fleets, st.integers(1, 600))
def test_an_edit_between_windows_touches_only_what_was_edited(
    before: list[CheckMonitor], after: list[CheckMonitor], seconds: int
) -> None:
    kept = http_monitor(UUID(int=99), interval_seconds=30)
    middle, end = START + timedelta(seconds=seconds), START + timedelta(seconds=2 * seconds)
    run = ticks([*before, kept], START, middle) + ticks([kept, *after], middle, end)
    expected = ticks([kept], START, end)
    assert {tick: count for tick, count in run.items() if tick[0] == kept.monitor_id} == expected


@given(fleets, st.floats(0, 200))
def test_a_late_start_runs_what_is_younger_than_its_interval(fleet: list[CheckMonitor], late: float) -> None:
    found = due(fleet, REGION, SPREAD, START, START + timedelta(minutes=1))
    now = START + timedelta(seconds=late)
    young = [one for one in found if now - one.due_at < timedelta(seconds=one.monitor.interval_seconds)]
    assert timely(found, now) == young


def test_ten_seconds_are_six_ticks_a_minute_and_an_hour_is_one_in_sixty() -> None:
    fleet = [http_monitor(UUID(int=1), interval_seconds=10), http_monitor(UUID(int=2), interval_seconds=3_600)]
    minutes = [START + timedelta(minutes=number) for number in range(61)]
    counts = [len(ticks(fleet, starts_at, ends_at)) for starts_at, ends_at in pairwise(minutes)]
    assert counts == [7] + [6] * 59


def test_regions_begin_at_different_instants() -> None:
    fleet = [http_monitor(UUID(int=1), interval_seconds=10)]
    starts = {
        due(fleet, f"region-{number}", SPREAD, START, START + timedelta(seconds=10))[0].due_at for number in range(9)
    }
    assert len(starts) == 9


@given(st.integers(0, 100_000))
def test_starts_are_spread_no_longer_than_their_number_needs(monitors: int) -> None:
    spread = spread_seconds(monitors)
    assert 1 <= spread <= LONGEST_SPREAD
    assert spread == LONGEST_SPREAD or monitors / spread <= STARTS_A_SECOND
    assert spread == 1 or monitors / spread > STARTS_A_SECOND / 2


def test_a_monitor_more_seldom_moves_the_others() -> None:
    assert len({spread_seconds(monitors) for monitors in range(10_000)}) == 7
