"""Alertmanager's webhook, version 4: each alert of a group is one event, by its own status.

Wire format: prometheus/alertmanager `notify/webhook`, `template.Data`. Unknown fields are ignored.
"""

from http import HTTPStatus
from typing import Final

from functions.ingest.adapters.alerts import BadAlert, identity, label_set, severity, source, summary, texts
from functions.ingest.body import Json, Malformed, kind, parse
from functions.ingest.credentials import key_of
from functions.ingest.exchange import (
    MOST_ALERTS,
    MOST_PROBLEMS,
    Accepted,
    Answer,
    Reading,
    Refusal,
    Request,
    Settled,
    json_answer,
)
from functions.ingest.problems import malformed, problem, refused
from tocsin.contracts.events import InboundEvent
from tocsin.domain.dedup import EventAction
from tocsin.errors import FieldProblem
from tocsin.platform.ids import new_id

FINGERPRINT_LENGTH: Final = 255


class AlertmanagerWebhook:
    """What Alertmanager's `webhook_configs` send."""

    protocol = "alertmanager_webhook"

    def read(self, request: Request, key: str | None) -> Reading:
        """A group of alerts; those that can't be read do not cost the others."""
        if request.method != "POST":
            return Settled(refused(Refusal.WRONG_METHOD, None))
        routing_key = key_of(request, key)
        try:
            group = parse(request.body)
        except Malformed as error:
            return Settled(malformed(request.media_type, str(error)), routing_key)
        alerts = group.get("alerts") if isinstance(group, dict) else None
        if not isinstance(group, dict) or not isinstance(alerts, list):
            wrong = FieldProblem("alerts", "must be a list of alerts, in an object as Alertmanager's webhook sends it")
            answer = problem(HTTPStatus.BAD_REQUEST, "invalid", "This is no Alertmanager webhook.", [wrong])
            return Settled(answer, routing_key)
        if len(alerts) > MOST_ALERTS:
            return Settled(refused(Refusal.TOO_LARGE, None), routing_key)
        events, problems = _events(group, alerts)
        if problems:
            detail = f"{len(events)} of {len(alerts)} alerts were accepted."
            answer = problem(HTTPStatus.BAD_REQUEST, "invalid", detail, problems[:MOST_PROBLEMS])
            return Accepted(routing_key, events, answer)
        done = {"status": "accepted", "request_id": str(request.request_id), "events": len(events)}
        return Accepted(routing_key, events, json_answer(200, done))

    def refuse(self, refusal: Refusal, retry_after: int | None) -> Answer:
        """Alertmanager looks at the status only; people read the problem document."""
        return refused(refusal, retry_after)


def _events(group: dict[str, Json], alerts: list[Json]) -> tuple[list[InboundEvent], list[FieldProblem]]:
    events: list[InboundEvent] = []
    problems: list[FieldProblem] = []
    for position, alert in enumerate(alerts):
        try:
            events.append(_event(alert, len(events), group))
        except BadAlert as error:
            problems.append(FieldProblem(f"alerts[{position}]", str(error)))
    return events, problems


def _event(alert: Json, index: int, group: dict[str, Json]) -> InboundEvent:
    if not isinstance(alert, dict):
        raise BadAlert(f"must be an object, not {kind(alert)}")
    labels, annotations = label_set(alert, "labels"), label_set(alert, "annotations")
    fingerprint = alert.get("fingerprint")
    if not isinstance(fingerprint, str) or not 0 < len(fingerprint) <= FINGERPRINT_LENGTH:
        fingerprint = None
    if not labels and fingerprint is None:
        raise BadAlert("labels or a fingerprint are needed to tell it from other alerts")
    return InboundEvent(
        event_id=new_id(),
        index=index,
        action=_action(alert, group),
        dedup_key=fingerprint or identity(labels),
        summary=summary(labels, annotations) or "Alertmanager alert",
        source=source(labels),
        severity=severity(labels),
        payload={
            "labels": labels,
            "annotations": annotations,
            **texts(alert, "startsAt", "endsAt", "generatorURL", "fingerprint"),
            **texts(group, "receiver", "externalURL"),
            **_truncated(group),
        },
    )


def _action(alert: dict[str, Json], group: dict[str, Json]) -> EventAction:
    """The alert's own status counts: a resolved group may list alerts that still fire, and the other way round."""
    status = alert.get("status", group.get("status", "firing"))
    if status == "resolved":
        return EventAction.RESOLVE
    if status == "firing":
        return EventAction.TRIGGER
    raise BadAlert('status must be "firing" or "resolved"')


def _truncated(group: dict[str, Json]) -> dict[str, int]:
    """How many alerts `max_alerts` kept back: they are not here, and someone should know."""
    count = group.get("truncatedAlerts")
    return {"truncatedAlerts": count} if isinstance(count, int) and not isinstance(count, bool) and count > 0 else {}
