"""What is asked of an answer, and in which words it is told that it isn't so, without what was answered."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from pydantic_core import from_json

from tocsin.checks import patterns
from tocsin.checks.answer import MAX_BODY, Answer
from tocsin.checks.attempt import Attempt, Failed, Part
from tocsin.contracts.monitor_spec import (
    BodyAssertion,
    HeaderAssertion,
    HttpSpec,
    JsonAssertion,
    LatencyAssertion,
    StatusAssertion,
)
from tocsin.domain.monitor import CheckStatus, Reason

CODES: Final = re.compile(r"([1-5])xx|([1-5][0-9]{2})(?:-([1-5][0-9]{2}))?", re.IGNORECASE)
PARTS: Final[dict[Part, str]] = {
    "dns": "Looking up the name",
    "connect": "Connecting",
    "tls": "The TLS handshake",
    "first_byte": "The first byte of the answer",
}
QUOTED: Final = 120


async def judge_http(spec: HttpSpec, answer: Answer) -> None:
    """Raise Failed for the first assertion that doesn't hold; the status is looked at before all else."""
    statuses = [a for a in spec.assertions if isinstance(a, StatusAssertion)]
    if not statuses:
        _default_status(spec, answer)
    for asserted in statuses:
        _status(asserted, answer)
    judged = _Judged(answer)
    for asserted in spec.assertions:
        match asserted:
            case HeaderAssertion():
                await judged.header(asserted)
            case BodyAssertion():
                await judged.body(asserted)
            case JsonAssertion():
                await judged.json(asserted)
            case _:
                pass


def judge_latency(asserted: Sequence[object], attempt: Attempt) -> None:
    """Raise Failed for a part that took too long, or warn; a part that there was not is as quick as it gets."""
    for each in asserted:
        if not isinstance(each, LatencyAssertion):
            continue
        taken = attempt.total if each.part == "total" else attempt.parts.get(each.part)
        milliseconds = (taken or 0.0) * 1_000
        if milliseconds < each.less_than_ms:
            continue
        what = "The whole" if each.part == "total" else PARTS[each.part]
        detail = f"{what} took {milliseconds:,.0f} ms; less than {each.less_than_ms:,} ms was asked for."
        failed = Failed(Reason.TOO_SLOW, detail, CheckStatus(each.otherwise))
        if failed.status is CheckStatus.DOWN:
            raise failed
        attempt.warnings.append(failed)


def _default_status(spec: HttpSpec, answer: Answer) -> None:
    if answer.status // 100 == 2 or (answer.status // 100 == 3 and not spec.follow_redirects):
        return
    wanted = "2xx" if spec.follow_redirects else "2xx or 3xx"
    raise Failed(Reason.UNEXPECTED_STATUS, f"The status is {answer.status}; {wanted} was expected.")


def _status(asserted: StatusAssertion, answer: Answer) -> None:
    for code in asserted.codes:
        found = CODES.fullmatch(code.strip())
        if found is None:
            detail = f"{code[:20]!r} is no status, class or range of them."
            raise Failed(Reason.BAD_CONFIGURATION, detail, CheckStatus.UNKNOWN)
        if found[1] is not None:
            fits = answer.status // 100 == int(found[1])
        else:
            fits = int(found[2]) <= answer.status <= int(found[3] or found[2])
        if fits:
            return
    wanted = ", ".join(asserted.codes)[:QUOTED]
    raise Failed(Reason.UNEXPECTED_STATUS, f"The status is {answer.status}; {wanted} was expected.")


@dataclass(slots=True)
class _Judged:
    answer: Answer
    _document: list[Any] = field(default_factory=list[Any])
    _text: bytes | None = None

    async def header(self, asserted: HeaderAssertion) -> None:
        value = self.answer.header(asserted.name.lower())
        wanted = asserted.value or ""
        match asserted.comparison:
            case "exists":
                holds = value is not None
            case "not_exists":
                holds = value is None
            case "equals":
                holds = value == wanted
            case "not_equals":
                holds = value is not None and value != wanted
            case "contains":
                holds = value is not None and wanted in value
            case "matches":
                pattern = _pattern(wanted)
                holds = value is not None and await pattern.found_in(value.encode())
        if not holds:
            self._fail(f"The header {asserted.name}", value, asserted.comparison, wanted)

    async def body(self, asserted: BodyAssertion) -> None:
        self._readable()
        if asserted.comparison == "equals":
            if self.answer.cut or self.answer.text() != asserted.value:
                self._fail("The body", None, "equals", asserted.value)
            return
        text = self._body()
        read = MAX_BODY
        if asserted.comparison in ("contains", "not_contains"):
            found = asserted.value.encode() in text
        else:
            pattern = _pattern(asserted.value)
            found = await pattern.found_in(text)
            read = pattern.reach
        if not found and (self.answer.cut or len(text) > read):
            raise Failed(Reason.BODY_TOO_LARGE, _too_large(asserted.comparison, min(read, MAX_BODY)))
        if found is asserted.comparison.startswith("not_"):
            self._fail("The body", None, asserted.comparison, asserted.value)

    async def json(self, asserted: JsonAssertion) -> None:
        from tocsin.checks import json_judged

        self._readable()
        if self.answer.cut:
            raise Failed(Reason.BODY_TOO_LARGE, f"The body is JSON of more than {MAX_BODY:,} bytes.")
        if not self._document:
            self._document.append(self._parsed())
        holds, seen = await json_judged.holds(asserted, self._document[0], len(self.answer.body))
        if not holds:
            self._fail(asserted.path, seen, asserted.comparison, json_judged.shown(asserted.value))

    def _parsed(self) -> object:
        try:
            return from_json(self._body())
        except ValueError as error:
            if str(error).startswith("recursion limit"):
                detail = "The body is JSON that is nested deeper than 200 levels."
                raise Failed(Reason.UNEXPECTED_ANSWER, detail) from None
            raise Failed(Reason.ASSERTION_FAILED, f"The body is not JSON: {str(error)[:QUOTED]}.") from None

    def _body(self) -> bytes:
        if self._text is None:
            self._text = self.answer.utf8()
        return self._text

    def _readable(self) -> None:
        encoding = self.answer.encoding()
        if encoding is not None:
            detail = "The body is encoded in a way that was not asked for."
            raise Failed(Reason.PROTOCOL_ERROR, detail, seen=f"Content-Encoding: {encoding}")

    def _fail(self, what: str, seen: str | None, comparison: str, wanted: str) -> None:
        asked = comparison.replace("_", " ")
        told = f"{what}: {asked}" + (f" {wanted[:QUOTED]!r}" if wanted else "") + " does not hold"
        raise Failed(Reason.ASSERTION_FAILED, f"{told}.", seen=f"{what}: {seen}" if seen else "")


def _pattern(expression: str) -> patterns.Pattern:
    try:
        return patterns.of_text(expression)
    except patterns.BadPattern as error:
        raise Failed(Reason.BAD_CONFIGURATION, f"The expression {error}.", CheckStatus.UNKNOWN) from None


def _too_large(comparison: str, read: int) -> str:
    asked = comparison.replace("_", " ")
    return f"The body is too long to tell whether the assertion ({asked}) holds: {read:,} bytes are looked at."
