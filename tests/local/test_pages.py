"""The status page of the deployed whole, read as the public reads it: it tells what breaks, and outlives its teller."""

import asyncio
import json
import os
import re
import signal
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

import psutil
import pytest
import pytest_asyncio
from playwright.async_api import expect

from local.deploy import Deployment
from local.machine import REGIONS
from local.seed_page import SLUG
from tests.support import shop
from tests.support.shop import read, told
from tests.support.stack import Stack, eventually, http
from tests.support.windows import Opening, Window

pytestmark = pytest.mark.xdist_group("stack")

TOLD_SECONDS = 10
"""From the verdict until the public can read it."""
WELL = "<title>All systems operational"
BROKEN = ("degraded_performance", "partial_outage", "major_outage")


@pytest.fixture
def site(stack: Stack) -> Generator[str]:
    """Where the site to break is, once it is well and the page says so; it is well afterwards, too."""
    url = shop.mended(stack)
    eventually(lambda: read(stack).status == 200, "the page is there", shop.PATIENCE_SECONDS)
    eventually(lambda: told(stack) == "operational", "the page says that all is well", shop.PATIENCE_SECONDS)
    yield url
    http("POST", f"{url}/mend")


def confirmed_at(stack: Stack) -> float:
    """When the verdict was reached that the monitor is what it is, in Unix seconds."""
    told = "select extract(epoch from told_at)::float8 from monitor_state where monitor_id = %s"
    (row,) = stack.rows(told, shop.monitor(stack)["id"])
    return row[0]


def public_in_time(stack: Stack, status: str, statuses: tuple[str, ...]) -> None:
    """Wait for a verdict, and for the page to tell it."""
    eventually(lambda: shop.monitor(stack)["status"] == status, f"the site is {status}", shop.PATIENCE_SECONDS)
    told_at = eventually(lambda: told(stack) in statuses and time.time(), f"the page says {status}", TOLD_SECONDS)
    assert told_at - confirmed_at(stack) < TOLD_SECONDS
    is_well = status == "up"
    eventually(lambda: (WELL in read(stack).body) is is_well, "the page itself says so", 60)


@dataclass(frozen=True, slots=True)
class Watched:
    """What somebody has open while the site breaks: the dashboard's monitors and its incident, and the public page."""

    monitors: Window
    incidents: Window
    public: Window

    async def open_incident(self) -> None:
        """Go from the list to the incident, once it is there."""
        await self.incidents.page.get_by_role("link", name=re.compile(shop.DOWN)).click()

    async def show(self, monitor: str, incident: str, tone: str, public: tuple[str, ...]) -> None:
        """See that all say so by now, in this colour, and that none was loaded again."""
        soon = TOLD_SECONDS * 1000
        rows, shown = self.monitors.page.get_by_role("listitem"), self.incidents.page.locator("main [data-tone]")
        state = rows.filter(has=self.monitors.page.get_by_role("link", name="Shop")).locator("[data-tone]")
        for badge, word in ((state, monitor), (shown, incident)):
            await expect(badge.first).to_have_text(word, timeout=soon)
            await expect(badge.first).to_have_attribute("data-tone", tone)
        looks = re.compile("|".join(rf"\bs-{status}\b" for status in public))
        await expect(self.public.page.locator(".component .name .state")).to_have_class(looks)
        assert [len(one.loaded) for one in (self.monitors, self.incidents, self.public)] == [1, 1, 1]


@pytest_asyncio.fixture
async def watched(stack: Stack, opened: Opening) -> Watched:
    """The windows, in which all is well."""
    incidents, public = await opened("desktop"), await opened("phone")
    await incidents.sign_in(stack.sign_in.email, stack.sign_in.password)
    await incidents.follow("Incidents")
    monitors = await incidents.beside(incidents.page.url.replace("/incidents", "/monitors"))
    await public.page.goto(f"{stack.machine.pages_url}/{SLUG}/")
    await asyncio.gather(incidents.hears("welcome"), monitors.hears("welcome"))
    return Watched(monitors, incidents, public)


async def test_a_site_that_breaks_pages_once_and_whoever_watches_sees_it_within_ten_seconds_of_each_verdict(
    stack: Stack, site: str, watched: Watched
) -> None:
    # once in all tests of the stack: what breaks twice in a quarter of an hour flaps, and stays down until it is stable
    before, seen = len(stack.pages(shop.DOWN)), len(shop.incidents(stack))

    def is_paged() -> bool:
        return {page["channel"] for page in stack.pages(shop.DOWN)[before:]} == {"email", "webhook"}

    def is_resolved() -> bool:
        return shop.incidents(stack)[seen:] == [("resolved",)]

    http("POST", f"{site}/break")
    await asyncio.to_thread(public_in_time, stack, "down", BROKEN)
    await watched.open_incident()
    await watched.show("Down", "Triggered", "red", BROKEN)
    await asyncio.to_thread(eventually, is_paged, "a page by mail and by webhook", shop.PATIENCE_SECONDS)
    shown = shop.monitor(stack)
    assert shown["status"] == "down"
    assert sum(one["status"] == "down" for one in shown["in_regions"]) >= 2

    http("POST", f"{site}/mend")
    await asyncio.to_thread(public_in_time, stack, "up", ("operational",))
    await asyncio.to_thread(eventually, is_resolved, "the incident resolves itself", shop.PATIENCE_SECONDS)
    await watched.show("Up", "Resolved", "green", ("operational",))
    assert len(stack.pages(shop.DOWN)) == before + 2


def test_the_demo_publishes_a_page_that_says_that_it_is_one(stack: Stack) -> None:
    eventually(lambda: read(stack, slug="demo").status == 200, "the demo's page is there")
    assert "demo" in read(stack, slug="demo").body.lower()


def test_headers_are_those_of_the_distribution(stack: Stack, site: str) -> None:
    del site
    page, programs = read(stack), read(stack, "api/v2/summary.json")
    policy = (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
        f"form-action 'self' {stack.api.ingest_url}/; base-uri 'none'; frame-ancestors 'none'"
    )
    kinds: list[str] = []
    for answer, resource in ((page, "same-origin"), (programs, "cross-origin")):
        headers = {name.lower(): value for name, value in answer.headers.items()}
        kinds.append(headers["content-type"])
        of_transport = {"connection", "date", "etag", "content-length", "x-cache", "vary", "content-type"}
        assert {name: value for name, value in headers.items() if name not in of_transport} == {
            "cache-control": "public, max-age=10, s-maxage=5, stale-while-revalidate=60, stale-if-error=86400",
            "content-security-policy": policy,
            "cross-origin-opener-policy": "same-origin",
            "cross-origin-resource-policy": resource,
            "referrer-policy": "strict-origin-when-cross-origin",
            "server": "CloudFront",
            "strict-transport-security": "max-age=31536000",
            "x-content-type-options": "nosniff",
            **({"access-control-allow-origin": "*"} if answer is programs else {}),
        }
    assert kinds == ["text/html; charset=utf-8", "application/json"]
    assert programs.json["page"]["name"] == "Acme"


def test_what_is_not_there_is_said_by_the_right_page(stack: Stack, site: str) -> None:
    del site
    own, nobodys = read(stack, "nowhere"), read(stack, slug="no-such-page")
    assert (own.status, "Acme" in own.body) == (404, True)
    assert (nobodys.status, "Acme" in nobodys.body, "There is nothing here" in nobodys.body) == (404, False, True)


def test_every_object_is_in_the_replica(stack: Stack, site: str) -> None:
    del site
    client = Deployment(stack.machine, stack.run.postgres.host).client
    buckets = {one["Name"] for one in client("s3").list_buckets()["Buckets"]}
    (home,) = [name for name in buckets if "foundation-pages" in name]
    (away,) = [name for name in buckets if name.startswith("tocsin-local-pages-")]

    def stored(region: str, bucket: str) -> dict[str, str]:
        pages = client("s3", region).get_paginator("list_objects_v2").paginate(Bucket=bucket)
        found = [one for page in pages for one in page.get("Contents", [])]
        static = [one for one in found if one["Key"].startswith((f"pages/{SLUG}/", "assets/status."))]
        return {one["Key"]: one["ETag"] for one in static if not one["Key"].endswith("status.json")}

    eventually(lambda: stored(REGIONS[0], home) == stored(REGIONS[1], away), "the replica is as home is")
    assert stored(REGIONS[1], away)


@contextmanager
def stopped(*processes: int) -> Generator[None]:
    """Let programs stand still, with all that they have started: what asks them waits in vain."""
    every = [one for pid in processes for one in (psutil.Process(pid), *psutil.Process(pid).children(recursive=True))]
    for one in every:
        one.suspend()
    try:
        yield
    finally:
        for one in every:
            os.kill(one.pid, signal.SIGCONT)


def test_with_database_functions_and_api_stopped_the_last_page_is_there(stack: Stack, site: str) -> None:
    del site
    before = [read(stack, path).body for path in ("", "history/", "status.json")]
    host = stack.run.host.popen
    emulator = stack.run.emulator.program.popen
    assert host is not None
    assert emulator is not None
    stack.run.postgres.stop("immediate")
    try:
        with stopped(host.pid):
            assert read(stack).status == 200
            # not even where the buckets are
            with stopped(emulator.pid):
                after = [read(stack, path) for path in ("", "history/", "status.json")]
                assert [answer.status for answer in after] == [200, 200, 200]
                assert [len(answer.body) > 0.9 * len(body) for answer, body in zip(after, before, strict=True)]
                said = json.loads(after[2].body)
                assert datetime.fromisoformat(said["as_of"]).tzinfo is not None
    finally:
        stack.run.postgres.start()
    eventually(lambda: stack.rest("GET", "/v1/monitors").status == 200, "the API is back", shop.PATIENCE_SECONDS)
