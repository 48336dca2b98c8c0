"""Who may do what: the tables are total, roles stand above each other, and nothing widens what somebody has."""

from collections.abc import Collection
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.domain.permission import (
    GRANTS,
    RANKS,
    TEAM_GRANTS,
    Access,
    Group,
    Permission,
    Role,
    TeamRole,
    allows,
    allows_in_team,
    lesser,
    may_grant,
    outlives,
    within,
    within_scope,
)

BY_RANK = sorted(Role, key=RANKS.__getitem__)
SCOPES = st.tuples(st.sampled_from(Access), st.none() | st.frozensets(st.sampled_from(Group)))


def allowed(role: Role) -> set[Permission]:
    return {permission for permission in Permission if allows(role, permission)}


def test_the_tables_are_total() -> None:
    assert set(GRANTS) == {(role, permission) for role in Role for permission in Permission}
    assert set(TEAM_GRANTS) == {(role, permission) for role in TeamRole for permission in Permission}
    assert set(RANKS) == set(Role)
    assert {permission.group for permission in Permission} == set(Group)


def test_who_stands_higher_may_strictly_more() -> None:
    assert BY_RANK == [Role.VIEWER, Role.RESPONDER, Role.ADMIN, Role.OWNER]
    for low, high in pairwise(BY_RANK):
        assert allowed(low) < allowed(high)
    assert allowed(Role.OWNER) == set(Permission)


def test_viewers_change_nothing_and_responders_only_answer() -> None:
    assert all(permission.is_read for permission in allowed(Role.VIEWER))
    changing = {permission for permission in allowed(Role.RESPONDER) if not permission.is_read}
    assert changing == {
        Permission.RESPOND,
        Permission.OVERRIDE_SCHEDULES,
        Permission.WRITE_MAINTENANCE,
        Permission.WRITE_OWN_CONTACT_METHODS,
        Permission.WRITE_OWN_KEYS,
        Permission.RUN_MONITORS,
        Permission.REPORT_STATUS,
        Permission.SIMULATE,
    }


def test_an_organization_is_exported_and_ended_by_its_owners_alone() -> None:
    ours = {permission for permission in Permission if not allows(Role.ADMIN, permission)}
    assert ours == {Permission.EXPORT_ORGANIZATION, Permission.END_ORGANIZATION}


def test_leads_change_what_is_their_teams_and_members_no_more_than_their_role() -> None:
    leads = {permission for permission in Permission if allows_in_team(TeamRole.LEAD, permission)}
    assert leads == {
        Permission.WRITE_TEAMS,
        Permission.WRITE_SERVICES,
        Permission.WRITE_POLICIES,
        Permission.OVERRIDE_SCHEDULES,
        Permission.WRITE_SCHEDULES,
        Permission.WRITE_EVENT_RULES,
        Permission.WRITE_MONITORS,
    }
    for role in (TeamRole.MEMBER, None):
        assert not any(allows_in_team(role, permission) for permission in Permission)


@pytest.mark.parametrize("permission", Permission)
def test_what_counts_as_reading_says_so(permission: Permission) -> None:
    assert permission.is_read == (permission.name.startswith(("READ_", "EXPORT_")))


@given(st.sampled_from(Role), st.sampled_from(Role))
def test_nobody_gives_what_they_have_not(giver: Role, given_role: Role) -> None:
    assert may_grant(giver, given_role) == (allowed(given_role) <= allowed(giver))
    assert allowed(lesser(giver, given_role)) == allowed(giver) & allowed(given_role)


@given(st.sampled_from(Permission), SCOPES)
def test_a_scope_only_ever_narrows(permission: Permission, scope: tuple[Access, Collection[Group] | None]) -> None:
    access, groups = scope
    assert within_scope(permission, Access.WRITE, None)
    fits = within_scope(permission, access, groups)
    assert not fits or groups is None or permission.group in groups
    assert not fits or permission.is_read or access is Access.WRITE
    assert not within_scope(permission, access, ())


@given(SCOPES, SCOPES)
def test_a_scope_within_another_allows_nothing_more(
    one: tuple[Access, Collection[Group] | None], other: tuple[Access, Collection[Group] | None]
) -> None:
    more = [p for p in Permission if within_scope(p, *one) and not within_scope(p, *other)]
    if within(*one, *other):
        assert more == []


@given(*[st.none() | st.datetimes(timezones=st.just(UTC))] * 2)
def test_a_key_that_never_expires_outlives_every_other(one: datetime | None, other: datetime | None) -> None:
    forever = datetime.max.replace(tzinfo=UTC)
    assert outlives(one, other) == ((one or forever) > (other or forever))
