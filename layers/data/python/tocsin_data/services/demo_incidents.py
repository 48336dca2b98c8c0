"""The rows of one incident of the demo: its events, its pages and their outcomes, and its timeline."""

from datetime import datetime, timedelta
from typing import Final

from tocsin.domain.demo import Plot, id_of
from tocsin_data.services import demo_notifications, demo_payloads
from tocsin_data.services.demo_cases import Case, Page, actor, case_of, say
from tocsin_data.services.demo_rotas import Rotas
from tocsin_data.services.demo_tables import Rows

DECISION: Final = "system:event_rules"
BETWEEN_EVENTS: Final = timedelta(seconds=75)


def tell(found: Rows, plot: Plot, now: datetime, rotas: Rotas) -> None:
    """Add the rows of a plot."""
    case = case_of(plot, now, rotas)
    plot, began_at = case.plot, case.began_at
    _incident(found, case)
    _events(found, case)
    say(found, case, began_at, "triggered", case.integration, dedup_key=plot.key, late=False)
    say(found, case, began_at, "decided", DECISION, trace=case.decision.trace)
    pages, exhausted_at = case.taken()
    _escalation(found, case, pages, exhausted_at)
    for page in pages:
        demo_notifications.page(found, case, page)
    if exhausted_at is not None:
        demo_notifications.fallback(found, case, exhausted_at)
    for after, first, text in plot.notes:
        say(found, case, began_at + after, "note", actor(first), text=text)
    if plot.acknowledged is not None and case.acknowledged_at is not None:
        say(found, case, case.acknowledged_at, "acknowledged", f"link:{actor(plot.acknowledged[1])}")
    if case.resolved_at is not None:
        say(found, case, case.resolved_at, "resolved", case.resolver or case.integration)


def _incident(found: Rows, case: Case) -> None:
    plot = case.plot
    found.add(
        "incident",
        id=case.id,
        service_id=id_of("service", plot.service),
        title=plot.title,
        severity=plot.severity,
        urgency=case.urgency,
        labels=case.labels,
        routed_policy_id=case.decision.policy_id,
        status="resolved" if case.resolved_at else "acknowledged" if case.acknowledged_at else "triggered",
        created_at=case.began_at,
        updated_at=case.resolved_at or case.acknowledged_at or case.began_at,
        acknowledged_at=case.acknowledged_at,
        acknowledged_by=None if plot.acknowledged is None else f"link:{actor(plot.acknowledged[1])}",
        resolved_at=case.resolved_at,
        resolved_by=case.resolver,
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
        ended_at = at if action == "resolve" else None
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
            payload=demo_payloads.payload(plot, case.service, case.began_at, ended_at),
            trace=case.decision.trace if outcome == "opened" else None,
        )


def _escalation(found: Rows, case: Case, pages: list[Page], exhausted_at: datetime | None) -> None:
    number, position = (pages[-1].round, pages[-1].position + 1) if pages else (0, 0)
    if position == len(case.policy.steps):
        number, position = number + 1, 0
    found.add(
        "escalation",
        id=id_of("escalation", case.plot.key),
        incident_id=case.id,
        policy_id=id_of("policy", case.policy.name),
        policy_version=case.policy.version,
        state="stopped" if exhausted_at is None else "exhausted",
        generation=2 if exhausted_at is None else 1,
        round=number,
        position=position,
        created_at=case.began_at,
        updated_at=exhausted_at or case.left_alone_at,
    )
