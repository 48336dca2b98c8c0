"""The whole of `make run` for tests: the CDK app deployed to MiniStack, PostgreSQL, the functions' host, the viewer."""

import json
import re
import secrets
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import pytest

from local.deploy import Api
from local.machine import Machine
from local.people import SignIn
from local.run import Run
from local.seed import Seed

PATIENCE_SECONDS = 60
FAR_SECONDS = 3600
"""How far off the demo policy's second step is, unless a test waits for it."""


@dataclass(slots=True)
class Answer:
    """What an HTTP request was answered."""

    status: int
    body: str
    headers: dict[str, str]

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)


@dataclass(slots=True)
class Stack:
    """A running stack, and what a newcomer would do with it."""

    home: Path
    first_port: int = field(default_factory=lambda: _ports())
    machine: Machine = field(init=False)
    run: Run = field(init=False)
    api: Api = field(init=False)
    seed: Seed = field(init=False)
    sign_in: SignIn = field(init=False)
    _exit: ExitStack = field(default_factory=ExitStack)

    def start(self) -> None:
        """Start everything, over what an earlier start has kept."""
        self.machine = Machine(home=self.home, first_port=self.first_port)
        self.run = Run(self.machine)
        self.run.clear_up()
        self._exit = ExitStack()
        self.api, self.seed, self.sign_in = self.run.start(self._exit)

    def stop(self) -> None:
        """Stop everything, as Ctrl-C does."""
        self._exit.close()

    def kill_emulator(self) -> None:
        """kill -9: what its queues held and its stacks are gone."""
        process = self.run.emulator.program.popen
        assert process is not None
        process.kill()
        process.wait()

    def event(self, action: str, dedup_key: str, summary: str = "") -> Answer:
        """Send an event in PagerDuty's format."""
        body: dict[str, Any] = {
            "routing_key": self.seed.routing_key,
            "event_action": action,
            "dedup_key": dedup_key,
        }
        if action == "trigger":
            body["payload"] = {"summary": summary or dedup_key, "source": "test", "severity": "critical"}
        return http("POST", f"{self.api.ingest_url}/v2/enqueue", body)

    def rest(self, method: str, path: str, body: Any = None, **headers: str) -> Answer:
        """Call the REST API as the seed's key."""
        return http(
            method, f"{self.api.app_url}{path}", body, {"authorization": f"Bearer {self.seed.api_key}", **headers}
        )

    def pages(self, about: str) -> list[dict[str, Any]]:
        """Mails and webhooks about something, oldest first."""
        found = http("GET", f"{self.machine.viewer_url}/pages").json
        return [page for page in reversed(found) if about in page["subject"]]

    def wait_for_pages(self, about: str, number: int) -> list[dict[str, Any]]:
        """Wait until so many pages have come about something."""
        return eventually(lambda: (p := self.pages(about)) and len(p) >= number and p, f"{number} pages about {about}")

    def rows(self, query: str, *params: object) -> list[tuple[Any, ...]]:
        """What is in the database, as seen from above."""
        with psycopg.connect(self.run.postgres.conninfo("postgres", "tocsin"), autocommit=True) as conn:
            return conn.execute(query, params).fetchall()

    def link(self, about: str) -> str:
        """The acknowledge link in the mail about something."""
        mail = next(page for page in self.wait_for_pages(about, 2) if page["channel"] == "email")
        match = re.search(r"http\S+\?action=acknowledge", mail["text"])
        assert match is not None, mail
        return match[0]


def http(method: str, url: str, body: Any = None, headers: dict[str, str] | None = None) -> Answer:
    """One request on loopback; a form when the body is text."""
    data = None if body is None else (body if isinstance(body, str) else json.dumps(body)).encode()
    kind = "application/x-www-form-urlencoded" if isinstance(body, str) else "application/json"
    request = urllib.request.Request(  # noqa: S310 - loopback
        url, data, {"content-type": kind, **(headers or {})} if data is not None else headers or {}, method=method
    )
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=30) as answer:
            return Answer(answer.status, answer.read().decode(), dict(answer.headers))
    except urllib.error.HTTPError as error:
        with error:
            return Answer(error.code, error.read().decode(), dict(error.headers))


def eventually[T](ask: Callable[[], T], what: str, seconds: float = PATIENCE_SECONDS) -> T:
    """Ask until the answer is true; fails after `seconds`.

    At most four times a second: the API refuses a key that asks more than ten.
    """
    end = time.monotonic() + seconds
    wait = 0.05
    while time.monotonic() < end:
        if answer := ask():
            return answer
        time.sleep(wait)
        wait = min(0.25, 1.5 * wait)
    pytest.fail(f"{what} did not happen in {seconds:.0f} s")


def _ports() -> int:
    """The first of seven free ports in a row."""
    start = 21_000 + 7 * secrets.randbelow(1_000)
    for first in range(start, start + 700, 7):
        with ExitStack() as stack:
            try:
                for port in range(first, first + 7):
                    probe = stack.enter_context(socket.socket())
                    probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return first
    pytest.fail("no seven free ports in a row")


def set_second_step(stack: Stack, seconds: int, last_wait_seconds: int = FAR_SECONDS) -> None:
    """Edit the demo policy through the API, as its version says it is now."""
    (listed,) = stack.rest("GET", "/v1/escalation-policies").json["items"]
    path = f"/v1/escalation-policies/{listed['id']}"
    policy = stack.rest("GET", path).json
    steps = [{key: step[key] for key in ("step_id", "delay_seconds", "targets")} for step in policy["steps"]]
    steps[1]["delay_seconds"] = seconds
    body = {
        "name": policy["name"],
        "team_id": policy["team_id"],
        "rounds": 1,
        "round_delay_seconds": last_wait_seconds,
        "steps": steps,
    }
    changed = stack.rest("PUT", path, body, **{"if-match": f'"{policy["version"]}"'})
    assert changed.status == 200, changed.body
