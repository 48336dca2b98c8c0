"""The lifecycle of an incident: the table is total, and only reopening leads out of resolved."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.domain.incident import (
    STARTING_OVER,
    TRANSITIONS,
    Action,
    Severity,
    Status,
    Urgency,
    UrgencySetting,
    WrongStatus,
    offered,
    resolves_at,
    transition,
    urgency_of,
)

ALL = list(product(Status, Action))
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
DURATIONS = st.timedeltas(timedelta(0), timedelta(days=30))


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
    assert action.replace("_", " ") in str(refused.value)


def test_the_table_names_only_what_exists() -> None:
    assert set(TRANSITIONS) <= set(ALL)
    assert set(TRANSITIONS.values()) <= set(Status)


def test_only_reopening_leads_out_of_resolved() -> None:
    assert [key for key in TRANSITIONS if key[0] is Status.RESOLVED] == [(Status.RESOLVED, Action.REOPEN)]


def test_what_each_action_leads_to() -> None:
    stays = {Status.TRIGGERED, Status.ACKNOWLEDGED}
    assert {action: {after for (_, a), after in TRANSITIONS.items() if a is action} for action in Action} == {
        Action.ACKNOWLEDGE: {Status.ACKNOWLEDGED},
        Action.UNACKNOWLEDGE: {Status.TRIGGERED},
        Action.RESOLVE: {Status.RESOLVED},
        Action.REOPEN: {Status.TRIGGERED},
        Action.REASSIGN: {Status.TRIGGERED},
        Action.SNOOZE: stays,
        Action.UNSNOOZE: {Status.TRIGGERED},
        Action.ESCALATE: {Status.TRIGGERED},
        Action.HOLD: {Status.TRIGGERED},
        Action.RESUME: {Status.TRIGGERED},
        Action.ADD_RESPONDERS: stays,
        Action.SET_URGENCY: stays,
    }


def test_an_open_incident_can_always_be_resolved_and_reassigned() -> None:
    for status in (Status.TRIGGERED, Status.ACKNOWLEDGED):
        assert transition(status, Action.RESOLVE) is Status.RESOLVED
        assert transition(status, Action.REASSIGN) is Status.TRIGGERED


@given(st.lists(st.sampled_from(Action)))
def test_whatever_is_done_what_starts_over_ends_triggered(actions: list[Action]) -> None:
    status = Status.TRIGGERED
    for action in actions:
        if (status, action) in TRANSITIONS:
            status = transition(status, action)
            assert status is Status.TRIGGERED or action not in STARTING_OVER


def test_an_acknowledge_counts_once() -> None:
    after = transition(Status.TRIGGERED, Action.ACKNOWLEDGE)
    with pytest.raises(WrongStatus):
        transition(after, Action.ACKNOWLEDGE)


@pytest.mark.parametrize(("status", "action"), ALL)
@pytest.mark.parametrize(("snoozed", "escalating"), list(product((False, True), repeat=2)))
def test_nothing_is_offered_that_would_be_refused(
    status: Status, action: Action, snoozed: bool, escalating: bool
) -> None:
    if offered(status, action, snoozed=snoozed, escalating=escalating):
        assert (status, action) in TRANSITIONS
        assert snoozed or action is not Action.UNSNOOZE
        assert escalating or action not in {Action.ESCALATE, Action.HOLD}


def test_how_urgent_an_incident_is() -> None:
    by_severity = {severity: urgency_of(UrgencySetting.BY_SEVERITY, severity) for severity in Severity}
    assert by_severity == {
        Severity.CRITICAL: Urgency.HIGH,
        Severity.ERROR: Urgency.HIGH,
        Severity.WARNING: Urgency.LOW,
        Severity.INFO: Urgency.LOW,
    }
    for severity in Severity:
        assert urgency_of(UrgencySetting.HIGH, severity) is Urgency.HIGH
        assert urgency_of(UrgencySetting.LOW, severity) is Urgency.LOW


@given(DURATIONS)
def test_an_incident_resolves_itself_after_a_silence_if_its_service_says_so(silence: timedelta) -> None:
    assert resolves_at(NOW, silence) == NOW + silence
    assert resolves_at(NOW, None) is None
