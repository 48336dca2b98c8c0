"""Alertmanager's API v2, for Prometheus without an Alertmanager: POST /api/v2/alerts.

Wire format: prometheus/alertmanager `api/v2/openapi.yaml`. Answers were compared with Alertmanager 0.25, except that
one alert that can't be read does not cost the others of its batch.
"""

from datetime import datetime, timedelta
from typing import Final

from functions.ingest.adapters.alerts import BadAlert, identity, instant, label_set, severity, source, summary, texts
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
    retry_headers,
)
from tocsin.contracts.events import InboundEvent
from tocsin.domain.dedup import EventAction
from tocsin.platform.ids import new_id

RESOLVE_TIMEOUT: Final = timedelta(minutes=5)
ALERTS: Final = "/api/v2/alerts"
STATUS: Final = "/api/v2/status"
HEALTH: Final = ("/-/healthy", "/-/ready")

_REFUSALS: Final[dict[Refusal, tuple[int, str]]] = {
    Refusal.UNKNOWN_KEY: (401, "Unauthorized: a routing key is needed, in the path prefix or in Authorization"),
    Refusal.REVOKED_KEY: (403, "this routing key has been revoked"),
    Refusal.OVER_BUDGET: (429, "this routing key is over its budget of requests a minute"),
    Refusal.TOO_LARGE: (413, "this batch does not fit into 1 MiB even without annotations; send fewer alerts at once"),
    Refusal.UNAVAILABLE: (503, "no alert was stored because the store can't be reached now"),
}


class AlertmanagerApi:
    """What Prometheus, amtool and Karma ask of an Alertmanager, as far as ingest can answer it."""

    protocol = "alertmanager_api"

    def read(self, request: Request, key: str | None) -> Reading:
        """Alerts, the status, or the health; the last two need no key, as with the original."""
        if request.path.endswith(HEALTH):
            return Settled(Answer(200, "OK", "text/plain; charset=utf-8"))
        allowed = "GET" if request.path.endswith(STATUS) else "POST"
        if request.method != allowed:
            message = f"method {request.method} is not allowed, but [{allowed}] are"
            return Settled(json_answer(405, {"code": 405, "message": message}, {"Allow": allowed}))
        if request.path.endswith(STATUS):
            return Settled(_status(request.received_at))
        return self._alerts(request, key_of(request, key))

    def _alerts(self, request: Request, key: str) -> Reading:
        media_type = request.media_type or "application/octet-stream"
        if media_type != "application/json":
            message = f'unsupported media type "{media_type}", only [application/json] are allowed'
            return Settled(json_answer(415, {"code": 415, "message": message}), key)
        try:
            batch = parse(request.body)
        except Malformed as error:
            return Settled(_unreadable(str(error)), key)
        if not isinstance(batch, list):
            return Settled(_unreadable(f"the body must be a list of alerts, not {kind(batch)}"), key)
        if len(batch) > MOST_ALERTS:
            return Settled(self.refuse(Refusal.TOO_LARGE, None), key)
        events: list[InboundEvent] = []
        problems: list[str] = []
        for position, alert in enumerate(batch):
            try:
                events.append(_event(alert, len(events), request.received_at))
            except BadAlert as error:
                problems.append(f"alert {position}: {error}")
        return Accepted(key, events, _bad(problems) if problems else Answer(200, ""))

    def refuse(self, refusal: Refusal, retry_after: int | None) -> Answer:
        """Errors are a JSON string, as in the original."""
        status, text = _REFUSALS[refusal]
        headers = {"WWW-Authenticate": "Basic"} if refusal is Refusal.UNKNOWN_KEY else {}
        return json_answer(status, text, {**headers, **retry_headers(retry_after)})


def _bad(problems: list[str]) -> Answer:
    more = [f"and {len(problems) - MOST_PROBLEMS} more"] if len(problems) > MOST_PROBLEMS else []
    return json_answer(400, "; ".join(problems[:MOST_PROBLEMS] + more))


def _event(alert: Json, index: int, now: datetime) -> InboundEvent:
    """One alert: firing until `endsAt` (five minutes from now when unset), resolved when that is past."""
    if not isinstance(alert, dict):
        raise BadAlert(f"an alert must be an object, not {kind(alert)}")
    if "labels" not in alert:
        raise BadAlert("labels in body is required")
    labels = label_set(alert, "labels")
    if not labels:
        raise BadAlert("at least one label pair required")
    annotations = label_set(alert, "annotations")
    starts_at, ends_at = instant(alert, "startsAt"), instant(alert, "endsAt")
    if starts_at is not None and ends_at is not None and starts_at > ends_at:
        raise BadAlert("start time must be before end time")
    ends_at = ends_at or now + RESOLVE_TIMEOUT
    firing = ends_at > now
    return InboundEvent(
        event_id=new_id(),
        index=index,
        action=EventAction.TRIGGER if firing else EventAction.RESOLVE,
        dedup_key=identity(labels),
        summary=summary(labels, annotations),
        source=source(labels),
        severity=severity(labels),
        expires_at=ends_at if firing else None,
        payload={
            "labels": labels,
            "annotations": annotations,
            **texts(alert, "startsAt", "endsAt", "generatorURL"),
        },
    )


def _unreadable(reason: str) -> Answer:
    return json_answer(400, {"code": 400, "message": f'parsing alerts body from "" failed, because {reason}'})


def _status(now: datetime) -> Answer:
    """Every field that the original's schema requires: amtool crashes on an empty versionInfo."""
    unknown = "unknown"
    return json_answer(
        200,
        {
            "cluster": {"status": "disabled", "peers": []},
            "config": {"original": ""},
            "uptime": now.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "versionInfo": {
                "version": "tocsin",
                "revision": unknown,
                "branch": unknown,
                "buildUser": unknown,
                "buildDate": unknown,
                "goVersion": unknown,
            },
        },
    )
