"""How long a mail is tried, and that no key is made wider than the one it is made with."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tocsin.domain.invitation import FIRST_RETRY, LAST_TRY, next_try
from tocsin.domain.permission import Access, Group, Permission, within, within_scope

WRITTEN = datetime(2026, 11, 21, 9, tzinfo=UTC)
SCOPES = st.tuples(st.sampled_from(Access), st.none() | st.sets(st.sampled_from(Group)))


@given(st.timedeltas(timedelta(0), timedelta(days=3)), st.none() | st.timedeltas(timedelta(0), timedelta(days=400)))
def test_a_mail_is_tried_ever_more_seldom_and_not_for_ever(age: timedelta, wish: timedelta | None) -> None:
    now = WRITTEN + age
    again = next_try(WRITTEN, now, wish)
    if age >= LAST_TRY:
        assert again is None
    else:
        assert again is not None
        assert max(FIRST_RETRY, age) <= again - now <= LAST_TRY
        assert again - now >= min(wish or FIRST_RETRY, LAST_TRY)


def test_a_mail_that_nobody_takes_is_tried_about_a_dozen_times() -> None:
    now, tries = WRITTEN, 1
    while (again := next_try(WRITTEN, now)) is not None:
        now, tries = again, tries + 1
    assert 10 <= tries <= 15


@given(SCOPES, SCOPES, st.sampled_from(Permission))
def test_what_is_within_a_scope_allows_nothing_beyond_it(
    narrow: tuple[Access, set[Group] | None], wide: tuple[Access, set[Group] | None], permission: Permission
) -> None:
    if within(*narrow, *wide) and within_scope(permission, *narrow):
        assert within_scope(permission, *wide)


@given(SCOPES)
def test_every_scope_is_within_itself_and_within_the_widest(scope: tuple[Access, set[Group] | None]) -> None:
    assert within(*scope, *scope)
    assert within(*scope, Access.WRITE, None)
