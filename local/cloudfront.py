"""What stands for CloudFront: answers for a deployed distribution on a port of this machine, with CloudFront's cache.

There are two, of status pages and of the dashboard. MiniStack's own CloudFront knows neither groups of origins nor a
cache. This one keeps what it has read on disk, and goes on answering with it while nothing else runs: for as long as
documents say that they may be served stale.
"""

import asyncio
import re
import signal
import time
from collections.abc import Callable
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, field
from functools import cache, partial
from hashlib import sha256
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final

import boto3
from aiohttp import web
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from pydantic import BaseModel, ConfigDict, ValidationError

from local import edge
from local.edge import Distribution, Origin, Reply, Request
from local.machine import LOOPBACK, REGION, Machine

READ_SECONDS: Final = 5
PASSED_ON: Final = {"ContentType": "content-type", "CacheControl": "cache-control", "ETag": "etag"}
COMPRESSED: Final = ("text/", "application/json", "application/atom+xml", "application/rss+xml", "image/svg+xml")
LEAST_COMPRESSED: Final = 1_000
"""What CloudFront compresses, and from how many bytes on."""
METHODS: Final = ("GET", "HEAD")

type Fetch = Callable[[Origin, str], Reply]
"""Ask an origin for a path; answers what it says, or raises OSError when it can't be reached."""


class Kept(BaseModel):
    """An answer of an origin, and until when it is fresh, served while it is read anew, and while it can't be."""

    model_config = ConfigDict(frozen=True, ser_json_bytes="base64", val_json_bytes="base64")

    status: int
    headers: dict[str, str]
    body: bytes
    fresh_until: float
    revalidated_until: float
    served_until: float

    def reply(self) -> Reply:
        """As it was answered."""
        return Reply(self.status, dict(self.headers), self.body)


@dataclass(slots=True)
class Front:
    """The distribution and its cache, both under `home`. `now` is the clock, in Unix seconds."""

    home: Path
    fetch: Fetch
    read: Callable[[], Distribution]
    now: Callable[[], float] = time.time
    _distribution: Distribution | None = None
    _reading: dict[str, asyncio.Task[Reply]] = field(default_factory=dict[str, asyncio.Task[Reply]])

    def application(self) -> web.Application:
        """What aiohttp serves."""
        app = web.Application()
        app.router.add_get("/-/health", self._health)
        app.router.add_post("/-/read", self._read_anew)
        app.router.add_route("*", "/{path:.*}", self._serve)
        return app

    async def answer(self, request: Request) -> Reply:
        """One request, as a viewer has it answered."""
        if request.method not in METHODS:
            return Reply(HTTPStatus.FORBIDDEN)
        known = self._known()
        if known is None:
            return Reply(HTTPStatus.SERVICE_UNAVAILABLE, {"retry-after": "5"})
        behavior = known.behavior(request.path)
        meant = await asyncio.to_thread(edge.before, behavior, request)
        if isinstance(meant, Reply):
            return meant
        found = await self._get(known, meant.path)
        page = known.error_pages.get(found.status)
        if page is not None:
            instead = await self._get(known, page)
            found = Reply(found.status, instead.headers, instead.body) if instead.status == HTTPStatus.OK else found
        return await asyncio.to_thread(edge.after, behavior, meant, found)

    async def _get(self, known: Distribution, path: str) -> Reply:
        """A path from the cache or an origin."""
        kept, now = self._kept(path), self.now()
        if kept is not None and now < kept.revalidated_until:
            if now >= kept.fresh_until:
                self._begin(known, path)
            return _marked(kept.reply(), "Hit")
        found = await self._begin(known, path)
        if found.status in known.failed and kept is not None and now < kept.served_until:
            return _marked(kept.reply(), "Error, stale")
        return _marked(found, "Miss" if found.status < HTTPStatus.BAD_REQUEST else "Error")

    def _begin(self, known: Distribution, path: str) -> asyncio.Task[Reply]:
        """Read a path anew, once for all who want it now."""
        if path not in self._reading:
            task = asyncio.create_task(asyncio.to_thread(self._read, known, path))
            self._reading[path] = task
            task.add_done_callback(lambda _: self._reading.pop(path, None))
        return self._reading[path]

    def _read(self, known: Distribution, path: str) -> Reply:
        """Ask the origins in their order; what the last one says is kept, unless it failed."""
        found = Reply(HTTPStatus.BAD_GATEWAY)
        for origin in known.origins:
            try:
                found = self.fetch(origin, path)
            except OSError:
                found = Reply(HTTPStatus.BAD_GATEWAY)
            if found.status not in known.failed:
                self._keep(known, path, found)
                break
        return found

    def _keep(self, known: Distribution, path: str, found: Reply) -> None:
        now, said = self.now(), found.headers.get("cache-control", "")
        least = known.error_seconds.get(found.status, 0)
        fresh = now + (_seconds(said, "s-maxage") or _seconds(said, "max-age") or least)
        kept = Kept(
            status=found.status,
            headers=found.headers,
            body=found.body,
            fresh_until=fresh,
            revalidated_until=fresh + _seconds(said, "stale-while-revalidate"),
            served_until=fresh + _seconds(said, "stale-if-error"),
        )
        file = self._file(path)
        file.parent.mkdir(parents=True, exist_ok=True)
        written = file.with_suffix(".new")
        written.write_bytes(kept.model_dump_json().encode())
        written.replace(file)

    def _kept(self, path: str) -> Kept | None:
        with suppress(OSError, ValidationError):
            return Kept.model_validate_json(self._file(path).read_bytes())
        return None

    def _file(self, path: str) -> Path:
        return self.home / "cache" / f"{sha256(path.encode()).hexdigest()}.json"

    def _known(self) -> Distribution | None:
        if self._distribution is None:
            with suppress(OSError, ValueError):
                self._distribution = Distribution.from_json((self.home / "distribution.json").read_bytes())
        return self._distribution

    async def _health(self, _request: web.Request) -> web.Response:
        return web.Response()

    async def _read_anew(self, _request: web.Request) -> web.Response:
        """Read the distribution after a deployment, and keep it for when nobody tells of it."""
        self._distribution = await asyncio.to_thread(self.read)
        self.home.mkdir(parents=True, exist_ok=True)
        (self.home / "distribution.json").write_bytes(self._distribution.to_json())
        return web.Response()

    async def _serve(self, request: web.Request) -> web.Response:
        asked = Request(request.method, request.rel_url.raw_path, request.host)
        found = await self.answer(asked)
        headers = {**found.headers, "server": "CloudFront"}
        if found.status == HTTPStatus.OK and request.headers.get("if-none-match") == headers.get("etag", ""):
            del headers["content-type"]
            return web.Response(status=HTTPStatus.NOT_MODIFIED, headers=headers)
        body = b"" if request.method == "HEAD" else found.body
        response = web.Response(status=found.status, headers=headers, body=body)
        kind = headers.get("content-type", "")
        if len(body) >= LEAST_COMPRESSED and kind.startswith(COMPRESSED):
            response.headers["vary"] = "Accept-Encoding"
            if "gzip" in request.headers.get("accept-encoding", ""):
                response.enable_compression(web.ContentCoding.gzip)
        return response


def from_buckets(endpoint_url: str) -> Fetch:
    """Origins that are buckets of the emulated S3, read as the account's root."""

    @cache
    def client(region: str, connect_seconds: float, attempts: int) -> Any:
        return _client(
            "s3",
            endpoint_url,
            region,
            Config(
                connect_timeout=connect_seconds,
                read_timeout=READ_SECONDS,
                retries={"total_max_attempts": attempts},
                s3={"addressing_style": "path"},
            ),
        )

    def fetch(origin: Origin, path: str) -> Reply:
        s3 = client(origin.region, origin.connect_seconds, origin.attempts)
        try:
            found: dict[str, Any] = s3.get_object(Bucket=origin.bucket, Key=path.lstrip("/"))
            headers = {name: str(found[told]) for told, name in PASSED_ON.items() if told in found}
            headers |= {f"x-amz-meta-{name}": str(value) for name, value in found["Metadata"].items()}
            return Reply(HTTPStatus.OK, headers, found["Body"].read())
        except ClientError as error:
            told = error.response.get("ResponseMetadata", {})
            return Reply(int(told.get("HTTPStatusCode", HTTPStatus.BAD_GATEWAY)))
        except BotoCoreError as error:
            raise OSError(str(error)) from error

    return fetch


def _client(service: str, endpoint_url: str, region: str, config: Config | None = None) -> Any:
    return boto3.client(
        service,
        region,
        endpoint_url=endpoint_url,
        aws_access_key_id="test",
        aws_secret_access_key="test",  # noqa: S106 - MiniStack's own, on loopback
        config=config,
    )


def _marked(reply: Reply, what: str) -> Reply:
    return Reply(reply.status, {**reply.headers, "x-cache": f"{what} from cloudfront"}, reply.body)


def _seconds(said: str, directive: str) -> int:
    found = re.search(rf"(?:^|[ ,]){directive}=(\d+)", said)
    return 0 if found is None else int(found[1])


async def serve(machine: Machine) -> None:
    """Answer until SIGTERM."""
    stopped = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    gateway = machine.gateway_url
    cloudfront, fetch = _client("cloudfront", gateway, REGION), from_buckets(gateway)
    async with AsyncExitStack() as running:
        for name, comment, port in (
            ("pages", edge.PAGES, machine.pages_port),
            ("dashboard", edge.DASHBOARD, machine.dashboard_port),
        ):
            front = Front(machine.path(name, "."), fetch, partial(edge.read, cloudfront, comment))
            runner = web.AppRunner(front.application(), access_log=None)
            running.push_async_callback(runner.cleanup)
            await runner.setup()
            await web.TCPSite(runner, LOOPBACK, port).start()
        await stopped.wait()


if __name__ == "__main__":
    asyncio.run(serve(Machine.from_environment()))
