"""What incidents do to status pages by themselves: reports suggested or published, extended, resolved, withdrawn.

Called in the transaction in which incidents open, end or are heard again, with the incidents held. It looks at what
they are by then, so that calling it once too often changes nothing.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from uuid import UUID

from tocsin.domain.component_status import OF_SEVERITY, badness, worst_status
from tocsin.domain.incident import Severity
from tocsin.domain.status_page import OVER, Automatic, ComponentStatus, ReportStatus
from tocsin.domain.status_report import State
from tocsin.domain.suggestion import (
    REUSED_FOR,
    Draft,
    Extend,
    GoOn,
    Nothing,
    Publish,
    Resolve,
    Resume,
    Told,
    Trouble,
    Withdraw,
    at_end,
    at_opening,
    felt_by_monitors,
)
from tocsin_data.db import Tx
from tocsin_data.services.report_telling import Telling
from tocsin_data.services.report_writing import Report
from tocsin_data.sql import report_matches
from tocsin_data.sql.report_matches import Candidate, Match


@dataclass(frozen=True, slots=True)
class Felt:
    """An incident on one page: what it makes of each component, by id its name and status."""

    trouble: Trouble
    matches: Sequence[Match]

    @property
    def statuses(self) -> dict[UUID, ComponentStatus]:
        """What the components are by this incident."""
        return {match.component_id: _status(match) for match in self.matches}

    @property
    def names(self) -> dict[UUID, str]:
        """What the components are called."""
        return {match.component_id: match.component_name for match in self.matches}


type Incidents = Collection[tuple[UUID, UUID]]
"""(org, incident)."""


def follow(tx: Tx, incidents: Incidents, telling: Mapping[UUID, bool] | None = None) -> set[UUID]:
    """Bring reports in step with incidents that have just been opened, ended or unmuted.

    `telling` is what `report_matches.telling` answers, where that is known already. Answers the organizations whose
    pages may tell something else from now on.
    """
    if not incidents or tx.is_rehearsal:
        return set()
    some = report_matches.telling(tx) if telling is None else telling
    ids = sorted({incident_id for org_id, incident_id in incidents if org_id in some})
    if not ids:
        return set()
    changed = {org_id for org_id, _ in incidents if some.get(org_id)}
    return changed | _follow(tx, ids)


def _follow(tx: Tx, ids: Sequence[UUID]) -> set[UUID]:
    """The organizations of which reports that the public sees have changed."""
    found = report_matches.matches(tx, ids)
    ended = report_matches.ended(tx, ids)
    pages = {(match.org_id, match.page_id) for match in found} | {(org_id, page_id) for org_id, page_id, _ in ended}
    if not pages:
        return set()
    report_matches.hold_pages(tx, [page_id for _, page_id in pages])
    changed: set[UUID] = set()
    for org_id, page_id in sorted(pages):
        alone = replace(tx, orgs=(org_id,))
        felt = _felt(match for match in found if match.page_id == page_id)
        over = [report_id for _, page, report_id in ended if page == page_id]
        if _follow_page(alone, page_id, felt, over):
            changed.add(org_id)
    return changed


def _follow_page(tx: Tx, page_id: UUID, felt: Sequence[Felt], over: Sequence[UUID]) -> bool:
    """Whether the public is told something else of a page."""
    telling = Telling(tx, page_id)
    for report_id in over:
        _end(tx, telling, report_id)
    if felt:
        told = _told(tx, page_id, felt)
        for one in felt:
            _open(tx, telling, told, one)
    return telling.is_public


def _end(tx: Tx, telling: Telling, report_id: UUID) -> None:
    report = telling.held(report_id)
    if report is None:
        return
    own = Told(
        report_id=report_id,
        state=State(report.row.state),
        is_over=report.is_over,
        is_automatic=report.row.is_automatic,
        incident_id=report.row.incident_id,
        component_ids=frozenset(report.components),
        ended_at=report.row.resolved_at,
    )
    felt = report_matches.felt_by(tx, list(report.components))
    match at_end(own, felt):
        case GoOn(incident_id):
            telling.go_on(report, incident_id, _by_now(tx, report, felt))
        case Withdraw():
            telling.withdraw(report)
        case Resolve():
            telling.resolve(report)
        case Nothing():
            pass


def _by_now(tx: Tx, report: Report, incident_ids: Sequence[UUID]) -> dict[UUID, ComponentStatus]:
    """What a report's components are by these incidents; it never gets worse by them, and stays as it is where its page
    does nothing by itself any more.
    """
    found = [one for one in report_matches.matches(tx, incident_ids) if one.page_id == report.row.status_page_id]
    if not found:
        return report.statuses
    said = {
        one: worst_status(_status(match) for match in found if match.component_id == one) for one in report.components
    }
    return {one: min(status, report.statuses[one], key=badness) for one, status in said.items()}


def _open(tx: Tx, telling: Telling, told: list[Told], felt: Felt) -> None:
    """Do what is decided for an incident, and note it for those that come after it in the batch."""
    trouble, first = felt.trouble, felt.matches[0]
    decision = at_opening(Automatic(first.automatic), trouble, told, tx.now)
    match decision:
        case Draft() | Publish():
            state = State.DRAFT if isinstance(decision, Draft) else State.PUBLISHED
            made = telling.begin(state, trouble.incident_id, first.created_at, felt.statuses, felt.names)
            if made is None:
                return
            told.insert(0, Told(made, state, False, True, trouble.incident_id, trouble.component_ids, None))
        case Extend(report_id) | Resume(report_id):
            report = telling.held(report_id)
            if report is None or not report.row.is_automatic:
                return
            if isinstance(decision, Extend):
                telling.extend(report, felt.statuses, felt.names)
            else:
                telling.resume(report, trouble.incident_id, felt.statuses, felt.names)
            _renew(told, report_id, trouble)
        case Nothing():
            pass


def _renew(told: list[Told], report_id: UUID, trouble: Trouble) -> None:
    for place, one in enumerate(told):
        if one.report_id == report_id:
            state = State.DRAFT if one.state is State.DISCARDED else one.state
            ids = one.component_ids | trouble.component_ids
            told[place] = replace(one, state=state, is_over=False, component_ids=ids, ended_at=None)


def _told(tx: Tx, page_id: UUID, felt: Sequence[Felt]) -> list[Told]:
    components = sorted({component_id for one in felt for component_id in one.trouble.component_ids})
    incidents = [one.trouble.incident_id for one in felt]
    found = report_matches.told(tx, page_id, incidents, components, tx.now - REUSED_FOR)
    return [_as_told(candidate) for candidate in found]


def _as_told(row: Candidate) -> Told:
    return Told(
        report_id=row.id,
        state=State(row.state),
        is_over=ReportStatus(row.status) in OVER,
        is_automatic=row.is_automatic,
        incident_id=row.incident_id,
        component_ids=frozenset(row.component_ids),
        ended_at=row.ended_at,
    )


def _felt(matches: Iterable[Match]) -> list[Felt]:
    """Incidents of one page, the worst first, so that what is said first needs no second word."""
    found: list[Felt] = []
    for _, group in groupby(matches, key=lambda match: match.incident_id):
        some = [match for match in group if _status(match) is not ComponentStatus.OPERATIONAL]
        if some:
            found.append(Felt(_trouble(some), some))
    return sorted(found, key=lambda one: -badness(worst_status(one.statuses.values())))


def _trouble(matches: Sequence[Match]) -> Trouble:
    one = matches[0]
    return Trouble(
        incident_id=one.incident_id,
        severity=Severity(one.severity),
        is_muted=one.is_muted,
        is_late=one.late,
        component_ids=frozenset(match.component_id for match in matches),
    )


def _status(match: Match) -> ComponentStatus:
    """What an incident says of a component: by its monitors how many are down, by its service how bad it is."""
    said = [OF_SEVERITY[Severity(match.severity)]] if match.by_service else []
    return worst_status([*said, felt_by_monitors(match.down, match.watched)])
