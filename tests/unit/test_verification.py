"""Codes: how long they are good, how often they can be wrong, and how many are sent."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tocsin.domain.verification import (
    A_DAY,
    CODE_LIFE,
    MAX_TRIES,
    ORGANIZATION_A_DAY,
    REST,
    WINDOW,
    Outcome,
    Pending,
    judge,
    room_at,
    tries_left,
)

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
ages = st.integers(0, int(WINDOW.total_seconds()) - 1).map(lambda s: NOW - timedelta(seconds=s))
sent = st.lists(ages, max_size=A_DAY + 3).map(lambda found: sorted(found, reverse=True))


def test_a_code_is_good_for_a_quarter_of_an_hour_and_five_tries() -> None:
    assert timedelta(minutes=15) == CODE_LIFE
    assert judge(Pending(NOW + CODE_LIFE, 0), matches=True, now=NOW) is Outcome.RIGHT
    assert judge(Pending(NOW, 0), matches=True, now=NOW) is Outcome.OVER
    assert judge(Pending(None, 0), matches=True, now=NOW) is Outcome.OVER
    tries = [judge(Pending(NOW + CODE_LIFE, n), matches=False, now=NOW) for n in range(MAX_TRIES + 1)]
    assert tries == [Outcome.WRONG] * 5 + [Outcome.OVER]
    assert judge(Pending(NOW + CODE_LIFE, MAX_TRIES), matches=True, now=NOW) is Outcome.OVER
    assert [tries_left(Pending(NOW, n)) for n in range(6)] == [4, 3, 2, 1, 0, 0]


@given(sent, sent)
def test_there_is_room_when_both_have_some(of_method: list[datetime], of_all: list[datetime]) -> None:
    at = room_at(of_method, of_all, NOW)
    assert at >= NOW
    assert all(at >= s + REST for s in of_method)
    assert sum(s > at - WINDOW for s in of_method) < A_DAY
    if len(of_method) < A_DAY and all(s + REST <= NOW for s in of_method):
        assert at == NOW


def test_an_organization_that_has_sent_too_many_waits_too() -> None:
    first = NOW - timedelta(hours=23)
    assert room_at([], [NOW - REST] * (ORGANIZATION_A_DAY - 1) + [first], NOW) == first + WINDOW
    assert room_at([], [NOW - REST] * (ORGANIZATION_A_DAY - 1), NOW) == NOW
