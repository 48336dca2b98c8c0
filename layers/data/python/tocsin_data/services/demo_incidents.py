"""The rows of one incident of the demo: its events, its pages and their outcomes, and its timeline."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from tocsin.domain.demo import DOMAIN, PEOPLE, POLICIES, SERVICES, Plot, Policy, Service, Someone, id_of

ESCALATION: Final = "system:escalation"
DELIVERY: Final = "system:delivery"
BETWEEN_EVENTS: Final = timedelta(seconds=75)
AT_ONCE: Final = timedelta(seconds=3)
"""How soon a step follows one whose every page has failed."""
ORDER_BITS: Final = 16

type Row = dict[str, object]


@dataclass(slots=True)
class Rows:
    """Rows by table; all of a table have the same columns."""

    tables: dict[str, list[Row]] = field(default_factory=dict[str, list[Row]])

    def add(self, table: str, **row: object) -> None:
        """Add a row."""
        self.tables.setdefault(table, []).append(row)


@dataclass(frozen=True, slots=True)
class Page:
    """A step as it was taken."""

    at: datetime
    round: int
    position: int
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """A plot at its instant, with what it is about."""

    plot: Plot
    service: Service
    policy: Policy
    began_at: datetime
    acknowledged_at: datetime | None
    resolved_at: datetime | None

    @property
    def id(self) -> UUID:
        """The incident's."""
        return id_of("incident", self.plot.key)

    @property
    def left_alone_at(self) -> datetime | None:
        """From when on nobody was to be paged."""
        return self.acknowledged_at or self.resolved_at

    @property
    def integration(self) -> str:
        """The tool, as timelines name it."""
        return f"integration:{id_of('integration', self.service.name)}"


def tell(found: Rows, plot: Plot, now: datetime) -> None:
    """Add the rows of a plot."""
    service = next(s for s in SERVICES if s.name == plot.service)
    began_at = now - plot.ago
    case = Case(
        plot,
        service,
        next(p for p in POLICIES if p.name == service.policy),
        began_at,
        None if plot.acknowledged is None else began_at + plot.acknowledged[0],
        None if plot.resolved is None else began_at + plot.resolved[0],
    )
    _incident(found, case)
    _events(found, case)
    _say(found, case, case.began_at, "triggered", case.integration, dedup_key=plot.key, late=False)
    pages, exhausted_at = _taken(case)
    _escalation(found, case, pages, exhausted_at)
    for page in pages:
        _page(found, case, page)
    if exhausted_at is not None:
        _fallback(found, case, exhausted_at)
    for after, first, text in plot.notes:
        _say(found, case, began_at + after, "note", _actor(first), text=text)
    if plot.acknowledged is not None and case.acknowledged_at is not None:
        _say(found, case, case.acknowledged_at, "acknowledged", f"link:{_actor(plot.acknowledged[1])}")
    if case.resolved_at is not None:
        _say(found, case, case.resolved_at, "resolved", _resolver(case) or case.integration)


def _incident(found: Rows, case: Case) -> None:
    plot = case.plot
    found.add(
        "incident",
        id=case.id,
        service_id=id_of("service", plot.service),
        title=plot.title,
        severity=plot.severity,
        status="resolved" if case.resolved_at else "acknowledged" if case.acknowledged_at else "triggered",
        created_at=case.began_at,
        updated_at=case.resolved_at or case.acknowledged_at or case.began_at,
        acknowledged_at=case.acknowledged_at,
        acknowledged_by=None if plot.acknowledged is None else f"link:{_actor(plot.acknowledged[1])}",
        resolved_at=case.resolved_at,
        resolved_by=_resolver(case),
    )


def _events(found: Rows, case: Case) -> None:
    plot, alert_id = case.plot, id_of("alert", case.plot.key)
    ends_at = case.resolved_at if plot.resolved is not None and plot.resolved[1] is None else None
    until = case.resolved_at or case.began_at + BETWEEN_EVENTS * plot.events
    between = min(BETWEEN_EVENTS, (until - case.began_at) / (plot.events + 1))
    told = [(case.began_at + between * n, "trigger", "counted" if n else "opened") for n in range(plot.events)]
    if ends_at is not None:
        told.append((ends_at, "resolve", "resolved"))
    found.add(
        "alert",
        id=alert_id,
        service_id=id_of("service", plot.service),
        incident_id=case.id,
        dedup_key=plot.key,
        status="resolved" if case.resolved_at else "open",
        summary=plot.title,
        source=plot.source,
        severity=plot.severity,
        first_event_at=case.began_at,
        last_event_at=told[plot.events - 1][0],
        event_count=plot.events,
        resolved_at=case.resolved_at,
    )
    for number, (at, action, outcome) in enumerate(told):
        found.add(
            "event",
            id=id_of("event", plot.key, number),
            service_id=id_of("service", plot.service),
            integration_id=id_of("integration", plot.service),
            routing_key_id=id_of("routing key", plot.service),
            alert_id=alert_id,
            request_id=id_of("request", plot.key, number),
            index=0,
            received_at=at,
            action=action,
            dedup_key=plot.key,
            summary=plot.title,
            outcome=outcome,
            payload={},
        )


def _taken(case: Case) -> tuple[list[Page], datetime | None]:
    """The steps that were taken before somebody answered; and when the policy came to its end, if nobody did."""
    at, pages = case.began_at, list[Page]()
    for number in range(case.policy.rounds):
        for position, (minutes, people) in enumerate(case.policy.steps):
            at += AT_ONCE if pages and _failed(case, pages[-1]) else timedelta(minutes=minutes)
            if case.left_alone_at is not None and at >= case.left_alone_at:
                return pages, None
            pages.append(Page(at, number, position, people))
        at += timedelta(minutes=case.policy.round_minutes)
    return pages, None if case.left_alone_at is not None else at


def _failed(case: Case, page: Page) -> bool:
    return all(first in case.plot.bounces and not _someone(first).has_slack for first in page.people)


def _escalation(found: Rows, case: Case, pages: list[Page], exhausted_at: datetime | None) -> None:
    last = pages[-1]
    found.add(
        "escalation",
        id=id_of("escalation", case.plot.key),
        incident_id=case.id,
        policy_id=id_of("policy", case.policy.name),
        policy_version=1,
        state="stopped" if exhausted_at is None else "exhausted",
        generation=2 if exhausted_at is None else 1,
        round=last.round,
        position=last.position,
        created_at=case.began_at,
        updated_at=exhausted_at or case.left_alone_at,
    )


def _page(found: Rows, case: Case, page: Page) -> None:
    where = {"round": page.round + 1, "step": page.position + 1}
    people = [_someone(first) for first in page.people]
    _say(found, case, page.at, "paged", ESCALATION, **where, recipients=[p.name for p in people])
    for person in people:
        target = f"user:{id_of('user', person.first)}"
        for channel in ("email", "slack") if person.has_slack else ("email",):
            method_id, address = id_of("method", person.first, channel), person.email if channel == "email" else None
            bounced = channel == "email" and person.first in case.plot.bounces
            tries = 2 if channel == "email" and person.first in case.plot.slow else 1
            _notification(found, case, page, (target, channel, address, method_id), tries=tries, bounced=bounced)
    if _failed(case, page):
        _say(found, case, page.at + AT_ONCE, "step_failed", ESCALATION)


def _fallback(found: Rows, case: Case, at: datetime) -> None:
    _say(found, case, at, "escalation_exhausted", ESCALATION, fallback=True)
    _say(found, case, at, "fallback_paged", ESCALATION, recipients=["fallback contact"])
    end = Page(at, case.policy.rounds - 1, len(case.policy.steps) - 1, ())
    _notification(found, case, end, ("fallback", "email", f"fallback@{DOMAIN}", None), tries=1, bounced=False)


def _notification(
    found: Rows, case: Case, page: Page, to: tuple[str, str, str | None, UUID | None], *, tries: int, bounced: bool
) -> None:
    target, channel, address, method_id = to
    name = (case.plot.key, page.round, page.position, target, channel)
    notification_id = id_of("notification", *name)
    took = timedelta(milliseconds=600 + notification_id.int % 1800)
    reason = "bounced" if bounced else None
    finished_at = page.at + took + timedelta(seconds=2) * (tries - 1)
    found.add(
        "notification",
        id=notification_id,
        incident_id=case.id,
        escalation_id=id_of("escalation", case.plot.key),
        generation=1,
        round=page.round,
        position=page.position,
        step_id=None if target == "fallback" else id_of("step", case.policy.name, page.position),
        retry=0,
        target=target,
        rule="default",
        contact_method_id=method_id,
        channel=channel,
        address=address,
        state="failed" if bounced else "delivered",
        attempts=tries,
        uncertain_count=0,
        due_at=page.at,
        created_at=page.at,
        finished_at=finished_at,
        reason=reason,
    )
    for number in range(1, tries + 1):
        is_last = number == tries
        ended_at = finished_at if is_last else page.at + took
        found.add(
            "notification_attempt",
            id=id_of("attempt", *name, number),
            notification_id=notification_id,
            number=number,
            state=("permanent" if bounced else "delivered") if is_last else "temporary",
            unclaimed=False,
            started_at=ended_at - took / 2,
            ended_at=ended_at,
            reason=reason if is_last else "throttled",
            detail="The mailbox does not exist." if bounced else None,
            provider_id=None if bounced or not is_last else f"demo-{notification_id.hex[:12]}",
        )
    kind = "notification_failed" if bounced else "notification_delivered"
    _say(found, case, finished_at, kind, DELIVERY, channel=channel, target=target, reason=reason, unclaimed=False)


def _say(found: Rows, case: Case, at: datetime, kind: str, actor: str, **data: object) -> None:
    number = len(found.tables.get("timeline_entry", ()))
    # what is said of one instant is read in the order of the ids
    entry_id = UUID(int=(id_of("entries", case.plot.key).int >> ORDER_BITS << ORDER_BITS) + number)
    found.add("timeline_entry", id=entry_id, incident_id=case.id, at=at, kind=kind, actor=actor, data=data)


def _resolver(case: Case) -> str | None:
    if case.plot.resolved is None:
        return None
    first = case.plot.resolved[1]
    return case.integration if first is None else _actor(first)


def _actor(first: str) -> str:
    return f"user:{id_of('user', first)}"


def _someone(first: str) -> Someone:
    return next(person for person in PEOPLE if person.first == first)
