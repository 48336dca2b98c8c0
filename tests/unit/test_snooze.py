"""Until when an incident is snoozed: instants, local times over clock changes, and what is no time at all."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.domain import snooze
from tocsin.errors import Invalid

NOW = datetime(2026, 3, 28, 12, tzinfo=UTC)
LOCAL = datetime.fromisoformat("2026-03-29T00:00")
LAST, FIRST = datetime.fromisoformat("9999-12-31T23:59"), datetime.fromisoformat("0001-01-01T00:00")
ZONES = ("Europe/Berlin", "Australia/Lord_Howe", "Asia/Kathmandu", "Africa/Casablanca", "America/Santiago", "UTC")


@given(st.timedeltas(timedelta(microseconds=1), snooze.LONGEST))
def test_an_instant_is_itself(ahead: timedelta) -> None:
    assert snooze.until(NOW + ahead, None, NOW) == snooze.Snooze(NOW + ahead)
    assert snooze.lasting(ahead, NOW) == snooze.Snooze(NOW + ahead)


@pytest.mark.parametrize(
    ("local", "zone", "found"),
    [
        # clocks go from 02:00 to 03:00 at 01:00 UTC on 29 March
        ("2026-03-29T01:59", "Europe/Berlin", "2026-03-29T00:59"),
        ("2026-03-29T02:00", "Europe/Berlin", "2026-03-29T01:00"),
        ("2026-03-29T02:30", "Europe/Berlin", "2026-03-29T01:00"),
        ("2026-03-29T03:00", "Europe/Berlin", "2026-03-29T01:00"),
        ("2026-03-29T03:01", "Europe/Berlin", "2026-03-29T01:01"),
        # and back by half an hour, from 02:00 to 01:30, at 15:00 UTC on 4 April: 01:45 comes twice
        ("2026-04-05T01:45", "Australia/Lord_Howe", "2026-04-04T14:45"),
        ("2026-03-29T09:00", "Asia/Kathmandu", "2026-03-29T03:15"),
    ],
)
def test_a_local_time_is_where_its_zone_says(local: str, zone: str, found: str) -> None:
    at = datetime.fromisoformat(found).replace(tzinfo=UTC)
    assert snooze.until(datetime.fromisoformat(local), zone, NOW) == snooze.Snooze(at, zone)


@given(
    st.datetimes(LOCAL.replace(year=2020), LOCAL.replace(year=2036)),
    st.sampled_from(ZONES),
)
def test_the_end_is_the_first_instant_at_which_a_clock_there_shows_the_time_or_later(
    local: datetime, zone: str
) -> None:
    now = local.replace(tzinfo=UTC) - timedelta(days=2)
    found = snooze.until(local, zone, now).until
    shown = found.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    before = (found - timedelta(microseconds=1)).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    assert before < local <= shown


@pytest.mark.parametrize(
    ("at", "zone", "field"),
    [
        (NOW, None, "until"),
        (NOW - timedelta(seconds=1), None, "until"),
        (NOW + timedelta(days=30, seconds=1), None, "until"),
        (LAST, "UTC", "until"),
        (LAST, "America/Santiago", "until"),
        (FIRST, "Asia/Kathmandu", "until"),
        (LOCAL, None, "time_zone"),
        *[
            (LOCAL, name, "time_zone")
            for name in (
                "",
                "Mars/Phobos",
                "../etc/passwd",
                "/etc/localtime",
                "America",
                "UTC\0",
                "\ud800",
                "a" * 5_000,
            )
        ],
    ],
)
def test_what_can_not_be_is_refused_with_what_would_be_right(at: datetime, zone: str | None, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        snooze.until(at, zone, NOW)
    (problem,) = refused.value.problems
    assert problem.field == field
    assert problem.reason.startswith("must ")


@pytest.mark.parametrize("seconds", [0, -1, 2_592_001])
def test_a_duration_that_is_none(seconds: int) -> None:
    with pytest.raises(Invalid):
        snooze.lasting(timedelta(seconds=seconds), NOW)
