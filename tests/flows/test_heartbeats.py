"""From the ping of a job to the mail that wakes somebody: heartbeats as people live with them."""

import pytest

from functions.ingest import handler as ingest
from tests.support.flow import Flow, step
from tests.support.heartbeats import Beating
from tests.support.http_api import http_event
from tests.support.sqs import Sqs


class Job:
    """A job that reports every five minutes, or one later, while sweeps run every quarter of a minute."""

    def __init__(self, flow: Flow) -> None:
        flow.given(policy=[step(flow.world.alice), step(flow.world.bob, after="30m")])
        flow.sweep_every = "15s"
        self.flow = flow
        self.beating = Beating(flow.world, interval_seconds=300, grace_seconds=60)

    def report(self, end: str = "") -> int:
        """Ping as curl does; answers the status."""
        at = int(self.flow.now.timestamp() * 1000)
        event = http_event("GET", f"/ping/{self.beating.key}{end}", time_epoch_ms=at)
        return ingest.handler(event, None)["statusCode"]

    @property
    def title(self) -> str:
        """What its page says."""
        return f"backup {self.beating.key} is down"


@pytest.fixture
def job(flow: Flow) -> Job:
    return Job(flow)


def test_a_job_that_stays_away_pages_within_a_minute_of_its_deadline(flow: Flow, job: Job) -> None:
    assert job.report() == 200
    flow.advance("6m")
    flow.expect_no_page()
    flow.advance("1m")
    flow.expect_page(flow.world.alice, job.title)
    flow.advance("2m")
    flow.expect_no_page()
    assert job.report() == 200
    flow.advance("15s")
    assert job.beating.status == "up"
    assert flow.timeline()[-1] == "resolved"


def test_a_job_that_fails_pages_at_once(flow: Flow, job: Job) -> None:
    job.report()
    job.report("/3")
    flow.pump()
    flow.expect_page(flow.world.alice, job.title)


def test_while_results_cannot_be_read_nobody_is_paged_for_what_came_in_time(flow: Flow, job: Job) -> None:
    """What judges results fails for two minutes and a half; pings are accepted, and count when they came."""
    job.report()
    flow.advance("270s")
    judge = flow.consumers["results"]
    flow.consumers["results"] = lambda event, _context: {
        "batchItemFailures": [{"itemIdentifier": r["messageId"]} for r in event["Records"]]
    }
    flow.advance("1m")
    assert job.report() == 200
    flow.advance("90s")
    flow.consumers["results"] = judge
    flow.advance("3m")
    flow.expect_no_page()
    assert job.beating.status == "up"
    assert flow.database.rows("select count(*) from incident") == [(0,)]


def test_a_job_that_stays_away_while_nothing_is_read_is_told_in_the_end(flow: Flow, job: Job) -> None:
    job.report()
    flow.advance("5m")
    flow.lost.add("results")
    flow.sweep_every = "5m"
    flow.advance("15m")
    flow.expect_no_page()
    flow.advance("2m")
    flow.expect_page(flow.world.alice, job.title)


def test_what_cannot_be_sent_is_not_answered_with_success(job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object, **_more: object) -> None:
        raise ConnectionError

    monkeypatch.setattr(Sqs, "send_message_batch", refuse)
    assert job.report() == 503
