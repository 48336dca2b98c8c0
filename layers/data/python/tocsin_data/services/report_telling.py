"""What a page says by itself, in words for the public: the reports that `tocsin.domain.suggestion` decides on."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final
from uuid import UUID

from tocsin.contracts.api_status_reports import ReportTemplate
from tocsin.domain.component_status import badness, worst_status
from tocsin.domain.public_text import shortened
from tocsin.domain.report_words import BACK, EASED, OPENED, PART_OVER, RESOLVED, WORSE, Words, filled, opened
from tocsin.domain.status_page import ComponentStatus, Impact, ReportKind, ReportStatus
from tocsin.domain.status_report import MAX_BODY, MAX_UPDATES, State
from tocsin.domain.suggestion import QUIET_FOR
from tocsin_data.db import Tx
from tocsin_data.services.actors import Actor
from tocsin_data.services.report_writing import Report, Saying, held, resay, say, settle
from tocsin_data.services.status_reports import blank, write_new
from tocsin_data.sql import incidents, status_reports, status_templates
from tocsin_data.sql.incidents import NewEntry

SYSTEM: Final = Actor("system", "status_reports")
type Statuses = Mapping[UUID, ComponentStatus]
type Names = Mapping[UUID, str]


class Telling:
    """One page, and the reports of it that are held; `is_public` says whether the public is told something else."""

    def __init__(self, tx: Tx, page_id: UUID) -> None:
        self._tx = tx
        self._page_id = page_id
        self._page_name: str | None = None
        self._templates: dict[str, ReportTemplate] | None = None
        self._held: dict[UUID, Report] = {}
        self.is_public = False

    def held(self, report_id: UUID) -> Report | None:
        """Hold a report; none where it is gone by now."""
        if report_id not in self._held:
            row = status_reports.lock(self._tx, report_id)
            if row is None:
                return None
            self._held[report_id] = held(self._tx, row)
        return self._held[report_id]

    def begin(
        self, state: State, incident_id: UUID, started_at: datetime, statuses: Statuses, names: Names
    ) -> UUID | None:
        """Suggest a report, or publish one; answers its id, or none where the page has gone meanwhile."""
        tx, page = self._tx, status_reports.page_of(self._tx, self._page_id)
        if page is None:
            return None
        words, status = self._words(statuses, names)
        row = replace(
            blank(tx, SYSTEM, page, ReportKind.INCIDENT, words.title),
            state=state,
            incident_id=incident_id,
            suggested_by=f"incident:{incident_id}",
            is_automatic=True,
            started_at=min(started_at, tx.now),
        )
        made = write_new(tx, SYSTEM, row, Saying(status, words.body, tx.now, True, statuses, names))
        self._note(state, incident_id, made.id, "published" if state is State.PUBLISHED else "suggested")
        return made.id

    def extend(self, report: Report, statuses: Statuses, names: Names) -> None:
        """Let a report tell of more, if there is more: components that it doesn't name, or that are worse by now."""
        before = report.statuses
        worse = {
            one: status
            for one, status in statuses.items()
            if badness(status) > badness(before.get(one, ComponentStatus.OPERATIONAL))
        }
        if not worse:
            return
        merged = {**before, **worse}
        if report.row.state == State.DRAFT:
            self._settle("updated", report, self._redrafted(report, merged, {**report.names, **names}))
            return
        words = [names[one] for one in sorted(worse, key=lambda one: names[one])]
        if self._is_quiet(report):
            every = {**report.names, **names}
            after = replace(report, components={one: (every[one], status) for one, status in merged.items()})
            self._settle("updated", report, after)
        else:
            text = self._text(WORSE, words)
            saying = Saying(report.status, text, self._at(report), True, worse, names)
            self._settle("update_added", report, say(self._tx, SYSTEM, report, saying))

    def resume(self, report: Report, incident_id: UUID, statuses: Statuses, names: Names) -> None:
        """Take a report up again that was over, or was withdrawn."""
        report = replace(report, row=replace(report.row, incident_id=incident_id))
        if report.row.state == State.PUBLISHED:
            if len(report.updates) >= MAX_UPDATES - 1:
                return
            text = self._text(BACK, list(names.values()))
            given = {**dict.fromkeys(report.components, ComponentStatus.OPERATIONAL), **statuses}
            saying = Saying(ReportStatus.INVESTIGATING, text, self._at(report), True, given, names)
            self._settle("update_added", report, say(self._tx, SYSTEM, report, saying))
        else:
            back = replace(report, row=replace(report.row, state=State.DRAFT))
            self._settle("restored", report, self._redrafted(back, statuses, names))
        self._note(State(report.row.state), incident_id, report.row.id, "resumed")

    def resolve(self, report: Report) -> None:
        """Say that it is over."""
        template = self._template("resolved")
        names = sorted(report.names.values())
        text = self._text(template.body if template else RESOLVED, names)
        status = template.status if template else ReportStatus.RESOLVED
        saying = Saying(status, text, self._at(report), True)
        self._settle("update_added", report, say(self._tx, SYSTEM, report, saying))

    def withdraw(self, report: Report) -> None:
        """Take back a suggestion that nobody has taken up."""
        self._settle("discarded", report, replace(report, row=replace(report.row, state=State.DISCARDED)))

    def go_on(self, report: Report, incident_id: UUID, statuses: Statuses) -> None:
        """Let a report go on for an incident, and say which of its components are better by now."""
        names, after = report.names, replace(report, row=replace(report.row, incident_id=incident_id))
        better = {one: status for one, status in statuses.items() if status is not report.statuses[one]}
        if report.row.state == State.DRAFT and better:
            left = {one: status for one, status in statuses.items() if status is not ComponentStatus.OPERATIONAL}
            self._settle("updated", report, self._redrafted(after, left, names))
        elif better and not self._is_quiet(report):
            saying = Saying(report.status, self._relief(better, names), self._at(report), True, better)
            self._settle("update_added", report, say(self._tx, SYSTEM, after, saying))
        elif better or incident_id != report.row.incident_id:
            said = {one: (names[one], status) for one, status in statuses.items()}
            self._settle("updated", report, replace(after, components=said))

    def _relief(self, better: Statuses, names: Names) -> str:
        over = sorted(names[one] for one, status in better.items() if status is ComponentStatus.OPERATIONAL)
        eased = sorted(names[one] for one, status in better.items() if status is not ComponentStatus.OPERATIONAL)
        return " ".join(self._text(words, some) for words, some in ((EASED, eased), (PART_OVER, over)) if some)

    def _is_quiet(self, report: Report) -> bool:
        """Whether it has said something just now, or can't say much more."""
        return self._tx.now - report.updates[-1].display_at < QUIET_FOR or len(report.updates) >= MAX_UPDATES - 1

    def _redrafted(self, report: Report, statuses: Statuses, names: Names) -> Report:
        """A suggestion in the words that fit these components: nobody has changed them."""
        words, status = self._words(statuses, names)
        update = report.updates[0]
        saying = Saying(status, words.body, update.display_at, update.tells_subscribers, statuses, names)
        row = replace(report.row, title=words.title, impact=Impact.NONE)
        return resay(self._tx, replace(report, row=row), saying)

    def _settle(self, action: str, before: Report, after: Report) -> None:
        settle(self._tx, SYSTEM, action, before, after)
        self._held.pop(after.row.id, None)
        self.is_public |= after.row.state == State.PUBLISHED

    def _words(self, statuses: Statuses, names: Names) -> tuple[Words, ReportStatus]:
        """What a report begins with: the page's own words where it has some for this."""
        template = self._template("opened")
        words = OPENED[worst_status(statuses.values())]
        status = ReportStatus.INVESTIGATING
        if template is not None:
            words, status = Words(template.title, template.body), template.status
        return opened(words, sorted(names[one] for one in statuses), self._name()), status

    def _text(self, text: str, components: list[str]) -> str:
        return shortened(filled(text, components, self._name()), MAX_BODY)

    def _template(self, used_when: str) -> ReportTemplate | None:
        if self._templates is None:
            found = status_templates.of_page(self._tx, self._page_id)
            self._templates = {one.used_when: one for one in found if one.used_when is not None}
        return self._templates.get(used_when)

    def _name(self) -> str:
        if self._page_name is None:
            page = status_reports.page_of(self._tx, self._page_id)
            self._page_name = "" if page is None else page.name
        return self._page_name

    def _at(self, report: Report) -> datetime:
        """Now, but never before what was said last."""
        return max(self._tx.now, report.updates[-1].display_at)

    def _note(self, state: State, incident_id: UUID, report_id: UUID, word: str) -> None:
        """Tell those who respond to the incident what the public is told, or could be."""
        told = {"report_id": str(report_id), "status_page_id": str(self._page_id)}
        entry = NewEntry(self._tx.org_id, incident_id, f"status_report_{word}", str(SYSTEM), told)
        incidents.append(self._tx, [entry])
        self.is_public |= state is State.PUBLISHED
