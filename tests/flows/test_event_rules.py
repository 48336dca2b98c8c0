"""What becomes of events by rules, windows and dependencies: the examples of docs/event-rules.md, as they happen."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from tests.support.flow import Flow, step
from tocsin.contracts.api import ServiceInput
from tocsin.contracts.api_event_rules import DependenciesInput, EventRulesInput, MaintenanceWindow, WindowInput
from tocsin.domain.permission import Role
from tocsin_data.services import catalog, dependencies, event_rules, maintenance
from tocsin_data.services.actors import Actor
from tocsin_data.services.memberships import By
from tocsin_data.services.processing import process

ACTOR = Actor("system", None)
BY = By(ACTOR, Role.ADMIN, None)


class Site:
    """One organization's rules, windows and services, written by the services that the API calls."""

    def __init__(self, flow: Flow) -> None:
        self.flow = flow
        self.world = flow.world
        self.db = flow.database.enter("app")

    def rules(self, *rules: Mapping[str, Any], zone: str = "UTC") -> None:
        version = event_rules.get_rules(self.db, self.world.org_id, None).version
        data = EventRulesInput.model_validate({"time_zone": zone, "rules": list(rules)})
        event_rules.put_rules(self.db, self.world.org_id, BY, None, data, version=version)

    def service(self, name: str, **more: Any) -> Any:
        made = catalog.create_service(self.db, self.world.org_id, ACTOR, ServiceInput(name=name, **more))
        return made.id

    def window(self, lasting: str, **more: Any) -> MaintenanceWindow:
        minutes = timedelta(minutes=int(lasting.removesuffix("m")))
        now = self.world.now
        data = {"name": "upgrade", "everything": True, "starts_at": now, "ends_at": now + minutes, **more}
        return maintenance.create_window(self.db, self.world.org_id, ACTOR, WindowInput.model_validate(data))

    def send(self, summary: str, key: str, action: str = "trigger", **labels: str) -> None:
        """An event of the Events API with custom details."""
        payload = {"summary": summary, "source": "test", "severity": "error", "custom_details": labels}
        body = {"routing_key": self.world.routing_key, "event_action": action, "dedup_key": key, "payload": payload}
        assert self.flow.post("/v2/enqueue", body)["statusCode"] == 202
        self.flow.pump()

    def incidents(self, *columns: str) -> list[tuple[Any, ...]]:
        rows = self.flow.database.rows("select to_jsonb(i) from incident i order by number")
        return [tuple(row[0][column] for column in columns) for row in rows]

    def told(self, kind: str) -> list[dict[str, Any]]:
        return [
            r[0] for r in self.flow.database.rows("select data from timeline_entry where kind = %s order by id", kind)
        ]


@pytest.fixture
def site(flow: Flow) -> Site:
    flow.given(policy=[step(flow.world.alice), step(flow.world.bob, after="30m")])
    return Site(flow)


def rule(name: str, condition: str | None = None, *, continues: bool = False, **actions: Any) -> dict[str, Any]:
    return {"name": name, "condition": condition, "actions": actions, "continues": continues}


def test_events_are_routed_to_the_service_and_the_policy_that_their_labels_name(flow: Flow, site: Site) -> None:
    payments = site.service("payments")
    night = flow.world.policy([step(flow.world.bob)])
    flow.given(policy=[step(flow.world.alice)])
    site.rules(
        rule("payments", "labels.team == 'payments'", service_id=str(payments), policy_id=str(night), urgency="low"),
        rule("tests", "labels.env == 'test'", suppress=True),
    )
    site.send("card declined", "cards", team="payments")
    flow.expect_page(flow.world.bob, "card declined")
    site.send("disk full", "disk", env="test")
    flow.expect_no_page()
    site.send("disk full", "disk2")
    flow.expect_page(flow.world.alice, "disk full")
    assert site.incidents("service_id", "urgency", "muted_by") == [
        (str(payments), "low", None),
        (str(flow.world.service_id), "high", site.incidents("muted_by")[1][0]),
        (str(flow.world.service_id), "high", None),
    ]
    site.send("", "cards", "resolve")
    assert site.incidents("status")[0] == ("resolved",)


def test_a_transient_pages_nobody_and_what_lasts_does(flow: Flow, site: Site) -> None:
    site.rules(rule("blips", "event.summary.startsWith('blip')", hold_seconds=120))
    site.send("blip of a", "a")
    site.send("blip of b", "b")
    flow.advance("1m")
    site.send("", "a", "resolve")
    flow.expect_no_page()
    flow.advance("1m")
    flow.expect_page(flow.world.alice, "blip of b")
    flow.expect_no_page()
    flow.advance("30m")
    flow.expect_page(flow.world.bob, "blip of b")


def test_alerts_of_one_group_are_one_incident_until_the_last_is_resolved(flow: Flow, site: Site) -> None:
    site.rules(rule("by cluster", "true", group={"by": ["cluster"], "window_seconds": 600}))
    site.send("node 1 down", "n1", cluster="eu")
    flow.expect_page(flow.world.alice, "node 1 down")
    site.send("node 2 down", "n2", cluster="eu")
    flow.expect_no_page()
    site.send("node 9 down", "n9", cluster="us")
    flow.expect_page(flow.world.alice, "node 9 down")
    assert [t["summary"] for t in site.told("alert_joined")] == ["node 2 down"]
    site.send("", "n1", "resolve", cluster="eu")
    assert site.incidents("status") == [("triggered",), ("triggered",)]
    site.send("", "n2", "resolve", cluster="eu")
    assert site.incidents("status") == [("resolved",), ("triggered",)]
    site.send("node 2 down again", "n2", cluster="eu")
    flow.expect_page(flow.world.alice, "node 2 down again")
    flow.advance("11m")
    site.send("node 3 down", "n3", cluster="eu")
    flow.expect_page(flow.world.alice, "node 3 down")


def test_a_window_that_ends_during_an_incident_starts_its_escalation(flow: Flow, site: Site) -> None:
    site.window("20m")
    site.send("disk full", "disk")
    site.send("gone by itself", "blip")
    site.send("", "blip", "resolve")
    flow.advance("19m")
    flow.expect_no_page()
    (muted, _) = site.told("muted")
    assert muted["reason"].startswith("maintenance “upgrade” lasts until ")
    flow.advance("2m")
    flow.expect_page(flow.world.alice, "disk full")
    flow.expect_no_page()
    flow.advance("30m")
    flow.expect_page(flow.world.bob, "disk full")
    assert [t["was_muted_by"] for t in site.told("unmuted")] == [muted["muted_by"]]


def test_what_a_rule_has_routed_keeps_its_policy_when_a_window_ends(flow: Flow, site: Site) -> None:
    night = flow.world.policy([step(flow.world.bob)])
    flow.given(policy=[step(flow.world.alice)])
    site.rules(rule("night", "labels.team == 'payments'", policy_id=str(night)))
    site.window("10m")
    site.send("card declined", "cards", team="payments")
    flow.advance("11m")
    flow.expect_page(flow.world.bob, "card declined")
    flow.expect_no_page()


@pytest.mark.parametrize("how", ["end_window", "cancel_window"])
def test_a_window_that_is_ended_early_lets_what_it_muted_page(flow: Flow, site: Site, how: str) -> None:
    window = site.window("60m", everything=False, labels={"host": "db1"}, kind="silence")
    site.send("slow", "slow", host="db1")
    flow.expect_no_page()
    site.send("slow too", "slow2", host="db2")
    flow.expect_page(flow.world.alice, "slow too")
    flow.advance("5m")
    getattr(maintenance, how)(site.db, flow.world.org_id, ACTOR, window.id)
    flow.advance("1m")
    flow.expect_page(flow.world.alice, "slow")
    assert maintenance.list_active(site.db, flow.world.org_id) == []


def test_two_windows_mute_until_the_later_one_is_over_and_the_acknowledged_stays_quiet(flow: Flow, site: Site) -> None:
    site.window("10m")
    site.send("disk full", "disk")
    site.send("known", "known")
    flow.acknowledge("known")
    site.window("30m")
    flow.advance("25m")
    flow.expect_no_page()
    flow.advance("10m")
    flow.expect_page(flow.world.alice, "disk full")
    flow.expect_no_page()
    assert site.incidents("status", "muted_by") == [("triggered", None), ("acknowledged", None)]


def test_a_recurring_window_opens_again_at_its_local_time(flow: Flow, site: Site) -> None:
    now = flow.now.replace(microsecond=0)
    site.window("10m", starts_at=now, ends_at=now + timedelta(minutes=10), recurrence="FREQ=DAILY")
    site.send("first", "first")
    flow.advance("11m")
    flow.expect_page(flow.world.alice, "first")
    site.send("", "first", "resolve")
    flow.sweep_every = "1h"
    flow.advance("1429m")
    flow.sweep_every = "60s"
    site.send("second", "second")
    flow.expect_no_page()
    flow.advance("11m")
    flow.expect_page(flow.world.alice, "second")


def test_a_service_stays_quiet_while_what_it_depends_on_is_down(flow: Flow, site: Site) -> None:
    shop, web = flow.world.service_id, site.service("web", policy_id=flow.world.policy_id)
    data = site.service("database", policy_id=flow.world.policy_id)
    for service_id, parent in ((shop, web), (web, data)):
        wanted = DependenciesInput(depends_on=[parent])
        dependencies.put_dependencies(site.db, flow.world.org_id, BY, service_id, wanted)
    site.rules(rule("database", "labels.of == 'database'", service_id=str(data), continues=True))
    site.send("database down", "db", of="database")
    flow.expect_page(flow.world.alice, "database down")
    site.send("shop slow", "shop")
    flow.expect_no_page()
    (muted,) = site.told("muted")
    number = site.incidents("number")[0][0]
    assert muted["reason"] == f"the service depends on database, which has incident #{number} open"
    flow.advance("5m")
    flow.expect_no_page()
    site.send("", "db", "resolve")
    flow.advance("2m")
    flow.expect_page(flow.world.alice, "shop slow")


def test_a_trigger_soon_after_the_end_opens_the_same_incident_again(flow: Flow, site: Site) -> None:
    flow.database.rows("update service set reopen_window_seconds = 300 returning id")
    site.send("flapping", "flap")
    flow.expect_page(flow.world.alice, "flapping")
    site.send("", "flap", "resolve")
    flow.advance("4m")
    site.send("flapping", "flap")
    flow.expect_page(flow.world.alice, "flapping")
    assert site.incidents("status", "reopened_count") == [("triggered", 1)]
    assert "reopened" in flow.timeline()
    site.send("", "flap", "resolve")
    flow.advance("6m")
    site.send("flapping", "flap")
    flow.expect_page(flow.world.alice, "flapping")
    assert site.incidents("status") == [("resolved",), ("triggered",)]


def test_a_rule_that_fails_on_an_event_does_not_match_and_is_in_the_trace(flow: Flow, site: Site) -> None:
    site.rules(rule("hot", "double(labels.cpu) > 90.0", suppress=True))
    site.send("busy", "busy", cpu="a lot")
    flow.expect_page(flow.world.alice, "busy")
    (decided,) = site.told("decided")
    assert [line["decision"] for line in decided["trace"]] == ["rule_failed", "no_rule_matched"]
    assert decided["trace"][0]["version"] == 2


def test_the_same_message_twice_decides_once(flow: Flow, site: Site) -> None:
    site.rules(rule("all", "true", group={"by": [], "window_seconds": 600}))
    world = flow.world
    message = world.request(world.event(), world.event(dedup_key="other", index=1))
    worker = flow.database.enter("worker")
    for _ in range(2):
        process(worker, [message, message], key_budget_per_minute=6000)
    assert site.incidents("status") == [("triggered",)]
    assert flow.database.rows("select count(*), count(distinct incident_id) from alert") == [(2, 1)]
