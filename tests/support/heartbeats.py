"""A heartbeat to test with: told, swept and looked at over a real PostgreSQL."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from tests.support.monitors import insert_monitor
from tests.support.paging import Paging
from tests.support.world import MAC_KEYS, World
from tocsin.contracts.checks import Ping
from tocsin.platform.tokens import Purpose, digest, hint, issue, issue_uuid
from tocsin_data.services import pings


class Beating:
    """One heartbeat of a world, due every hour and five minutes late at most unless `spec` says otherwise."""

    def __init__(self, world: World, **spec: object) -> None:
        self.world = world
        self.paging = Paging(world)
        self.key = issue_uuid(MAC_KEYS)
        self.slug = spec.get("slug")
        self.monitor_id = insert_monitor(world, f"backup {self.key}", kind="heartbeat", spec=spec)
        with world.database.admin() as conn:
            conn.execute(
                "insert into heartbeat (org_id, monitor_id, key_hash, hint, slug, status, counts_from)"
                " values (%s, %s, %s, %s, %s, 'new', %s)",
                (world.org_id, self.monitor_id, digest(self.key), hint(self.key), self.slug, world.now),
            )

    @property
    def now(self) -> datetime:
        """The database's now."""
        return self.world.now

    def made(self, action: str = "success", *, at: datetime | None = None, **fields: object) -> Ping:
        """A ping as ingest makes it, received at `at` or now."""
        told = {"ping_id": uuid4(), "received_at": at or self.now, "key_hash": digest(self.key).hex(), "action": action}
        return Ping.model_validate({**told, **fields})

    def take(self, *told: Ping) -> list[str | None]:
        """Take in a message of pings; answers who is paged."""
        applied = pings.apply(self.paging.worker, told)
        return [page.address for page in self.paging.sent(applied.leaving)]

    def tell(self, action: str = "success", **fields: object) -> list[str | None]:
        """Ping it; answers who is paged."""
        return self.take(self.made(action, **fields))

    def advance(self, **length: int) -> None:
        """Let time pass."""
        self.world.database.advance(timedelta(**length))

    def mark(self) -> None:
        """Let the sweep's mark of now come through the queue of results."""
        pings.mark(self.paging.worker, [self.now])

    def sweep(self) -> list[str | None]:
        """Run a sweep; answers who is paged by it, without the pages that it only sends again."""
        known = {page.notification_id for page in self.paging.pages}
        before = len(self.paging.pages)
        self.paging.sweep()
        return [page.address for page in self.paging.pages[before:] if page.notification_id not in known]

    @property
    def status(self) -> str:
        """What its monitor is."""
        rows = self.world.database.rows("select status from monitor_state where monitor_id = %s", self.monitor_id)
        return rows[0][0] if rows else "unknown"

    @property
    def late_at(self) -> datetime | None:
        """When it is down unless it is heard by then."""
        return self.world.database.rows("select late_at from heartbeat where monitor_id = %s", self.monitor_id)[0][0]

    def spans(self) -> list[tuple[str, datetime]]:
        """What it was since when."""
        return self.world.database.rows(
            "select status, starts_at from monitor_span where monitor_id = %s order by starts_at, id", self.monitor_id
        )


def ping_key(world: World, *, service_id: UUID | None = None) -> str:
    """Give a world a ping key; answers it."""
    key = issue(Purpose.PING_KEY, MAC_KEYS)
    with world.database.admin() as conn:
        conn.execute(
            "insert into ping_key (org_id, name, service_id, key_hash, hint, created_at)"
            " values (%s, 'k', %s, %s, %s, %s)",
            (world.org_id, service_id, digest(key), hint(key), world.now),
        )
    return key


def by_slug(key: str, slug: str, at: datetime, **fields: object) -> Ping:
    """A ping that came with a ping key and a slug."""
    told: dict[str, object] = {"ping_id": uuid4(), "received_at": at, "key_hash": digest(key).hex(), "slug": slug}
    return Ping.model_validate({"action": "success", **told, **fields})


def kept(world: World, monitor_id: UUID) -> Sequence[tuple[object, ...]]:
    """The pings kept of a heartbeat, oldest first: action, whether ignored, how long in ms, body."""
    return world.database.rows(
        "select action, is_ignored, duration_ms, body from ping where monitor_id = %s order by received_at, id",
        monitor_id,
    )
