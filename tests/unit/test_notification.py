"""When a page is tried again, and when it is given up."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.domain.notification import (
    GIVE_UP_AFTER,
    LONGEST_WAIT,
    MAX_ATTEMPTS,
    RETRY_DELAYS,
    GiveUp,
    TryAgain,
    after_silence,
    after_temporary_failure,
)

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


def decide(attempts: int, age: timedelta = timedelta(0), wish: timedelta | None = None) -> TryAgain | GiveUp:
    return after_temporary_failure(attempts=attempts, wanted_at=NOW - age, now=NOW, retry_after=wish)


def test_the_waits_grow_and_stay_within_the_longest() -> None:
    waits = [decision.at - NOW for n in range(1, MAX_ATTEMPTS) if isinstance(decision := decide(n), TryAgain)]
    assert waits == list(RETRY_DELAYS)
    assert waits == sorted(set(waits))
    assert max(waits) <= LONGEST_WAIT


def test_all_attempts_together_fit_into_the_time_a_page_is_worth_sending() -> None:
    assert sum(RETRY_DELAYS, timedelta(0)) < GIVE_UP_AFTER


@pytest.mark.parametrize("attempts", [MAX_ATTEMPTS, MAX_ATTEMPTS + 1, 100])
def test_too_many_attempts_are_given_up(attempts: int) -> None:
    assert decide(attempts) == GiveUp("attempts_exhausted")
    assert decide(attempts, wish=timedelta(0)) == GiveUp("attempts_exhausted")


def test_before_any_attempt_is_counted_the_first_wait_holds() -> None:
    assert decide(0) == TryAgain(NOW + RETRY_DELAYS[0])


def test_the_providers_wish_takes_the_waits_place() -> None:
    assert decide(1, wish=timedelta(seconds=77)) == TryAgain(NOW + timedelta(seconds=77))
    assert decide(7, wish=timedelta(seconds=1)) == TryAgain(NOW + timedelta(seconds=1))
    assert decide(1, wish=timedelta(seconds=-9)) == TryAgain(NOW)
    assert decide(1, wish=LONGEST_WAIT) == TryAgain(NOW + LONGEST_WAIT)
    assert decide(1, wish=LONGEST_WAIT + timedelta(seconds=1)) == GiveUp("retry_after_too_long")


def test_a_page_that_would_be_too_old_is_given_up() -> None:
    assert decide(1, age=GIVE_UP_AFTER - RETRY_DELAYS[0]) == TryAgain(NOW + RETRY_DELAYS[0])
    assert decide(1, age=GIVE_UP_AFTER - RETRY_DELAYS[0] + timedelta(microseconds=1)) == GiveUp("too_old")


@given(
    st.integers(0, 20),
    st.timedeltas(min_value=timedelta(0), max_value=timedelta(hours=2)),
    st.none() | st.timedeltas(min_value=timedelta(days=-1), max_value=timedelta(days=1)),
)
def test_never_beyond_the_limits(attempts: int, age: timedelta, wish: timedelta | None) -> None:
    decision = decide(attempts, age, wish)
    if isinstance(decision, TryAgain):
        assert attempts < MAX_ATTEMPTS
        assert NOW <= decision.at <= min(NOW + LONGEST_WAIT, NOW - age + GIVE_UP_AFTER)
        if wish is not None:
            assert decision.at == NOW + max(wish, timedelta(0))
    else:
        assert decision.reason in {"attempts_exhausted", "retry_after_too_long", "too_old"}


def test_a_silent_attempt_is_repeated_once() -> None:
    assert after_silence(uncertain_count=0, now=NOW) == TryAgain(NOW)
    for count in (1, 2, 9):
        assert after_silence(uncertain_count=count, now=NOW) == GiveUp("outcome_unknown_twice")
