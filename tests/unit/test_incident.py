"""The lifecycle of an incident: the table is total, and nothing leads out of resolved."""

from itertools import product

import pytest

from tocsin.domain.incident import TRANSITIONS, Action, Status, WrongStatus, transition

ALL = list(product(Status, Action))


@pytest.mark.parametrize(("status", "action"), ALL)
def test_every_action_from_every_status_leads_somewhere_or_is_refused_by_name(status: Status, action: Action) -> None:
    if (status, action) in TRANSITIONS:
        assert transition(status, action) is TRANSITIONS[status, action]
        return
    with pytest.raises(WrongStatus) as refused:
        transition(status, action)
    assert (refused.value.status, refused.value.action) == (status, action)
    assert refused.value.code == "wrong_status"
    assert status in str(refused.value)
    assert action in str(refused.value)


def test_the_table_names_only_what_exists() -> None:
    assert set(TRANSITIONS) <= set(ALL)
    assert set(TRANSITIONS.values()) <= set(Status)


def test_nothing_leads_out_of_resolved() -> None:
    assert [key for key in TRANSITIONS if key[0] is Status.RESOLVED] == []


def test_what_each_action_leads_to() -> None:
    assert {action: {after for (_, a), after in TRANSITIONS.items() if a is action} for action in Action} == {
        Action.ACKNOWLEDGE: {Status.ACKNOWLEDGED},
        Action.RESOLVE: {Status.RESOLVED},
        Action.REASSIGN: {Status.TRIGGERED},
    }


def test_an_open_incident_can_always_be_resolved_and_reassigned() -> None:
    for status in (Status.TRIGGERED, Status.ACKNOWLEDGED):
        assert transition(status, Action.RESOLVE) is Status.RESOLVED
        assert transition(status, Action.REASSIGN) is Status.TRIGGERED


def test_an_acknowledge_counts_once() -> None:
    after = transition(Status.TRIGGERED, Action.ACKNOWLEDGE)
    with pytest.raises(WrongStatus):
        transition(after, Action.ACKNOWLEDGE)
