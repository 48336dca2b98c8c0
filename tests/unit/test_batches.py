"""Running a queue's batch: one bad message never fails the rest, whatever is wrong with it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from tocsin.errors import Conflict, DatabaseUnavailable, Unstorable
from tocsin.platform.batches import BatchRun


class Number(BaseModel):
    n: int


@dataclass
class Function:
    """A function whose messages are numbers, some of which are bad in their own way."""

    unstorable: frozenset[int] = frozenset()
    broken: frozenset[int] = frozenset()
    down: frozenset[int] = frozenset()
    keeper_down: bool = False
    applied: list[int] = field(default_factory=list)
    calls: list[list[int]] = field(default_factory=list)
    kept: list[tuple[str, str, str, str]] = field(default_factory=list)

    def apply(self, messages: Sequence[Number]) -> None:
        numbers = [m.n for m in messages]
        self.calls.append(numbers)
        if self.down & set(numbers):
            raise DatabaseUnavailable("down")
        if self.broken & set(numbers):
            raise RuntimeError("broken")
        if self.unstorable & set(numbers):
            raise Unstorable("NUL")
        self.applied.extend(numbers)

    def reject(self, message_id: str, reason: str, detail: str, body: str) -> None:
        if self.keeper_down:
            raise DatabaseUnavailable("down")
        self.kept.append((message_id, reason, detail, body))

    def run(self, *bodies: object) -> list[str]:
        records = [
            {"messageId": f"m{i}", "body": b if isinstance(b, str) else f'{{"n": {b}}}'} for i, b in enumerate(bodies)
        ]
        answer: dict[str, Any] = BatchRun("test", Number, self.apply, self.reject)({"Records": records})
        return [item["itemIdentifier"] for item in answer["batchItemFailures"]]


def test_a_good_batch_is_applied_at_once() -> None:
    function = Function()
    assert function.run(1, 2, 3) == []
    assert function.calls == [[1, 2, 3]]


def test_an_empty_batch_applies_nothing() -> None:
    function = Function()
    assert function.run() == []
    assert function.calls == []


numbers = st.frozensets(st.integers(0, 9))


@given(st.integers(0, 10), numbers, numbers)
def test_only_what_is_bad_fails_or_is_kept(count: int, unstorable: frozenset[int], broken: frozenset[int]) -> None:
    function = Function(unstorable - broken, broken)
    failed = function.run(*range(count))
    asked = set(range(count))
    assert sorted(function.applied) == sorted(asked - unstorable - broken)
    assert failed == [f"m{i}" for i in sorted(asked & broken)]
    assert [kept[0] for kept in function.kept] == [f"m{i}" for i in sorted((unstorable - broken) & asked)]
    assert len(function.calls) <= 2 * max(count, 1)


@given(st.integers(1, 10), st.integers(0, 9))
def test_what_may_pass_brings_the_whole_batch_back_in_one_call(count: int, down: int) -> None:
    function = Function(down=frozenset([down % count]))
    assert function.run(*range(count)) == [f"m{i}" for i in range(count)]
    assert len(function.calls) == 1
    assert (function.applied, function.kept) == ([], [])


def test_trouble_that_comes_after_a_split_brings_back_only_what_was_not_done() -> None:
    function = Function(broken=frozenset([0]))
    calls = iter(range(10))

    def apply(messages: Sequence[Number]) -> None:
        if next(calls) > 2:
            raise DatabaseUnavailable("down")
        Function.apply(function, messages)

    run = BatchRun("test", Number, apply, function.reject)
    answer = run({"Records": [{"messageId": f"m{i}", "body": f'{{"n": {i}}}'} for i in range(4)]})
    failed = {item["itemIdentifier"] for item in answer["batchItemFailures"]}
    assert failed == {f"m{i}" for i in range(4)} - {f"m{n}" for n in function.applied}


@pytest.mark.parametrize("body", ["", "{", "null", "[]", "{}", '{"n": "x"}', '{"n": 1.5}', "\ud800"])
def test_what_is_malformed_is_kept_with_its_shape_and_not_its_values(body: str) -> None:
    function = Function()
    assert function.run(1, body, 2) == []
    assert function.applied == [1, 2]
    ((message_id, reason, detail, kept),) = function.kept
    assert (message_id, reason, kept) == ("m1", "malformed", body)
    assert detail
    assert '"x"' not in detail


def test_what_cannot_be_kept_comes_back() -> None:
    function = Function(unstorable=frozenset([2]), keeper_down=True)
    assert sorted(function.run(1, "{", 2)) == ["m1", "m2"]
    assert function.applied == [1]


def test_an_error_of_ours_is_no_reason_to_give_a_message_up() -> None:
    def apply(_: Sequence[Number]) -> None:
        raise Conflict("no")

    function = Function()
    answer = BatchRun("test", Number, apply, function.reject)({"Records": [{"messageId": "m0", "body": '{"n": 1}'}]})
    assert answer == {"batchItemFailures": [{"itemIdentifier": "m0"}]}
    assert function.kept == []
