"""docs/monitors.md and docs/heartbeats.md: what they show is taken as it is shown."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.api_host import ApiHost, api_host
from tests.support.cli_host import Terminal, terminal
from tests.support.world import World
from tocsin.contracts import monitor_spec
from tocsin.contracts.api_monitors import MonitorInput

PAGES = Path(__file__).parents[2] / "docs"
MONITORS = (PAGES / "monitors.md").read_text()
(DOCUMENT,) = re.findall(r"```yaml\n(.*?)```", MONITORS, re.DOTALL)
SERVICES = ("Checkout", "Mail", "Office", "Backups")


@pytest.fixture
def api(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[ApiHost]:
    with api_host(world, monkeypatch) as host:
        yield host


@pytest.fixture
def shell(api: ApiHost, tmp_path: Path) -> Iterator[Terminal]:
    with terminal(api, tmp_path / "config") as (found, _):
        yield found


def test_the_document_is_brought_in_and_the_second_time_only_its_secret_is_new(
    api: ApiHost, shell: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "monitors.yaml"
    file.write_text(DOCUMENT, encoding="utf-8")
    for name in SERVICES:
        api.call("POST", "/v1/services", {"name": name})
    shell.run("probes", "create-location", "head office")
    monkeypatch.setenv("SHOP_TOKEN", "t0ps3cret")
    first, second = (shell.run("monitors", "import", "-f", str(file), "--json").one for _ in range(2))
    assert (first["created"], second["updated"], second["unchanged"]) == (6, 1, 5)
    assert [item["name"] for item in second["items"] if item["action"] == "update"] == ["shop"]
    listed = shell.run("monitors", "list", "--tag", "public", "--fail-if-down", "--json")
    assert [found["name"] for found in listed.lines] == ["shop"]


@pytest.mark.parametrize("page", ["monitors.md", "heartbeats.md"])
def test_the_monitor_that_a_page_begins_with_is_made(api: ApiHost, world: World, page: str) -> None:
    (body,) = re.findall(r"/v1/monitors\".* -d '(\{.*?\})'\n```", (PAGES / page).read_text(), re.DOTALL)
    given = json.loads(body.replace("""'"$SERVICE_ID"'""", str(world.service_id)))
    made = api.call("POST", "/v1/monitors", given)
    assert (made.status, made.json["name"]) == (201, given["name"])
    assert (made.json["ping_url"] is not None) is (given["spec"]["kind"] == "heartbeat")


def test_the_defaults_are_those_of_the_table(api: ApiHost, world: World) -> None:
    rows = dict(re.findall(r"^\| `(\w+)` \| (\w+) \|", MONITORS, re.MULTILINE))
    spec = {"kind": "http", "url": "https://shop.acme.example"}
    made = api.call("POST", "/v1/monitors", {"name": "shop", "service_id": str(world.service_id), "spec": spec}).json
    assert rows.pop("regions") == "all"
    assert rows.pop("quorum") == "most"
    assert made["quorum"] is None
    assert rows == {name: f"{made[name]:g}" if name != "severity" else made[name] for name in rows}
    assert len(rows) == 7


def test_every_field_of_what_is_checked_is_named() -> None:
    models = [found for found in vars(monitor_spec).values() if isinstance(found, type)]
    of_specs = [model for model in models if issubclass(model, monitor_spec.Spec) and model is not monitor_spec.Spec]
    assert len(of_specs) > 12
    text = MONITORS + (PAGES / "heartbeats.md").read_text()
    names = {name for model in [*of_specs, MonitorInput] for name in model.model_fields}
    assert [name for name in sorted(names) if not re.search(rf"\b{name}\b", text)] == []
