"""Debian's Alertmanager and Prometheus pointed at the deployed stack: what they report opens, pages and resolves."""

import json
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from tests.support.clients import Running, alertmanager, binary, running, tell
from tests.support.stack import Stack, eventually

pytestmark = [pytest.mark.clients, pytest.mark.xdist_group("stack")]


def status(stack: Stack, name: str) -> str | None:
    """Where the incident whose title holds this name stands."""
    rows = stack.rows("select status from incident where title like %s", f"%{name}%")
    assert len(rows) <= 1
    return rows[0][0] if rows else None


def live(stack: Stack, client: Running, name: str) -> None:
    """An alert of this name fires and ends; its incident does the same, and paged once."""
    alert: dict[str, Any] = {"labels": {"alertname": name, "severity": "critical"}, "annotations": {"summary": name}}
    tell(client, alert)
    eventually(lambda: status(stack, name) == "triggered", "the incident")
    assert len(stack.wait_for_pages(name, 2)) == 2
    tell(client, {**alert, "startsAt": "2019-01-01T00:00:00Z", "endsAt": "2020-01-01T00:00:00Z"})
    eventually(lambda: status(stack, name) == "resolved", "its end")
    assert client.troubles() == []


def test_alertmanager_by_webhook(stack: Stack, tmp_path: Path) -> None:
    url = f"{stack.api.ingest_url}/v1/integrations/alertmanager/{stack.seed.routing_key}"
    with alertmanager(tmp_path, {"webhook_configs": [{"url": url, "send_resolved": True}]}) as client:
        live(stack, client, f"Webhook{uuid4().hex[:6]}")


def test_alertmanager_by_pagerduty(stack: Stack, tmp_path: Path) -> None:
    duty = {"url": f"{stack.api.ingest_url}/v2/enqueue", "routing_key": stack.seed.routing_key, "send_resolved": True}
    with alertmanager(tmp_path, {"pagerduty_configs": [duty]}) as client:
        live(stack, client, f"Duty{uuid4().hex[:6]}")


def test_prometheus_without_an_alertmanager(stack: Stack, tmp_path: Path) -> None:
    name = f"Queue{uuid4().hex[:6]}"
    address, _, prefix = stack.api.ingest_url.removeprefix("http://").partition("/")
    target = {"path_prefix": f"/{prefix}/alertmanager/{stack.seed.routing_key}"}
    config = {
        "global": {"evaluation_interval": "200ms"},
        "rule_files": ["rules.yml"],
        "alerting": {"alertmanagers": [{"static_configs": [{"targets": [address]}], **target}]},
    }
    told = {"summary": f"{name} is long"}
    # Fires for six seconds of every twelve, so that it ends by itself.
    rule = {
        "alert": name,
        "expr": "vector(7) and on() (vector(time()) % 12 < 6)",
        "labels": {"severity": "warning"},
        "annotations": told,
    }
    (tmp_path / "prometheus.yml").write_text(json.dumps(config))
    (tmp_path / "rules.yml").write_text(json.dumps({"groups": [{"name": "g", "rules": [rule]}]}))
    command = [
        binary("prometheus"),
        "--config.file=prometheus.yml",
        "--storage.tsdb.path=data",
        "--web.listen-address=127.0.0.1:0",
        "--rules.alert.resend-delay=500ms",
    ]
    with running(command, tmp_path, "Server is ready to receive web requests") as client:
        statuses = "select array_agg(status order by number) from incident where title = %s"
        eventually(lambda: (stack.rows(statuses, told["summary"])[0][0] or [])[:1] == ["resolved"], "rise and fall")
        assert len(stack.wait_for_pages(name, 2)) >= 2
    assert client.troubles() == []
