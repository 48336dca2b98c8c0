"""`make run`: everything on this machine, started in order, stopped in order, kept in between.

PostgreSQL and MiniStack are plain processes on loopback; the CDK app is really deployed to MiniStack, and its
functions run in the warm host. `--reset` forgets what earlier runs kept.
"""

import argparse
import fcntl
import json
import shutil
import signal
import sys
import threading
import urllib.request
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from time import monotonic
from types import FrameType
from typing import IO, Any, Final

from rich.console import Console

from local import dashboard as local_dashboard
from local import keys as local_keys
from local import people as local_people
from local import seed as local_seed
from local import seed_page as local_seed_page
from local.deploy import Api, Deployment
from local.emulator import Emulator, wait_for, wait_for_port
from local.machine import REGIONS, Machine, RunError
from local.people import SignIn
from local.postgres import PostgresError, PostgresServer
from local.processes import Program
from local.seed import Seed
from migrations.runner import MigrationError, migrate

POSTGRES_SETTINGS: Final = {"max_connections": "100"}
console: Final = Console(highlight=False)


class Stopped(Exception):
    """Somebody asked the run to end."""


class Run:
    """One run: what it starts, it stops."""

    def __init__(self, machine: Machine) -> None:
        self._machine = machine
        self.postgres: Final = PostgresServer(machine.path("postgres"), POSTGRES_SETTINGS)
        self.emulator: Final = Emulator(machine)
        self.host: Final = _program(machine, "the functions' host", "host")
        self.receiver: Final = _program(machine, "the page of mails and webhooks", "receiver")
        self.target: Final = _program(machine, "the site to break", "target")
        self.front: Final = _program(machine, "the front of private probes", "front")
        self.cloudfront: Final = _program(machine, "the front of the dashboard and of status pages", "cloudfront")
        self._programs = (self.front, self.cloudfront, self.receiver, self.target, self.emulator.program, self.host)

    def clear_up(self) -> None:
        """Stop what a killed run left behind, so that its ports are free."""
        left = [program.name for program in self._programs if program.stop_left_over()]
        if left:
            console.print(f"  stopped what an earlier run left behind: {', '.join(left)}")
        self._machine.demand_ports()

    def forget(self) -> None:
        """Forget everything that runs have kept. Nothing must be running."""
        self.postgres.stop("immediate")
        for kept in self._machine.home.iterdir():
            if kept.is_dir():
                shutil.rmtree(kept)
            elif kept.name != LOCK:
                kept.unlink()

    def start(self, stack: ExitStack) -> tuple[Api, Seed, SignIn]:
        """Start everything; what has been started is stopped when the stack unwinds."""
        machine = self._machine
        keys = local_keys.keep(machine)
        seed = local_seed.keep(machine, keys)
        deployment = Deployment(machine, self.postgres.host)
        admin = self.postgres.conninfo("postgres", "postgres")
        with step("PostgreSQL"):
            stack.callback(self.postgres.stop)
            self.postgres.start()
        with step("database schema and organization"):
            migrate(admin)
            local_seed.plant(admin, seed, keys, machine)
        with step("templates"):
            deployment.synthesise()
        with step("functions' host, mails, a site to break"):
            for program in (self.host, self.receiver, self.target, self.front, self.cloudfront):
                stack.callback(program.stop)
                program.start([sys.executable, "-m", f"local.{program.log.stem}"], machine.root_environment())
            wait_for(f"{machine.host_url}/-/health", self.host)
            wait_for(machine.viewer_url, self.receiver)
            wait_for(machine.target_url, self.target)
            wait_for_port(machine.front_port, self.front)
            for url in (machine.pages_url, machine.dashboard_url):
                wait_for(f"{url}/-/health", self.cloudfront)
        with step("MiniStack"):
            stack.callback(self.emulator.program.stop)
            self.emulator.start(deployment.functions())
        with step("deployment"):
            deployment.prepare(keys)
            deployment.deploy()
            for url in (machine.pages_url, machine.dashboard_url):
                _post(f"{url}/-/read", {})
        with step("dashboard"):
            local_dashboard.bring(deployment, local_dashboard.build(machine))
        with step("people who sign in"):
            sign_in = local_people.settle(machine, deployment, admin)
        with step("warm functions"):
            _post(f"{machine.host_url}/-/warm", deployment.functions())
        with step("what an earlier run left undone"):
            deployment.sweep()
            deployment.check()
        return deployment.api(), seed, sign_in

    def watch(self, stopped: threading.Event) -> None:
        """Wait until asked to stop; raises RunError when one of the programs ends by itself.

        PostgreSQL may go and come back: events are accepted without it.
        """
        had_database = True
        while not stopped.wait(1):
            for program in self._programs:
                program.demand()
            has_database = self.postgres.pid() is not None
            if has_database is not had_database:
                news = "is back" if has_database else "does not run: events are accepted, pages wait for it"
                console.print(f"  PostgreSQL {news}")
            had_database = has_database


LOCK: Final = "lock"


@contextmanager
def only_one(machine: Machine) -> Generator[None]:
    """Hold the lock of this checkout's run; it is freed even when the run is killed."""
    with machine.path(LOCK).open("a+") as file:
        _lock(file)
        yield


def _lock(file: IO[str]) -> None:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise RunError(
            "another `make run` of this checkout is running. Stop it with Ctrl-C in its terminal, then try again."
        ) from error


@contextmanager
def step(what: str) -> Generator[None]:
    """Show a step while it runs, and how long it took."""
    began = monotonic()
    with console.status(what):
        yield
    console.print(f"  {what:<42} {monotonic() - began:6.1f} s")


def _program(machine: Machine, name: str, short: str) -> Program:
    return Program(name, machine.path("log", f"{short}.log"), machine.path("run", short))


def _post(url: str, body: Any) -> None:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    headers = {"Content-Type": "application/json"}
    request = urllib.request.Request(url, json.dumps(body).encode(), headers)  # noqa: S310 - our own host, on loopback
    with opener.open(request, timeout=120):
        pass


def summary(machine: Machine, api: Api, seed: Seed, sign_in: SignIn) -> str:
    """What a newcomer needs: addresses, keys, and commands to copy."""
    return f"""
Tocsin is running. Open the dashboard:

  {machine.dashboard_url}/

  Sign in as                     {sign_in.email}
  with the password              {sign_in.password}
  Or look around in the demo     {machine.dashboard_url}/demo

  Mails and webhooks arrive at   {machine.viewer_url}
  Reference of the API           {machine.viewer_url}/reference/
  Events (PagerDuty and others)  {api.ingest_url}
  REST API                       {api.app_url}/v1
  Routing key                    {seed.routing_key}
  API key                        {seed.api_key}

{_events(api, seed)}

{_checks(machine, api, seed)}

The public sees how it is on the status page, and the demo's beside it, even when everything else has stopped:

  {machine.pages_url}/{local_seed_page.SLUG}/
  {machine.pages_url}/demo/

Private probes report to {machine.front_url}, whose authority is in
{machine.home / "secrets/probes/server-ca.pem"}

See the incidents:

  curl -s -H 'Authorization: Bearer {seed.api_key}' {api.app_url}/v1/incidents

The same as one of its people, who signs in (the password is asked for):

  .venv/bin/tocsin login --url {api.app_url} --email {sign_in.email}

  .venv/bin/tocsin incidents list

Is it fit to page people?

  .venv/bin/tocsin doctor --stage local --endpoint-url {machine.gateway_url}

Ctrl-C stops everything and keeps the data; logs are in {machine.home / "log"}.
"""


def _checks(machine: Machine, api: Api, seed: Seed) -> str:
    return f"""\
Break the site that is checked from three regions, see it go down and page, and mend it:

  curl -X POST {machine.target_url}/break

  curl -s -H 'Authorization: Bearer {seed.api_key}' {api.app_url}/v1/monitors

  curl -X POST {machine.target_url}/mend

Cut a region off, see that it pages nobody and is told to be blind, and connect it again:

  curl -X POST {machine.host_url}/-/cut-off/{REGIONS[1]}

  curl -s -H 'Authorization: Bearer {seed.api_key}' {api.app_url}/v1/check-regions

  curl -X POST {machine.host_url}/-/reconnect/{REGIONS[1]}"""


def _events(api: Api, seed: Seed) -> str:
    resolve = {"routing_key": seed.routing_key, "event_action": "resolve", "dedup_key": "disk-full"}
    payload = {"summary": "Disk full on db-1", "source": "db-1", "severity": "critical"}
    url = f"{api.ingest_url}/v2/enqueue"
    return f"""\
Page Alice; Bob follows {local_seed.SECOND_STEP_SECONDS} s later unless someone acknowledges:

{_curl(url, {**resolve, "event_action": "trigger", "payload": payload})}

Acknowledge it, or resolve it:

{_curl(url, {**resolve, "event_action": "acknowledge"})}

{_curl(url, resolve)}"""


def _curl(url: str, body: dict[str, Any]) -> str:
    return f"  curl -s -H 'Content-Type: application/json' {url} \\\n    -d '{json.dumps(body)}'"


def main() -> int:
    """Run until stopped; answers the exit code."""
    parser = argparse.ArgumentParser(prog="make run", description=__doc__)
    parser.add_argument("--reset", action="store_true", help="forget what earlier runs kept")
    arguments = parser.parse_args()
    stopped = threading.Event()

    def stop(_number: int, _frame: FrameType | None) -> None:
        if stopped.is_set():
            return
        stopped.set()
        if not ready.is_set():
            raise Stopped

    ready = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)
    try:
        machine = Machine.from_environment()
        with only_one(machine):
            return _run(machine, arguments.reset, stopped, ready)
    except Stopped:
        return 130
    except MigrationError as error:
        console.print(f"\n[bold red]make run:[/] {error}. Or forget the data: make run RESET=1", soft_wrap=True)
        return 1
    except (RunError, PostgresError) as error:
        console.print(f"\n[bold red]make run:[/] {error}", markup=True, soft_wrap=True)
        return 1


def _run(machine: Machine, reset: bool, stopped: threading.Event, ready: threading.Event) -> int:
    began = monotonic()
    run = Run(machine)
    run.clear_up()
    if reset:
        run.forget()
        run = Run(machine)
    with ExitStack() as stack:
        stack.callback(ready.set)  # from here on nothing interrupts the stopping
        try:
            api, seed, sign_in = run.start(stack)
            ready.set()
            console.print(summary(machine, api, seed, sign_in), soft_wrap=True, markup=False)
            console.print(f"Ready after {monotonic() - began:.1f} s.")
            run.watch(stopped)
        finally:
            ready.set()
            console.print("\nStopping …")
    console.print("Stopped; the data is kept.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
