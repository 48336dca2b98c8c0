"""Two publishers at one folder, in every order of their requests, and killed at every one of them.

At no instant is an object older than before, or half of one and half of another; in the end the newest snapshot is
there, whole, and nothing else.
"""

import threading
from collections.abc import Callable, Iterator, Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from functions.publish.bucket import Bucket
from functions.publish.folder import Folder, NewerError, Wanted, marked
from functions.publish.pages.document import HTML, Document
from tests.support.aws import intercepted
from tests.support.object_store import Item, ObjectStore
from tocsin.platform import aws

BUCKET, PREFIX, MANIFEST = "pages", "pages/acme/", "manifests/acme/page.json"
FIRST, OLD, NEW, LAST = 1_000, 2_000, 3_000, 4_000
SNAPSHOTS: dict[int, dict[str, str]] = {
    # what was there; what an older and a newer snapshot make of it; and what comes after both
    FIRST: {"same": "a", "back": "a", "gone": "a", "away": "a"},
    OLD: {"same": "a", "back": "b", "away": "b", "new": "b"},
    NEW: {"same": "a", "back": "a", "gone": "c"},
    LAST: {"same": "a", "back": "a", "gone": "c"},
}
"""`back` is in the newer snapshot what it was before the older one, which so is easily taken for unchanged."""


class KilledError(BaseException):
    """The process is no more."""


class Turns:
    """Lets requests of several publishers through one at a time, in a given order of publishers."""

    def __init__(self, order: str) -> None:
        self.order = list(order)
        self.running: set[str] = set()
        self.condition = threading.Condition()
        self.made: list[str] = []

    def wait(self, name: str) -> None:
        """Come back when it is this publisher's turn; when the order has come to its end, anybody's."""
        with self.condition:
            self.condition.wait_for(lambda: self._is_next(name), timeout=30)
            self.made.append(name)
            if self.order:
                self.order.pop(0)
            self.condition.notify_all()

    def _is_next(self, name: str) -> bool:
        while self.order and self.order[0] not in self.running:
            self.order.pop(0)  # whoever has ended has no turns
        return not self.order or self.order[0] == name

    def end(self, name: str) -> None:
        """This publisher makes no more requests."""
        with self.condition:
            self.running.discard(name)
            self.condition.notify_all()


class Stage:
    """A folder that holds the first snapshot, and what is seen of it while publishers are at it."""

    def __init__(self, s3: aws.Client) -> None:
        self.s3 = s3
        self.store = ObjectStore(BUCKET)
        self.seen: dict[str, int] = {}
        self.before: Callable[[], None] = lambda: None

    def begin(self, items: Mapping[str, Item]) -> None:
        """From here on it holds these, and is watched."""
        self.store.items, self.seen = dict(items), {}
        self.store.hook = self._look

    def publish(self, number: int) -> bool:
        """Write a snapshot; False when a newer one has come before."""
        folder = Folder(Bucket(self.s3, threads=1), PREFIX, MANIFEST)
        documents = {path: Document(text.encode(), HTML) for path, text in SNAPSHOTS[number].items()}
        try:
            return folder.write(folder.read(), number, Wanted(documents, about={"of": number}), lambda: False).is_all
        except NewerError:
            return False

    def together(self, order: str) -> None:
        """Write the older (o) and the newer (n) snapshot at once, their requests in this order."""
        turns = Turns(order)
        self.before = lambda: turns.wait(threading.current_thread().name)
        threads = [
            threading.Thread(target=self._run, args=(turns, n), name=name) for name, n in (("o", OLD), ("n", NEW))
        ]
        turns.running.update("on")
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.before = lambda: None

    def killed(self, number: int, after: int, *, is_sent: bool) -> bool:
        """Write a snapshot and be killed at a request, before it is sent or before its answer comes; whether it was."""
        left = [after]

        def count() -> None:
            left[0] -= 1
            if left[0] < 0 and not is_sent:
                raise KilledError

        self.before = count
        self.after = lambda: self._die(left) if is_sent else None
        try:
            self.publish(number)
        except KilledError:
            return True
        finally:
            self.before = self.after = lambda: None
        return False

    def contents(self) -> dict[str, str]:
        """What is in the folder, without the marks of numbers."""
        return {
            key.removeprefix(PREFIX): item.content.decode().partition("<!--")[0]
            for key, item in self.store.items.items()
            if key.startswith(PREFIX)
        }

    def _run(self, turns: Turns, number: int) -> None:
        try:
            self.publish(number)
        finally:
            turns.end(threading.current_thread().name)

    def _die(self, left: list[int]) -> None:
        if left[0] < 0:
            raise KilledError

    def _look(self, _method: str, key: str, is_answered: bool) -> None:
        if not is_answered:
            self.before()
            return
        item = self.store.items.get(key)
        if key.startswith(PREFIX) and item is not None:
            path = key.removeprefix(PREFIX)
            assert item.number >= self.seen.get(path, 0), f"{path} is older than before"
            document = Document(SNAPSHOTS[item.number][path].encode(), HTML)
            assert item.content == marked(document, item.number).content, f"{path} is not whole"
            self.seen[path] = item.number
        self.after()

    after: Callable[[], None] = staticmethod(lambda: None)


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:9")
        patch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
        for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
            patch.setenv(name, "testing")
        found = Stage(aws.Client(aws.S3, connect_seconds=1, read_seconds=1, tries=1, bucket=BUCKET))
        with intercepted(found.store.intercept):
            yield found


@pytest.fixture(scope="module")
def first(stage: Stage) -> Mapping[str, Item]:
    """The first snapshot as it is published."""
    stage.begin({})
    assert stage.publish(FIRST)
    assert stage.contents() == SNAPSHOTS[FIRST]
    return dict(stage.store.items)


def in_the_end(stage: Stage) -> None:
    """What was deleted may come back by who was overtaken; the next snapshot at the latest deletes it again."""
    back = stage.contents().keys() - SNAPSHOTS[NEW].keys()
    assert {path: stage.contents()[path] for path in SNAPSHOTS[NEW]} == SNAPSHOTS[NEW]
    assert back <= SNAPSHOTS[OLD].keys()
    assert stage.publish(LAST)
    assert stage.contents() == SNAPSHOTS[LAST]
    assert not stage.store.items[MANIFEST].content.count(b'"pending":["')


ORDERS = [f"{one * i}{other * j}{one * 30}" for one, other in ("on", "no") for i in range(9) for j in range(1, 11)]


@pytest.mark.parametrize("order", ORDERS)
def test_in_every_order_with_two_changes_of_turn(stage: Stage, first: Mapping[str, Item], order: str) -> None:
    stage.begin(first)
    stage.together(order)
    in_the_end(stage)


@settings(max_examples=60, deadline=None)
@given(order=st.text("on", min_size=10, max_size=24))
def test_in_any_order(stage: Stage, first: Mapping[str, Item], order: str) -> None:
    stage.begin(first)
    stage.together(order)
    in_the_end(stage)


@pytest.mark.parametrize("is_sent", [False, True])
@pytest.mark.parametrize("after", range(8))
def test_killed_at_every_request(stage: Stage, first: Mapping[str, Item], after: int, *, is_sent: bool) -> None:
    stage.begin(first)
    was_killed = stage.killed(OLD, after, is_sent=is_sent)
    assert was_killed == (after < 7), "seven requests write the older snapshot"
    texts = {path: {SNAPSHOTS[n].get(path) for n in (FIRST, OLD)} for path in {*SNAPSHOTS[FIRST], *SNAPSHOTS[OLD]}}
    assert all(text in texts[path] for path, text in stage.contents().items())
    assert stage.publish(NEW)
    in_the_end(stage)


def test_an_older_snapshot_that_comes_late_changes_nothing(stage: Stage, first: Mapping[str, Item]) -> None:
    stage.begin(first)
    assert stage.publish(NEW)
    there = dict(stage.store.items)
    assert not stage.publish(OLD)
    assert stage.store.items == there


def test_what_the_bucket_has_lost_or_garbled_is_written_again(stage: Stage, first: Mapping[str, Item]) -> None:
    stage.begin(first)
    del stage.store.items[f"{PREFIX}back"]
    assert stage.publish(OLD)
    assert stage.contents() == SNAPSHOTS[OLD]
    stage.store.items[MANIFEST] = Item(b"{", stage.store.items[MANIFEST].headers)
    assert stage.publish(NEW)
    assert SNAPSHOTS[NEW].items() <= stage.contents().items()
