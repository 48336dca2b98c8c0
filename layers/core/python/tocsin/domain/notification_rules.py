"""What the rules by which somebody is paged must be like."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from tocsin.errors import FieldProblem

MAX_RULES: Final = 20
MAX_DELAY_SECONDS: Final = 86_400


@dataclass(frozen=True, slots=True)
class RuleDraft:
    """A rule as somebody wrote it."""

    contact_method_id: UUID
    delay_seconds: int


def check(drafts: Sequence[RuleDraft], methods: Mapping[UUID, bool]) -> list[FieldProblem]:
    """Everything that is wrong with rules; `methods` are the person's own, and whether they are on."""
    return [*_count(drafts), *_each(drafts, methods)]


def ordered(drafts: Sequence[RuleDraft]) -> list[RuleDraft]:
    """Rules as they are carried out: by delay, those of one delay as they were written."""
    return sorted(drafts, key=lambda draft: draft.delay_seconds)


def _count(drafts: Sequence[RuleDraft]) -> Iterator[FieldProblem]:
    if not drafts:
        yield FieldProblem("rules", "are 0, and would page nobody; DELETE goes back to all methods at once")
    if len(drafts) > MAX_RULES:
        yield FieldProblem("rules", f"are {len(drafts)}; 1 to {MAX_RULES} are possible")


def _each(drafts: Sequence[RuleDraft], methods: Mapping[UUID, bool]) -> Iterator[FieldProblem]:
    seen: set[RuleDraft] = set()
    for number, draft in enumerate(drafts):
        at = f"rules[{number}]"
        if not 0 <= draft.delay_seconds <= MAX_DELAY_SECONDS:
            reason = f"is {draft.delay_seconds}; 0 to {MAX_DELAY_SECONDS} (a day) are possible"
            yield FieldProblem(f"{at}.delay_seconds", reason)
        if draft.contact_method_id not in methods:
            yield FieldProblem(f"{at}.contact_method_id", "is not the id of a contact method of this member")
        elif not methods[draft.contact_method_id]:
            yield FieldProblem(f"{at}.contact_method_id", "is switched off; add the contact method anew to use it")
        if draft in seen:
            yield FieldProblem(at, "is there before, with the same contact method and delay")
        seen.add(draft)
