"""From the results that regions send to the mail that wakes somebody: monitors as people live with them."""

from datetime import timedelta
from uuid import uuid4

import pytest

from tests.support.flow import Flow, queue_url, step
from tests.support.monitors import REGIONS, insert_monitor
from tocsin.contracts.api_monitors import Checking
from tocsin.contracts.checks import CheckResult, ResultBatch, ResultsMessage, ShardReport, Timings
from tocsin.domain.monitor import CheckStatus, Reason
from tocsin.platform import packing, queues

SAID = {
    "u": (CheckStatus.UP, None),
    "d": (CheckStatus.DOWN, Reason.TIMEOUT),
    "b": (CheckStatus.UNKNOWN, Reason.REGION_BLIND),
}


class Regions:
    """Three regions that check one monitor every minute and send what comes of it to the queue."""

    def __init__(self, flow: Flow, **columns: object) -> None:
        self.flow = flow
        flow.sweep_every = "30s"
        self.monitor_id = insert_monitor(flow.world, "Checkout", **columns)

    def minutes(self, *ticks: str) -> None:
        """A letter a region each minute: up, down, blind, or `-` for one that sends nothing."""
        for letters in ticks:
            for region, letter in zip(REGIONS, letters, strict=True):
                if letter != "-":
                    self.send(region, letter)
            self.flow.pump()
            self.flow.advance("60s")

    def send(self, region: str, letter: str) -> None:
        status, reason = SAID[letter]
        now = self.flow.now
        result = CheckResult(
            monitor_id=self.monitor_id,
            version=1,
            tick=now,
            checked_at=now,
            status=status,
            reason=reason,
            timings=Timings(total=12.5),
        )
        report = ShardReport(
            shard=0,
            starts_at=now - timedelta(minutes=1),
            ends_at=now,
            due=1,
            done=1,
            missed=0,
            blind_since=now if letter == "b" else None,
        )
        batch = ResultBatch(batch_id=uuid4(), region=region, sent_at=now, results=[result], reports=[report])
        message = ResultsMessage(kind="results", packed=packing.pack(batch))
        queues.send(queue_url("results"), [queues.Outgoing(message.to_json(), region)])

    def region_states(self) -> dict[str, str]:
        return dict(self.flow.database.rows("select region, status from check_region"))


@pytest.fixture
def regions(flow: Flow) -> Regions:
    flow.given(policy=[step(flow.world.alice), step(flow.world.bob, after="30m")])
    found = Regions(flow)
    found.minutes("uuu", "uuu")
    return found


def test_an_outage_pages_once_and_ends_by_itself(flow: Flow, regions: Regions) -> None:
    regions.minutes("duu", "uuu", "ddd", "uuu")
    flow.expect_no_page()
    regions.minutes("ddu", "ddu")
    flow.expect_page(flow.world.alice, "Checkout is down: timeout in eu-west-1, us-east-1")
    regions.minutes("ddd", "ddd")
    regions.minutes("uuu", "uuu")
    flow.expect_no_page()
    assert flow.timeline() == ["triggered", "paged", "notification_delivered", "resolved"]


def test_a_region_that_is_cut_off_pages_nobody_and_is_noticed(
    flow: Flow, regions: Regions, caplog: pytest.LogCaptureFixture
) -> None:
    regions.minutes(*["uub"] * 3)
    assert regions.region_states() == {REGIONS[0]: "seeing", REGIONS[1]: "seeing", REGIONS[2]: "blind"}
    assert "region is blind" in caplog.messages
    regions.minutes(*["uu-"] * 8)
    assert regions.region_states()[REGIONS[2]] == "silent"
    assert "region is silent" in caplog.messages
    flow.expect_no_page()
    regions.minutes("ddu", "ddu")
    flow.expect_page(flow.world.alice, "Checkout is down")
    assert regions.region_states()[REGIONS[2]] == "seeing"


@pytest.mark.parametrize("swing", [2, 3, 4])
def test_what_flaps_pages_once_by_default_and_is_then_told_to_flap(flow: Flow, swing: int) -> None:
    flow.given(policy=[step(flow.world.alice), step(flow.world.bob, after="3h")])
    regions = Regions(flow, **Checking().model_dump())
    regions.minutes("uuu", "uuu", *[*["ddd"] * swing, *["uuu"] * swing] * 5)
    flow.expect_page(flow.world.alice, "Checkout is down")
    flow.expect_no_page()
    assert flow.database.rows("select is_flapping from monitor_state") == [(True,)]
    assert flow.database.rows("select summary from event where summary like '%%flapping%%'") == [
        ("Checkout is flapping: nothing more is said until it is stable",)
    ]
    regions.minutes(*["uuu"] * 9)
    flow.expect_no_page()
    assert flow.timeline() == ["triggered", "paged", "notification_delivered", "resolved"]


def test_what_flaps_pages_once(flow: Flow) -> None:
    flow.given(policy=[step(flow.world.alice), step(flow.world.bob, after="2h")])
    regions = Regions(flow, failures_to_down=1, successes_to_up=1, recovery_seconds=150)
    regions.minutes("uuu", "uuu", *["ddd", "uuu"] * 6)
    flow.expect_page(flow.world.alice, "Checkout is down")
    regions.minutes(*["uuu"] * 8)
    flow.expect_no_page()
    assert flow.timeline() == ["triggered", "paged", "notification_delivered", "resolved"]
    regions.minutes("ddd")
    flow.expect_page(flow.world.alice, "Checkout is down")


def test_a_message_that_no_check_has_packed_is_kept_and_stops_nothing(flow: Flow, regions: Regions) -> None:
    for packed in ("H4sIAAAAAAAA", packing.pack(ResultsMessage(kind="pings")), None):
        spoiled = ResultsMessage(kind="results", packed=packed)
        queues.send(queue_url("results"), [queues.Outgoing(spoiled.to_json(), "eu-west-1")])
    regions.minutes("ddu", "ddu")
    flow.expect_page(flow.world.alice, "Checkout is down")
    assert flow.database.rows("select count(*) from rejected_message where queue = 'results'") == [(3,)]
