"""What is installed is what pyproject.toml and package.json ask for: pinned, hashed, without addresses."""

import json
import re
import tomllib
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.repository.tree import ROOT

PIN = re.compile(r"^(?P<name>[a-z0-9.-]+)==(?P<version>\S+)(?P<marker> ;[^\\\n]*)?(?P<hashes>( \\\n    --hash=\S+)+)$")
LAMBDA = {"sys_platform": "linux", "platform_system": "Linux", "platform_machine": "aarch64", "os_name": "posix"}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())


def pins(path: Path) -> dict[str, tuple[str, frozenset[str]]]:
    """Each package's version and hashes; anything in the file that is not pinned and hashed fails."""
    found: dict[str, tuple[str, frozenset[str]]] = {}
    text = "\n".join(line for line in path.read_text().splitlines() if not line.startswith("#"))
    for block in re.split(r"\n(?=\S)", text.strip()):
        match = PIN.match(block)
        assert match, f"{path.name}: not pinned by version and hash: {block[:80]}"
        found[canonicalize_name(match["name"])] = match["version"], frozenset(re.findall(r"--hash=(\S+)", block))
    return found


def wanted(group: str) -> list[Requirement]:
    """A dependency group's requirements, with those of the groups it includes."""
    found: list[Requirement] = []
    for entry in PROJECT["dependency-groups"][group]:
        found += wanted(entry["include-group"]) if isinstance(entry, dict) else [Requirement(entry)]
    return found


def closure(requirements: Iterable[Requirement]) -> set[str]:
    """Every package these need on Lambda, by what the installed packages say of themselves."""
    names: set[str] = set()
    todo = [(r.name, frozenset(r.extras)) for r in requirements]
    seen: set[tuple[str, frozenset[str]]] = set()
    while todo:
        name, extras = todo.pop()
        if (name, extras) in seen:
            continue
        seen.add((name, extras))
        names.add(canonicalize_name(name))
        for line in metadata.requires(name) or []:
            needed = Requirement(line)
            if needed.marker is None or any(needed.marker.evaluate(LAMBDA | {"extra": e}) for e in extras or {""}):
                todo.append((needed.name, frozenset(needed.extras)))
    return names


def test_what_the_groups_ask_for_is_pinned_within_what_they_allow() -> None:
    pinned = pins(ROOT / "requirements.txt")
    for requirement in wanted("dev"):
        version, _ = pinned[canonicalize_name(requirement.name)]
        assert requirement.specifier.contains(version), f"{requirement}: {version} is pinned; run make lock"


def test_every_group_is_part_of_what_a_developer_installs() -> None:
    everything = {r.name for group in PROJECT["dependency-groups"] for r in wanted(group)}
    assert {r.name for r in wanted("dev")} | {r.name for r in wanted("checkov")} == everything


def test_every_dependency_has_its_reason_on_record() -> None:
    recorded = (ROOT / "docs/adr/0007-folders-and-dependencies.md").read_text()
    rows = {name for row in re.findall(r"^\| ([^|]+) \|", recorded, re.MULTILINE) for name in row.split(", ")}
    assert {r.name.removesuffix("-cli") for r in wanted("dev")} - rows == set()


@pytest.mark.parametrize("layer", ["core", "data"])
def test_a_layer_holds_what_its_group_needs_at_the_versions_tested(layer: str) -> None:
    pinned = pins(ROOT / f"layers/deps-{layer}/requirements.txt")
    assert set(pinned) == closure(wanted(layer)), "run make lock"
    tested = pins(ROOT / "requirements.txt")
    assert {name: version for name, (version, _) in pinned.items()} == {name: tested[name][0] for name in pinned}
    assert all(hashes <= tested[name][1] for name, (_, hashes) in pinned.items())


def test_a_probe_has_what_its_groups_need_at_the_versions_tested() -> None:
    pinned, tested = pins(ROOT / "cli/probe/packaging/requirements.txt"), pins(ROOT / "requirements.txt")
    assert set(pinned) >= closure(wanted("probe")), "run make lock"
    assert pinned.items() <= tested.items()
    assert not pinned.keys() & {canonicalize_name(r.name) for group in ("infra", "test") for r in wanted(group)}


def test_one_version_of_python_everywhere() -> None:
    version = (ROOT / ".python-version").read_text().strip()
    assert PROJECT["project"]["requires-python"].startswith(f">={version},")
    assert PROJECT["tool"]["pyright"]["pythonVersion"] == version
    assert PROJECT["tool"]["ruff"]["target-version"] == f"py{version.replace('.', '')}"
    assert f"--python-version {version} " in (ROOT / "Makefile").read_text()


def test_what_comes_from_npm_is_pinned_and_locked_without_addresses() -> None:
    locked = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    workspaces = json.loads((ROOT / "package.json").read_text())["workspaces"]
    for home in ("", *workspaces):
        package = json.loads((ROOT / home / "package.json").read_text())
        for kind in ("dependencies", "devDependencies"):
            asked = package.get(kind, {})
            assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in asked.values())
            assert locked[home].get(kind, {}) == asked
    for path, entry in locked.items():
        if entry.get("link"):
            assert entry["resolved"] in workspaces
        elif path not in ("", *workspaces):
            assert "resolved" not in entry, f"{path}: written with an address; see .npmrc"
            assert entry["integrity"].startswith("sha512-")


@pytest.mark.parametrize("name", ["requirements.txt", "layers/deps-core/requirements.txt"])
def test_a_lock_file_says_what_but_not_where_from(name: str) -> None:
    assert "://" not in (ROOT / name).read_text()


def test_nor_does_that_of_npm_but_for_who_asks_to_be_paid() -> None:
    locked = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    for path, entry in locked.items():
        assert "://" not in json.dumps({name: told for name, told in entry.items() if name != "funding"}), path
