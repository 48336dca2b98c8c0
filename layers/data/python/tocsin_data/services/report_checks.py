"""What can be wrong with what somebody wants a status report to say: every problem at once, each with its field."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from tocsin.contracts.api_status_reports import ComponentWord
from tocsin.domain.status_page import OVER, ComponentStatus, ReportKind, ReportStatus
from tocsin.domain.status_report import MAX_COMPONENTS, misplaced, misscheduled, out_of_order
from tocsin.errors import FieldProblem, Invalid
from tocsin_data.db import Tx
from tocsin_data.sql import status_reports

WRONG = "The report can't be like this."


class Checks:
    """Gathers what is wrong with a report of a page, and finds what it names."""

    def __init__(self, tx: Tx, page_id: UUID) -> None:
        self._tx = tx
        self._page_id = page_id
        self._problems: list[FieldProblem] = []
        self.names: dict[UUID, str] = {}
        """The components that were asked for, by what they are called."""

    def done(self) -> None:
        """Raise Invalid if anything was wrong."""
        if self._problems:
            raise Invalid(WRONG, self._problems)

    def add(self, field: str, reason: str | None) -> None:
        """Note what is wrong with a field, if anything is."""
        if reason is not None:
            self._problems.append(FieldProblem(field, reason))

    def status(self, kind: ReportKind, before: ReportStatus | None, status: ReportStatus) -> None:
        """A status must follow the one before."""
        self.add("status", misplaced(kind, before, status))

    def components(
        self, words: Sequence[ComponentWord], known: Mapping[UUID, str] | None = None
    ) -> dict[UUID, ComponentStatus]:
        """Components must be of the page, each named once; what the report names already may be deleted by now."""
        fields = [f"components.{number}.component_id" for number in range(len(words))]
        self._named([word.component_id for word in words], fields, "components", known or {})
        return {word.component_id: word.status for word in words}

    def component_ids(self, ids: Sequence[UUID]) -> dict[UUID, ComponentStatus]:
        """The same of maintenance, which says the same of all."""
        self._named(ids, [f"component_ids.{number}" for number in range(len(ids))], "component_ids", {})
        return dict.fromkeys(ids, ComponentStatus.MAINTENANCE)

    def times(self, started_at: datetime, display_at: datetime, ends_at: datetime | None = None) -> None:
        """A report begins, is told, and is over, in this order and not after now."""
        now = self._tx.now
        self.add("started_at", out_of_order(started_at, None, None, now))
        self.add("display_at", out_of_order(display_at, started_at, ends_at, now))

    def schedule(self, starts_at: datetime, ends_at: datetime, status: ReportStatus, *, mutes: bool) -> None:
        """Maintenance ends after it begins, and what is not over ends after now."""
        wrong = misscheduled(starts_at, ends_at)
        if wrong is None and status not in OVER and ends_at <= self._tx.now:
            wrong = f"must be after now, which is {self._tx.now:%Y-%m-%dT%H:%M:%SZ}, unless its status is completed"
        self.add("scheduled_until", wrong)
        if mutes and status in OVER:
            self.add("mutes", "must be false for maintenance that is over")

    def _named(self, ids: Sequence[UUID], fields: Sequence[str], whole: str, known: Mapping[UUID, str]) -> None:
        if len(ids) > MAX_COMPONENTS:
            self.add(whole, f"are {len(ids)}; {MAX_COMPONENTS} are possible")
            return
        found = {**known, **status_reports.known_components(self._tx, self._page_id, ids)} if ids else {}
        self.names |= {one: found[one] for one in ids if one in found}
        for field, reason in _wrong(ids, fields, found):
            self.add(field, reason)


def _wrong(ids: Sequence[UUID], fields: Sequence[str], found: Mapping[UUID, str]) -> Iterator[tuple[str, str]]:
    seen: set[UUID] = set()
    for one, field in zip(ids, fields, strict=True):
        if one not in found:
            yield field, "is not the id of a component of this page"
        elif one in seen:
            yield field, f"names {found[one]} again; name it once"
        seen.add(one)
