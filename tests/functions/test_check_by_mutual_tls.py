"""The function that checks, sending by mutual TLS: what home does not take waits in the region's bucket."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from socket import create_server
from uuid import UUID, uuid4

import pytest

from functions.check import handler as check
from tests.support.aws import client
from tests.support.checking import http_monitor
from tests.support.region_home import ENROLL, HERE, HOME, RegionHome, region_home
from tocsin.checks.sending import bodies
from tocsin.contracts.checks import BUFFER_PREFIX, CheckConfig, ResultBatch, config_key
from tocsin.contracts.monitor_spec import TcpSpec
from tocsin.domain.monitor import DAY, CheckStatus
from tocsin.platform import clock, settings
from tocsin.platform.ids import new_id

NOW = datetime.now(UTC)


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[RegionHome]:
    with region_home(monkeypatch, tmp_path) as made:
        yield made


class Lambda:
    """What Lambda says of an invocation that has two minutes."""

    def get_remaining_time_in_millis(self) -> int:
        return 120_000


class Region:
    """One region's bucket, and the function in a new process each time it is asked."""

    def __init__(self, home: RegionHome, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("tocsin.checks.runner.RETRY_SECONDS", 0.01)
        self.home = home
        self.bucket, self.s3 = f"checks-{uuid4().hex}", client("s3", HOME)
        self.s3.create_bucket(Bucket=self.bucket, CreateBucketConfiguration={"LocationConstraint": HOME})
        with closing(create_server(("127.0.0.1", 0))) as free:
            self.nowhere = f"https://127.0.0.1:{free.getsockname()[1]}"
        for name, value in {
            "CHECK_REGION": HERE,
            "HOME_REGION": HOME,
            "CHECKS_BUCKET": self.bucket,
            "COMMANDS_QUEUE_URLS": "{}",
            "OUTBOUND_ALLOWED_NETWORKS": "127.0.0.0/8",
            "ENROLL_FUNCTION": ENROLL,
            "HOME_CA_FILE": str(home.files.server_authority),
        }.items():
            home.set(name, value)

    def configure(self, port: int) -> None:
        """Give the region's only shard a monitor that is due in the day's first minute."""
        spec = TcpSpec(host="127.0.0.1", port=port)
        monitor = http_monitor(UUID(int=1), interval_seconds=DAY).model_copy(update={"spec": spec})
        config = CheckConfig(
            written_at=NOW, region=HERE, shard=0, shards=1, spread_seconds=0, controls=[], monitors=[monitor]
        )
        self.s3.put_object(Bucket=self.bucket, Key=config_key(HERE, 0), Body=config.to_json())

    def minute(self, url: str) -> list[str]:
        """Check the day's first minute, home being at an address; answers what waits afterwards."""
        self.home.set("HOME_URL", url)
        check._station.cache_clear()
        at = clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
        check.handler({"shard": 0, "time": f"{at:%Y-%m-%dT%H:%M:%SZ}"}, Lambda())
        check._station.cache_clear()
        found = self.s3.list_objects_v2(Bucket=self.bucket, Prefix=BUFFER_PREFIX)
        return [one["Key"] for one in found.get("Contents", [])]


@pytest.fixture
def region(home: RegionHome, monkeypatch: pytest.MonkeyPatch) -> Region:
    return Region(home, monkeypatch)


def test_what_home_does_not_take_waits_in_the_region_and_is_replayed_once(region: Region, home: RegionHome) -> None:
    with closing(create_server(("127.0.0.1", 0))) as target:
        region.configure(target.getsockname()[1])
        with home.answering():
            assert len(region.minute(region.nowhere)) == 1
        assert home.arrived() == []
        region.s3.delete_object(Bucket=region.bucket, Key=config_key(HERE, 0))
        with home.answering() as url:
            assert region.minute(url) == []
            (got,) = home.arrived()
            assert (got.region, len(got.results), got.results[0].status) == (HERE, 1, CheckStatus.UP)
            assert region.minute(url) == []
    assert home.arrived() == []


def test_what_nobody_signs_a_certificate_for_waits_too(region: Region, home: RegionHome) -> None:
    with closing(create_server(("127.0.0.1", 0))) as target:
        region.configure(target.getsockname()[1])
        home.set("CHECK_REGIONS", HOME)
        with home.answering() as url:
            assert len(region.minute(url)) == 1
            home.set("CHECK_REGIONS", f"{HOME},{HERE}")
            assert region.minute(url) == []
    assert [len(one.results) for one in home.arrived()] == [1, 1]


def test_what_waits_from_when_the_queue_was_sent_to_is_replayed_by_mutual_tls(region: Region, home: RegionHome) -> None:
    left = ResultBatch(batch_id=new_id(), region=HERE, sent_at=NOW)
    (body,) = bodies(left)
    region.s3.put_object(Bucket=region.bucket, Key=f"{BUFFER_PREFIX}20261121T000000.000000Z-x-0.json", Body=body)
    with home.answering() as url:
        assert region.minute(url) == []
    assert home.arrived() == [left]


def test_a_region_that_is_told_no_way_home_does_not_begin(region: Region, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ENROLL_FUNCTION", "RESULTS_QUEUE_URL"):
        monkeypatch.delenv(name)
    with pytest.raises(settings.BadSettings, match="RESULTS_QUEUE_URL, or HOME_URL and ENROLL_FUNCTION"):
        region.minute(region.nowhere)
