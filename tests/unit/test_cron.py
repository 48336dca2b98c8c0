"""Cron expressions: when they come next, over clock changes too, and what is wrong with one."""

from datetime import datetime

import pytest

from tocsin.platform.cron import RIGHT, following, problem


@pytest.mark.parametrize(
    ("cron", "zone", "after", "due"),
    [
        ("0 3 * * *", "UTC", "2026-03-01T03:00:10+00:00", "2026-03-02T03:00:00+00:00"),
        ("0 3 * * *", "Europe/Berlin", "2026-03-01T03:00:10+00:00", "2026-03-02T02:00:00+00:00"),
        # 29 March 2026: 02:00 to 03:00 does not exist in Berlin; a job of 02:30 runs right after the gap
        ("30 2 * * *", "Europe/Berlin", "2026-03-28T12:00:00+00:00", "2026-03-29T01:00:00+00:00"),
        ("30 2 * * *", "Europe/Berlin", "2026-03-29T01:00:05+00:00", "2026-03-30T00:30:00+00:00"),
        # 25 October 2026: 02:00 to 03:00 comes twice; a job of 02:30 runs once, the first time
        ("30 2 * * *", "Europe/Berlin", "2026-10-24T12:00:00+00:00", "2026-10-25T00:30:00+00:00"),
        ("30 2 * * *", "Europe/Berlin", "2026-10-25T00:30:05+00:00", "2026-10-26T01:30:00+00:00"),
        # every quarter of an hour goes on through both hours
        ("*/15 * * * *", "Europe/Berlin", "2026-10-25T00:45:05+00:00", "2026-10-25T01:00:00+00:00"),
        ("*/15 * * * *", "Europe/Berlin", "2026-03-29T00:45:05+00:00", "2026-03-29T01:00:00+00:00"),
        ("*/20 0 3 * * *", "UTC", "2026-03-01T03:00:10+00:00", "2026-03-01T03:00:20+00:00"),
        ("0 9 * * MON#1", "America/New_York", "2026-03-03T00:00:00+00:00", "2026-04-06T13:00:00+00:00"),
    ],
)
def test_when_it_is_due_by_cron(cron: str, zone: str, after: str, due: str) -> None:
    assert following(cron, zone)(datetime.fromisoformat(after)) == datetime.fromisoformat(due)


def test_what_comes_seldom_is_found() -> None:
    after = datetime.fromisoformat("2026-03-01T00:00:00+00:00")
    assert following("0 0 29 2 1#5", "UTC")(after) == datetime.fromisoformat("2028-02-29T00:00:00+00:00")


def test_what_is_wrong_with_an_expression_is_said() -> None:
    assert problem("*/5 * * * *") is None
    for wrong in ("", "* * * *", "61 * * * *", "@daily", "0 0 30 2 *", "0 0 31 2,4 *", "a b c d e"):
        assert (problem(wrong) or "").startswith(RIGHT), wrong
