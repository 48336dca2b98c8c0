"""What can be asked of an answer, and that nobody's expression or document keeps a check busy."""

import json
import time

import pytest

from tests.support.checked import answering, checked, http, serving
from tocsin.checks import json_paths, patterns
from tocsin.checks.reach import Reach
from tocsin.contracts.checks import CheckResult
from tocsin.domain.monitor import CheckStatus, Reason

DOCUMENT = {
    "status": "ok",
    "load": 0.5,
    "ready": True,
    "none": None,
    "workers": [{"name": "a", "jobs": 3}, {"name": "b", "jobs": 0}],
    "tags": ["blue", 7],
}


async def asked(reach: Reach, assertion: dict[str, object], body: bytes | None = None, *headers: str) -> CheckResult:
    """Check a target that answers the document, or another body, with one assertion."""
    answer = http(json.dumps(DOCUMENT).encode() if body is None else body, "200 OK", *headers)
    async with serving(answering(answer)) as port:
        return await checked(reach, kind="http", url=f"http://127.0.0.1:{port}/", assertions=[assertion], timeout=5)


@pytest.mark.parametrize(
    ("codes", "up"),
    [(["200"], True), (["2XX"], True), (["201-299"], False), (["404", "100-200"], True), (["5xx"], False)],
)
async def test_the_status(reach: Reach, codes: list[str], up: bool) -> None:
    found = await asked(reach, {"type": "status", "codes": codes})
    assert (found.status is CheckStatus.UP) is up
    assert found.reason is (None if up else Reason.UNEXPECTED_STATUS)


@pytest.mark.parametrize(
    ("comparison", "value", "up"),
    [
        ("contains", "grüße", True),
        ("contains", "Grüße", False),
        ("not_contains", "error", True),
        ("not_contains", "all", False),
        ("equals", "grüße an all", True),
        ("equals", "grüße", False),
        ("matches", r"^gr\pL+e an \w{3}$", True),
        ("matches", r"^all", False),
        ("not_matches", r"(?i)ERROR|FAIL", True),
        ("not_matches", r"(?i)ALL", False),
    ],
)
@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "utf-16"])
async def test_the_body(reach: Reach, comparison: str, value: str, up: bool, charset: str) -> None:
    asserted = {"type": "body", "comparison": comparison, "value": value}
    kind = f"Content-Type: text/plain; charset={charset}"
    found = await asked(reach, asserted, "grüße an all".encode(charset), kind)
    assert (found.status is CheckStatus.UP) is up, found
    assert found.reason is (None if up else Reason.ASSERTION_FAILED)
    assert up or found.excerpt == "grüße an all"


@pytest.mark.parametrize(
    ("comparison", "value", "up"),
    [
        ("exists", None, True),
        ("not_exists", None, False),
        ("equals", "one, two", True),
        ("not_equals", "one", True),
        ("contains", "tw", True),
        ("matches", "^one", True),
        ("matches", "three", False),
    ],
)
async def test_a_header(reach: Reach, comparison: str, value: str | None, up: bool) -> None:
    asserted = {"type": "header", "name": "X-Some", "comparison": comparison, "value": value}
    found = await asked(reach, asserted, b"", "x-some: one", "X-SOME: two")
    assert (found.status is CheckStatus.UP) is up, found
    assert (await asked(reach, asserted, b"")).status is (
        CheckStatus.UP if comparison == "not_exists" else CheckStatus.DOWN
    )


@pytest.mark.parametrize(
    ("path", "comparison", "value", "up"),
    [
        ("$.status", "exists", None, True),
        ("$.none", "exists", None, True),
        ("$.missing", "not_exists", None, True),
        ("$.status", "equals", "ok", True),
        ("$.status", "not_equals", "ok", False),
        ("$.missing", "not_equals", "ok", False),
        ("$.ready", "equals", True, True),
        ("$.ready", "equals", 1, False),
        ("$.load", "less_than", 0.6, True),
        ("$.ready", "greater_than", 0, False),
        ("$.workers[*].jobs", "greater_than", 2, True),
        ("$.workers[?@.jobs == 0].name", "equals", "b", True),
        ("$.workers[?match(@.name, '[cd]')]", "not_exists", None, True),
        ("$..name", "equals", "b", True),
        ("$.tags", "contains", "blue", True),
        ("$.tags", "contains", 7, True),
        ("$.tags", "contains", True, False),
        ("$.status", "contains", "k", True),
        ("$.status", "matches", "^o", True),
        ("$..name", "matches", "^b$", True),
        ("$.load", "matches", r"^0\.\d$", True),
        ("$.missing", "matches", ".*", False),
    ],
)
async def test_json(reach: Reach, path: str, comparison: str, value: object, up: bool) -> None:
    found = await asked(reach, {"type": "json", "path": path, "comparison": comparison, "value": value})
    assert (found.status is CheckStatus.UP) is up, found
    assert found.reason is (None if up else Reason.ASSERTION_FAILED)


async def test_what_was_found_instead_is_told_to_those_who_may_see_the_answer(reach: Reach) -> None:
    found = await asked(reach, {"type": "json", "path": "$..jobs", "comparison": "less_than", "value": -1})
    assert found.detail == "$..jobs: less than '-1.0' does not hold."
    assert (found.excerpt or "").startswith("$..jobs: 3, 0\n\n")
    found = await asked(reach, {"type": "body", "comparison": "equals", "value": "x"}, b"customer: Jane Doe")
    assert found.detail == "The body: equals 'x' does not hold."
    assert "customer: Jane Doe" in (found.excerpt or "")


async def test_a_header_is_told_to_those_who_may_see_the_answer(reach: Reach) -> None:
    answer = http(b"ok", "200 OK", "X-Customer: Jane Doe", "Content-Encoding: of-jane")
    for asserted, detail, seen in (
        (
            {"type": "header", "name": "X-Customer", "comparison": "equals", "value": "x"},
            "The header X-Customer: equals 'x' does not hold.",
            "The header X-Customer: Jane Doe",
        ),
        (
            {"type": "body", "comparison": "contains", "value": "x"},
            "The body is encoded in a way that was not asked for.",
            "Content-Encoding: of-jane",
        ),
    ):
        async with serving(answering(answer)) as port:
            found = await checked(reach, kind="http", url=f"http://127.0.0.1:{port}/", assertions=[asserted])
        assert found.detail == detail
        assert (found.excerpt or "").startswith(seen)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"<html>", Reason.ASSERTION_FAILED),
        (b"", Reason.ASSERTION_FAILED),
        (b"1" * 10_000, Reason.ASSERTION_FAILED),
        (b"[" * 10_000 + b"]" * 10_000, Reason.UNEXPECTED_ANSWER),
        (b'{"a":' * 10_000 + b"1" + b"}" * 10_000, Reason.UNEXPECTED_ANSWER),
        (b"[" + b"1," * 600_000 + b"1]", Reason.BODY_TOO_LARGE),
    ],
)
async def test_what_is_no_json_to_be_read_is_told(reach: Reach, body: bytes, reason: Reason) -> None:
    found = await asked(reach, {"type": "json", "path": "$..a", "comparison": "exists"}, body)
    assert (found.status, found.reason) == (CheckStatus.DOWN, reason), found


@pytest.mark.parametrize("path", ["$..*..*..*..*", "$..[?@.a]..[?@.a]..[?@.a]", "$['a','a','a','a']..['a','a']..*..*"])
async def test_a_path_that_takes_too_many_steps_is_given_up(reach: Reach, path: str) -> None:
    body = b'{"a":' * 150 + b"[[],[]]" + b"}" * 150
    started = time.process_time()
    found = await asked(reach, {"type": "json", "path": path, "comparison": "exists"}, body + b" " * 5_000)
    assert time.process_time() - started < 4
    assert found.reason is Reason.UNEXPECTED_ANSWER


@pytest.mark.parametrize(
    "path",
    [
        "status",
        "$[",
        "$..",
        "$.a | $.b",
        "$.~",
        "^.a",
        "$[?@.a =~ /(a+)+b/]",
        "$[?@..a]",
        "$[?@[*]]",
        "$[?@[?@.a]]",
        "$[?count(@.*) > 1]",
        "$[?typeof(@) == 'x']",
        "$" + "[?(" * 160 + ")" * 160,
    ],
)
def test_a_path_beyond_the_standard_or_beyond_bounds_is_refused(path: str) -> None:
    with pytest.raises(json_paths.BadPath):
        json_paths.compiled(path)


def test_a_path_over_a_wide_document_stops_in_time() -> None:
    path = json_paths.compiled("$['a','a','a','a','a','a','a','a'][?search(@, 'b')]")
    started = time.thread_time()
    with pytest.raises(json_paths.TooMuch):
        json_paths.select(path, {"a": ["a"] * 5_000})
    assert time.thread_time() - started < 0.5


def test_a_long_key_is_not_copied_for_each_of_its_children() -> None:
    path = json_paths.compiled("$.*[*]")
    started = time.thread_time()
    assert len(json_paths.select(path, {"k" * 900_000: [0] * 9_000})) == 9_000
    assert time.thread_time() - started < 0.5


@pytest.mark.parametrize(
    "expression", ["(", "a{1001}", r"(a)\1", "(?=a)", "((a{0,100}){0,100}){0,100}", "(.{0,500}){2}z"]
)
def test_an_expression_that_costs_too_much_or_is_none_is_refused(expression: str) -> None:
    with pytest.raises(patterns.BadPattern):
        patterns.of_text(expression)


@pytest.mark.parametrize("expression", [r"(x+x+)+y", r"(a|a)*b", r"(a*)*b", r"(.*)*z", r"^(([a-z])+.)+[A-Z]([a-z])+$"])
async def test_what_keeps_others_busy_for_ever_takes_no_time(reach: Reach, expression: str) -> None:
    asserted = {"type": "body", "comparison": "matches", "value": expression}
    started = time.process_time()
    found = await asked(reach, asserted, b"xa" * 100_000)
    assert found.reason is Reason.ASSERTION_FAILED
    assert time.process_time() - started < 2


async def test_an_expression_over_a_body_too_long_for_it_can_not_tell(reach: Reach) -> None:
    asserted = {"type": "body", "comparison": "not_matches", "value": r"(\pL\pN){3}x"}
    found = await asked(reach, asserted, b"ab" * 100_000)
    assert found.reason is Reason.BODY_TOO_LARGE
    assert found.detail
    assert "bytes are looked at" in found.detail


async def test_the_worst_that_an_expression_may_cost_is_bounded() -> None:
    pattern = patterns.of_text("(a?b?c?d?){120}e")
    started = time.process_time()
    assert not await pattern.found_in(b"abaab" * 200_000)
    assert pattern.size * pattern.reach <= patterns.WORK
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    ("part", "otherwise", "status"),
    [("total", "down", CheckStatus.DOWN), ("total", "degraded", CheckStatus.DEGRADED), ("tls", "down", CheckStatus.UP)],
)
async def test_what_takes_long(reach: Reach, part: str, otherwise: str, status: CheckStatus) -> None:
    asserted = {"type": "latency", "part": part, "less_than_ms": 1, "otherwise": otherwise}
    body = b"x" * 900_000
    found = await asked(reach, asserted, body)
    assert found.status is status, found
    assert found.reason is (None if status is CheckStatus.UP else Reason.TOO_SLOW)
