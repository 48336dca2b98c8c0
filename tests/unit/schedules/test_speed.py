"""Who is on call is computed, not counted up to: what it costs does not grow with the time since the start."""

import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date, time
from types import CodeType

import pytest

from tests.unit.schedules import making
from tests.unit.schedules.making import ALICE, BOB, CAROL
from tests.unit.schedules.walk import instant
from tocsin.domain.restriction import Restriction
from tocsin.domain.schedule import Schedule, next_on_call, on_call
from tocsin.domain.schedule_edit import LayerDraft, ScheduleDraft, reanchored

NOW = instant("2026-11-21 12:00")
HOURLY = LayerDraft("Hourly", "hours", 1, time(9), date(2026, 11, 1), (ALICE, BOB, CAROL))
NIGHTS = LayerDraft("Nights", "days", 1, time(9), date(2026, 11, 1), (BOB, None), (Restriction(time(20), time(8)),))


def schedule_since(start: date) -> Schedule:
    empty = Schedule(making.ROOT, ())
    layers = tuple(replace(layer, starts_on=start) for layer in (HOURLY, NIGHTS))
    return replace(empty, versions=(reanchored(empty, ScheduleDraft("Europe/Berlin", layers), instant("2000-01-01")),))


def calls(work: Callable[[], object]) -> int:
    """How many functions of Python's something calls."""
    count = 0

    def entered(code: CodeType, offset: int) -> None:
        nonlocal count
        count += code.co_filename.endswith(".py") and offset >= 0

    tool, start = sys.monitoring.PROFILER_ID, sys.monitoring.events.PY_START
    sys.monitoring.use_tool_id(tool, "calls")
    sys.monitoring.register_callback(tool, start, entered)
    sys.monitoring.set_events(tool, start)
    try:
        work()
    finally:
        sys.monitoring.set_events(tool, 0)
        sys.monitoring.free_tool_id(tool)
    return count


@pytest.mark.parametrize("ask", [on_call, next_on_call])
def test_a_rotation_of_26_years_is_as_quick_as_one_of_a_month(ask: Callable[..., object]) -> None:
    young, old = schedule_since(date(2026, 10, 21)), schedule_since(date(2000, 1, 1))
    ask(young, NOW)
    ask(old, NOW)  # zones and hours are kept from the first time on
    assert calls(lambda: ask(old, NOW)) <= calls(lambda: ask(young, NOW)) + 10 < 1_500
