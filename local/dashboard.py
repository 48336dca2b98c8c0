"""The dashboard's files on this machine: built unless they are, and brought to their bucket as CDK does it in AWS."""

import json
import subprocess
import sys
from fnmatch import fnmatchcase
from mimetypes import MimeTypes
from pathlib import Path
from typing import Any

from local.deploy import HOME, Deployment
from local.machine import ROOT, Machine, RunError

type Part = dict[str, str | None]
"""Which files (`only`, or what no other part has), and what caches are told of them (`cache_control`)."""


def build(machine: Machine) -> Path:
    """The folder of what is served; raises RunError when it can't be built."""
    done = subprocess.run(
        [sys.executable, "-m", "infra.packages", "dashboard"],
        cwd=ROOT,
        env=machine.environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RunError(done.stderr.strip())
    return Path(done.stdout.strip())


def bring(deployment: Deployment, folder: Path) -> None:
    """Put every file where the deployed template says, with what it says of it, and what the dashboard is told last."""
    told: dict[str, Any] = json.loads(deployment.output("DashboardFiles", HOME[1]))
    bucket, store = deployment.output("DashboardBucket", HOME[1]), deployment.client("s3")
    parts: list[Part] = told["parts"]
    kinds = MimeTypes()
    for part in parts:
        for name in _names(folder, part, parts):
            store.put_object(
                Bucket=bucket,
                Key=name,
                Body=(folder / name).read_bytes(),
                CacheControl=part["cache_control"],
                ContentType=kinds.guess_type(name)[0] or "application/octet-stream",
            )
    store.put_object(
        Bucket=bucket,
        Key=told["config"]["name"],
        Body=json.dumps(told["config"]["content"]).encode(),
        CacheControl=parts[-1]["cache_control"],
        ContentType="application/json",
    )


def _names(folder: Path, part: Part, parts: list[Part]) -> list[str]:
    """The files of one part, by their names below the folder."""
    every = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    named = [one["only"] for one in parts if one["only"]]
    if part["only"]:
        return [name for name in every if fnmatchcase(name, part["only"])]
    return [name for name in every if not any(fnmatchcase(name, pattern) for pattern in named)]
