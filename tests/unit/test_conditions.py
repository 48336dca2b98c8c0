"""Conditions: what is refused before it is saved, with its place and reason, and what no event can make of the rest."""

import contextlib
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.domain.event_rule import ConditionFailed, Facts, variables
from tocsin.domain.incident import Severity
from tocsin_data import conditions

NOW = datetime(2026, 11, 21, 13, 5, tzinfo=UTC)
ID = UUID(int=1)


def sample(labels: Mapping[str, str]) -> Mapping[str, object]:
    facts = Facts("disk full", None, Severity.ERROR, "disk", "trigger", "events_v2", labels, (ID, "db"), (ID, "prom"))
    return variables(facts, facts.service, "Europe/Berlin", NOW)


SAMPLES = (sample(conditions.largest_labels()), sample({"team": "db", "cpu": "91"}))


def problems(source: str) -> list[str]:
    return list(conditions.problems(source, SAMPLES))


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("", "is empty; leave it out for a rule that matches every event"),
        ("event.severity ==", "can't be read at line 1, character 18: mismatched input the end"),
        ("true &&\n)", "can't be read at line 2, character 1: mismatched input ')'"),
        ("true" + " " * 1_000, "is 1004 characters long; 1000 are possible"),
        ("(" * 21 + "true" + ")" * 21, "is nested more than 20 brackets deep at character 21"),
        ("labels.map(k, k) == []", "uses map, which conditions can't; all, exists, exists_one, filter are possible"),
        ("labels.exists(a, labels.exists(b, a == b))", "has a macro within another at character 31; none can be"),
        (
            "&&".join(["labels.exists(a, a == 'x')"] * 4),
            "has 4 macros (all, exists, exists_one, filter); 3 are possible",
        ),
        ("host == 'db1'", "names host at character 1, which there is not; event, integration, labels, now, service"),
        ("lower(event.summary) == 'x'", "calls lower at character 1, which there is not; contains, double"),
        ("event.summary", "answers str, not true or false; compare it with something"),
        ("false && event.summary.matches('(')", "has a regular expression at character 32 that can't be used"),
    ],
)
def test_what_is_wrong_is_refused_with_its_place_and_reason(source: str, reason: str) -> None:
    (found,) = problems(source)
    assert found.startswith(reason)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("event.severity in ['critical', 'error']", True),
        ("labels.team == 'db' && double(labels.cpu) > 90.0", True),
        ("has(labels.region)", False),
        ("'team' in labels && labels['team'].startsWith('d')", True),
        ("event.summary.matches('^disk .*(full|slow)$')", True),
        ("labels.exists(name, name.startsWith('te'))", True),
        ("now.weekday == 'saturday' && now.hour == 14 && now.time >= '14:00'", True),
        ("service.name == 'db' && integration.name != 'prom'", False),
        ("labels.team == '(((((((((((((((((((((((('", False),
    ],
)
def test_what_may_be_saved_answers(source: str, expected: bool) -> None:
    assert problems(source) == []
    assert conditions.compiled(source)(SAMPLES[1]) is expected


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("labels.region == 'eu'", "there is no region"),
        ("int(event.summary) > 1", "int"),
        ("1 / 0 == 1", "division by zero"),
        ("event.severity ==", "can't be read at line 1"),
    ],
)
def test_what_has_no_answer_says_why(source: str, reason: str) -> None:
    with pytest.raises(ConditionFailed, match=reason):
        conditions.compiled(source)(SAMPLES[1])


@given(st.text(alphabet="labels.existmtch()[]{}!-?:'\"\\&|=+ 19,k", max_size=60))
def test_whatever_is_written_is_refused_or_answers_quickly(source: str) -> None:
    found = problems(source)
    assert all(isinstance(reason, str) for reason in found)
    if found:
        return
    started = time.thread_time()
    with contextlib.suppress(ConditionFailed):
        conditions.compiled(source)(SAMPLES[0])
    assert time.thread_time() - started < 1


def test_the_slowest_shapes_are_bounded() -> None:
    wide = "[" + ",".join("1" for _ in range(300)) + "]"
    worst = f"{wide}.exists(x, labels[string(x)] == 'x')"
    started = time.thread_time()
    problems(worst)
    problems("labels.exists(k, k.matches('^(a|b){1,50}c') && labels[k].matches('(q|x){1,200}w'))")
    assert time.thread_time() - started < 2
