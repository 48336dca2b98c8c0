"""The other end of a page, on loopback: receives the webhooks, and shows them with the mails that SES took.

GET / is for people, GET /pages for scripts, POST /hooks/{name} is what the demo's contact methods point at, and POST
/subscribers/{name} what the webhook of a status page's subscriber may be. The reference of the API is at /reference/.
"""

import asyncio
import html
import json
import os
import re
import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from aiohttp import ClientError, ClientSession, ClientTimeout, web
from standardwebhooks.webhooks import EmptyWebhookSecretError, Webhook, WebhookVerificationError

from local import reference
from local.machine import ACCOUNT, LOOPBACK, Machine
from local.private_files import write_private

MAIL: Final = "email"
MAX_SHOWN: Final = 200
LINK: Final = re.compile(r"https?://[^\s\"'<>]+")


@dataclass(frozen=True, slots=True)
class Page:
    """One page that arrived. `arrived_at` and `event_at` are Unix seconds; `problem` says what is wrong with it."""

    channel: str
    recipient: str
    arrived_at: float
    subject: str
    text: str
    message_id: str
    event_at: float | None = None
    problem: str | None = None

    @property
    def seconds(self) -> float | None:
        """From the event to the page."""
        return None if self.event_at is None else self.arrived_at - self.event_at


class Receiver:
    """What arrived, kept in a file: MiniStack forgets the mails it took when it is killed."""

    def __init__(self, machine: Machine) -> None:
        self._machine = machine
        self._file = machine.path("received.jsonl")
        self._seed_file = machine.path("secrets", "seed.json")
        self._subscribed_file = machine.path("secrets", "subscribed.json")
        self._pages = _read(self._file)
        self._known = {page.message_id for page in self._pages if page.channel == MAIL}

    async def hook(self, request: web.Request) -> web.Response:
        """Take a webhook; 401 when it isn't signed with its receiver's secret."""
        name, body, arrived_at = request.match_info["name"], await request.read(), time.time()
        secret = json.loads(self._seed_file.read_text())["webhook_secrets"].get(name)
        if secret is None:
            return web.json_response({"detail": "nobody of that name"}, status=404)
        try:
            Webhook(secret).verify(body, dict(request.headers))
        except WebhookVerificationError as error:
            return self._refused(name, arrived_at, error)
        self._keep(_of_webhook(name, json.loads(body), arrived_at, request.headers["webhook-id"]))
        return web.Response(status=204)

    async def subscribed(self, request: web.Request) -> web.Response:
        """Take what a status page tells a subscriber; the first call brings the secret that the others are held to."""
        name, body, arrived_at = request.match_info["name"], await request.read(), time.time()
        told: dict[str, Any] = json.loads(body)
        file = self._subscribed_file
        secrets: dict[str, str] = json.loads(file.read_text()) if file.exists() else {}
        if told["type"] == "subscription.created":
            secrets[name] = told["data"]["meta"]["signing_secret"]
            write_private(file, json.dumps(secrets))
        try:
            Webhook(secrets.get(name, "")).verify(body, dict(request.headers))
        except (WebhookVerificationError, EmptyWebhookSecretError) as error:
            return self._refused(name, arrived_at, error)
        said = told["data"].get("incident", {}).get("name", "asks whether it may tell")
        subject = f"{told['data']['page']['name']}: {said}"
        text = json.dumps(told, indent=1, ensure_ascii=False)
        self._keep(Page("webhook", name, arrived_at, subject, text, request.headers["webhook-id"]))
        return web.Response(status=204)

    def _refused(self, name: str, arrived_at: float, error: Exception) -> web.Response:
        page = Page("webhook", name, arrived_at, "refused", "", "", problem=f"bad signature: {error}")
        self._keep(page)
        return web.json_response({"detail": page.problem}, status=401)

    async def pages(self, _request: web.Request) -> web.Response:
        """Everything that arrived, newest first, as JSON."""
        return web.json_response([{**asdict(page), "seconds": page.seconds} for page in await self._newest_first()])

    async def index(self, _request: web.Request) -> web.Response:
        """Everything that arrived, newest first, for people."""
        return web.Response(text=_render((await self._newest_first())[:MAX_SHOWN]), content_type="text/html")

    def _keep(self, page: Page) -> None:
        self._pages.append(page)
        with self._file.open("a") as file:
            file.write(json.dumps(asdict(page)) + "\n")

    async def _newest_first(self) -> list[Page]:
        await self._collect()
        return sorted(self._pages, key=lambda page: page.arrived_at, reverse=True)

    async def collect_for_ever(self, _app: web.Application) -> AsyncIterator[None]:
        """Take the mails out of MiniStack every second, for as long as the application runs."""

        async def every_second() -> None:
            while True:
                await self._collect()
                await asyncio.sleep(1)

        collecting = asyncio.create_task(every_second())
        yield
        collecting.cancel()

    async def _collect(self) -> None:
        try:
            async with (
                ClientSession(timeout=ClientTimeout(total=5)) as http,
                http.get(f"{self._machine.gateway_url}/_ministack/ses/messages") as answer,
            ):
                messages = (await answer.json())["messages"].get(ACCOUNT, [])
        except (ClientError, TimeoutError):
            return
        for page in map(_of_mail, messages):
            if page.message_id not in self._known:
                self._known.add(page.message_id)
                self._keep(page)


def _of_webhook(name: str, body: dict[str, Any], arrived_at: float, message_id: str) -> Page:
    data = body.get("data", {})
    incident = data.get("incident", {})
    created = incident.get("created_at")
    return Page(
        channel="webhook",
        recipient=name,
        arrived_at=arrived_at,
        subject=f"#{incident.get('number')} {incident.get('title')}",
        text=json.dumps(body, indent=1, ensure_ascii=False),
        message_id=message_id,
        event_at=datetime.fromisoformat(created).timestamp() if created else None,
    )


def _of_mail(message: dict[str, Any]) -> Page:
    return Page(
        channel=MAIL,
        recipient=", ".join(message["To"]),
        arrived_at=float(message["Timestamp"]),
        subject=message["Subject"] or "",
        text=message["BodyText"] or message["BodyHtml"] or "",
        message_id=message["MessageId"],
    )


def _read(file: Path) -> list[Page]:
    if not file.exists():
        return []
    # the last line may be cut: a run can be killed at any time
    pages: list[Page] = []
    for line in file.read_text().splitlines():
        try:
            pages.append(Page(**json.loads(line)))
        except (ValueError, TypeError):
            continue
    return pages


STYLE: Final = """
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1c2024 }
article { border: 1px solid #d0d7de; border-radius: 6px; padding: .75rem 1rem; margin: 1rem 0 }
h2 { font-size: 1.05rem; margin: 0 } p { margin: .25rem 0 } pre { overflow-x: auto; white-space: pre-wrap }
.problem { color: #b42318 } time { font-variant-numeric: tabular-nums }
"""


def _render(pages: Sequence[Page]) -> str:
    shown = "".join(_article(page) for page in pages) or "<p>Nothing has arrived yet.</p>"
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><meta http-equiv="refresh" content="2">'
        f"<title>Tocsin: what arrived</title><style>{STYLE}</style>"
        f"<h1>What arrived</h1><p>Mails and webhooks of this machine's Tocsin, newest first.</p>{shown}</html>"
    )


def _article(page: Page) -> str:
    at = datetime.fromtimestamp(page.arrived_at).astimezone()
    after = "" if page.seconds is None else f", {page.seconds:.2f} s after the incident opened"
    problem = f'<p class="problem">{html.escape(page.problem)}</p>' if page.problem else ""
    text = LINK.sub(lambda found: f'<a href="{found[0]}">{found[0]}</a>', html.escape(page.text, quote=False))
    return (
        f"<article><h2>{html.escape(page.subject)}</h2>"
        f"<p>{html.escape(page.channel)} to {html.escape(page.recipient)}, "
        f'<time datetime="{at.isoformat()}">{at:%H:%M:%S.%f}</time>{after}</p>{problem}'
        f"<details><summary>message</summary><pre>{text}</pre></details></article>"
    )


def application(machine: Machine) -> web.Application:
    """The receiver as an aiohttp application."""
    receiver = Receiver(machine)
    app = web.Application()
    app.cleanup_ctx.append(receiver.collect_for_ever)
    app.router.add_get("/", receiver.index)
    app.router.add_get("/pages", receiver.pages)
    app.router.add_post("/hooks/{name}", receiver.hook)
    app.router.add_post("/subscribers/{name}", receiver.subscribed)
    reference.build()
    app.router.add_get("/reference/{name:[a-z0-9.-]*}", reference.serve)
    return app


def main() -> None:
    """Serve until told to end."""
    machine = Machine.from_environment(os.environ)
    web.run_app(application(machine), host=LOOPBACK, port=machine.viewer_port, print=None, access_log=None)


if __name__ == "__main__":
    main()
