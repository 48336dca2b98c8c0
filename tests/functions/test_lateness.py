"""What alarms on lateness listen to: how late a step is taken, a page first tried, and how long one lies unsent."""

import json
from collections.abc import Generator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from functions.claim.handler import handler as claim
from functions.escalate.handler import handler as escalate
from functions.process.handler import handler as process
from functions.sweep.handler import handler as sweep
from tests.support import providers
from tests.support.inside import SCHEDULED, Inside, inside, sqs_event
from tests.support.providers import Desk, delivery, go, reply
from tests.support.world import StepSpec, World
from tocsin.contracts.delivery import ClaimItem, ClaimReply, ClaimRequest, DeliveryMessage
from tocsin.contracts.wakeup import WakeUp
from tocsin.platform import logs

AGES_MS = 600_000
"""More than a test takes on a machine that has other things to do, and less than a unit too large would give."""


@pytest.fixture(autouse=True)
def afresh() -> None:
    for service in ("notify", "claim", "escalate", "process", "sweep"):
        # made now, a logger does not keep the stdout of one test
        logs.logger(service)


@pytest.fixture
def surroundings(world: World, monkeypatch: pytest.MonkeyPatch) -> Generator[Inside]:
    world.policy([StepSpec([world.alice.target]), StepSpec([world.bob.target], timedelta(minutes=10))])
    with inside(world.database, monkeypatch) as found:
        yield found


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    made = providers.desk(tmp_path, monkeypatch)
    monkeypatch.setenv("POWERTOOLS_METRICS_DISABLED", "false")
    return made


def measured(capsys: pytest.CaptureFixture[str], name: str) -> list[tuple[str, str, float]]:
    """(service, unit, value) of a metric since last asked, from the embedded metric format on stdout."""
    found: list[tuple[str, str, float]] = []
    for line in capsys.readouterr().out.splitlines():
        written: dict[str, Any] = json.loads(line)
        for directive in written.get("_aws", {}).get("CloudWatchMetrics", []):
            assert directive["Namespace"] == "Tocsin"
            assert directive["Dimensions"] == [["service"]]
            units = [metric["Unit"] for metric in directive["Metrics"] if metric["Name"] == name]
            found += [(written["service"], unit, value) for unit in units for value in written[name]]
    return found


def no_claim(_request: ClaimRequest) -> Any:
    """The claim's database is away."""
    msg = "the database can't be reached"
    raise ConnectionError(msg)


def opened(surroundings: Inside, world: World) -> tuple[DeliveryMessage, WakeUp]:
    """A fresh incident's page and wake-up, as they left."""
    process(sqs_event(world.request(world.event(dedup_key=uuid4().hex))), None)
    (page,) = surroundings.messages("deliveries", DeliveryMessage)
    (wake_up,) = surroundings.messages("escalations", WakeUp)
    return page, wake_up


def test_a_step_taken_by_its_wake_up_tells_how_late_it_was(
    surroundings: Inside, world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    _, wake_up = opened(surroundings, world)
    world.database.advance(timedelta(minutes=10, seconds=2))
    escalate(sqs_event(wake_up), None)
    ((service, unit, late),) = measured(capsys, "StepLateness")
    assert (service, unit) == ("escalate", "Milliseconds")
    assert 2_000 <= late < AGES_MS


def test_a_step_taken_by_the_sweep_tells_it_as_well(
    surroundings: Inside, world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    opened(surroundings, world)
    world.database.advance(timedelta(minutes=10, seconds=30))
    sweep(SCHEDULED, None)
    ((service, unit, late),) = measured(capsys, "StepLateness")
    assert (service, unit) == ("sweep", "Milliseconds")
    assert 30_000 <= late < AGES_MS


def test_the_sweep_tells_the_age_of_a_page_that_nobody_has_tried_however_often_it_was_sent_anew(
    surroundings: Inside, world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    opened(surroundings, world)
    for _ in range(2):
        world.database.advance(timedelta(minutes=1))
        sweep(SCHEDULED, None)
    first, second = measured(capsys, "UnsentPageAge")
    assert first[:2] == second[:2] == ("sweep", "Milliseconds")
    assert 60_000 <= first[2] <= second[2] - 60_000 < AGES_MS


def test_a_sweep_that_finds_nothing_late_says_only_that_it_ended(
    surroundings: Inside, world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    opened(surroundings, world)
    capsys.readouterr()
    sweep(SCHEDULED, None)
    written = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    (metrics,) = [line for line in written if "_aws" in line]
    assert metrics["Sweeps"] == [1]
    assert not {"StepLateness", "UnsentPageAge"} & set(metrics)


def test_a_claim_says_how_long_a_page_has_waited_when_it_is_first_tried(surroundings: Inside, world: World) -> None:
    page, _ = opened(surroundings, world)
    world.database.advance(timedelta(seconds=7))
    request = ClaimRequest(claims=[ClaimItem(org_id=page.org_id, notification_id=page.notification_id)])
    (answer,) = ClaimReply.model_validate(claim(request.model_dump(mode="json"), None)).answers
    assert answer.waited_seconds is not None
    assert 7 <= answer.waited_seconds < AGES_MS / 1_000


def test_a_page_tells_its_lateness_when_it_is_first_tried_and_not_again(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    first, again = delivery(), delivery()
    desk.claim = lambda _request: reply(
        go(first.notification_id).model_copy(update={"waited_seconds": 1.25}), go(again.notification_id, attempt=2)
    )
    assert len(desk.handle(first, again)) == 2
    assert measured(capsys, "PageLateness") == [("notify", "Milliseconds", 1_250.0)]


def test_a_page_that_goes_out_unclaimed_was_as_late_as_its_queue_can_tell(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.claim, desk.age = no_claim, timedelta(seconds=61)
    (told,) = desk.handle(delivery())
    assert told.unclaimed
    ((service, unit, late),) = measured(capsys, "PageLateness")
    assert (service, unit) == ("notify", "Milliseconds")
    assert 61_000 <= late < AGES_MS
