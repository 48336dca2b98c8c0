"""What notification rules must be like, and whom they page by what."""

from datetime import timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from tocsin.domain.escalation import PolicyStep, Target, TargetKind
from tocsin.domain.incident import Urgency
from tocsin.domain.notification_rules import MAX_DELAY_SECONDS, MAX_RULES, RuleDraft, check, ordered
from tocsin.domain.recipients import Directory, Method, Person, reach, rule_name

MINE, OFF, THEIRS = UUID(int=1), UUID(int=2), UUID(int=3)
METHODS = {MINE: True, OFF: False}
drafts = st.builds(RuleDraft, st.sampled_from([MINE, OFF, THEIRS]), st.integers(-5, MAX_DELAY_SECONDS + 5))


def problems(*wanted: RuleDraft) -> dict[str, str]:
    return {problem.field: problem.reason for problem in check(wanted, METHODS)}


def test_what_is_wrong_is_said_where_it_is() -> None:
    assert problems(RuleDraft(MINE, 0), RuleDraft(MINE, MAX_DELAY_SECONDS)) == {}
    assert "DELETE" in problems()["rules"]
    assert problems(RuleDraft(THEIRS, 0)) == {
        "rules[0].contact_method_id": "is not the id of a contact method of this member"
    }
    assert "switched off" in problems(RuleDraft(MINE, 0), RuleDraft(OFF, 0))["rules[1].contact_method_id"]
    assert "0 to 86400" in problems(RuleDraft(MINE, -1))["rules[0].delay_seconds"]
    assert "0 to 86400" in problems(RuleDraft(MINE, 86_401))["rules[0].delay_seconds"]
    assert list(problems(RuleDraft(MINE, 5), RuleDraft(MINE, 5))) == ["rules[1]"]
    assert "1 to 20" in problems(*(RuleDraft(MINE, n) for n in range(MAX_RULES + 1)))["rules"]


@given(st.lists(drafts, max_size=MAX_RULES + 2))
def test_rules_are_right_or_every_wrong_one_is_named(wanted: list[RuleDraft]) -> None:
    right = (
        0 < len(wanted) <= MAX_RULES
        and len(set(wanted)) == len(wanted)
        and all(d.contact_method_id == MINE and 0 <= d.delay_seconds <= MAX_DELAY_SECONDS for d in wanted)
    )
    assert (check(wanted, METHODS) == []) is right


@given(st.lists(drafts, max_size=MAX_RULES))
def test_they_are_carried_out_by_delay(wanted: list[RuleDraft]) -> None:
    found = ordered(wanted)
    assert sorted(found, key=wanted.index) == sorted(wanted, key=wanted.index)
    assert [d.delay_seconds for d in found] == sorted(d.delay_seconds for d in wanted)


methods = st.builds(
    Method,
    st.sampled_from(["email", "webhook", "slack", "sms"]),
    st.uuids(),
    delay=st.integers(0, MAX_DELAY_SECONDS).map(lambda s: timedelta(seconds=s)),
)


@given(
    st.lists(methods, max_size=4).map(tuple),
    st.dictionaries(st.sampled_from(list(Urgency)), st.lists(methods, max_size=4).map(tuple)),
    st.sampled_from(list(Urgency)),
)
def test_a_person_with_any_method_is_reached_whatever_their_rules(
    all_of_them: tuple[Method, ...], rules: dict[Urgency, tuple[Method, ...]], urgency: Urgency
) -> None:
    person = Person(UUID(int=9), "Alice", all_of_them, {str(u): found for u, found in rules.items()})
    step = PolicyStep(UUID(int=1), timedelta(0), (Target(TargetKind.USER, str(person.user_id)),))
    found = reach(step, Directory({person.user_id: person}), urgency)
    wanted = rules.get(urgency) or all_of_them
    assert [r.methods for r in found.recipients] == ([wanted] if wanted else [])
    assert bool(found.unreachable) is not bool(wanted)


def test_a_rule_keeps_its_name_however_often_it_is_written_anew() -> None:
    assert rule_name(Urgency.LOW, timedelta(minutes=2)) == "low:120"
