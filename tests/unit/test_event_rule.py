"""Event rules as pure functions: which rule decides, what several that go on come to, and what mutes."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.domain.dependency import cycle
from tocsin.domain.event_rule import (
    LOOK_AGAIN,
    Actions,
    Book,
    Condition,
    ConditionFailed,
    Down,
    Facts,
    Grouping,
    Rule,
    RuleSet,
    Variables,
    decide,
    variables,
)
from tocsin.domain.incident import Severity, Urgency
from tocsin.domain.labels import MAX_LABELS, MAX_TEXT, labels
from tocsin.domain.maintenance import ActiveWindow, Scope, WindowKind

NOW = datetime(2026, 11, 21, 13, 5, tzinfo=UTC)
SERVICE, OTHER = UUID(int=1), UUID(int=2)


def facts(**found: str) -> Facts:
    return Facts(
        "disk", None, Severity.ERROR, "disk", "trigger", "events_v2", found, (SERVICE, "db"), (UUID(int=3), "prom")
    )


def fail(_: Variables) -> bool:
    raise ConditionFailed("there is no region")


def rule(name: str, holds: bool | Condition | None, *, goes_on: bool = False, **does: object) -> Rule:
    condition: Condition | None = (lambda _: holds) if isinstance(holds, bool) else holds
    return Rule(uuid4(), name, condition, Actions(**does), goes_on)  # pyright: ignore[reportArgumentType]


def rules(*of: Rule, service: tuple[UUID, str] | None = None) -> RuleSet:
    return RuleSet(uuid4(), 7, "Europe/Berlin", of, service)


def window(ends: int, scope: Scope | None = None) -> ActiveWindow:
    return ActiveWindow(uuid4(), WindowKind.SILENCE, f"w{ends}", scope or Scope(), NOW + timedelta(minutes=ends))


def test_the_first_rule_that_matches_decides() -> None:
    book = Book(rules(rule("no", False, suppress=True), rule("yes", True, severity=Severity.INFO), rule("late", None)))
    found = decide(book, facts(), NOW)
    assert (found.severity, found.mute, [line["rule"] for line in found.trace]) == (Severity.INFO, None, ["yes"])
    assert found.trace[0]["version"] == 7


def test_rules_that_go_on_add_up_and_the_service_s_own_come_after() -> None:
    own = rules(rule("own", True, urgency=Urgency.LOW, severity=Severity.WARNING), service=(OTHER, "web"))
    first = rule("route", True, goes_on=True, service_id=OTHER, severity=Severity.CRITICAL)
    book = Book(rules(first, rule("hold", True, hold=timedelta(seconds=30))), {OTHER: own, SERVICE: rules()})
    found = decide(book, facts(), NOW)
    assert (found.service_id, found.severity, found.urgency) == (OTHER, Severity.WARNING, Urgency.LOW)
    assert found.hold == timedelta(seconds=30)
    assert [line.get("rules_of") for line in found.trace] == ["organization", "organization", f"service:{OTHER}", None]


def test_the_service_s_rules_see_what_those_before_have_made_of_it() -> None:
    seen: list[Variables] = []

    def look(known: Variables) -> bool:
        seen.append(known)
        return True

    before = rules(rule("route", True, service_id=OTHER, severity=Severity.INFO))
    decide(Book(before, {OTHER: rules(rule("own", look), service=(OTHER, "web"))}), facts(), NOW)
    assert seen[0]["service"] == {"id": str(OTHER), "name": "web"}
    assert seen[0]["event"]["severity"] == "info"  # pyright: ignore[reportIndexIssue]


def test_a_condition_without_an_answer_does_not_match_and_is_told() -> None:
    found = decide(Book(rules(rule("broken", fail, suppress=True))), facts(), NOW)
    assert found.mute is None
    assert [(line["decision"], line["reason"]) for line in found.trace] == [
        ("rule_failed", "its condition has no answer: there is no region"),
        ("no_rule_matched", "none of 1 rules matches"),
    ]


def test_of_the_windows_that_cover_it_the_one_that_ends_last_mutes() -> None:
    other = Scope(frozenset({OTHER}))
    host = Scope(frozenset({SERVICE}), {"host": "a"})
    book = Book(windows=(window(5), window(90, other), window(60, host), window(70, Scope(labels={"host": "b"}))))
    found = decide(book, facts(host="a"), NOW).mute
    assert found is not None
    assert (found.until, "w60" in found.reason) == (NOW + timedelta(minutes=60), True)


def test_what_a_service_depends_on_mutes_it_and_a_rule_that_suppresses_comes_first() -> None:
    down = Down(OTHER, "database", uuid4(), 12)
    book = Book(above={SERVICE: frozenset({OTHER})}, down={OTHER: down})
    found = decide(book, facts(), NOW).mute
    assert found is not None
    assert (found.by, found.until) == (f"incident:{down.incident_id}", NOW + LOOK_AGAIN)
    assert found.reason == "the service depends on database, which has incident #12 open"
    book = Book(rules(rule("quiet", True, suppress=True)), above=book.above, down=book.down)
    suppressed = decide(book, facts(), NOW).mute
    assert suppressed is not None
    assert (suppressed.by.partition(":")[0], suppressed.until) == ("rule", None)


def test_alerts_are_grouped_by_the_values_of_labels() -> None:
    grouping = Grouping(("cluster", "zone"), timedelta(minutes=5))
    book = Book(rules(rule("group", True, group=grouping)))
    keys = [
        found and found.key
        for found in (
            decide(book, facts(**given), NOW).group
            for given in ({"cluster": "a"}, {"cluster": "a", "x": "1"}, {"cluster": "b"}, {"zone": "a"}, {})
        )
    ]
    assert keys[0] == keys[1]
    assert len({*keys}) == 4
    assert keys[4] is None


def test_now_is_told_in_the_zone_of_the_rules() -> None:
    told = variables(facts(), (SERVICE, "db"), "Asia/Kathmandu", datetime(2026, 11, 21, 18, 20, tzinfo=UTC))["now"]
    assert told == {
        "year": 2026,
        "month": 11,
        "day": 22,
        "hour": 0,
        "minute": 5,
        "weekday": "sunday",
        "date": "2026-11-22",
        "time": "00:05",
    }


@given(st.lists(st.tuples(st.booleans(), st.booleans(), st.sampled_from(Severity)), max_size=8))
def test_what_is_decided_is_what_asking_one_by_one_comes_to(drawn: list[tuple[bool, bool, Severity]]) -> None:
    expected = Severity.ERROR
    for holds, goes_on, severity in drawn:
        if holds:
            expected = severity
            if not goes_on:
                break
    made = [rule(str(n), h, goes_on=g, severity=s) for n, (h, g, s) in enumerate(drawn)]
    assert decide(Book(rules(*made)), facts(), NOW).severity is expected


@given(
    st.dictionaries(
        st.sampled_from(["labels", "custom_details", "details", "group", "other"]),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.text(max_size=5),
            lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=3), inner),
        ),
    )
)
def test_whatever_a_payload_holds_labels_are_few_short_texts(payload: dict[str, object]) -> None:
    found = labels(payload)
    assert len(found) <= MAX_LABELS
    assert all(isinstance(v, str) and len(v) <= MAX_TEXT for v in found.values())


def test_labels_come_from_every_protocol() -> None:
    assert labels({"labels": {"a": "1"}, "annotations": {"b": "2"}}) == {"a": "1"}
    assert labels({"custom_details": {"cpu": 91, "ok": True, "gone": None}, "component": "db"}) == {
        "cpu": "91",
        "ok": "true",
        "component": "db",
    }
    assert labels({"details": ["x"]}) == {"details": '["x"]'}


@given(st.dictionaries(st.integers(0, 7), st.frozensets(st.integers(0, 7), max_size=3), max_size=8), st.integers(0, 7))
def test_a_circle_is_a_way_along_dependencies_back_to_its_start(drawn: dict[int, frozenset[int]], start: int) -> None:
    edges = {UUID(int=a): {UUID(int=b) for b in ends} for a, ends in drawn.items()}
    found = cycle(edges, UUID(int=start))
    reached, todo = set[UUID](), [UUID(int=start)]
    while todo:
        for there in edges.get(todo.pop(), ()):
            if there not in reached:
                reached.add(there)
                todo.append(there)
    assert bool(found) == (UUID(int=start) in reached)
    if found:
        assert found[0] == found[-1] == UUID(int=start)
        assert all(there in edges[here] for here, there in pairwise(found))


@pytest.mark.parametrize("ends", [1, 2])
def test_a_circle_of_one_or_two_is_found(ends: int) -> None:
    ids = [UUID(int=n) for n in range(ends)]
    edges = {here: {ids[(n + 1) % ends]} for n, here in enumerate(ids)}
    assert cycle(edges, ids[0]) == (*ids, ids[0])
