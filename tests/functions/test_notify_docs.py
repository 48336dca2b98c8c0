"""What docs/delivery.md shows works as shown: the receiver in Python, the body, and the words of the code."""

import json
import re
from collections.abc import Generator
from http.server import HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from functions.notify.channels import email, slack
from tests.support import providers
from tests.support.providers import Desk, incident, summaries, webhook
from tocsin.contracts.delivery import DeliveryIncident
from tocsin.domain import notification

PAGE = (Path(__file__).parents[2] / "docs/delivery.md").read_text()
OTHER_SECRET = "whsec_" + "QQ" * 16


def block(language: str) -> str:
    """The one block of code in this language."""
    (found,) = re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)
    return found


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return providers.desk(tmp_path, monkeypatch)


@pytest.fixture
def receiver(monkeypatch: pytest.MonkeyPatch) -> Generator[str]:
    """The manual's receiver, running; answers its URL."""
    monkeypatch.setenv("TOCSIN_WEBHOOK_SECRET", providers.SECRET)
    example: dict[str, Any] = {"__name__": "example"}
    exec(compile(block("python"), "docs/delivery.md", "exec"), example)  # noqa: S102 - our own manual
    server = HTTPServer(("127.0.0.1", 0), example["Pages"])
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_the_receiver_takes_a_page_and_knows_it_again(
    desk: Desk, receiver: str, capsys: pytest.CaptureFixture[str]
) -> None:
    page = webhook(receiver, incident=incident(title="Größe: 99 %"))
    assert summaries(desk.handle(page)) == [("delivered", None)]
    assert summaries(desk.handle(page)) == [("delivered", None)]
    assert capsys.readouterr().out.count("Größe: 99 %\n") == 1


def test_the_receiver_refuses_what_was_not_signed_for_it(
    desk: Desk, receiver: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert summaries(desk.handle(webhook(receiver, secret=OTHER_SECRET))) == [("permanent", "http_401")]
    assert "Disk full" not in capsys.readouterr().out


def test_the_body_is_the_one_that_is_sent(desk: Desk) -> None:
    with providers.providing() as provider:
        desk.handle(webhook(provider.url))
    shown, sent = json.loads(block("json")), json.loads(provider.requests[0].body)
    assert shown.keys() == sent.keys()
    assert shown["data"].keys() == sent["data"].keys()
    assert shown["data"]["incident"].keys() == sent["data"]["incident"].keys()
    DeliveryIncident.model_validate(shown["data"]["incident"])


def test_every_word_that_decides_is_named() -> None:
    named = set(re.findall(r"`([\w<>]+)`", PAGE))
    assert named >= slack.PERMANENT | email.PERMANENT
    assert {notification.after_silence(uncertain_count=1, now=providers.OPENED_AT).reason} <= named


def test_the_numbers_are_those_of_the_code() -> None:
    text = " ".join(PAGE.split())
    delays = ", ".join(str(int(delay.total_seconds())) for delay in notification.RETRY_DELAYS)
    assert f"after {delays} s" in text
    assert notification.MAX_ATTEMPTS == 8
    assert "after eight attempts" in text
    assert f"{notification.GIVE_UP_AFTER.total_seconds() / 60:.0f} minutes (`too_old`)" in text
    assert f"more than {notification.LONGEST_WAIT.total_seconds() / 60:.0f} minutes is not waited for" in text
    assert f"without an outcome for {notification.CLAIM_SILENCE.total_seconds():.0f} s" in text
