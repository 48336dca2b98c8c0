"""The front of status pages by itself: what CloudFront does with origins, ages and failures, by a given clock."""

import asyncio
import dataclasses
from collections.abc import Callable
from pathlib import Path

import pytest

from infra import edge_code
from local.cloudfront import Front
from local.edge import Behavior, Distribution, Origin, Reply, Request

CACHED = "public, max-age=30, s-maxage=10, stale-while-revalidate=60, stale-if-error=86400"
MISSING = "/assets/missing.html"
HEADERS = {"content-security-policy": "default-src 'none'", "x-content-type-options": "nosniff"}
HOME, AWAY = Origin("home", "eu-central-1", 2, 1), Origin("away", "eu-west-1", 2, 1)


def distribution() -> Distribution:
    """As it is deployed, with fewer headers."""
    functions = {f"viewer-{kind}": edge_code.code(kind, {}, MISSING) for kind in ("request", "response")}
    removed = ["x-amz-meta-tocsin-number"]
    return Distribution(
        behaviors=[
            Behavior("/assets/*", {}, HEADERS, removed),
            Behavior("*/api/v2/*", functions, {**HEADERS, "access-control-allow-origin": "*"}, removed),
            Behavior("*", functions, HEADERS, removed),
        ],
        origins=[HOME, AWAY],
        failed=[403, 500, 502, 503, 504],
        error_pages={404: MISSING},
        error_seconds={404: 10, 503: 5},
    )


@dataclasses.dataclass
class Edge:
    """A front over origins that a test fills, and a clock that it moves."""

    home: Path
    objects: dict[str, dict[str, bytes]] = dataclasses.field(default_factory=lambda: {"home": {}, "away": {}})
    down: dict[str, int] = dataclasses.field(default_factory=dict[str, int])
    """What an origin answers instead; 0 is no connection."""
    asked: list[tuple[str, str]] = dataclasses.field(default_factory=list[tuple[str, str]])
    at: float = 1_800_000_000
    front: Front = dataclasses.field(init=False)

    def __post_init__(self) -> None:
        self.restart()
        (self.home / "distribution.json").write_bytes(distribution().to_json())

    def restart(self) -> None:
        """Another process over the same disk."""
        self.front = Front(self.home, self.fetch, distribution, lambda: self.at)

    def fetch(self, origin: Origin, path: str) -> Reply:
        self.asked.append((origin.bucket, path))
        if origin.bucket in self.down:
            if not self.down[origin.bucket]:
                raise ConnectionRefusedError
            return Reply(self.down[origin.bucket])
        body = self.objects[origin.bucket].get(path)
        if body is None:
            return Reply(404)
        headers = {"cache-control": CACHED, "content-type": "text/html", "x-amz-meta-tocsin-number": "1"}
        return Reply(200, headers, body)

    def put(self, path: str, body: bytes, *buckets: str) -> None:
        for bucket in buckets or ("home", "away"):
            self.objects[bucket][path] = body

    def get(self, path: str, method: str = "GET") -> tuple[int, bytes, str]:
        """Status, body, and what the cache says of it."""
        found = self.reply(path, method)
        return found.status, found.body, found.headers.get("x-cache", "").removesuffix(" from cloudfront")

    def reply(self, path: str, method: str = "GET") -> Reply:
        async def ask() -> Reply:
            found = await self.front.answer(Request(method, path, "127.0.0.1:8405"))
            await asyncio.sleep(0)
            others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
            await asyncio.gather(*others)
            return found

        return asyncio.run(ask())


@pytest.fixture
def edge(tmp_path: Path) -> Edge:
    made = Edge(tmp_path)
    made.put("/pages/acme/index.html", b"first")
    made.put("/pages/acme/404.html", b"no such thing at Acme")
    made.put(MISSING, b"nothing here")
    return made


def test_a_page_is_read_once_and_then_kept_while_it_is_fresh(edge: Edge) -> None:
    assert edge.get("/acme/") == (200, b"first", "Miss")
    edge.put("/pages/acme/index.html", b"second")
    edge.at += 9
    assert edge.get("/acme/") == (200, b"first", "Hit")
    assert edge.asked == [("home", "/pages/acme/index.html")]


def test_a_page_that_is_not_fresh_is_served_once_more_while_it_is_read(edge: Edge) -> None:
    edge.get("/acme/")
    edge.put("/pages/acme/index.html", b"second")
    edge.at += 11
    assert edge.get("/acme/") == (200, b"first", "Hit")
    assert edge.get("/acme/") == (200, b"second", "Hit")
    edge.at += 71
    edge.put("/pages/acme/index.html", b"third")
    assert edge.get("/acme/") == (200, b"third", "Miss")


@pytest.mark.parametrize("failure", [0, 403, 500, 502, 503, 504])
def test_the_replica_answers_while_home_fails(edge: Edge, failure: int) -> None:
    edge.down["home"] = failure
    edge.put("/pages/acme/index.html", b"replica", "away")
    assert edge.get("/acme/") == (200, b"replica", "Miss")
    assert [bucket for bucket, _ in edge.asked] == ["home", "away"]


def test_what_was_deleted_at_home_is_not_had_from_the_replica(edge: Edge) -> None:
    del edge.objects["home"]["/pages/acme/index.html"]
    assert edge.get("/acme/")[:2] == (404, b"nothing here")
    assert ("away", "/pages/acme/index.html") not in edge.asked


def test_with_everything_down_the_last_page_is_served_for_a_day_and_over_restarts(edge: Edge) -> None:
    edge.get("/acme/")
    edge.down |= {"home": 0, "away": 503}
    edge.at += 3_600
    assert edge.get("/acme/") == (200, b"first", "Error, stale")
    edge.restart()
    assert edge.get("/acme/") == (200, b"first", "Error, stale")
    edge.at += 86_400
    assert edge.get("/acme/")[0] == 503
    assert edge.get("/acme/history/")[0] == 503


def test_a_page_that_is_gone_is_gone_when_its_copy_is_not_fresh(edge: Edge) -> None:
    edge.get("/acme/")
    for objects in edge.objects.values():
        del objects["/pages/acme/index.html"]
    edge.at += 80
    assert edge.get("/acme/")[:2] == (404, b"nothing here")


def test_addresses_that_are_nothing_have_the_pages_own_answer(edge: Edge) -> None:
    assert edge.get("/acme/nowhere")[:2] == (404, b"no such thing at Acme")
    assert edge.get("/acme/404.html")[:2] == (404, b"no such thing at Acme")
    assert edge.get("/")[:2] == (404, b"nothing here")
    assert edge.get("/acme/history/2020-01/")[:2] == (404, b"nothing here")


def test_an_address_without_its_slash_is_sent_on(edge: Edge) -> None:
    found = edge.reply("/acme")
    assert (found.status, found.headers["location"]) == (301, "/acme/")


def test_headers_are_those_of_the_behaviour_and_nothing_of_the_bucket(edge: Edge) -> None:
    own = edge.reply("/acme/").headers
    assert own == {**HEADERS, "cache-control": CACHED, "content-type": "text/html", "x-cache": "Miss from cloudfront"}
    edge.put("/pages/acme/api/v2/status.json", b"{}")
    assert edge.reply("/acme/api/v2/status.json").headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"])
def test_pages_are_read_and_nothing_else(edge: Edge, method: str) -> None:
    assert edge.get("/acme/", method)[0] == 403
    assert edge.asked == []


def test_before_the_first_deployment_there_is_nothing_to_answer_with(tmp_path: Path) -> None:
    def unread() -> Distribution:
        raise AssertionError

    fetch: Callable[[Origin, str], Reply] = lambda _origin, _path: Reply(200)  # noqa: E731 - it is never called
    front = Front(tmp_path, fetch, unread)
    assert asyncio.run(front.answer(Request("GET", "/acme/", "localhost"))).status == 503
