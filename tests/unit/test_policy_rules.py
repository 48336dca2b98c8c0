"""What an escalation policy must be like, rule by rule."""

from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from tocsin.domain.address import is_email, is_http_url
from tocsin.domain.escalation import TargetKind
from tocsin.domain.policy_rules import (
    ConditionsDraft,
    Known,
    PolicyDraft,
    StepDraft,
    TargetDraft,
    TimesDraft,
    canonical,
    check,
    referred,
)

ALICE, OPS, STEP = UUID(int=1), UUID(int=2), UUID(int=3)
ROTA, ROOM = UUID(int=4), UUID(int=5)
KNOWN = Known(users={ALICE}, teams={OPS}, schedules={ROTA}, destinations={ROOM}, steps={STEP})
TO_ALICE = TargetDraft("user", str(ALICE))
TO_OPS = TargetDraft("team", str(OPS))
TO_MAIL = TargetDraft("email", "ops@acme.example")
GOOD = PolicyDraft([StepDraft(0, [TO_ALICE, TO_OPS, TO_MAIL], STEP), StepDraft(300, [TO_OPS])], 3, 600)


def problems(draft: PolicyDraft) -> list[str]:
    return [f"{p.field}: {p.reason}" for p in check(draft, KNOWN)]


def with_target(kind: str, value: str) -> PolicyDraft:
    return replace(GOOD, steps=[StepDraft(0, [TO_ALICE, TargetDraft(kind, value)])])


def test_a_good_policy_has_no_problem() -> None:
    assert problems(GOOD) == []


@pytest.mark.parametrize(
    ("rounds", "delay", "said"),
    [
        (0, 600, ["rounds: is 0; 1 to 10 are possible"]),
        (11, 600, ["rounds: is 11; 1 to 10 are possible"]),
        (1, -1, ["round_delay_seconds: is -1; 0 to 2592000 seconds are possible"]),
        (1, 2_592_001, ["round_delay_seconds: is 2592001; 0 to 2592000 seconds are possible"]),
        (2, 59, ["round_delay_seconds: is 59; between rounds there must be at least 60 seconds"]),
        (2, 60, []),
        (1, 0, []),
        (1, 2_592_000, []),
        (10, 2_592_000, []),
    ],
)
def test_rounds_and_the_wait_between_them(rounds: int, delay: int, said: list[str]) -> None:
    assert problems(replace(GOOD, rounds=rounds, round_delay_seconds=delay)) == said


@pytest.mark.parametrize(("count", "said"), [(0, True), (1, False), (100, False), (101, True)])
def test_how_many_steps(count: int, said: bool) -> None:
    found = problems(replace(GOOD, steps=[StepDraft(60, [TO_ALICE])] * count))
    assert found == ([f"steps: are {count}; 1 to 100 are possible"] if said else [])


@pytest.mark.parametrize(("count", "said"), [(0, True), (1, False), (20, False), (21, True)])
def test_how_many_targets(count: int, said: bool) -> None:
    found = problems(replace(GOOD, steps=[StepDraft(0, [TO_ALICE] * count)]))
    assert found == ([f"steps.0.targets: are {count}; 1 to 20 are possible"] if said else [])


@pytest.mark.parametrize("delay", [-1, 2_592_001])
def test_a_delay_out_of_range(delay: int) -> None:
    found = problems(replace(GOOD, steps=[StepDraft(0, [TO_ALICE]), StepDraft(delay, [TO_ALICE])]))
    assert found == [f"steps.1.delay_seconds: is {delay}; 0 to 2592000 seconds are possible"]


def test_not_everything_at_once() -> None:
    at_once = [StepDraft(30, [TO_ALICE]), StepDraft(0, [TO_OPS]), StepDraft(0, [TO_MAIL])]
    (problem,) = problems(replace(GOOD, steps=at_once))
    assert problem.startswith("steps: would all be taken at once; give a step after the first a delay")
    assert problems(replace(GOOD, steps=[*at_once[:2], StepDraft(1, [TO_MAIL])])) == []
    repeated = StepDraft(0, [TO_ALICE], retries=1, retry_interval_seconds=60)
    by_severity = StepDraft(0, [TO_OPS], conditions=ConditionsDraft(severities=("critical",)))
    assert problems(replace(GOOD, steps=[repeated, at_once[1]])) == []
    assert problems(replace(GOOD, steps=[at_once[0], by_severity])) == []


@pytest.mark.parametrize(
    ("kind", "value", "said"),
    [
        ("user", str(UUID(int=9)), "steps.0.targets.1.value: is not the id of a member of this organization"),
        ("user", "alice", "steps.0.targets.1.value: is not the id of a member of this organization"),
        ("user", str(OPS), "steps.0.targets.1.value: is not the id of a member of this organization"),
        ("team", str(ALICE), "steps.0.targets.1.value: is not the id of a team of this organization"),
        ("schedule", str(ROOM), "steps.0.targets.1.value: is not the id of a schedule of this organization"),
        ("destination", str(ROTA), "steps.0.targets.1.value: is not the id of a destination of this organization"),
        ("email", "ops", "steps.0.targets.1.value: is not an e-mail address, like ops@example.com"),
        ("pager", "1", "steps.0.targets.1.kind: is not known; user, team, email, schedule, destination are possible"),
        ("", "", "steps.0.targets.1.kind: is not known; user, team, email, schedule, destination are possible"),
    ],
)
def test_a_target_that_is_none(kind: str, value: str, said: str) -> None:
    assert problems(with_target(kind, value)) == [said]


def test_steps_keep_only_their_own_ids() -> None:
    strange = replace(GOOD, steps=[StepDraft(0, [TO_ALICE], uuid4())])
    assert problems(strange) == ["steps.0.step_id: names no step of this policy; leave it out for a new step"]
    twice = replace(GOOD, steps=[StepDraft(0, [TO_ALICE], STEP), StepDraft(9, [TO_ALICE], STEP)])
    assert problems(twice) == ["steps.1.step_id: is used by an earlier step; leave it out for a new step"]


@pytest.mark.parametrize(
    ("retries", "interval", "said"),
    [
        (0, 0, []),
        (20, 30, []),
        (3, 2_592_000, []),
        (-1, 0, ["steps.0.retries: is -1; 0 to 20 are possible"]),
        (21, 60, ["steps.0.retries: is 21; 0 to 20 are possible"]),
        (
            1,
            29,
            ["steps.0.retry_interval_seconds: is 29; between repetitions there must be 30 to 2592000 seconds"],
        ),
        (0, -1, ["steps.0.retry_interval_seconds: is -1; 0 to 2592000 seconds are possible"]),
        (0, 2_592_001, ["steps.0.retry_interval_seconds: is 2592001; 0 to 2592000 seconds are possible"]),
    ],
)
def test_how_often_a_step_pages_again(retries: int, interval: int, said: list[str]) -> None:
    step = StepDraft(0, [TO_ALICE], retries=retries, retry_interval_seconds=interval)
    assert problems(replace(GOOD, steps=[step])) == said


@pytest.mark.parametrize(
    ("times", "said"),
    [
        (TimesDraft(("monday",), "09:00", "17:30"), None),
        (TimesDraft(("sunday", "monday"), "22:00", "06:00"), None),
        (TimesDraft((), "09:00", "17:00"), "days"),
        (TimesDraft(("Monday",), "09:00", "17:00"), "days"),
        (TimesDraft(("monday",), "9", "17:00"), "starts"),
        (TimesDraft(("monday",), "09:00", "24:00"), "ends"),
    ],
)
def test_hours_of_days(times: TimesDraft, said: str | None) -> None:
    step = StepDraft(0, [TO_ALICE], conditions=ConditionsDraft(times=(times,)))
    found = [p.field for p in check(replace(GOOD, steps=[step]), KNOWN)]
    assert found == ([f"steps.0.conditions.times.0.{said}"] if said else [])


@pytest.mark.parametrize(("count", "said"), [(20, False), (21, True)])
def test_how_many_hours(count: int, said: bool) -> None:
    hours = ConditionsDraft(times=(TimesDraft(("monday",), "09:00", "17:00"),) * count)
    found = problems(replace(GOOD, steps=[StepDraft(0, [TO_ALICE], conditions=hours)]))
    assert found == ([f"steps.0.conditions.times: are {count}; at most 20 are possible"] if said else [])


def test_a_zone_and_a_fallback() -> None:
    assert problems(replace(GOOD, time_zone="Asia/Kathmandu", fallback=[TO_ALICE, TO_MAIL])) == []
    assert [p.field for p in check(replace(GOOD, time_zone="Mars/Olympus"), KNOWN)] == ["time_zone"]
    wrong = replace(GOOD, fallback=[TargetDraft("user", "x")])
    assert problems(wrong) == ["fallback.0.value: is not the id of a member of this organization"]
    assert problems(replace(GOOD, fallback=[TO_ALICE] * 21)) == ["fallback: are 21; at most 20 are possible"]
    assert referred(replace(GOOD, steps=[], fallback=[TO_OPS]), TargetKind.TEAM) == {OPS}


@pytest.mark.parametrize(
    ("target", "right"),
    [
        (TargetDraft("schedule", str(ROTA), "next"), True),
        (TargetDraft("schedule", str(ROTA)), True),
        (TargetDraft("schedule", str(ROTA), "later"), False),
        (TargetDraft("user", str(ALICE), "now"), False),
    ],
)
def test_whom_of_a_schedule(target: TargetDraft, right: bool) -> None:
    found = problems(replace(GOOD, steps=[StepDraft(0, [target])]))
    assert found == ([] if right else ["steps.0.targets.0.who: is for schedules only, and must be now or next"])


def test_a_target_that_the_policy_has_may_stay_when_what_it_names_is_gone() -> None:
    gone = TargetDraft("user", str(UUID(int=9)))
    draft = replace(GOOD, steps=[StepDraft(0, [gone])])
    assert check(draft, replace(KNOWN, targets={gone})) == []
    assert len(check(draft, KNOWN)) == 1


def test_every_problem_is_told_at_once() -> None:
    draft = PolicyDraft([StepDraft(-5, [], uuid4()), StepDraft(0, [TargetDraft("user", "x")])], 99, -1)
    assert [p.field for p in check(draft, Known())] == [
        "rounds",
        "round_delay_seconds",
        "steps",
        "steps.0.step_id",
        "steps.0.delay_seconds",
        "steps.0.targets",
        "steps.1.targets.0.value",
    ]


def test_ids_are_found_in_any_form_and_stored_in_one() -> None:
    loud = TargetDraft("user", "{" + str(ALICE).upper() + "}")
    draft = replace(GOOD, steps=[StepDraft(0, [loud, TargetDraft("user", "x"), TO_OPS])])
    assert referred(draft, TargetKind.USER) == {ALICE}
    assert referred(draft, TargetKind.TEAM) == {OPS}
    assert canonical(loud) == TO_ALICE
    assert canonical(TargetDraft("schedule", str(OPS).upper())) == TargetDraft("schedule", str(OPS), "now")
    assert canonical(TO_MAIL) == TO_MAIL


@pytest.mark.parametrize("text", ["ops@acme.example", "o'x+1@a-b.acme.example", "A@b.c"])
def test_an_email_address(text: str) -> None:
    assert is_email(text)


@pytest.mark.parametrize(
    "text",
    ["", "ops", "@acme.example", "ops@", "ops@acme", "a b@acme.example", "a@acme.example\n", "a@acme.example,b@c.d",
     "<a@acme.example>", "a@b@c.example", "a@-b.example", "ä@acme.example", "a\x00@acme.example", "a" * 65 + "@b.c",
     "a@" + "b" * 250 + ".c"],
)  # fmt: skip
def test_no_email_address(text: str) -> None:
    assert not is_email(text)


@pytest.mark.parametrize("text", ["https://a.example", "http://127.0.0.1:8080/x?y=z#f", "https://[::1]/"])
def test_a_url(text: str) -> None:
    assert is_http_url(text)


@pytest.mark.parametrize(
    "text",
    ["", "a.example", "//a.example", "ftp://a.example", "javascript:alert(1)", "https://", "https:///x", "http://a b/",
     "http://a:99999/", "http://a:0/", "http://[::1", "https://ä.example", "https://a/\x00", "https://a/" + "x" * 2048],
)  # fmt: skip
def test_no_url(text: str) -> None:
    assert not is_http_url(text)
