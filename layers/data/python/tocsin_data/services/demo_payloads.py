"""What the tools of the demo send with their events, in the form it is kept in."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from tocsin.domain.demo import Plot, Service, id_of
from tocsin.domain.labels import labels

type Payload = Mapping[str, object]
SITE: Final = "tocsin-demo.example"
NEVER: Final = "0001-01-01T00:00:00Z"
"""When an alert ends that goes on, as Prometheus says it."""


def payload(plot: Plot, service: Service, began_at: datetime, ended_at: datetime | None) -> Payload:
    """What an event of a plot holds beyond its summary; `ended_at` is that of the event that says it is over."""
    return _SENT[PROTOCOLS[service.integration]](plot, service, began_at, ended_at)


def labels_of(plot: Plot, service: Service, began_at: datetime) -> Mapping[str, str]:
    """The labels of a plot's incident."""
    return labels(payload(plot, service, began_at, None))


def _alertmanager(plot: Plot, service: Service, began_at: datetime, ended_at: datetime | None) -> Payload:
    said = {
        "alertname": "".join(part.capitalize() for part in plot.key.split("-")),
        "env": "production",
        "instance": plot.source,
        "service": service.name,
        "severity": plot.severity,
    }
    return {
        "labels": said,
        "annotations": {"summary": plot.title},
        "startsAt": began_at.isoformat(timespec="milliseconds"),
        "endsAt": NEVER if ended_at is None else ended_at.isoformat(timespec="milliseconds"),
        "generatorURL": f"https://{service.integration.lower()}.{SITE}/alerts/{plot.key}",
        "fingerprint": id_of("fingerprint", plot.key).hex[:16],
    }


def _generic(plot: Plot, service: Service, began_at: datetime, ended_at: datetime | None) -> Payload:
    del service, ended_at
    said = {"env": "production", "host": plot.source, "job": plot.key, "started_at": began_at.isoformat("T", "seconds")}
    return {"links": [], "details": said}


PROTOCOLS: Final[Mapping[str, str]] = {
    "Alertmanager": "alertmanager",
    "Grafana": "alertmanager",
    "Prometheus": "alertmanager",
    "Cron jobs": "generic",
}
"""By which protocol each tool speaks."""
_SENT: Final[Mapping[str, Callable[[Plot, Service, datetime, datetime | None], Payload]]] = {
    "alertmanager": _alertmanager,
    "generic": _generic,
}
