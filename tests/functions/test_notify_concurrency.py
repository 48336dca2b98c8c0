"""Pages of one batch at the same time: ten under way at once, and none that waits for a slow one."""

import socket
from collections.abc import Generator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from queue import Queue
from threading import Barrier, Event
from typing import Any

import pytest

from tests.support import providers
from tests.support.providers import Desk, Provider, answering, delivery, webhook
from tests.support.providers import summaries as said
from tests.support.ses import Ses
from tests.support.sqs import Sqs

PATIENCE_SECONDS = 10


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return providers.desk(tmp_path, monkeypatch)


@pytest.fixture
def provider() -> Generator[Provider]:
    with providers.providing() as found:
        yield found


def test_ten_webhooks_are_under_way_at_once(desk: Desk, provider: Provider) -> None:
    everyone = Barrier(10)

    def together(of: Provider, http: BaseHTTPRequestHandler) -> None:
        everyone.wait(PATIENCE_SECONDS)
        answering(204)(of, http)

    provider.behaviours = [together] * 10
    assert said(desk.handle(*[webhook(provider.url) for _ in range(10)])) == [("delivered", None)] * 10


def test_ten_mails_are_under_way_at_once(desk: Desk) -> None:
    everyone = Barrier(10)

    class Together(Ses):
        def send_email(self, **arguments: Any) -> dict[str, str]:
            everyone.wait(PATIENCE_SECONDS)
            return super().send_email(**arguments)

    desk.ses = Together()
    assert said(desk.handle(*[delivery() for _ in range(10)])) == [("delivered", None)] * 10


def test_a_slow_receiver_delays_no_other(desk: Desk, provider: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATTEMPT_TIMEOUT_SECONDS", "5")
    with providers.providing() as slow:
        slow.behaviours = [providers.hanging] * 9
        told = desk.handle(*[webhook(slow.url) for _ in range(9)], webhook(provider.url))
    assert said(told) == [*[("temporary", "timeout")] * 9, ("delivered", None)]


def test_outcomes_are_told_before_a_stuck_look_up_comes_back(
    desk: Desk, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ATTEMPT_TIMEOUT_SECONDS", "5")
    told_first: Queue[bool] = Queue()
    told = Event()
    real = socket.getaddrinfo

    def stuck(host: str, *arguments: Any, **more: Any) -> Any:
        if host == "stuck.example":
            told_first.put(told.wait(PATIENCE_SECONDS))
        return real("127.0.0.1", *arguments, **more)

    class Telling(Sqs):
        def send_message_batch(self, **arguments: Any) -> dict[str, Any]:
            if arguments["QueueUrl"] == providers.OUTCOMES:
                told.set()
            return super().send_message_batch(**arguments)

    monkeypatch.setattr(socket, "getaddrinfo", stuck)
    desk.sqs = Telling(now=desk.sqs.now)
    outcomes = desk.handle(webhook("http://stuck.example/"), webhook(provider.url))
    assert said(outcomes) == [("temporary", "timeout"), ("delivered", None)]
    assert told_first.get(timeout=PATIENCE_SECONDS)
