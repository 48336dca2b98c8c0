"""`tocsin monitors` against the real API: a document that is brought in, and twice changes nothing."""

import json
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
import yaml

from tests.support.api_host import ApiHost, api_host
from tests.support.cli_host import Terminal, terminal
from tests.support.monitors import insert_monitor
from tests.support.world import World

DOCUMENT = """
monitors:
  - name: shop
    service: checkout
    group: front
    tags: [web]
    interval_seconds: 30
    spec:
      kind: http
      url: https://shop.acme.example/health
      auth: {type: bearer, token: "{{token}}"}
      assertions:
        - {type: status, codes: ["200"]}
        - {type: latency, less_than_ms: 800}
    secrets:
      token: ${SHOP_TOKEN}
  - name: mail
    service: checkout
    regions: [eu-west-1]
    spec: {kind: tcp, host: mail.acme.example, port: 25, expect: "^220 "}
    paused: true
  - name: backup
    service: checkout
    spec: {kind: heartbeat, cron: "0 4 * * *", time_zone: Europe/Berlin}
"""


@pytest.fixture
def api(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[ApiHost]:
    with api_host(world, monkeypatch) as host:
        yield host


@pytest.fixture
def shell(api: ApiHost, tmp_path: Path) -> Iterator[Terminal]:
    with terminal(api, tmp_path / "config") as (found, _):
        yield found


def test_a_document_is_tried_brought_in_and_changes_nothing_twice(
    shell: Terminal, world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "monitors.yaml"
    file.write_text(DOCUMENT, encoding="utf-8")
    missing = shell.run("monitors", "import", "-f", str(file))
    assert (missing.code, "${SHOP_TOKEN} is not set" in missing.err) == (2, True)
    monkeypatch.setenv("SHOP_TOKEN", "t0ps3cret")
    tried = shell.run("monitors", "import", "-f", str(file), "--dry-run")
    assert (tried.code, "Would be created 3" in tried.err) == (0, True)
    assert "/ping/" not in tried.out
    assert world.database.rows("select count(*) from monitor") == [(0,)]
    made = shell.run("monitors", "import", "-f", str(file), "--json").one
    assert (made["created"], made["dry_run"]) == (3, False)
    assert [item["ping_url"] is not None for item in made["items"]] == [False, False, True]

    out = tmp_path / "out.yaml"
    assert shell.run("monitors", "export", "-f", str(out)).code == 0
    text = out.read_text(encoding="utf-8")
    assert "t0ps3cret" not in text
    exported = {entry["name"]: entry for entry in yaml.safe_load(text)["monitors"]}
    assert list(exported["shop"])[:2] == ["name", "service"]
    assert exported["shop"]["secrets"] == {"token": None}
    assert exported["shop"]["spec"]["assertions"][1] == {"type": "latency", "less_than_ms": 800}
    assert (exported["mail"]["regions"], exported["mail"]["paused"]) == (["eu-west-1"], True)
    again = shell.run("monitors", "import", "-f", str(out), "--json").one
    assert (again["created"], again["updated"], again["unchanged"]) == (0, 0, 3)

    changed = text.replace("interval_seconds: 30", "interval_seconds: 20").replace("paused: true", "paused: false")
    out.write_text(changed, encoding="utf-8")
    told = shell.run("monitors", "import", "-f", str(out), "--dry-run").out
    assert "interval_seconds 30 -> 20" in told
    assert "paused true -> false" in told
    assert shell.run("monitors", "import", "-f", str(out), "--json").one["updated"] == 2
    assert [name for (name,) in world.database.rows("select name from monitor_group")] == ["front"]


def test_what_is_wrong_with_a_document_is_told_of_each_entry_and_nothing_is_kept(
    shell: Terminal, world: World, tmp_path: Path
) -> None:
    file = tmp_path / "monitors.yaml"
    entries = [
        {"name": "good", "service": "checkout", "group": "new", "spec": {"kind": "dns", "name": "acme.example"}},
        {"name": "bad", "service": "none", "spec": {"kind": "dns", "name": "acme.example"}},
        {"name": "worse", "service": "checkout", "spec": {"kind": "tls", "host": "127.0.0.1"}, "quorum": 9},
    ]
    file.write_text(json.dumps({"monitors": entries}), encoding="utf-8")
    refused = shell.run("monitors", "import", "-f", str(file), "--json")
    fields = {error["field"] for error in refused.error["errors"]}
    assert fields == {"monitors.1.service", "monitors.2.spec.host", "monitors.2.quorum"}
    assert world.database.rows("select count(*) from monitor_group") == [(0,)]
    file.write_text(json.dumps({"monitors": [entries[0], entries[0]]}), encoding="utf-8")
    assert "two monitors called “good”" in shell.run("monitors", "import", "-f", str(file)).err
    file.write_text("monitors: [", encoding="utf-8")
    assert "holds no YAML" in shell.run("monitors", "import", "-f", str(file)).err


def test_lists_tell_what_is_down_to_scripts(shell: Terminal, world: World) -> None:
    down = insert_monitor(world, "shop", tags=["web"])
    insert_monitor(world, "mail", kind="tcp", paused_at=world.now.isoformat())
    assert shell.run("monitors", "list", "--fail-if-down").code == 0
    world.database.rows(
        "insert into monitor_state (org_id, monitor_id, status, since, is_flapping)"
        " values (%s, %s, 'down', now(), true) returning monitor_id",
        world.org_id,
        down,
    )
    listed = shell.run("monitors", "list")
    assert "https://shop.acme.example/health" in listed.out
    assert "mail.acme.example:25" in listed.out
    assert "flapping" in listed.out
    assert [m["name"] for m in shell.run("monitors", "list", "--tag", "web", "--json").lines] == ["shop"]
    assert [m["name"] for m in shell.run("monitors", "list", "--not-paused", "--json").lines] == ["shop"]
    failed = shell.run("monitors", "list", "--fail-if-down")
    assert (failed.code, "Down: shop." in failed.err) == (1, True)
    assert shell.run("monitors", "show", "Shop", "--fail-if-down").code == 1
    assert shell.run("monitors", "show", "mail", "--fail-if-down").code == 0
    assert shell.run("monitors", "show", "nothing").code == 5


def test_one_monitor_is_made_paused_resumed_run_and_deleted(shell: Terminal, world: World, tmp_path: Path) -> None:
    file = tmp_path / "one.yaml"
    file.write_text("{name: shop, service: checkout, spec: {kind: http, url: 'https://shop.acme.example'}}")
    assert shell.run("monitors", "create", "-f", str(file)).out.startswith("Created shop (")
    assert shell.run("monitors", "create", "-f", str(file)).code == 2
    assert shell.run("monitors", "pause", "shop").out == "shop is paused.\n"
    assert "paused" in shell.run("monitors", "show", "shop").out
    assert shell.run("monitors", "resume", "shop").out == "shop goes on.\n"
    nobody = shell.run("monitors", "run", "shop", "--wait", "0")
    assert (nobody.code, "No answer from eu-west-1, us-east-1, ap-southeast-2 yet" in nobody.err) == (1, True)
    ((monitor_id,),) = world.database.rows("select id from monitor")
    window = shell.run("maintenance", "create", "upgrade", "--monitor", "shop", "--for", "1h", "--json").one
    assert UUID(window["monitor_ids"][0]) == monitor_id
    assert "1 monitor(s)" in shell.run("maintenance", "list").out
    assert shell.run("monitors", "delete", "shop", "--yes").out == "Deleted shop.\n"
    file.write_text("{name: backup, service: checkout, spec: {kind: heartbeat, interval_seconds: 3600}}")
    assert "/ping/" in shell.run("monitors", "create", "-f", str(file)).out


def test_private_locations_are_shown_by_their_names(shell: Terminal) -> None:
    region = shell.run("probes", "create-location", "Berlin", "--json").one["region"]
    spec = {"kind": "tcp", "host": "10.0.0.7", "port": 25}
    monitor = {"name": "rack", "service": "checkout", "regions": [region], "spec": spec}
    assert shell.run("monitors", "create", "-f", "-", given=json.dumps(monitor)).code == 0
    shown = shell.run("monitors", "show", "rack").out
    assert ("private:Berlin" in shown, region in shown) == (True, False)
