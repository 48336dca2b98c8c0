"""Where pages arrive on a developer's machine: a webhook receiver that checks signatures, and a page that shows all.

Mails are read from the emulator's SES, which sends none.
"""

import time
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import escape
from typing import Any, Final

import aiohttp
from aiohttp import web
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

KEPT: Final = 200
STYLE: Final = """
:root{color-scheme:light dark;--line:#8884}body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;
padding:0 1rem}article{border:1px solid var(--line);border-radius:8px;padding:.75rem 1rem;margin:.75rem 0}
h1{font-size:1.4rem}h2{font-size:1.05rem;margin:0}p{margin:.25rem 0}small{opacity:.75}.bad{color:#c22}
"""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A page that came in. `after_seconds` counts from the opening of its incident."""

    at: datetime
    channel: str
    to: str
    title: str
    verified: bool
    after_seconds: float | None
    links: Mapping[str, str] = field(default_factory=dict[str, str])

    def as_json(self) -> dict[str, Any]:
        """The arrival for scripts."""
        return {
            "at": self.at.isoformat(),
            "channel": self.channel,
            "to": self.to,
            "title": self.title,
            "verified": self.verified,
            "after_seconds": self.after_seconds,
            "links": dict(self.links),
        }


class Receiver:
    """The receiver's pages. `secrets` are the signing secrets by the path's last part."""

    def __init__(self, *, emulator_url: str, secrets: Mapping[str, str]) -> None:
        self._emulator_url = emulator_url
        self._secrets = dict(secrets)
        self._arrivals: deque[Arrival] = deque(maxlen=KEPT)

    def app(self) -> web.Application:
        """The web application: `/`, `/pages.json`, `POST /hooks/<name>`."""
        app = web.Application(client_max_size=1_000_000)
        app.add_routes(
            [
                web.get("/", self._page),
                web.get("/pages.json", self._json),
                web.post("/hooks/{name}", self._hook),
            ]
        )
        return app

    async def _hook(self, request: web.Request) -> web.Response:
        name, body = request.match_info["name"], await request.read()
        verified = self._verified(name, body, request.headers)
        try:
            document: dict[str, Any] = await request.json()
            incident = document["data"]["incident"]
            opened = datetime.fromisoformat(incident["created_at"])
        except (ValueError, KeyError, TypeError):
            return web.Response(status=400, text="not a page of Tocsin's\n")
        links = {action: url for action in ("acknowledge", "resolve") if (url := document["data"].get(f"{action}_url"))}
        now = datetime.now(UTC)
        title = f"#{incident['number']} {incident['title']}"
        self._arrivals.append(Arrival(now, "webhook", name, title, verified, (now - opened).total_seconds(), links))
        return web.Response(status=204 if verified else 401)

    def _verified(self, name: str, body: bytes, headers: Mapping[str, str]) -> bool:
        secret = self._secrets.get(name)
        if secret is None:
            return False
        try:
            Webhook(secret).verify(body, {key.lower(): value for key, value in headers.items()})
        except WebhookVerificationError:
            return False
        return True

    async def _mails(self) -> list[Arrival]:
        try:
            async with (
                aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=5)) as session,
                session.get(f"{self._emulator_url}/_ministack/ses/messages") as response,
            ):
                accounts: dict[str, list[dict[str, Any]]] = (await response.json())["messages"]
        except (aiohttp.ClientError, TimeoutError, KeyError):
            return []
        return [_mail(record) for records in accounts.values() for record in records]

    async def _all(self) -> list[Arrival]:
        return sorted([*self._arrivals, *await self._mails()], key=lambda a: a.at, reverse=True)[:KEPT]

    async def _json(self, _: web.Request) -> web.Response:
        return web.json_response([arrival.as_json() for arrival in await self._all()])

    async def _page(self, _: web.Request) -> web.Response:
        arrivals = await self._all()
        body = "".join(_article(arrival) for arrival in arrivals) or "<p>Nothing has arrived yet.</p>"
        return web.Response(
            text='<!doctype html><html lang="en"><head><meta charset="utf-8"><meta http-equiv="refresh" content="2">'
            '<meta name="viewport" content="width=device-width,initial-scale=1"><title>Pages received</title>'
            f"<style>{STYLE}</style></head><body><h1>Pages received</h1>{body}</body></html>",
            content_type="text/html",
        )


def _mail(record: Mapping[str, Any]) -> Arrival:
    parts = [line.strip().partition(": ") for line in str(record.get("BodyText") or "").splitlines()]
    links = {action.lower(): link for action, _, link in parts if action in ("Acknowledge", "Resolve")}
    return Arrival(
        at=datetime.fromtimestamp(float(record["Timestamp"]), UTC),
        channel="email",
        to=", ".join(record.get("To", [])),
        title=str(record.get("Subject", "")),
        verified=True,
        after_seconds=None,
        links=links,
    )


def _article(arrival: Arrival) -> str:
    took = "" if arrival.after_seconds is None else f", {arrival.after_seconds:.2f} s after its incident opened"
    bad = "" if arrival.verified else ' <strong class="bad">signature does not verify</strong>'
    links = " · ".join(f'<a href="{escape(url)}">{escape(action)}</a>' for action, url in arrival.links.items())
    ago = max(0, int(time.time() - arrival.at.timestamp()))
    return (
        f"<article><h2>{escape(arrival.title)}</h2>"
        f"<p>{escape(arrival.channel)} to <strong>{escape(arrival.to)}</strong>{bad}</p>"
        f"<p><small>{arrival.at:%H:%M:%S} UTC, {ago} s ago{took}</small></p><p>{links}</p></article>"
    )
