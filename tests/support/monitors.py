"""Monitors to test with, put straight into the database: sensible values, each of which a test may say otherwise."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid4

from psycopg.types.json import Jsonb

from tests.support.world import World
from tocsin.contracts.checks import CheckMonitor

REGIONS: Final = ("eu-west-1", "us-east-1", "ap-southeast-2")
SPECS: Final[Mapping[str, dict[str, Any]]] = {
    "http": {"kind": "http", "url": "https://shop.acme.example/health"},
    "tls": {"kind": "tls", "host": "shop.acme.example"},
    "tcp": {"kind": "tcp", "host": "mail.acme.example", "port": 25},
    "dns": {"kind": "dns", "name": "acme.example", "record_type": "A"},
    "heartbeat": {"kind": "heartbeat", "interval_seconds": 3_600, "grace_seconds": 300},
}
"""What the API would have stored, by kind; what is left out has the specification's own default."""


def insert_monitor(
    world: World,
    name: str | None = None,
    *,
    kind: str = "http",
    spec: Mapping[str, object] | None = None,
    regions: Sequence[str] = REGIONS,
    **columns: object,
) -> UUID:
    """Insert a monitor of the world's service as an administrator; `columns` are any of the table's. Answers its id."""
    monitor_id = uuid4()
    row: dict[str, object] = {
        "id": monitor_id,
        "org_id": world.org_id,
        "service_id": world.service_id,
        "name": name or f"{kind} {monitor_id}",
        "kind": kind,
        "spec": {**SPECS[kind], **(spec or {})},
        "severity": "critical",
        "interval_seconds": 60,
        "timeout_seconds": 10,
        "regions": [] if kind == "heartbeat" else list(regions),
        "failures_to_down": 2,
        "successes_to_up": 2,
        "confirmation_seconds": 0,
        "recovery_seconds": 0,
        "secret_names": [],
        "tags": [],
        "description": "",
        "origin": "live",
        "version": 1,
        "created_at": world.now,
        "created_by": "test",
        "updated_at": world.now,
        **columns,
    }
    with world.database.admin() as conn:
        conn.execute(
            "insert into monitor select * from jsonb_populate_record(null::monitor, %s)",
            (Jsonb(row, dumps=_dumps),),
        )
    return UUID(str(row["id"]))


def check_monitor(world: World, monitor_id: UUID) -> CheckMonitor:
    """The monitor as the configuration carries it."""
    ((org_id, version, interval, timeout, spec, sealed, origin, regions),) = world.database.rows(
        "select org_id, version, interval_seconds, timeout_seconds, spec, sealed, origin, regions"
        " from monitor where id = %s",
        monitor_id,
    )
    return CheckMonitor.model_validate(
        {
            "monitor_id": monitor_id,
            "org_id": org_id,
            "version": version,
            "interval_seconds": interval,
            "timeout_seconds": timeout,
            "spec": spec,
            "sealed": sealed,
            "origin": origin,
            "regions": regions,
        }
    )


def _dumps(row: object) -> str:
    return json.dumps(row, default=lambda value: value.isoformat() if isinstance(value, datetime) else str(value))
