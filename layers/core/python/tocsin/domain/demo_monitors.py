"""The monitors of the demo, and how they fared for 90 days. All of it is made up, and none of it is ever checked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from tocsin.domain.monitor import CheckStatus, MonitorKind, Reason

REGIONS: Final = ("ap-southeast-1", "eu-central-1", "us-east-1")
FARTHER: Final[Mapping[str, float]] = {"ap-southeast-1": 2.6, "eu-central-1": 1.0, "us-east-1": 1.7}
"""How much longer an answer takes there than at the nearest."""
GROUPS: Final = ("Shop", "Platform")
KNOWN_FOR: Final = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Outage:
    """When a monitor was not as it should be, why, and for how long; None for still."""

    ago: timedelta
    lasted: timedelta | None
    reason: Reason
    detail: str
    status: CheckStatus = CheckStatus.DOWN


@dataclass(frozen=True, slots=True)
class Watch:
    """A monitor of a service. An answer takes some `usual_ms` in the nearest region."""

    name: str
    service: str
    group: str
    kind: MonitorKind
    spec: Mapping[str, object]
    usual_ms: float = 0
    interval_seconds: int = 60
    tags: tuple[str, ...] = ()
    outages: tuple[Outage, ...] = field(default=())
    is_paused: bool = False


def _ago(days: int = 0, hours: int = 0, minutes: int = 0) -> timedelta:
    return timedelta(days=days, hours=hours, minutes=minutes)


def _http(path: str, *assertions: Mapping[str, object]) -> dict[str, object]:
    url = f"https://shop.tocsin-demo.example{path}"
    return {"kind": "http", "url": url, "assertions": [{"type": "status", "codes": ["200"]}, *assertions]}


_REFUSED: Final = "Nobody listens at the address: the connection was refused."
_SLOW: Final[dict[str, object]] = {"type": "latency", "less_than_ms": 1_500, "otherwise": "degraded"}
_HEALTHY: Final[dict[str, object]] = {"type": "json", "path": "$.status", "comparison": "equals", "value": "ok"}
WATCHES: Final = (
    Watch(
        "Shop front page", "Checkout", "Shop", MonitorKind.HTTP, _http("/", _SLOW), 118, 30, ("public", "web"),
        (
            Outage(_ago(71, 4, 20), _ago(minutes=7), Reason.TIMEOUT, "No answer within 10 s."),
            Outage(_ago(0, 21, 12), _ago(minutes=33), Reason.TOO_SLOW, "total took 1,731 ms.", CheckStatus.DEGRADED),
        ),
    ),
    Watch(
        "Checkout API", "Checkout", "Shop", MonitorKind.HTTP, _http("/api/checkout/health", _HEALTHY), 84, 30, ("api",),
        (
            Outage(_ago(38, 11, 2), _ago(minutes=12), Reason.UNEXPECTED_STATUS, "The status is 503; 200 was expected."),
            Outage(_ago(4, 16, 4), _ago(minutes=24), Reason.UNEXPECTED_STATUS, "The status is 500; 200 was expected."),
        ),
    ),
    Watch(
        "Payments API", "Payments API", "Shop", MonitorKind.HTTP, _http("/api/payments/health", _HEALTHY), 96, 30,
        ("api",),
        (
            Outage(_ago(55, 2, 40), _ago(minutes=4), Reason.CONNECTION_RESET, "The connection was reset."),
            Outage(_ago(1, 19, 50), _ago(hours=1, minutes=32), Reason.TIMEOUT, "No answer within 10 s."),
        ),
    ),
    Watch(
        "Search", "Search", "Shop", MonitorKind.HTTP, _http("/api/search?q=lamp"), 142, 60, ("api",),
        (Outage(_ago(1, 6, 24), _ago(minutes=14), Reason.CONNECTION_REFUSED, _REFUSED),),
    ),
    Watch(
        "Certificate of the shop", "Certificates and backups", "Platform", MonitorKind.TLS,
        {"kind": "tls", "host": "shop.tocsin-demo.example"}, 61, 3_600, ("public",),
        (
            Outage(
                _ago(2, 1, 0), None, Reason.CERTIFICATE_EXPIRES_SOON, "The certificate expires in 12 days.",
                CheckStatus.DEGRADED,
            ),
        ),
    ),
    Watch(
        "Mail relay", "Certificates and backups", "Platform", MonitorKind.TCP,
        {"kind": "tcp", "host": "mail.tocsin-demo.example", "port": 25, "expect": "^220 "}, 33, 60,
    ),
    Watch(
        "Names of the shop", "Checkout", "Platform", MonitorKind.DNS,
        {"kind": "dns", "name": "shop.tocsin-demo.example", "record_type": "A", "expect": ["192.0.2.10"]}, 12, 300,
    ),
    Watch(
        "Staging front page", "Checkout", "Shop", MonitorKind.HTTP, _http("/staging/"), 160, 300, ("staging",),
        is_paused=True,
    ),
    Watch(
        "Nightly backup of billing", "Certificates and backups", "Platform", MonitorKind.HEARTBEAT,
        {"kind": "heartbeat", "cron": "0 2 * * *", "time_zone": "Europe/Stockholm", "grace_seconds": 3_600},
        outages=(
            Outage(
                _ago(5, 9, 40), _ago(hours=1, minutes=15), Reason.HEARTBEAT_MISSED,
                "It should have reported by 02:00, or within 3,600 s after that.",
            ),
        ),
    ),
)  # fmt: skip
