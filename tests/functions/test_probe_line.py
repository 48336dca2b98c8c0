"""Probes on real sockets: whom the front lets in, what a probe makes of each answer, and how often it tries again."""

import asyncio
import json
import threading
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from cli.probe.agent import Agent, Options
from cli.probe.home import AUTHORITIES, CONFIG, SECRETS, SPOOL, Home, Place
from cli.probe.line import LONGEST_WAIT, Line, pause
from cli.probe.sending import SHUT_OUT_SECONDS, Courier
from cli.probe.spool import Spool
from functions.ingest import probes
from local.front import ENROLL, INGEST
from local.probe_files import ProbeFiles, keep_probe_files
from tests.support.certificates import ShownProbe
from tests.support.ingest_host import IngestHost, aws_in_process
from tests.support.probe_host import front
from tocsin.contracts.checks import CheckConfig, CheckResult, ResultBatch
from tocsin.contracts.edge import EdgeState
from tocsin.contracts.probes import private_config_key
from tocsin.domain.monitor import CheckStatus
from tocsin.platform import certificates, clock
from tocsin.platform.certificates import Authority
from tocsin.platform.ids import new_id
from tocsin.platform.mutual_tls import ShutOut, Unreachable, Unusable
from tocsin.platform.packing import unpack

NOW = datetime.now(UTC)


@pytest.fixture
def files(tmp_path: Path) -> ProbeFiles:
    return keep_probe_files(tmp_path / "files", NOW)


@pytest.fixture
def authority(files: ProbeFiles) -> Authority:
    document = json.loads(files.authority_document)
    return Authority(document["certificate"], document["key"])


@pytest.fixture
def host(monkeypatch: pytest.MonkeyPatch) -> Iterator[IngestHost]:
    with aws_in_process() as aws:
        probes._s3.cache_clear()
        yield IngestHost(aws, monkeypatch)
        probes._s3.cache_clear()


def line(url: str, files: ProbeFiles, probe: ShownProbe | None, folder: Path) -> Line:
    """A probe's line, its key and certificate in a file."""
    if probe is None:
        return Line(url, None, files.server_authority)
    identity = folder / f"{uuid4()}.pem"
    identity.write_text(probe.key + probe.issued.pem)
    return Line(url, identity, files.server_authority)


def test_what_a_probe_brings_arrives_under_its_own_name(
    host: IngestHost, files: ProbeFiles, authority: Authority, tmp_path: Path
) -> None:
    probe = ShownProbe(by=authority)
    key = private_config_key(probe.identity.location_id)
    host.s3.put_object(Bucket=host.bucket, Key=key, Body=b'{"is": "mine"}')
    spool = Spool(tmp_path / "spool", most_bytes=2**20)
    result = CheckResult(monitor_id=uuid4(), version=1, tick=NOW, checked_at=NOW, status=CheckStatus.DOWN)
    spool.append([result], [], NOW)
    batch = spool.oldest()
    assert batch is not None
    with front(files, {INGEST: host.invoke}) as url:
        home = line(url, files, probe, tmp_path)
        found = home.config(None)
        assert found is not None
        assert (json.loads(found[0]), home.config(found[1])) == ({"is": "mine"}, None)
        home.send(batch.body)
        assert home.commands(new_id()).commands == []
    (told,) = host.told()
    got = unpack(told.packed or "", ResultBatch)
    assert (got.probe_id, got.region, got.results) == (probe.identity.probe_id, probe.identity.region, [result])


def test_nobody_is_let_in_without_a_certificate_of_the_authority(
    files: ProbeFiles, authority: Authority, tmp_path: Path
) -> None:
    reached: list[str] = []

    def note(event: dict[str, Any], _: object) -> dict[str, Any]:
        reached.append(event["rawPath"])
        return {"statusCode": 200, "body": "{}"}

    expired = ShownProbe(by=authority, at=NOW - certificates.LIFETIME - timedelta(minutes=1))
    foreign = ShownProbe(by=certificates.make_authority("local", NOW))
    with front(files, {INGEST: note}) as url:
        for probe in (None, expired, foreign):
            with pytest.raises((ShutOut, Unreachable)):
                line(url, files, probe, tmp_path).config(None)
        assert reached == []
        line(url, files, ShownProbe(by=authority), tmp_path).config(None)
        assert reached == ["/v1/probes/config"]


def test_a_revoked_probe_passes_the_handshake_and_is_refused_by_the_handler(
    host: IngestHost, files: ProbeFiles, authority: Authority, tmp_path: Path
) -> None:
    probe = ShownProbe(by=authority)
    host.publish_edge(EdgeState(written_at=NOW, revoked_certificates=[probe.issued.serial]))
    with front(files, {INGEST: host.invoke}) as url, pytest.raises(ShutOut, match="revoked"):
        line(url, files, probe, tmp_path).config(None)


def test_a_probe_talks_to_nobody_who_only_claims_to_be_home(
    files: ProbeFiles, authority: Authority, tmp_path: Path
) -> None:
    stranger = keep_probe_files(tmp_path / "stranger", NOW)
    with front(stranger, {}) as url, pytest.raises(Unreachable, match="certificate verify failed"):
        line(url, files, ShownProbe(by=authority), tmp_path).config(None)


def test_renewals_go_to_the_function_that_signs(files: ProbeFiles, authority: Authority, tmp_path: Path) -> None:
    def refuse(event: dict[str, Any], _: object) -> dict[str, Any]:
        assert event["requestContext"]["authentication"]["clientCert"]["subjectDN"].startswith("CN=")
        return {"statusCode": 422, "body": json.dumps({"detail": "no", "errors": [{"field": "csr", "reason": "must"}]})}

    with front(files, {ENROLL: refuse}) as url, pytest.raises(Unusable, match="csr must"):
        line(url, files, ShownProbe(by=authority), tmp_path).renew("csr", "test")


# ── what a courier makes of answers ───────────────────────────────────────────────────────────────────────────────────


class HomeAnswers:
    """Answers each batch as it is told to, and keeps what it took."""

    def __init__(self, *answers: tuple[int, dict[str, str]]) -> None:
        self.answers = list(answers)
        self.taken: list[int] = []

    def __call__(self, event: dict[str, Any], _: object) -> dict[str, Any]:
        status, headers = self.answers.pop(0) if self.answers else (202, {})
        if status == 202:
            self.taken.append(len(event["body"]))
        return {"statusCode": status, "headers": headers, "body": json.dumps({"detail": "said so"})}


def carried(
    home: HomeAnswers, spool: Spool, files: ProbeFiles, authority: Authority, folder: Path
) -> tuple[Any, Courier]:
    """Carry once; answers how long the courier would wait, and the courier."""
    with front(files, {INGEST: home}) as url:
        courier = Courier(spool, line(url, files, ShownProbe(by=authority), folder), asyncio.Event(), clock.now)
        return asyncio.run(courier.carry()), courier


@pytest.fixture
def spool(tmp_path: Path) -> Spool:
    made = Spool(tmp_path / "spool", most_bytes=2**20)
    for _ in range(3):
        made.append([], [], NOW)
    return made


def test_a_courier_carries_everything_and_then_rests(
    spool: Spool, files: ProbeFiles, authority: Authority, tmp_path: Path
) -> None:
    wait, courier = carried(home := HomeAnswers(), spool, files, authority, tmp_path)
    assert (wait, len(home.taken), len(spool)) == (None, 3, 0)
    assert courier.sent_at is not None


@pytest.mark.parametrize(
    ("status", "headers", "least", "most"),
    [
        (503, {}, 0.5, LONGEST_WAIT),
        (503, {"Retry-After": "120"}, 120, 120),
        (429, {"Retry-After": "30"}, 30, LONGEST_WAIT),
        (404, {}, 0.5, LONGEST_WAIT),
        (401, {}, SHUT_OUT_SECONDS, SHUT_OUT_SECONDS),
    ],
)
def test_what_is_not_taken_stays_and_is_tried_again(
    spool: Spool,
    files: ProbeFiles,
    authority: Authority,
    tmp_path: Path,
    status: int,
    headers: dict[str, str],
    least: float,
    most: float,
) -> None:
    wait, courier = carried(HomeAnswers((202, {}), (status, headers)), spool, files, authority, tmp_path)
    assert least <= wait <= most
    assert (len(spool), courier.problem is not None) == (2, True)


@pytest.mark.parametrize("status", [400, 413, 422])
def test_what_home_will_never_take_is_put_aside_for_the_rest_to_go_on(
    spool: Spool, files: ProbeFiles, authority: Authority, tmp_path: Path, status: int
) -> None:
    wait, _ = carried(home := HomeAnswers((202, {}), (status, {})), spool, files, authority, tmp_path)
    assert (wait, len(home.taken), spool.lost) == (None, 2, 1)


def test_a_disk_that_refuses_is_tried_again(
    spool: Spool, files: ProbeFiles, authority: Authority, tmp_path: Path
) -> None:
    oldest = tmp_path / "spool" / f"{1:020}.json.gz"
    oldest.write_bytes(b"")
    rejected = oldest.with_name(f"{oldest.name}.rejected")
    rejected.mkdir()
    wait, courier = carried(home := HomeAnswers(), spool, files, authority, tmp_path)
    assert 0.5 <= wait <= LONGEST_WAIT
    assert "the disk refuses" in (courier.problem or "")
    rejected.rmdir()
    wait, _ = carried(home, spool, files, authority, tmp_path)
    assert (wait, len(home.taken), len(spool)) == (None, 2, 0)


def test_a_batch_under_way_when_the_probe_is_told_to_stop_is_not_sent_twice(
    spool: Spool, files: ProbeFiles, authority: Authority, tmp_path: Path
) -> None:
    home, is_here, may_answer = HomeAnswers(), threading.Event(), threading.Event()

    def slowly(event: dict[str, Any], context: object) -> dict[str, Any]:
        is_here.set()
        assert may_answer.wait(30)
        return home(event, context)

    async def stop_and_say_farewell(courier: Courier) -> None:
        carrying = asyncio.create_task(courier.carry_on())
        assert await asyncio.to_thread(is_here.wait, 30)
        carrying.cancel()
        with suppress(asyncio.CancelledError):
            await carrying
        farewell = asyncio.create_task(courier.carry_all())
        await asyncio.sleep(0.1)
        spool.append([], [], NOW)
        may_answer.set()
        await farewell

    with front(files, {INGEST: slowly}) as url:
        courier = Courier(spool, line(url, files, ShownProbe(by=authority), tmp_path), asyncio.Event(), clock.now)
        asyncio.run(stop_and_say_farewell(courier))
    assert (len(home.taken), len(spool)) == (4, 0)


@pytest.mark.parametrize("status", [204, 301, 302, 304, 307])
def test_only_success_is_taken_for_an_answer(
    files: ProbeFiles, authority: Authority, tmp_path: Path, status: int
) -> None:
    with front(files, {INGEST: HomeAnswers(*[(status, {"Location": "/elsewhere"})] * 2)}) as url:
        sending = line(url, files, ShownProbe(by=authority), tmp_path)
        if status == 204:
            return sending.send(b"")
        with pytest.raises(Unreachable, match=str(status)):
            sending.send(b"")
        if status == 304:
            assert sending.config('"1"') is None
        return None


# ── what an agent makes of its folder, and of what it is told ─────────────────────────────────────────────────────────


@pytest.fixture
def folder(authority: Authority, files: ProbeFiles, tmp_path: Path) -> tuple[Home, ShownProbe]:
    home, probe = Home(tmp_path / "home"), ShownProbe(by=authority)
    home.write(AUTHORITIES, files.server_authority.read_text())
    home.settle(probe.key, probe.issued.pem, Place("one", "https://probes.example"))
    return home, probe


def told(home: Home, files: ProbeFiles, probe: ShownProbe, body: str, caplog: pytest.LogCaptureFixture) -> Agent:
    """An agent that has asked for its configuration once, been answered this, and said that it can't take it."""

    def answer(_event: dict[str, Any], _context: object) -> dict[str, Any]:
        return {"statusCode": 200, "headers": {"ETag": '"1"'}, "body": body}

    with front(files, {INGEST: answer}) as url:
        home.settle(probe.key, probe.issued.pem, Place("one", url))
        agent = Agent(home, Options())

        async def ask() -> None:
            asking = asyncio.create_task(agent._repeat(60, agent._read_config))
            async with asyncio.timeout(30):
                while "not done" not in caplog.text and not asking.done():
                    await asyncio.sleep(0.01)
            assert asking.cancel(), "it ended by itself"

        asyncio.run(ask())
    return agent


@pytest.mark.parametrize("body", ["<html>Sign in</html>", "", "[1]", "\ufeff"])
def test_an_answer_that_is_no_configuration_ends_no_probe(
    folder: tuple[Home, ShownProbe], files: ProbeFiles, body: str, caplog: pytest.LogCaptureFixture
) -> None:
    home, probe = folder
    told(home, files, probe, body, caplog)


def test_a_configuration_that_the_disk_refuses_is_used_all_the_same(
    folder: tuple[Home, ShownProbe], files: ProbeFiles, caplog: pytest.LogCaptureFixture
) -> None:
    home, probe = folder
    home.path("config.json.new").mkdir()
    config = CheckConfig(written_at=NOW, region="private:x", shard=0, shards=1, spread_seconds=1)
    agent = told(home, files, probe, config.to_json(), caplog)
    assert agent._config is not None


def test_who_enrols_for_another_location_sends_nothing_of_the_last_one(folder: tuple[Home, ShownProbe]) -> None:
    home, probe = folder
    Spool(home.path(SPOOL), most_bytes=2**20).append([], [], NOW)
    home.write(SECRETS, "{}")
    home.write(CONFIG, "{}")
    home.leave(probe.identity.location_id)
    assert [home.path(name).exists() for name in (SPOOL, SECRETS, CONFIG)] == [True, True, True]
    home.leave(uuid4())
    assert [home.path(name).exists() for name in (SPOOL, SECRETS, CONFIG)] == [False, False, False]
    assert home.path("secrets.json.left").exists()


def test_secrets_may_be_there_before_the_probe(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.write(SECRETS, "{}")
    home.leave(uuid4())
    assert home.secrets() == {}
    assert home.path(SECRETS).exists()


def test_pauses_grow_and_differ_from_probe_to_probe() -> None:
    assert all(0.5 <= pause(0) <= 1 for _ in range(20))
    assert all(LONGEST_WAIT / 2 <= pause(50) <= LONGEST_WAIT for _ in range(20))
    assert len({pause(5) for _ in range(5)}) == 5
    assert pause(0, 90) == 90
    assert pause(0, 1e9) == 3_600
