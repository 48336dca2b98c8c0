"""kill -9 of the publisher between any two of its writes: what is public is whole and never older than before."""

import json
import os
import signal
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any
from xml.etree import ElementTree

import pytest

from tests.support import doomed
from tests.support.inside import REGION, sqs_event
from tests.support.mesh import PATIENCE_SECONDS, PROCESSES
from tests.support.object_store import Item, ObjectStore, serving
from tests.support.public_pages import BUCKET, URL, Page
from tests.support.world import World
from tocsin.contracts.edge import PAGES, PublishRequest

WRITES = range(1, 19, 2)
"""After how many writes it is killed; a publication here makes more. Every request is gone through where one thread
makes them, in test_page_order.
"""


class Publisher:
    """`publish` as a process of its own, over a bucket that sees what it does."""

    def __init__(self, world: World, endpoint: str, store: ObjectStore) -> None:
        self.store = store
        self.environment = {
            **world.database.environment("worker"),
            "AWS_ENDPOINT_URL": endpoint,
            "AWS_DEFAULT_REGION": REGION,
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "EDGE_BUCKET": "edge",
            "KEY_BUDGET_PER_MINUTE": "1",
            "PAGES_BUCKET": BUCKET,
            "PAGES_URL": URL,
            "PAGES_SECONDS": "60",
            "POWERTOOLS_METRICS_DISABLED": "true",
        }

    def run(self, killed_after: int | None = None) -> bool:
        """Publish everything, and be killed after so many writes; whether it was."""
        here, there = PROCESSES.Pipe()
        event = sqs_event(PublishRequest(document=PAGES), queue="publications")
        process = PROCESSES.Process(target=doomed.run, args=("publish", None, event, self.environment, there))
        left = [killed_after]

        def watch(method: str, _key: str, is_answered: bool) -> None:
            if method in ("PUT", "DELETE") and is_answered and left[0] is not None and process.pid is not None:
                left[0] -= 1
                if left[0] == 0:
                    os.kill(process.pid, signal.SIGKILL)

        self.store.hook = watch
        process.start()
        there.close()
        answer: tuple[str, Any] | None = None
        try:
            if here.poll(PATIENCE_SECONDS):
                answer = here.recv()
        except EOFError:
            pass  # killed before it could answer
        process.join(PATIENCE_SECONDS)
        here.close()
        assert answer is None or answer[0] == "answer", answer
        return process.exitcode == -signal.SIGKILL


@pytest.fixture
def publisher(world: World) -> Iterator[Publisher]:
    store = ObjectStore(BUCKET)
    with serving(store) as endpoint:
        yield Publisher(world, endpoint, store)


@pytest.mark.parametrize("writes", WRITES)
def test_killed_between_its_writes(publisher: Publisher, world: World, writes: int) -> None:
    page = Page(world)
    component_id = page.component("Shop")
    kept = page.report("Payments fail", components=[component_id])
    gone = page.report("A mistake")
    publisher.run()
    before = publics(publisher.store)
    world.database.advance(timedelta(minutes=1))
    page.update(kept, "We know more.")
    page.change_report(kept, status="identified")
    page.change_report(gone, deleted_at=world.now)
    page.change_component(component_id, override_status="major_outage")
    assert publisher.run(killed_after=writes), "it makes more writes than these"
    after = publics(publisher.store)
    for key, item in after.items():
        whole(key, item)
        assert key not in before or item.number >= before[key].number, f"{key} is older than before"
    publisher.run()
    public = {key.removeprefix(f"pages/{page.slug}/"): item.content for key, item in publics(publisher.store).items()}
    assert b"We know more." in public["index.html"]
    assert json.loads(public["status.json"])["indicator"] == "critical"
    assert not [key for key in publics(publisher.store) if str(gone) in key]
    manifests = [i.content for key, i in publisher.store.items.items() if key.startswith("manifests/")]
    assert manifests
    assert all(json.loads(text)["pending"] == [] for text in manifests)


def publics(store: ObjectStore) -> Mapping[str, Item]:
    """The objects that are served."""
    return {key: item for key, item in store.items.items() if key.startswith("pages/")}


def whole(key: str, item: Item) -> None:
    """Fails unless a document is all of one snapshot."""
    kind = item.headers["content-type"].partition(";")[0]
    if kind == "application/json":
        assert isinstance(json.loads(item.content), dict), key
    elif kind.endswith("xml"):
        assert len(ElementTree.fromstring(item.content)), key  # noqa: S314 - our own
    elif kind == "text/html":
        assert item.content.rstrip().endswith(f"</html><!-- {item.number} -->".encode()), key
