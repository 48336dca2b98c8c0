"""The `tocsin` command in this process and as a process of its own, against the real API served on loopback."""

import json
import os
import subprocess
import sys
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from cli.main import app
from tests.support.api_host import ApiHost
from tests.support.http_api import ApiServer, serve
from tocsin.platform import logs
from tocsin_data.db import database

FUNCTIONS = ("api", "authorizer", "ingest")
METRIC = '"_aws"'
"""What a line of metrics holds, which the functions in this process print."""
METRICS = "POWERTOOLS_METRICS_DISABLED"
NO_KEYRING = "keyring.backends.null.Keyring"
VARIABLES = ("API_KEY", "URL", "ORG", "PROFILE", "EVENTS_URL", "APP_URL", "POOL_ID", "CLIENT_ID", "ENDPOINT", "EMAIL")


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended, and what it printed."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[dict[str, Any]]:
        """What `--json` printed; the command must have ended well."""
        assert self.code == 0, self.err
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def one(self) -> dict[str, Any]:
        """The only line that `--json` printed."""
        (found,) = self.lines
        return found

    @property
    def error(self) -> dict[str, Any]:
        """What `--json` printed on standard error."""
        found = json.loads(self.err)["error"]
        assert found["exit_code"] == self.code
        return found


@dataclass
class Terminal:
    """Somebody's terminal, with settings of its own and no keyring."""

    folder: Path
    environment: dict[str, str] = field(default_factory=dict)

    def run(self, *arguments: str, given: str = "", **environment: str) -> Ended:
        """Run the command in this process; `given` is typed, or piped in."""
        said = {f"TOCSIN_{name}": None for name in VARIABLES} | self._environment(environment)
        said[METRICS] = os.environ.get(METRICS)  # a command may switch metrics off, which is to last as long as it does
        for function in FUNCTIONS:
            # functions write to what was standard output when they began, not to the command's
            logs.logger(function)
        result = CliRunner().invoke(app, [*arguments], input=given, env=said, catch_exceptions=False)
        own = [line for line in result.stdout.splitlines(keepends=True) if METRIC not in line]
        return Ended(result.exit_code, "".join(own), result.stderr)

    def start(self, *arguments: str, **environment: str) -> subprocess.Popen[str]:
        """Start it as a process of its own."""
        command = [Path(sys.executable).with_name("tocsin"), *arguments]
        said = {name: value for name, value in os.environ.items() if not name.startswith("TOCSIN_")}
        return subprocess.Popen(
            command,
            env=said | self._environment(environment),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def spawn(self, *arguments: str, given: str = "", **environment: str) -> Ended:
        """Run it as a process of its own."""
        with self.start(*arguments, **environment) as process:
            out, err = process.communicate(given, timeout=60)
        return Ended(process.returncode, out, err)

    def _environment(self, more: dict[str, str]) -> dict[str, str]:
        return {
            "TOCSIN_CONFIG_DIR": str(self.folder),
            "PYTHON_KEYRING_BACKEND": NO_KEYRING,
            **self.environment,
            **more,
        }


@contextmanager
def served(api: ApiHost) -> Generator[ApiServer]:
    """The API at an address, behind its authorizer; one thread, as its connection is that thread's."""

    def answer(event: dict[str, Any]) -> dict[str, Any]:
        found = api.invoke(event)
        return {"statusCode": found.status, "headers": found.headers, "body": found.text}

    with ThreadPoolExecutor(1) as worker:
        try:
            with serve(lambda event, _: worker.submit(answer, event).result()) as server:
                yield server
        finally:
            worker.submit(database(api.world.database.settings("app")).close).result()


@contextmanager
def terminal(api: ApiHost, folder: Path) -> Generator[tuple[Terminal, ApiServer]]:
    """A terminal that knows where the API is, and a key of it."""
    with served(api) as server:
        yield Terminal(folder, {"TOCSIN_URL": server.url, "TOCSIN_API_KEY": api.key}), server
