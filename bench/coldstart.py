"""Measures the cold start proxy: a fresh interpreter, from spawn to a shipped handler that could take its first call.

Contained: the interpreter's own start (no site, so no hooks of this machine's), importing the handler from source and
the layers from .pyc in a copy of their layout, reading its settings, making the AWS clients that its first call uses.
Not contained, and paid in AWS: placing the environment, fetching and mounting code and layers, Lambda's runtime
client, what the first call imports late, its TLS handshakes and its database connection. `python -m bench.coldstart`.
"""

import compileall
import json
import os
import py_compile
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import distribution
from pathlib import Path
from statistics import median
from typing import Final

from bench import rows
from bench.figure import Figure

ROOT: Final = Path(__file__).resolve().parents[1]
LEAST_RUNS: Final = 5
HEAVIEST: Final = 4
READY: Final = b"ready\n"
QUEUES: Final = "tocsin.platform.queues:client"
ENVIRONMENT: Final = {
    "AWS_REGION": "us-east-1",
    "AWS_ACCESS_KEY_ID": "none",
    "AWS_SECRET_ACCESS_KEY": "none",
    "AWS_LAMBDA_FUNCTION_NAME": "tocsin",
    "CLAIM_FUNCTION": "claim",
    "DB_HOST": "db.internal",
    "DB_USER": "worker",
    "EDGE_BUCKET": "edge",
    "KEY_BUDGET_PER_MINUTE": "3000",
    "LINK_BASE_URL": "https://tocsin.example/l",
    "EVENTS_URL": "https://events.tocsin.example",
    "SIGN_IN_ISSUER": "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEfGhI",
    "SIGN_IN_CLIENT_ID": "client",
    "MAC_KEYS_SECRET_ARN": "arn:aws:secretsmanager:us-east-1:123456789012:secret:mac-keys",
    "MAIL_FROM": "Tocsin <tocsin@tocsin.example>",
    "POWERTOOLS_METRICS_NAMESPACE": "Tocsin",
    "SEAL_KMS_KEY_ID": "seal",
    "SEAL_PUBLIC_KEY_SECRET_ARN": "arn:aws:secretsmanager:us-east-1:123456789012:secret:seal-public-key",
    "SIGN_UP": "invitation",
    **{
        f"{name}_QUEUE_URL": f"https://sqs.us-east-1.amazonaws.com/123456789012/{name.lower()}"
        for name in ("EVENTS", "DELIVERIES", "OUTCOMES", "ESCALATIONS", "MAILS", "SWEEPS", "PUBLICATIONS", "PINGS")
    },
}
"""What every function of a stage in AWS may find; no endpoint is named, so botocore's rules are evaluated as there."""
CHILD: Final = """
import importlib, sys
def of(path):
    module, _, name = path.partition(":")
    return getattr(importlib.import_module(module), name)
handler, settings, *calls = sys.argv[1:]
if handler:
    of(handler)
if settings:
    of("tocsin.platform.settings:load")(of(settings))
for call in calls:
    path, _, argument = call.partition("=")
    of(path)(*([argument] if argument else []))
sys.stdout.write("ready\\n")
sys.stdout.flush()
"""


@dataclass(frozen=True, slots=True)
class Function:
    """One function: where its handler is, what its settings are, and what its first call makes besides."""

    handler: str
    settings: str
    calls: tuple[str, ...]
    is_inside: bool = True


def _function(name: str, settings: str, *calls: str, is_inside: bool = True, module: str = "handler") -> Function:
    home = f"functions.{name}.{module}"
    return Function(f"{home}:handler", settings if ":" in settings else f"{home}:{settings}", calls, is_inside)


SECRETS: Final = "tocsin.platform.secret_store:_client"
INCIDENTS: Final = "functions.api.app:build=incidents"
"""The routes that its first call answers by, the most that any area has."""
FUNCTIONS: Final = {
    "ingest": _function("ingest", "Settings", QUEUES, SECRETS, "functions.ingest.admission:s3=edge", is_inside=False),
    "authorizer": _function("auth", "AuthorizerSettings", SECRETS, is_inside=False, module="authorizer"),
    "tokens": _function("auth", "ClaimsSettings", is_inside=False, module="claims"),
    "notify": _function(
        "notify",
        "NotifySettings",
        QUEUES,
        "functions.notify.claims:client",
        "functions.notify.ses:client",
        "tocsin.platform.sealing:_kms",
        is_inside=False,
    ),
    "process": _function("process", "ProcessSettings", QUEUES),
    "claim": _function("claim", "tocsin_data.db:DatabaseSettings"),
    "record": _function("record", "RecordSettings", QUEUES),
    "escalate": _function("escalate", "EscalateSettings", QUEUES),
    "sweep": _function("sweep", "SweepSettings", QUEUES),
    "publish": _function("publish", "PublishSettings", "functions.publish.handler:_s3=edge"),
    "api": _function("api", "functions.api.settings:ApiSettings", QUEUES, SECRETS, INCIDENTS),
    "health": _function("health", "HealthSettings", QUEUES),
    "triggers": _function("auth", "TriggerSettings", module="triggers"),
}
FIRST_PAGE: Final = ("ingest", "process", "notify", "claim")
"""Who starts one after the other until the first page is out."""


class NotReady(RuntimeError):
    """The child ended before its handler was ready; the message is the end of what it wrote."""


class Layout:
    """Layers and packages as Lambda mounts them: /opt/python of core and data, and a function's own folder."""

    def __init__(self, folder: Path) -> None:
        self._core, self._data, self._tasks = folder / "core", folder / "data", folder / "tasks"
        self._lay_out("core", self._core, "tocsin")
        self._lay_out("data", self._data, "tocsin_data")
        for package in sorted({function.handler.split(".")[1] for function in FUNCTIONS.values()}):
            home = self._tasks / package / "functions"
            _copy(ROOT / "functions" / package, home / package)
            shutil.copy2(ROOT / "functions/__init__.py", home)
        # as infra/packages.py compiles layers; the function's own package is shipped as source alone
        mode = py_compile.PycInvalidationMode.UNCHECKED_HASH
        for layer in (self._core, self._data):
            if not compileall.compile_dir(layer, quiet=2, invalidation_mode=mode):
                raise NotReady("not all of a layer compiles")

    def python_path(self, function: Function) -> str:
        """Where the function's interpreter looks; outside functions have no data layer."""
        own = self._tasks / function.handler.split(".")[1]
        return os.pathsep.join(str(path) for path in (own, self._core, *([self._data] if function.is_inside else [])))

    def _lay_out(self, layer: str, to: Path, package: str) -> None:
        for name in _pinned(ROOT / f"layers/deps-{layer}/requirements.txt"):
            found = distribution(name)
            for file in found.files or []:
                if ".." in file.parts or file.suffix in {".pth", ".pyc"}:
                    continue
                target = to / file
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(Path(str(found.locate_file(file))), target)
        _copy(ROOT / f"layers/{layer}/python" / package, to / package)


def _copy(source: Path, target: Path) -> None:
    shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))


def _pinned(requirements: Path) -> Iterator[str]:
    """The distributions of a requirements file."""
    for line in requirements.read_text().splitlines():
        name, is_pinned, _ = line.partition("==")
        if is_pinned and not line.startswith((" ", "#")):
            yield name


@dataclass(frozen=True, slots=True)
class Start:
    """One start: milliseconds until it was ready, of CPU to its end, and what it wrote to standard error."""

    took: float
    cpu: float
    told: str


def start(python_path: str, arguments: Sequence[str], options: Sequence[str] = ()) -> Start:
    """Start a fresh interpreter and wait until it says it is ready; raises NotReady."""
    interpreter: str = getattr(sys, "_base_executable", sys.executable)
    # -S: this machine's site hooks are not Lambda's; -B: a missing .pyc stays missing, and shows
    command = [interpreter, "-S", "-s", "-P", "-B", *options, "-c", CHILD, *arguments]
    environment = {**ENVIRONMENT, "PYTHONPATH": python_path, "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}
    with tempfile.TemporaryFile() as errors:
        used = _children_cpu()
        began = time.perf_counter_ns()
        with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=errors, cwd="/") as child:  # noqa: S603 - our own interpreter
            said = child.stdout.readline() if child.stdout else b""
            took = (time.perf_counter_ns() - began) / 1e6
        cpu = _children_cpu() - used
        errors.seek(0)
        told = errors.read().decode(errors="replace")
    if said != READY or child.returncode:
        raise NotReady(told[-2000:])
    return Start(took, cpu, told)


def _children_cpu() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (usage.ru_utime + usage.ru_stime) * 1000


def heaviest(import_times: str) -> list[tuple[str, float]]:
    """The packages that took most of a run under `-X importtime`, by their modules' own times, in milliseconds."""
    own: Counter[str] = Counter()
    for line in import_times.splitlines():
        cells = line.removeprefix("import time:").split("|")
        if line.startswith("import time:") and len(cells) == 3 and cells[0].strip().isdigit():
            own[cells[2].strip().split(".")[0]] += int(cells[0])
    return [(name, microseconds / 1000) for name, microseconds in own.most_common(HEAVIEST)]


def first_page(warm_p50: float, cold: Mapping[str, float]) -> float:
    """The model of the first page after an hour idle, in milliseconds: the warm path, and each start on it in turn."""
    return warm_p50 + sum(cold[name] for name in FIRST_PAGE)


def measure(runs: int = LEAST_RUNS) -> list[Figure]:
    """A figure for the bare interpreter and for each function, taken in turn so that a slow moment meets them all."""
    with tempfile.TemporaryDirectory(prefix="tocsin-cold-") as folder:
        layout = Layout(Path(folder))
        starts: dict[str, list[Start]] = {"interpreter": [], **{name: [] for name in FUNCTIONS}}
        for one in range(runs + 1):
            now = {"interpreter": start("", ["", ""])}
            for name, function in FUNCTIONS.items():
                now[name] = start(layout.python_path(function), _arguments(function))
            if one:  # the first only brings the files into the page cache
                for name, each in now.items():
                    starts[name].append(each)
        notes = {name: _heaviest(layout, function) for name, function in FUNCTIONS.items()}
    return [
        rows.figure(f"cold.{name}", [one.took for one in some], _note(some, notes.get(name)))
        for name, some in starts.items()
    ]


def _heaviest(layout: Layout, function: Function) -> str:
    told = start(layout.python_path(function), _arguments(function), ["-X", "importtime"]).told
    return ", ".join(f"{name} {milliseconds:.0f} ms" for name, milliseconds in heaviest(told))


def _note(starts: Sequence[Start], imports: str | None) -> str:
    cpu = f"CPU {median(one.cpu for one in starts):.0f} ms"
    return f"{cpu}; heaviest imports: {imports}" if imports else cpu


def _arguments(function: Function) -> list[str]:
    return [function.handler, function.settings, *function.calls]


if __name__ == "__main__":
    sys.stdout.write(json.dumps([figure.to_json() for figure in measure()], indent=1) + "\n")
