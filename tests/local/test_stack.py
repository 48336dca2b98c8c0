"""What a newcomer sees: the deployed app on this machine, by HTTP only, and what survives when parts of it die."""

import re
import ssl
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pagerduty
import pytest
import trustme

from tests.support.faults import Evidence, demand
from tests.support.receiver import number_of
from tests.support.stack import FAR_SECONDS, Stack, eventually, http, set_second_step
from tests.support.tls import tls_front

pytestmark = pytest.mark.xdist_group("stack")


def unique(name: str) -> str:
    return f"{name}-{uuid4().hex[:8]}"


@contextmanager
def second_step_after(stack: Stack, seconds: int) -> Generator[None]:
    """Let the demo policy's second step follow sooner, through the API, for as long as the block lasts."""
    set_second_step(stack, seconds)
    try:
        yield
    finally:
        set_second_step(stack, FAR_SECONDS)


def open_incident(stack: Stack, title: str) -> str:
    """The id of the incident with this title, once it is there."""
    rows = eventually(lambda: stack.rows("select id::text from incident where title = %s", title), f"incident {title}")
    return rows[0][0]


def evidence(stack: Stack, about: str, accepted: int) -> Evidence:
    """What has come of these events once all their pages have an outcome."""
    settled = """
        select count(*) from notification n join incident i on i.id = n.incident_id
        where i.title like %s and n.state in ('queued', 'claimed')
        """
    pattern = f"{about}%"
    eventually(lambda: stack.rows(settled, pattern) == [(0,)], "an outcome of every page", 120)
    mails = """
        select n.address, i.number, n.id::text from notification n join incident i on i.id = n.incident_id
        where i.title like %s and n.channel = 'email'
        """
    mailed = {(address, number): name for address, number, name in stack.rows(mails, pattern)}
    pages = [
        page["message_id"] if page["channel"] == "webhook" else mailed[page["recipient"], number_of(page["subject"])]
        for page in stack.pages(about)
    ]
    return Evidence(stack.rows, pages, accepted, pattern)


def test_one_curl_pages_by_mail_and_webhook(stack: Stack) -> None:
    title = unique("disk")
    answer = stack.event("trigger", title)
    pages = stack.wait_for_pages(title, 2)

    assert (answer.status, answer.json["dedup_key"]) == (202, title)
    assert {(page["channel"], page["recipient"], page["problem"]) for page in pages} == {
        ("email", "alice@demo.example", None),
        ("webhook", "Alice", None),
    }


def test_the_browser_is_let_through_from_the_dashboards_address_alone(stack: Stack) -> None:
    origin = stack.machine.dashboard_url
    asks = {"access-control-request-method": "POST", "access-control-request-headers": "authorization,idempotency-key"}

    def preflight(base: str, path: str, by: str) -> dict[str, str]:
        answer = http("OPTIONS", f"{base}{path}", headers={"origin": by, **asks})
        found = {name.lower(): value for name, value in answer.headers.items()}
        return {
            name.removeprefix("access-control-"): found[name] for name in found if name.startswith("access-control-")
        }

    allowed = preflight(stack.api.app_url, "/v1/incidents", origin)
    assert allowed["allow-origin"] == origin
    assert {"GET", "POST", "PUT", "PATCH", "DELETE"} <= set(re.split(r",\s*", allowed["allow-methods"]))
    assert {"authorization", "idempotency-key"} <= set(re.split(r",\s*", allowed["allow-headers"].lower()))
    assert "allow-credentials" not in allowed
    assert "allow-origin" not in preflight(stack.api.app_url, "/v1/incidents", "https://elsewhere.example")
    assert "allow-origin" not in preflight(stack.api.ingest_url, "/v2/enqueue", origin)


def test_unanswered_the_second_step_follows_and_a_link_stops_the_rest(stack: Stack) -> None:
    answered, ignored = unique("answered"), unique("ignored")
    with second_step_after(stack, 3):
        stack.event("trigger", answered)
        link = stack.link(answered)
        assert http("GET", link).status == 200
        acknowledged = http("POST", link.partition("?")[0], "action=acknowledge")
        assert acknowledged.status == 200
        assert answered in acknowledged.body
        stack.event("trigger", ignored)
        pages = stack.wait_for_pages(ignored, 4)

    assert {page["recipient"] for page in pages[2:]} == {"bob@demo.example", "Bob"}
    assert len(stack.pages(answered)) == 2
    incident = stack.rest("GET", f"/v1/incidents/{open_incident(stack, answered)}").json
    assert incident["status"] == "acknowledged"


def test_a_hundred_incidents_at_once_are_all_paged_and_none_twice(stack: Stack) -> None:
    run = unique("many")
    with ThreadPoolExecutor(50) as pool:
        statuses = list(pool.map(lambda i: stack.event("trigger", f"{run}-{i}.").status, range(100)))
    pages = stack.wait_for_pages(run, 200)

    assert statuses == [202] * 100
    assert len({(page["subject"], page["channel"]) for page in pages}) == len(pages) == 200


def test_a_storm_of_one_key_is_one_page(stack: Stack) -> None:
    key = unique("storm")
    with ThreadPoolExecutor(20) as pool:
        statuses = set(pool.map(lambda _: stack.event("trigger", key).status, range(1000)))
    query = "select sum(event_count)::int, count(*) from alert where dedup_key = %s"
    eventually(lambda: stack.rows(query, key) == [(1000, 1)], "1,000 events counted in one alert")

    assert statuses == {202}
    assert len(stack.wait_for_pages(key, 2)) == 2


@pytest.mark.fault("database down for a minute during a burst")
def test_the_database_is_stopped_while_a_thousand_events_come_in(stack: Stack, request: pytest.FixtureRequest) -> None:
    run = unique("outage")
    stack.run.postgres.stop("immediate")
    try:
        with ThreadPoolExecutor(20) as pool:
            statuses = set(pool.map(lambda i: stack.event("trigger", f"{run}-{i}.").status, range(1000)))
    finally:
        stack.run.postgres.start()
    query = "select count(*), count(distinct title) from incident where title like %s"
    eventually(lambda: stack.rows(query, f"{run}-%") == [(1000, 1000)], "1,000 incidents", 240)
    state = """
        select n.state, count(*) from notification n join incident i on i.id = n.incident_id
        where i.title like %s and n.position = 0 group by 1
        """
    eventually(lambda: stack.rows(state, f"{run}-%") == [("delivered", 2000)], "2,000 pages delivered", 240)

    assert statuses == {202}
    demand(request, evidence(stack, run, 1000), "the deployed whole, a thousand events", due=2000, exact=False)


def test_a_revoked_key_is_refused_in_the_protocols_own_words(stack: Stack) -> None:
    (integration,) = stack.rest("GET", "/v1/integrations").json["items"]
    made = stack.rest("POST", f"/v1/integrations/{integration['id']}/keys").json
    body = {
        "routing_key": made["key"],
        "event_action": "trigger",
        "payload": {"summary": unique("revoked"), "source": "test", "severity": "info"},
    }
    url = f"{stack.api.ingest_url}/v2/enqueue"
    assert http("POST", url, body).status == 202
    incident_id = open_incident(stack, body["payload"]["summary"])
    noted = stack.rest("POST", f"/v1/incidents/{incident_id}/notes", {"text": "seen"})
    assert (noted.status, noted.body) == (204, "")
    revoked = stack.rest("POST", f"/v1/integrations/{integration['id']}/keys/{made['id']}/revoke")
    assert revoked.status == 200
    refused = eventually(lambda: (a := http("POST", url, body)).status == 400 and a, "the refusal")

    assert refused.json["status"] == "invalid event"


def test_pagerdutys_own_client_triggers_acknowledges_and_resolves(
    stack: Stack, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    authority = trustme.CA()
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(tls)
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    title = unique("client")
    with tls_front(tls, stack.api.ingest_url) as url:
        trust = ssl.create_default_context(cafile=str(tmp_path / "ca.pem"))
        with pagerduty.EventsApiV2Client(stack.seed.routing_key, base_url=url, verify=trust) as client:
            key = client.trigger(title, "db-1")
            incident = open_incident(stack, title)
            for act, status in ((client.acknowledge, "acknowledged"), (client.resolve, "resolved")):
                act(key)
                path = f"/v1/incidents/{incident}"
                eventually(lambda p=path, s=status: stack.rest("GET", p).json["status"] == s, status)

    assert [record for record in caplog.records if record.name.startswith("pagerduty")] == []


@pytest.mark.fault("emulator killed and restarted with its queues empty")
def test_the_emulator_is_killed_in_mid_escalation_and_the_escalation_goes_on(
    stack: Stack, request: pytest.FixtureRequest
) -> None:
    title, again = unique("killed"), unique("after")
    with second_step_after(stack, 8):
        stack.event("trigger", title)
        stack.wait_for_pages(title, 2)
        evidence(stack, title, 1)
        stack.kill_emulator()
        stack.stop()
        stack.start()
        pages = stack.wait_for_pages(title, 4)
    stack.event("trigger", again)
    stack.wait_for_pages(again, 2)

    assert sorted(page["recipient"] for page in pages) == ["Alice", "Bob", "alice@demo.example", "bob@demo.example"]
    assert len(stack.pages(title)) == 4
    demand(request, evidence(stack, title, 1), "the deployed whole, in mid-escalation", due=4)


def test_stopped_and_started_it_keeps_its_data(stack: Stack) -> None:
    title = unique("kept")
    stack.event("trigger", title)
    stack.wait_for_pages(title, 2)
    path = f"/v1/incidents/{open_incident(stack, title)}"
    stack.stop()
    stack.start()

    assert stack.rest("GET", path).json["title"] == title
    assert len(stack.pages(title)) == 2
