"""Real clients that report how a job went, none the wiser: curl and wget as in crontabs, and scripts that push."""

import os
import subprocess
from collections.abc import Iterator
from uuid import UUID

import pytest

from tests.support.clients import binary
from tests.support.http_api import ApiServer, serve
from tests.support.ingest_host import MAC_KEYS, Aws, IngestHost, aws_in_process
from tocsin.contracts.checks import Ping
from tocsin.platform.tokens import Purpose, issue, issue_uuid

pytestmark = pytest.mark.clients

JOB = """
set -u
rid=$(cat /proc/sys/kernel/random/uuid)
curl -fsS -m 10 --retry 5 -o /dev/null "$URL/start?rid=$rid"
output=$(sh -c "$1" 2>&1); status=$?
curl -fsS -m 10 --retry 5 -o /dev/null --data-raw "$output" "$URL/$status?rid=$rid"
"""
KUMA = 'curl -fsS "$URL/api/push/$TOKEN?status=up&msg=OK&ping=12"'


@pytest.fixture(scope="module")
def aws() -> Iterator[Aws]:
    with aws_in_process() as found:
        yield found


@pytest.fixture
def host(aws: Aws, monkeypatch: pytest.MonkeyPatch) -> IngestHost:
    return IngestHost(aws, monkeypatch)


@pytest.fixture
def server(host: IngestHost) -> Iterator[ApiServer]:
    with serve(host.invoke) as found:
        yield found


@pytest.fixture
def key() -> str:
    return issue_uuid(MAC_KEYS)


def run(*command: str, **environment: str) -> str:
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=20, check=False, env={**os.environ, **environment}
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def pings(host: IngestHost) -> list[Ping]:
    return sorted((p for message in host.told() for p in message.pings), key=lambda p: p.received_at)


def test_curl_as_every_crontab_has_it(host: IngestHost, server: ApiServer, key: str) -> None:
    curl = binary("curl")
    assert run(curl, "-fsS", "-m", "10", "--retry", "5", f"{server.url}/ping/{key}") == "OK"
    run(
        curl,
        "-fsS",
        "-m",
        "10",
        "--retry",
        "5",
        "-o",
        "/dev/null",
        "--data-raw",
        "a&b=c\nline",
        f"{server.url}/ping/{key}/fail",
    )
    run(curl, "-fsS", "--head", f"{server.url}/ping/{key}")
    found = pings(host)
    assert [(p.method, p.action) for p in found] == [("GET", "success"), ("POST", "fail"), ("HEAD", "success")]
    assert found[1].body == "a&b=c\nline"
    assert all((p.user_agent or "").startswith("curl/") for p in found)


def test_curl_tells_a_wrong_url_by_its_exit_status(server: ApiServer) -> None:
    url = f"{server.url}/ping/5bf66975-d4c7-4bf5-bcc8-b8d8a82ea278"
    done = subprocess.run([binary("curl"), "-fsS", url], capture_output=True, timeout=20, check=False)
    assert done.returncode == 22


def test_wget_and_its_spider(host: IngestHost, server: ApiServer, key: str) -> None:
    wget = binary("wget")
    run(wget, f"{server.url}/ping/{key}", "-T", "10", "-t", "5", "-O", "/dev/null")
    run(wget, "--spider", "-q", f"{server.url}/ping/{key}")
    assert {(p.method, p.action) for p in pings(host)} == {("GET", "success"), ("HEAD", "success")}


@pytest.mark.parametrize(("job", "action", "status"), [("echo done", "success", 0), ("echo no; exit 3", "fail", 3)])
def test_a_wrapper_that_tells_start_output_and_exit_status(
    host: IngestHost, server: ApiServer, key: str, job: str, action: str, status: int
) -> None:
    run("sh", "-c", JOB, "wrapper", job, URL=f"{server.url}/ping/{key}")
    start, end = pings(host)
    assert (start.action, end.action, end.exit_status) == ("start", action, status)
    assert start.run_id == end.run_id is not None
    assert end.body == job.split(";")[0].removeprefix("echo ")


def test_a_slug_with_a_ping_key(host: IngestHost, server: ApiServer) -> None:
    ping_key = issue(Purpose.PING_KEY, MAC_KEYS)
    assert run(binary("curl"), "-fsS", f"{server.url}/ping/{ping_key}/db-backup?create=1") == "OK"
    (ping,) = pings(host)
    assert (ping.slug, ping.create) == ("db-backup", True)


def test_uptime_kumas_push_script(host: IngestHost, server: ApiServer, key: str) -> None:
    assert run("sh", "-c", KUMA, URL=server.url, TOKEN=UUID(key).hex) == '{"ok":true}'
    (ping,) = pings(host)
    assert (ping.action, ping.body, ping.duration_ms) == ("success", "OK", 12)


def test_gatus_push_by_curl(host: IngestHost, server: ApiServer, key: str) -> None:
    url = f"{server.url}/api/v1/endpoints/core_backup/external?success=false&error=no%20space&duration=10s"
    assert run(binary("curl"), "-fsS", "-X", "POST", "-H", f"Authorization: Bearer {key}", url) == ""
    (ping,) = pings(host)
    assert (ping.action, ping.body, ping.duration_ms) == ("fail", "no space", 10_000)
