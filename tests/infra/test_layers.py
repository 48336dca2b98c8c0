"""The layers, really built: for Lambda's processor, compiled, within its limits, and with all that functions import."""

import ast
import importlib.util
import os
import struct
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from infra import packages
from tests.infra.conftest import ROOT, Assembly

OUTSIDE = ("auth", "ingest", "keys", "notify", "watch")
INSIDE_AMONG_THEM = ROOT / "functions/auth/triggers.py"
AARCH64 = 183
UNCHECKED_HASH = 1


@pytest.fixture(scope="module")
def core() -> Path:
    return packages.layer("core") / "python"


@pytest.fixture(scope="module")
def data() -> Path:
    return packages.layer("data") / "python"


def modules(*folders: Path) -> set[str]:
    """The top-level modules that can be imported from folders."""
    found: set[str] = set()
    for path in (path for folder in folders for path in folder.iterdir()):
        if path.suffix in {".py", ".so"} or (path.is_dir() and "." not in path.name):
            found.add(path.name.partition(".")[0])
    return found


def imported(paths: Iterable[Path]) -> set[str]:
    """The top-level modules that sources import, at once or later, but for Python's and those that come with them."""
    found: set[str] = set()
    for path in paths:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                found |= {name.name.partition(".")[0] for name in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                found.add(node.module.partition(".")[0])
    return found - set(sys.stdlib_module_names) - {"functions", "migrations", "_typeshed"}


def test_outside_functions_find_what_they_import_in_the_core_layer(core: Path) -> None:
    sources = [path for name in OUTSIDE for path in (ROOT / "functions" / name).rglob("*.py")]
    sources.remove(INSIDE_AMONG_THEM)
    assert imported([*sources, *(ROOT / "layers/core/python").rglob("*.py")]) <= modules(core)


def test_inside_functions_find_what_they_import_in_both(core: Path, data: Path) -> None:
    sources = [*(ROOT / "functions").rglob("*.py"), *(ROOT / "migrations").rglob("*.py")]
    own = ROOT / "layers/data/python"
    # openapi.py is a developer's command, which is never run in Lambda
    sources = [path for path in sources if path.name != "openapi.py"]
    assert imported([*sources, *own.rglob("*.py")]) <= modules(core, data)


def test_the_core_layer_has_neither_driver_nor_data_layer(core: Path, data: Path) -> None:
    away = {"psycopg", "psycopg_binary", "psycopg_pool", "tocsin_data"}
    assert not away & modules(core)
    assert not [path for path in core.rglob("*") if "psycopg" in path.name or "tocsin_data" in path.name]
    assert {"psycopg", "psycopg_binary", "tocsin_data"} <= modules(data)
    assert not modules(core) & modules(data)


def test_every_binary_is_for_lambdas_processor_and_python(core: Path, data: Path) -> None:
    binaries = [path for folder in (core, data) for path in folder.rglob("*") if ".so" in path.suffixes]
    assert len(binaries) > 10
    for path in binaries:
        head = path.read_bytes()[:20]
        assert head[:4] == b"\x7fELF"
        assert struct.unpack("<H", head[18:20]) == (AARCH64,), path
        assert "cpython-" not in path.name or "cpython-313-aarch64" in path.name


@pytest.mark.parametrize("package", ["aiohttp", "boto3", "botocore", "pydantic", "tocsin", "psycopg", "tocsin_data"])
def test_every_module_is_compiled_and_python_need_not_look_whether_it_still_is(
    core: Path, data: Path, package: str
) -> None:
    folder = next(folder / package for folder in (core, data) if (folder / package).exists())
    sources = list(folder.rglob("*.py"))
    assert sources
    for path in sources:
        compiled = Path(importlib.util.cache_from_source(str(path)))
        magic, flags = compiled.read_bytes()[:4], struct.unpack("<L", compiled.read_bytes()[4:8])
        assert (magic, flags) == (importlib.util.MAGIC_NUMBER, (UNCHECKED_HASH,)), path


def test_tracebacks_name_files_as_they_are_in_lambda(core: Path, data: Path) -> None:
    for module in (core / "tocsin/errors.py", data / "tocsin_data/db.py"):
        shown = f"/opt/python/{module.parent.name}/{module.name}"
        assert shown.encode() in Path(importlib.util.cache_from_source(str(module))).read_bytes()


def test_both_layers_leave_room_for_a_function(core: Path, data: Path) -> None:
    assert packages.size(core) + packages.size(data) < 120 * 2**20 < packages.MOST_BYTES


def test_what_no_function_reads_is_left_out_and_licences_are_kept(core: Path) -> None:
    services = {path.name for path in (core / "botocore/data").iterdir() if path.is_dir()}
    assert services == packages.AWS_MODELS
    assert not list(core.rglob("*.pyi"))
    for name in ("boto3", "pydantic", "cryptography"):
        (info,) = core.glob(f"{name}-*.dist-info")
        assert [path for path in info.rglob("*") if path.name.startswith("LICENSE")]


def test_the_authorities_of_rds_are_in_the_data_layer(data: Path) -> None:
    assert (data / "tocsin_data/rds-ca.pem").read_text().count("BEGIN CERTIFICATE") > 50


def test_the_versions_are_those_of_the_lock(core: Path) -> None:
    locked = (ROOT / "layers/deps-core/requirements.txt").read_text()
    found = packages.versions(core.parent)
    assert len(found) > 20
    for name, version in found.items():
        assert f"{name.replace('_', '-')}=={version} " in locked.lower()


def test_a_build_tells_its_size_and_versions(core: Path, data: Path) -> None:
    first, *others = packages.report("data", data.parent).splitlines()
    assert first.startswith("layer data: ")
    assert first.endswith(" MiB unpacked")
    told = {line.split()[0] for line in others}
    assert {"jinja2", "markupsafe", "psycopg", "psycopg-binary"} <= told
    assert not told & {line.split()[0] for line in packages.report("core", core.parent).splitlines()[1:]}


def test_a_second_build_is_the_first(core: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "_install", None)
    before = core.stat().st_mtime
    assert packages.layer("core") / "python" == core
    assert core.stat().st_mtime == before


def test_a_package_is_named_by_what_is_in_it_and_not_by_when_it_was_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "functions"
    (home / "one").mkdir(parents=True)
    (home / "__init__.py").touch()
    module = home / "one" / "handler.py"
    module.write_text("A = 1\n")
    monkeypatch.setattr(packages, "ROOT", tmp_path)
    monkeypatch.setattr(packages, "BUILT", tmp_path / ".build")
    first = packages.function("one", (), ())
    os.utime(module, (0, 0))
    assert packages.function("one", (), ()) == first
    module.write_text("A = 2\n")
    assert packages.function("one", (), ()) != first


def test_of_one_thing_only_the_latest_builds_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "functions"
    (home / "one").mkdir(parents=True)
    (home / "__init__.py").touch()
    monkeypatch.setattr(packages, "ROOT", tmp_path)
    monkeypatch.setattr(packages, "BUILT", tmp_path / ".build")
    for number in range(packages.KEPT + 3):
        (home / "one" / "handler.py").write_text(f"A = {number}\n")
        latest = packages.function("one", (), ())
        os.utime(latest, (number, number))
    kept = list((tmp_path / ".build").glob("function-one-*"))
    assert len(kept) <= packages.KEPT + 1
    assert latest in kept


def test_packages_that_can_not_be_had_fail_the_build_and_say_which(tmp_path: Path) -> None:
    lock = tmp_path / "deps-core" / "requirements.txt"
    lock.parent.mkdir()
    lock.write_text("pydantic==2.14.3\n")
    with pytest.raises(packages.BuildError, match=r"deps-core can't be installed for Lambda(.|\n)*hash"):
        packages._install(lock, tmp_path / "to")


def test_outside_functions_have_the_core_layer_alone_and_inside_ones_both(in_aws: Assembly) -> None:
    kinds = {
        key: layer["LayerName"].removeprefix(f"tocsin-{in_aws.stage}-")
        for key, layer in in_aws.of_type("AWS::Lambda::LayerVersion").items()
        if "LayerName" in layer
    }
    for name, function in in_aws.functions().items():
        given = {kinds[layer["Ref"]] for layer in function["Layers"]}
        assert given == ({"core", "data"} if "VpcConfig" in function else {"core"}), name


def test_on_ones_own_machine_functions_run_in_the_environment_of_the_checkout(local: Assembly) -> None:
    assert not local.of_type("AWS::Lambda::LayerVersion")
    assert not [name for name, function in local.functions().items() if function.get("Layers")]


def test_functions_read_time_zones_from_the_core_layer(core: Path, in_aws: Assembly) -> None:
    for name in in_aws.functions():
        folder = Path(in_aws.environment(name)["PYTHONTZPATH"])
        assert (core / folder.relative_to("/opt/python") / "Pacific/Apia").is_file()
