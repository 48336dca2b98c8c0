"""Check result → shown by the dashboard in Chromium, as the hint on a real socket tells it; it reads the API then.

Its files, configuration and session come from this process, which carries its calls to the API's host as well. Shown is
what the first frame after the change has painted.
"""

import asyncio
import json
import time
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import aiohttp
from aiohttp import web
from playwright.async_api import Page, async_playwright

from bench import rows
from bench.benchmark import Options, Outcome, percentile
from bench.front import PERSON
from bench.host import Host, deployed
from bench.live import REGION, sockets
from bench.outages import send
from bench.reads import NO_FATES
from bench.wire import LOOPBACK, Client
from local import dashboard
from local.machine import Machine
from local.postgres import PostgresServer
from tests.web.browsing import launch
from tocsin.domain.monitor import CheckStatus

MONITORS: Final = 20
"""That one organization's list shows; each goes down once."""
PAUSE_SECONDS: Final = 1.1
"""The first change of every second goes out at once."""
PATIENCE_SECONDS: Final = 30
SUBJECT: Final = "somebody-who-watches"
PLANT: Final = """
with somebody as (
    insert into user_account (email, name, subject, created_at)
    values ('somebody@bench.example', 'Somebody', %s, now()) returning id
),
orgs as (
    insert into organization (name, created_at) select 'Seen ' || n, now() from generate_series(1, %s) n returning id
),
members as (
    insert into membership (org_id, user_id, role, created_at)
    select o.id, s.id, 'viewer', now() from orgs o, somebody s
),
services as (
    insert into service (org_id, name, created_at) select id, 'shop', now() from orgs returning org_id, id
)
insert into monitor (
    org_id, service_id, name, kind, spec, severity, interval_seconds, timeout_seconds, regions, failures_to_down,
    successes_to_up, confirmation_seconds, recovery_seconds, created_at, created_by, updated_at
)
select s.org_id, s.id, 'Monitor ' || n || '.', 'http', '{"kind": "http", "url": "https://shop.acme.example/"}',
    'critical', 60, 5, array['eu-west-1'], 1, 1, 0, 0, now() - interval '1 day', 'bench', now() - interval '1 day'
from services s, generate_series(1, %s) n
returning org_id, id, name
"""
ARM: Final = """name => {
    window.seen = new Promise(resolve => {
        const down = () => [...document.querySelectorAll('li[data-state="down"]')]
        const isDown = () => down().some(one => one.textContent.includes(name))
        const watch = new MutationObserver(() => {
            if (!isDown()) return
            watch.disconnect()
            requestAnimationFrame(() => setTimeout(() => resolve(performance.timeOrigin + performance.now())))
        })
        watch.observe(document.body, { subtree: true, childList: true, attributes: true })
    })
}"""
CLOCK: Final = "performance.timeOrigin + performance.now()"
READINGS: Final = 20
READ: Final = {"content-type", "etag", "date", "location"}
"""Headers of the API's answers that the dashboard reads."""


async def run(postgres: PostgresServer, options: Options) -> Outcome:
    """One organization for each run, after one that only warms up."""
    folder = await asyncio.to_thread(dashboard.build, Machine())
    took: list[list[float]] = []
    async with sockets() as port, deployed(postgres, profile=options.profile, sweeps=False, sockets=port) as host:
        gateway = Client(port)
        await gateway.request("POST", "/-/cloud", str(host.aws.port).encode())
        planted = host.rows(PLANT, SUBJECT, options.runs + 1, MONITORS)
        await send(host, REGION, [one for _, one, _ in planted], CheckStatus.UP, _now())
        await host.settled()
        async with _served(folder, host.app.port) as site, _page(site) as page:
            for org in dict.fromkeys(org for org, _, _ in planted):
                monitors = [(one, name) for of, one, name in planted if of == org]
                await _open(page, f"{site}/o/{org}/monitors")
                took.append(await _one_by_one(host, page, monitors))
        gateway.close()
    figures = [
        rows.figure(f"live.browser.p{percent}", [percentile(of_run, percent) for of_run in took[1:]])
        for percent in (50, 95)
    ]
    seen = sum(map(len, took))
    return Outcome(figures, replace(NO_FATES, accepted=seen, recorded=seen))


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


async def _open(page: Page, address: str) -> None:
    """Return when the list is there and the socket has been welcomed."""
    async with page.expect_websocket() as opened:
        await page.goto(address)
    await (await opened.value).wait_for_event("framereceived")
    await page.wait_for_function(f"document.querySelectorAll('li[data-state=\"up\"]').length === {MONITORS}")
    await asyncio.sleep(PAUSE_SECONDS)


async def _one_by_one(host: Host, page: Page, monitors: Sequence[tuple[UUID, str]]) -> list[float]:
    """From each result sent to its monitor shown as down, in milliseconds."""
    ahead = await _ahead(page)
    took: list[float] = []
    for monitor_id, name in monitors:
        await page.evaluate(ARM, name)
        sent = await send(host, REGION, [monitor_id], CheckStatus.DOWN, _now())
        async with asyncio.timeout(PATIENCE_SECONDS):
            took.append(await page.evaluate("window.seen") - ahead - sent / 1e6)
        await asyncio.sleep(PAUSE_SECONDS)
    return took


async def _ahead(page: Page) -> float:
    """How far the page's clock is before this process's monotonic one, in ms, by the quickest of some readings."""
    readings: list[tuple[float, float]] = []
    for _ in range(READINGS):
        asked = time.monotonic_ns() / 1e6
        read = await page.evaluate(CLOCK)
        answered = time.monotonic_ns() / 1e6
        readings.append((answered - asked, read - (asked + answered) / 2))
    return min(readings)[1]


@asynccontextmanager
async def _page(site: str) -> AsyncGenerator[Page]:
    """A page of somebody who has signed in."""
    kept = json.dumps(json.dumps({"refreshToken": SUBJECT, "endpoint": f"{site}/pool", "clientId": "client"}))
    async with async_playwright() as playwright:
        browser = await launch(playwright)
        page = await browser.new_page(viewport={"width": 1280, "height": 900})
        await page.add_init_script(f"localStorage.setItem('tocsin.session', {kept})")
        yield page
        await browser.close()


@asynccontextmanager
async def _served(folder: Path, api: int) -> AsyncGenerator[str]:
    """The dashboard's host; gives its address."""
    async with aiohttp.ClientSession() as session:

        async def carry(request: web.Request) -> web.Response:
            asked = f"http://{LOOPBACK}:{api}{request.path_qs}"
            async with session.request(
                request.method, asked, data=await request.read(), headers=request.headers
            ) as answer:
                return web.Response(status=answer.status, body=await answer.read(), headers=_kept(answer.headers))

        async def file(request: web.Request) -> web.StreamResponse:
            found = folder / request.path.lstrip("/")
            return web.FileResponse(found if found.is_file() else folder / "index.html")

        async def told(request: web.Request) -> web.Response:
            return web.json_response({"api": str(request.url.origin()), "version": "bench"})

        app = web.Application()
        app.router.add_route("*", "/v1/{rest:.*}", carry)
        app.router.add_get("/config.json", told)
        app.router.add_post("/pool", _session)
        app.router.add_get("/{rest:.*}", file)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        try:
            await web.TCPSite(runner, LOOPBACK, 0).start()
            yield f"http://{LOOPBACK}:{runner.addresses[0][1]}"
        finally:
            await runner.cleanup()


def _kept(headers: Any) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name.lower() in READ}


async def _session(request: web.Request) -> web.Response:
    """What a user pool answers to a refresh token."""
    subject = (await request.json())["RefreshToken"]
    found = {"AccessToken": f"{PERSON}{subject}", "ExpiresIn": 900, "RefreshToken": subject}
    return web.json_response({"AuthenticationResult": found}, content_type="application/x-amz-json-1.1")
