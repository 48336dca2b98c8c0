"""Lint: each finding from the least that makes it, and none from an organization that is in order."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from tocsin.domain.coverage import Span, hours, outside, union
from tocsin.domain.escalation import Plan, PolicyStep, Target, TargetKind, Who
from tocsin.domain.findings import Code, Finding, Level, Whole
from tocsin.domain.incident import UrgencySetting
from tocsin.domain.lint import Duty, Gathered, Key, Member, Policy, Roster, Rule, Rules, Service, lint
from tocsin.domain.step_condition import Conditions, Times

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
ALICE, BOB, TEAM, ROTA, POLICY = (uuid4() for _ in range(5))
WHOLE = (Duty(NOW, NOW + timedelta(days=7), ALICE),)


def user(user_id: UUID) -> Target:
    return Target(TargetKind.USER, str(user_id))


def rota(who: Who = Who.NOW) -> Target:
    return Target(TargetKind.SCHEDULE, str(ROTA), who)


def step(*targets: Target, conditions: Conditions | None = None) -> PolicyStep:
    return PolicyStep(uuid4(), timedelta(0), targets, conditions=conditions or Conditions())


def gathered(*steps: PolicyStep, **other: object) -> Gathered:
    """An organization with one service, whose policy has these steps; both people can be reached."""
    found = Gathered(
        has_fallback=True,
        services=[Service(uuid4(), "checkout", POLICY, UrgencySetting.BY_SEVERITY)],
        policies=[Policy(POLICY, "shop", Plan(steps or (step(user(ALICE)),), 1, timedelta(minutes=5)))],
        members={ALICE: Member(ALICE, "Alice", 1, 1), BOB: Member(BOB, "Bob", 1, 1)},
        teams={TEAM: (ALICE, BOB)},
        rosters={ROTA: Roster(ROTA, "rota", WHOLE)},
    )
    return replace(found, **other)


def told(found: Gathered) -> list[tuple[Code, str]]:
    return [(f.code, f.subject.name) for f in lint(found, NOW)]


def only(found: Gathered) -> Finding:
    (finding,) = lint(found, NOW)
    return finding


def test_what_is_in_order_has_no_finding() -> None:
    assert lint(gathered(step(user(ALICE)), step(rota()), step(Target(TargetKind.TEAM, str(TEAM)))), NOW) == []


def test_a_service_without_a_policy_says_who_is_paged_instead() -> None:
    lone = Service(uuid4(), "search", None, UrgencySetting.HIGH)
    found = gathered(services=[*gathered().services, lone])
    assert "fallback contact alone" in only(found).reason
    assert only(found).level is Level.ERROR
    (without, policy) = lint(replace(found, has_fallback=False), NOW)
    assert "page nobody" in without.reason
    assert policy.code is Code.POLICY_WITHOUT_FALLBACK


def test_a_fallback_of_its_own_is_enough_for_a_policy() -> None:
    plan = Plan((step(user(ALICE)),), 1, timedelta(minutes=5), fallback=(user(BOB),))
    assert lint(gathered(policies=[Policy(POLICY, "shop", plan)], has_fallback=False), NOW) == []


def test_a_policy_nobody_uses_and_one_without_steps() -> None:
    other = Policy(uuid4(), "other", Plan((), 1, timedelta(0)))
    found = gathered(policies=[*gathered().policies, other])
    assert told(found) == [(Code.POLICY_WITHOUT_STEPS, "other"), (Code.POLICY_UNUSED, "other")]
    rule = Rule(uuid4(), "to other", "true", False, policy_id=other.policy_id)
    assert told(replace(found, rules=[Rules("organization", [rule])])) == [(Code.POLICY_WITHOUT_STEPS, "other")]


def test_a_step_for_what_never_comes_is_unreachable() -> None:
    for_low = step(user(ALICE), conditions=Conditions(urgencies=("low",)))
    urgent = [replace(gathered().services[0], urgency=UrgencySetting.HIGH)]
    assert told(gathered(for_low, services=urgent)) == [(Code.STEP_UNREACHABLE, "shop, step 1")]
    assert told(gathered(for_low)) == []
    contrary = step(user(ALICE), conditions=Conditions(severities=("critical",), urgencies=("low",)))
    assert told(gathered(contrary)) == [(Code.STEP_UNREACHABLE, "shop, step 1")]
    setting = Rules("organization", [Rule(uuid4(), "calm", "true", True, sets_urgency=True)])
    assert told(gathered(contrary, rules=[setting])) == []


def test_a_step_that_reaches_nobody_names_each_target() -> None:
    away = gathered(step(user(uuid4()), Target(TargetKind.DESTINATION, str(uuid4()))))
    assert told(away) == [
        (Code.STEP_REACHES_NOBODY, "shop, step 1"),
        (Code.TARGET_REACHES_NOBODY, "shop, step 1"),
        (Code.TARGET_REACHES_NOBODY, "shop, step 1"),
    ]
    gone = replace(away, destinations=frozenset({UUID(away.policies[0].plan.steps[0].targets[1].value)}))
    assert told(gone) == [(Code.TARGET_REACHES_NOBODY, "shop, step 1")]


def test_a_gap_of_a_schedule_is_told_of_the_schedule_and_of_the_step() -> None:
    at = NOW + timedelta(days=2)
    duties = (
        Duty(NOW, at, ALICE),
        Duty(at, at + timedelta(hours=3), None),
        Duty(at + timedelta(hours=3), NOW + timedelta(days=7), BOB),
    )
    found = gathered(step(rota()), rosters={ROTA: Roster(ROTA, "rota", duties)})
    gap, of_step = lint(found, NOW)
    assert (gap.code, of_step.code) == (Code.SCHEDULE_GAP, Code.STEP_REACHES_NOBODY_AT_TIMES)
    assert "3 h of this week, first from 2026-11-22 12:00 UTC until 2026-11-22 15:00 UTC" in gap.reason
    assert "3 h" in of_step.reason
    assert told(gathered(step(rota(), user(BOB)), rosters=found.rosters)) == [(Code.SCHEDULE_GAP, "rota")]


def test_a_gap_outside_the_hours_of_a_step_is_none_of_its_own() -> None:
    """The step is for Mondays; the gap is on Sunday."""
    sunday = datetime(2026, 11, 22, tzinfo=UTC)
    duties = (Duty(NOW, sunday, ALICE), Duty(sunday + timedelta(days=1), NOW + timedelta(days=7), ALICE))
    times = Conditions(times=(Times(("monday",), 0, 0),))
    found = gathered(step(rota(), conditions=times), rosters={ROTA: Roster(ROTA, "rota", duties)})
    assert told(found) == [(Code.SCHEDULE_GAP, "rota")]
    on_sunday = Conditions(times=(Times(("sunday",), 0, 0),))
    for_sundays = gathered(step(rota(), conditions=on_sunday), rosters=found.rosters)
    assert Code.STEP_REACHES_NOBODY in [code for code, _ in told(for_sundays)]


def test_a_schedule_without_anybody_and_one_whose_people_have_no_contact() -> None:
    nobody = gathered(step(rota(), user(BOB)), rosters={ROTA: Roster(ROTA, "rota", ())})
    assert told(nobody) == [(Code.SCHEDULE_REACHES_NOBODY, "rota"), (Code.TARGET_REACHES_NOBODY, "shop, step 1")]
    mute = {ALICE: Member(ALICE, "Alice", 0, 0), BOB: Member(BOB, "Bob", 1, 1)}
    found = told(gathered(step(rota(Who.NEXT), user(BOB)), members=mute))
    assert found == [(Code.PERSON_WITHOUT_CONTACT, "Alice"), (Code.TARGET_REACHES_NOBODY, "shop, step 1")]


def test_whom_nothing_pages_is_told_of_more_quietly() -> None:
    members = {ALICE: Member(ALICE, "Alice", 2, 0), BOB: Member(BOB, "Bob", 0, 0)}
    paged, other = lint(gathered(members=members), NOW)
    assert (paged.code, paged.level) == (Code.PERSON_WITHOUT_VERIFIED_CONTACT, Level.WARNING)
    assert (other.code, other.level) == (Code.PERSON_WITHOUT_CONTACT, Level.INFO)


def test_a_rule_after_one_that_always_matches_is_shadowed() -> None:
    first, every, again = (Rule(uuid4(), name, text, False) for name, text in (("a", "x"), ("b", None), ("c", "y")))
    assert told(gathered(rules=[Rules("organization", [first, every, again])])) == [
        (Code.RULE_SHADOWED, "organization, c")
    ]
    going_on = replace(every, goes_on=True)
    assert told(gathered(rules=[Rules("organization", [first, going_on, again])])) == []
    same = replace(again, condition="x")
    shadowed = only(gathered(rules=[Rules("checkout", [first, same], service_id := uuid4())]))
    assert "same condition" in shadowed.reason
    assert shadowed.subject.part_of == Whole("service", service_id)
    assert told(gathered(rules=[Rules("organization", [first]), Rules("checkout", [same])])) == []


def test_a_routing_key_has_a_week_for_its_first_event() -> None:
    old = Key(uuid4(), "…abcd", NOW - timedelta(days=7), None, uuid4())
    fresh, used = replace(old, created_at=NOW - timedelta(days=6)), replace(old, last_used_at=NOW)
    assert told(gathered(keys=[old, fresh, used])) == [(Code.ROUTING_KEY_UNUSED, "…abcd")]
    assert only(gathered(keys=[old])).subject.part_of == Whole("integration", old.integration_id)


SPANS = st.lists(
    st.tuples(st.integers(0, 300), st.integers(0, 300)).map(
        lambda pair: Span(NOW + timedelta(minutes=pair[0]), NOW + timedelta(minutes=pair[1]))
    )
)
WHOLE_SPAN = Span(NOW + timedelta(minutes=30), NOW + timedelta(minutes=200))


@given(SPANS)
def test_spans_and_what_they_leave_bare_are_as_counted_by_the_minute(spans: list[Span]) -> None:
    bare = outside(WHOLE_SPAN, union(spans))
    counted = hours(WHOLE_SPAN, lambda at: not any(s.starts_at <= at < s.ends_at for s in spans), is_constant=False)
    assert bare == counted
    assert union(bare) == bare
