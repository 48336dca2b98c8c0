"""Monitors over the API: made whole or refused with every reason, secrets never told, regions told of every change."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.support.api_host import ApiHost, api_host, seal_key
from tests.support.monitors import REGIONS, insert_monitor
from tests.support.world import World
from tocsin.platform.sealing import open_sealed

PATH = "/v1/monitors"
CHECKS = {"document": "checks"}


@pytest.fixture
def api(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[ApiHost]:
    with api_host(world, monkeypatch) as host:
        yield host


def draft(world: World, spec: dict[str, Any] | None = None, **changes: Any) -> dict[str, Any]:
    target = {"kind": "http", "url": "https://shop.acme.example/health"}
    return {"name": "shop", "service_id": str(world.service_id), "spec": spec or target, **changes}


def opened(world: World, monitor_id: str, tmp_path: Any) -> dict[str, str]:
    """The secrets of a monitor, as a check opens them."""
    ((sealed,),) = world.database.rows("select sealed from monitor where id = %s", monitor_id)
    key = tmp_path / f"{uuid4()}.pem"
    key.write_bytes(seal_key().as_pem(private=True))
    return dict(open_sealed(sealed, str(key), None))


def test_a_monitor_is_made_with_good_defaults_and_read_with_its_version(api: ApiHost, world: World) -> None:
    made = api.call("POST", PATH, draft(world))
    assert (made.status, made.headers["ETag"]) == (201, '"1"')
    found = made.json
    assert found["regions"] == list(REGIONS)
    assert (found["interval_seconds"], found["timeout_seconds"], found["quorum"]) == (60, 10, None)
    assert (found["failures_to_down"], found["successes_to_up"], found["severity"]) == (2, 2, "critical")
    assert (found["status"], found["last_checked_at"], found["in_regions"]) == ("unknown", None, [])
    read = api.call("GET", f"{PATH}/{found['id']}")
    assert read.json == {name: value for name, value in found.items() if name != "ping_url"}
    assert api.sent("publications") == [CHECKS]


def test_what_a_monitor_is_stands_beside_what_it_checks(api: ApiHost, world: World) -> None:
    monitor_id = insert_monitor(world, "shop")
    with world.database.admin() as conn:
        conn.execute(
            "insert into monitor_state (org_id, monitor_id, status, since, alerts)"
            " values (%s, %s, 'down', now(), '{down,stale}')",
            (world.org_id, monitor_id),
        )
        for region, status in (("eu-west-1", "down"), ("us-east-1", "up"), ("gone-1", "up")):
            conn.execute(
                "insert into monitor_region (org_id, monitor_id, region, status, since, last_tick, last_status,"
                " last_reason, last_latency_ms) values (%s, %s, %s, %s, now(), now(), %s, null, 12.5)",
                (world.org_id, monitor_id, region, status, status),
            )
    found = api.call("GET", f"{PATH}/{monitor_id}").json
    assert (found["status"], found["is_stale"], found["is_flapping"]) == ("down", True, False)
    assert [(r["region"], r["status"], r["last_latency_ms"]) for r in found["in_regions"]] == [
        ("eu-west-1", "down", 12.5),
        ("us-east-1", "up", 12.5),
    ]
    assert found["last_checked_at"] == max(r["last_checked_at"] for r in found["in_regions"])


def test_a_list_is_filtered_and_goes_on_by_name(api: ApiHost, world: World) -> None:
    down = insert_monitor(world, "a shop", tags=["web", "eu"])
    insert_monitor(world, "b mail", kind="tcp", paused_at=world.now.isoformat(), paused_by="test")
    insert_monitor(world, "c names", kind="dns", description="Of the SHOP")
    insert_monitor(World(world.database, name="Other"), "a shop")
    with world.database.admin() as conn:
        conn.execute(
            "insert into monitor_state (org_id, monitor_id, status, since) values (%s, %s, 'down', now())",
            (world.org_id, down),
        )

    def names(**query: Any) -> list[str]:
        return [m["name"] for m in api.call("GET", PATH, query=query).json["items"]]

    assert names() == ["a shop", "b mail", "c names"]
    assert names(status="down") == ["a shop"]
    assert names(status=["unknown", "down"], kind=["tcp", "http"]) == ["a shop", "b mail"]
    assert names(tag="eu") == names(tag=["eu", "none"]) == ["a shop"]
    assert names(paused="true") == ["b mail"]
    assert names(q="shop") == ["a shop", "c names"]
    assert names(q="mail.acme") == ["b mail"]
    assert names(service_id=str(world.service_id), q="%") == []
    assert names(monitor_id=[str(down), str(UUID(int=7))]) == names(monitor_id=str(down), status="down") == ["a shop"]
    assert names(monitor_id=str(down), status="up") == []
    for bad in (["nobody"], [str(UUID(int=n)) for n in range(101)]):
        refused = api.call("GET", PATH, query={"monitor_id": bad})
        assert (refused.status, refused.problem["errors"][0]["field"].split(".")[:2]) == (422, ["query", "monitor_id"])
    first = api.call("GET", PATH, query={"limit": 2}).json
    assert names(cursor=first["next_cursor"]) == ["c names"]


def test_a_change_needs_the_version_that_was_read_and_is_told_to_regions(api: ApiHost, world: World) -> None:
    path = f"{PATH}/{api.call('POST', PATH, draft(world)).json['id']}"
    changed = api.call("PUT", path, draft(world, interval_seconds=30), headers={"if-match": '"1"'})
    assert (changed.status, changed.json["version"], changed.json["interval_seconds"]) == (200, 2, 30)
    assert api.call("PUT", path, draft(world), headers={"if-match": '"1"'}).problem["code"] == "stale_version"
    assert api.call("PUT", path, draft(world)).status == 428
    same = api.call("PUT", path, draft(world, interval_seconds=30), headers={"if-match": '"2"'})
    assert same.json["version"] == 2
    sent = api.sent("publications")
    assert [m["document"] for m in sent] == ["checks", "checks", "pages", "checks", "pages"]
    assert {m.get("org_id") for m in sent if m["document"] == "pages"} == {str(world.org_id)}


def test_pausing_resuming_and_deleting(api: ApiHost, world: World) -> None:
    path = f"{PATH}/{api.call('POST', PATH, draft(world)).json['id']}"
    paused = api.call("POST", f"{path}/pause").json
    assert paused["paused_at"] is not None
    assert paused["paused_by"].startswith("api_key:")
    assert api.call("POST", f"{path}/pause").json["version"] == paused["version"] == 2
    assert api.call("POST", f"{path}/resume").json["paused_at"] is None
    assert api.call("DELETE", path).status == 204
    assert api.call("GET", path).status == 404
    told = [m["document"] for m in api.sent("publications")]
    assert (told.count("checks"), told.count("pages")) == (5, 4), "what the public sees of it is told at once"
    assert api.call("POST", PATH, draft(world)).status == 201, "its name is free again"


def test_a_password_that_is_written_out_is_refused_with_what_to_write(api: ApiHost, world: World) -> None:
    spec = {"kind": "http", "url": "https://shop.acme.example/"}
    auth = {"type": "basic", "username": "u", "password": "hunter2-plain"}
    refused = api.call("POST", PATH, draft(world, {**spec, "auth": auth}))
    assert refused.status == 422
    assert "must name a secret, as {{password}}, and have its value in secrets.password" in refused.text
    assert "hunter2" not in refused.text
    plain = [{"name": name, "value": "x"} for name in ("Accept", "Idempotency-Key", "X-Keyword", "Author")]
    named = {"name": "Authorization", "value": "Bearer {{token}}"}
    made = api.call("POST", PATH, draft(world, {**spec, "headers": [*plain, named]}, secrets={"token": "t0ps3cret"}))
    assert made.status == 201, made.text


def test_secrets_are_sealed_named_and_never_told(api: ApiHost, world: World, tmp_path: Any) -> None:
    spec = {
        "kind": "http",
        "url": "https://shop.acme.example/?key={{key}}",
        "auth": {"type": "bearer", "token": "{{token}}"},
    }
    made = api.call("POST", PATH, draft(world, spec, secrets={"token": "t0ps3cret", "key": "k3y"}))
    assert made.json["secret_names"] == ["key", "token"]
    assert "t0ps3cret" not in made.text
    path = f"{PATH}/{made.json['id']}"
    one = draft(world, spec, secrets={"token": "other", "key": None})
    changed = api.call("PUT", path, one, headers={"if-match": '"1"'})
    assert changed.json["version"] == 2
    assert opened(world, made.json["id"], tmp_path) == {"key": "k3y", "token": "other"}
    api.call("PUT", path, draft(world, spec, interval_seconds=30), headers={"if-match": '"2"'})
    assert opened(world, made.json["id"], tmp_path) == {"key": "k3y", "token": "other"}
    copy = api.call("POST", f"{path}/clone", {"name": "copy"}).json
    assert copy["paused_at"] is not None
    assert opened(world, copy["id"], tmp_path) == {"key": "k3y", "token": "other"}
    less = api.call("PUT", path, draft(world), headers={"if-match": '"3"'})
    assert less.json["secret_names"] == []
    ((told,),) = world.database.rows("select count(*) from audit_entry where after::text like '%%t0ps3cret%%'")
    assert told == 0


A_MONITOR_THAT_IS_NONE: list[tuple[dict[str, Any], dict[str, Any], set[str]]] = [
    ({"url": "ftp://shop.acme.example"}, {}, {"spec.url"}),
    ({"url": "https://127.0.0.1/"}, {}, {"spec.url"}),
    ({"url": "https://localhost/"}, {}, {"spec.url"}),
    ({"url": "https://2130706433/"}, {}, {"spec.url"}),
    ({"url": "https://a:b@shop.acme.example/"}, {}, {"spec.url"}),
    ({"url": "https://{{host}}.acme.example/"}, {"secrets": {"host": "a"}}, {"spec.url"}),
    ({"url": "https://shop.acme.example:99999/"}, {}, {"spec.url"}),
    ({"url": "https://shop.acme.example/a b"}, {}, {"spec.url"}),
    ({"verb": "GET"}, {}, {"spec.verb"}),
    ({"body": "a\x00b"}, {}, {"spec"}),
    (
        {"headers": [{"name": "a b", "value": "x"}, {"name": "Host", "value": "x"}]},
        {},
        {"spec.headers.0.name", "spec.headers.1.name"},
    ),
    ({"headers": [{"name": "A", "value": "x\r\nB: y"}]}, {}, {"spec.headers.0.value"}),
    ({"assertions": [{"type": "status", "codes": ["200", "9xx"]}]}, {}, {"spec.assertions.0.codes.1"}),
    ({"assertions": [{"type": "status", "codes": []}]}, {}, {"spec.assertions.0.codes"}),
    ({"assertions": [{"type": "smell"}]}, {}, {"spec.assertions.0.type"}),
    ({"assertions": [{"type": "body", "comparison": "matches", "value": "(a"}]}, {}, {"spec.assertions.0.value"}),
    ({"assertions": [{"type": "body", "comparison": "matches", "value": "(?=a)"}]}, {}, {"spec.assertions.0.value"}),
    ({"assertions": [{"type": "json", "path": "a.b", "comparison": "exists"}]}, {}, {"spec.assertions.0.path"}),
    (
        {"assertions": [{"type": "json", "path": "$.a", "comparison": "less_than", "value": "1"}]},
        {},
        {"spec.assertions.0.value"},
    ),
    ({"assertions": [{"type": "header", "name": "A", "comparison": "equals"}]}, {}, {"spec.assertions.0.value"}),
    ({"assertions": [{"type": "latency", "less_than_ms": 10_000}]}, {}, {"spec.assertions.0.less_than_ms"}),
    (
        {"auth": {"type": "basic", "username": "a:b", "password": "{{p}}"}},
        {"secrets": {"p": "x"}},
        {"spec.auth.username"},
    ),
    ({"auth": {"type": "bearer", "token": "{{token}}"}}, {}, {"secrets.token"}),
    ({"auth": {"type": "bearer", "token": "{{token}}"}}, {"secrets": {"token": None}}, {"secrets.token"}),
    ({"auth": {"type": "basic", "username": "u", "password": "hunter2-plain"}}, {}, {"spec.auth.password"}),
    ({"auth": {"type": "bearer", "token": "plain {token}"}}, {}, {"spec.auth.token"}),
    (
        {"headers": [{"name": name, "value": "plain"} for name in ("authorization", "Cookie", "Proxy-Authorization")]},
        {},
        {"spec.headers.0.value", "spec.headers.1.value", "spec.headers.2.value"},
    ),
    (
        {"headers": [{"name": name, "value": "plain"} for name in ("X-Api-Key", "apikey", "PRIVATE-TOKEN")]},
        {},
        {"spec.headers.0.value", "spec.headers.1.value", "spec.headers.2.value"},
    ),
    ({}, {"secrets": {"unused": "x"}}, {"secrets.unused"}),
    ({"certificate": {"warn_days": [0, 7, 7]}}, {}, {"spec.certificate.warn_days.0", "spec.certificate.warn_days"}),
    ({"ip_version": "6"}, {}, {"spec.ip_version"}),
    ({}, {"interval_seconds": 45}, {"interval_seconds"}),
    ({}, {"interval_seconds": 10}, {"timeout_seconds"}),
    ({}, {"quorum": 4}, {"quorum"}),
    ({}, {"regions": []}, {"regions"}),
    ({}, {"regions": ["eu-west-1", "mars-1"]}, {"regions.1"}),
    ({}, {"regions": ["eu-west-1", "eu-west-1"]}, {"regions"}),
    ({}, {"regions": [f"private:{uuid4()}"]}, {"regions.0"}),
    ({}, {"service_id": str(uuid4())}, {"service_id"}),
    ({}, {"group_id": str(uuid4())}, {"group_id"}),
    ({}, {"tags": [""]}, {"tags.0"}),
    ({}, {"severity": "awful"}, {"severity"}),
]
OF_OTHER_KINDS: list[tuple[dict[str, Any], set[str]]] = [
    ({"kind": "tcp", "host": "169.254.169.254", "port": 80}, {"spec.host"}),
    ({"kind": "tcp", "host": "mail.acme.example", "port": 25, "send": "EHLO\\q"}, {"spec.send"}),
    ({"kind": "tcp", "host": "mail.acme.example", "port": 0}, {"spec.port"}),
    ({"kind": "tls", "host": "0x7f.1"}, {"spec.host"}),
    ({"kind": "dns", "name": "acme..example"}, {"spec.name"}),
    ({"kind": "dns", "name": "acme.example", "resolver": "10.0.0.2"}, {"spec.resolver"}),
    ({"kind": "dns", "name": "acme.example", "expect": ["not an address"]}, {"spec.expect.0"}),
    ({"kind": "heartbeat"}, {"spec.interval_seconds"}),
    ({"kind": "heartbeat", "cron": "* * * *"}, {"spec.cron"}),
    ({"kind": "heartbeat", "cron": "0 4 * * *", "time_zone": "Mars/Base"}, {"spec.time_zone"}),
    ({"kind": "icmp"}, {"spec.kind"}),
]


def test_every_problem_is_told_where_it_is(api: ApiHost, world: World) -> None:
    for spec, changes, fields in A_MONITOR_THAT_IS_NONE:
        whole = {"kind": "http", "url": "https://shop.acme.example/", **spec}
        answer = api.call("POST", PATH, draft(world, whole, **changes))
        assert set(answer.fields) == fields, (spec, changes, answer.text)
    for spec, fields in OF_OTHER_KINDS:
        answer = api.call("POST", PATH, draft(world, spec))
        assert set(answer.fields) == fields, (spec, answer.text)
    assert world.database.rows("select count(*) from monitor") == [(0,)]


def test_several_problems_are_told_at_once_and_say_what_would_be_right(api: ApiHost, world: World) -> None:
    spec = {"kind": "http", "url": "https://10.0.0.1/", "assertions": [{"type": "status", "codes": ["ok"]}]}
    fields = api.call("POST", PATH, draft(world, spec, interval_seconds=7, quorum=9)).fields
    assert set(fields) == {"spec.url", "spec.assertions.0.codes.0", "interval_seconds", "quorum"}
    assert "private locations" in fields["spec.url"]
    assert "200-299" in fields["spec.assertions.0.codes.0"]
    assert "10, 15, 20" in fields["interval_seconds"]
    assert fields["quorum"] == "must be at most the number of its regions, which is 3"
    fields = api.call("POST", PATH, draft(world, {"kind": "icmp", "host": "shop.acme.example"})).fields
    assert fields == {"spec.kind": "must be one of http, tls, tcp, dns, heartbeat"}


def test_private_addresses_are_for_private_locations(api: ApiHost, world: World) -> None:
    ((location_id,),) = world.database.rows(
        "insert into private_location (org_id, name, created_at, created_by) values (%s, 'hall', now(), 'test')"
        " returning id",
        world.org_id,
    )
    spec = {"kind": "http", "url": "http://10.0.0.1:8080/"}
    private = [f"private:{location_id}"]
    assert api.call("POST", PATH, draft(world, spec, regions=private)).status == 201
    secret = {"kind": "http", "url": "http://10.0.0.1:8080/?key={{key}}"}
    assert api.call("POST", PATH, draft(world, secret, name="secret", regions=private)).json["secret_names"] == []
    told = api.call("POST", PATH, draft(world, secret, name="told", regions=private, secrets={"key": "k3y"}))
    assert "secrets.json" in told.fields["secrets.key"]
    mixed = api.call("POST", PATH, draft(world, spec, name="other", regions=[*private, "eu-west-1"]))
    assert set(mixed.fields) == {"spec.url"}
    stranger = World(world.database, name="Other")
    theirs = api.call("POST", PATH, draft(stranger, spec, regions=private), key=stranger.api_key())
    assert set(theirs.fields) == {"regions.0"}


def test_other_organizations_monitors_are_not_there(api: ApiHost, world: World) -> None:
    stranger = World(world.database, name="Other")
    theirs = f"{PATH}/{insert_monitor(stranger)}"
    for method, path in (
        ("GET", theirs),
        ("DELETE", theirs),
        ("POST", f"{theirs}/pause"),
        ("POST", f"{theirs}/run"),
    ):
        assert api.call(method, path).status == 404
    assert api.call("PUT", theirs, draft(world), headers={"if-match": "1"}).status == 404
    assert api.call("POST", f"{theirs}/clone", {"name": "mine"}).status == 404
    assert set(api.call("POST", PATH, draft(stranger)).fields) == {"service_id"}


def test_groups_are_ordered_and_leave_their_monitors(api: ApiHost, world: World) -> None:
    second = api.call("POST", "/v1/monitor-groups", {"name": "back", "position": 2}).json
    first = api.call("POST", "/v1/monitor-groups", {"name": "front", "position": 1}).json
    made = api.call("POST", PATH, draft(world, group_id=first["id"])).json
    listed = api.call("GET", "/v1/monitor-groups").json["items"]
    assert [(g["name"], g["monitors"]) for g in listed] == [("front", 1), ("back", 0)]
    path = f"/v1/monitor-groups/{first['id']}"
    assert api.call("PUT", path, {"name": "back"}, headers={"if-match": "1"}).problem["code"] == "duplicate"
    assert api.call("PUT", path, {"name": "shop"}, headers={"if-match": "1"}).json["version"] == 2
    assert api.call("PUT", path, {"name": "shop"}, headers={"if-match": "1"}).status == 412
    assert [m["name"] for m in api.call("GET", PATH, query={"group_id": first["id"]}).json["items"]] == ["shop"]
    assert api.call("DELETE", path).status == 204
    assert api.call("GET", f"{PATH}/{made['id']}").json["group_id"] is None
    assert api.call("GET", f"/v1/monitor-groups/{second['id']}").headers["ETag"] == '"1"'


def test_a_heartbeat_is_shown_its_url_once(api: ApiHost, world: World) -> None:
    spec = {"kind": "heartbeat", "cron": "0 4 * * *", "time_zone": "Europe/Berlin", "grace_seconds": 600}
    made = api.call("POST", PATH, draft(world, spec))
    assert made.status == 201, made.text
    assert made.json["ping_url"].startswith("https://events.tocsin.example/ping/")
    path = f"{PATH}/{made.json['id']}"
    found = api.call("GET", path)
    assert "ping_url" not in found.json
    assert made.json["ping_url"].endswith(found.json["ping_hint"])
    assert set(api.call("PUT", path, draft(world), headers={"if-match": "1"}).fields) == {"spec.kind"}
    assert set(api.call("POST", PATH, draft(world, spec, regions=["eu-west-1"])).fields) == {"regions"}
    assert api.call("POST", f"{path}/run").status == 409
    for word in ("pause", "resume"):
        assert api.call("POST", f"{path}/{word}").status == 200
    assert api.call("DELETE", path).status == 204


def test_an_organization_has_so_many_monitors(api: ApiHost, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MONITORS_PER_ORGANIZATION", "1")
    assert api.call("POST", PATH, draft(world)).status == 201
    refused = api.call("POST", PATH, draft(world, name="one more"))
    assert (refused.status, refused.problem["code"]) == (409, "conflict")


def test_with_its_service_goes_a_monitor(api: ApiHost, world: World) -> None:
    path = f"{PATH}/{api.call('POST', PATH, draft(world)).json['id']}"
    assert api.call("DELETE", f"/v1/services/{world.service_id}").status == 204
    assert api.call("GET", path).status == 404
    assert ("monitor.deleted",) in [(action,) for _, action, _, _ in api.audited()]
