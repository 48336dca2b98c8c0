"""Public pages to publish, arranged through plain SQL, and what is in their bucket."""

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID, uuid4

import pytest

from functions.publish.handler import handler as publish
from tests.support.inside import REGION, Inside, failures, inside, sqs_event
from tests.support.world import World
from tocsin.contracts.edge import PAGES, PublishRequest

BUCKET: Final = "tocsin-pages"
URL: Final = "https://status.example"


@dataclass
class Page:
    """A page of an organization; everything it gets is really in the database."""

    world: World
    slug: str = ""
    time_zone: str = "UTC"
    automatic: str = "publish"
    page_id: UUID = field(default_factory=uuid4)

    def __post_init__(self) -> None:
        self.slug = self.slug or f"page-{self.page_id.hex[:12]}"
        self.world.database.rows(
            "insert into status_page (id, org_id, slug, name, time_zone, visibility, automatic, created_at, created_by,"
            " updated_at) values (%s, %s, %s, 'Acme', %s, 'public', %s, app.clock(), 'user:x', app.clock())"
            " returning id",
            self.page_id,
            self.world.org_id,
            self.slug,
            self.time_zone,
            self.automatic,
        )

    def set(self, **columns: object) -> None:
        """Change the page's row."""
        self._set("status_page", self.page_id, columns)

    def component(
        self, name: str, *, monitors: Sequence[UUID] = (), services: Sequence[UUID] = (), **columns: object
    ) -> UUID:
        """Add a component, with what it is made of."""
        component_id = uuid4()
        rows = self.world.database.rows
        rows(
            "insert into component (id, org_id, status_page_id, name, position, created_at, updated_at)"
            " values (%s, %s, %s, %s, (select count(*) from component where status_page_id = %s), app.clock(),"
            " app.clock()) returning id",
            component_id,
            self.world.org_id,
            self.page_id,
            name,
            self.page_id,
        )
        for column, ids in (("monitor_id", monitors), ("service_id", services)):
            for one in ids:
                rows(
                    f"insert into component_source (org_id, component_id, {column})"  # noqa: S608 - one of two names
                    " values (%s, %s, %s) returning id",
                    self.world.org_id,
                    component_id,
                    one,
                )
        if columns:
            self._set("component", component_id, columns)
        return component_id

    def change_component(self, component_id: UUID, **columns: object) -> None:
        """Change a component's row."""
        self._set("component", component_id, columns)

    def report(
        self, title: str, *, components: Sequence[UUID] = (), at: datetime | None = None, **columns: object
    ) -> UUID:
        """Publish a report with one update."""
        report_id, at = uuid4(), at or self.world.now
        rows = self.world.database.rows
        rows(
            "insert into status_report (id, org_id, status_page_id, kind, state, title, status, impact, started_at,"
            " created_at, created_by, updated_at, published_at)"
            " values (%s, %s, %s, 'incident', 'published', %s, 'investigating', 'major', %s, %s, 'user:x', app.clock(),"
            " %s) returning id",
            *(report_id, self.world.org_id, self.page_id, title, at, at, at),
        )
        for component_id in components:
            rows(
                "insert into status_report_component values (%s, %s, %s, 'partial_outage') returning component_id",
                *(self.world.org_id, report_id, component_id),
            )
        self.update(report_id, f"About {title}.", at=at, components=components)
        if columns:
            self.change_report(report_id, **columns)
        return report_id

    def update(
        self, report_id: UUID, body: str, *, at: datetime | None = None, components: Sequence[UUID] = ()
    ) -> UUID:
        """Add an update to a report."""
        at, rows = at or self.world.now, self.world.database.rows
        ((update_id,),) = rows(
            "insert into status_update (org_id, status_report_id, status, body, display_at, created_at, created_by,"
            " updated_at) values (%s, %s, 'investigating', %s, %s, %s, 'user:x', %s) returning id",
            *(self.world.org_id, report_id, body, at, at, at),
        )
        for component_id in components:
            rows(
                "insert into status_update_component select %s, %s, id, name, 'operational', 'partial_outage'"
                " from component where id = %s returning component_id",
                *(self.world.org_id, update_id, component_id),
            )
        return update_id

    def change_report(self, report_id: UUID, **columns: object) -> None:
        """Change a report's row, as of now."""
        self._set("status_report", report_id, {"updated_at": self.world.now, **columns})

    def _set(self, table: str, row_id: UUID, columns: dict[str, object]) -> None:
        for name, value in columns.items():
            self.world.database.rows(
                f"update {table} set {name} = %s where id = %s returning id",  # noqa: S608 - names from tests
                value,
                row_id,
            )


def monitored(world: World, monitor_id: UUID, status: str, ago: timedelta = timedelta(0)) -> None:
    """Let a monitor be something since then; the span it was in ends."""
    at, rows = world.now - ago, world.database.rows
    rows(
        "insert into monitor_state (org_id, monitor_id, status, since) values (%s, %s, %s, %s)"
        " on conflict (monitor_id) do update set status = excluded.status, since = excluded.since returning status",
        *(world.org_id, monitor_id, status, at),
    )
    rows("update monitor_span set ends_at = %s where monitor_id = %s and ends_at is null returning id", at, monitor_id)
    rows(
        "insert into monitor_span (org_id, monitor_id, status, starts_at) values (%s, %s, %s, %s) returning id",
        *(world.org_id, monitor_id, status, at),
    )


@dataclass
class Press:
    """The publisher as Lambda runs it, over a bucket of pages."""

    surroundings: Inside

    def run(self, *requests: PublishRequest) -> None:
        """Publish what is asked for; without anything, everything."""
        asked = requests or (PublishRequest(document=PAGES),)
        assert failures(publish(sqs_event(*asked, queue="publications"), None)) == []

    def of(self, world: World) -> None:
        """Publish an organization's pages."""
        self.run(PublishRequest(document=PAGES, org_id=world.org_id))

    def keys(self, prefix: str = "") -> set[str]:
        """What is in the bucket, without the prefix."""
        pages = self.surroundings.s3.get_paginator("list_objects_v2").paginate(Bucket=BUCKET, Prefix=prefix)
        return {item["Key"].removeprefix(prefix) for page in pages for item in page.get("Contents", [])}

    def paths(self, page: Page) -> set[str]:
        """The documents of a page."""
        return self.keys(f"pages/{page.slug}/")

    def object(self, key: str) -> dict[str, Any]:
        """An object as S3 answers it."""
        return self.surroundings.s3.get_object(Bucket=BUCKET, Key=key)

    def text(self, page: Page, path: str) -> str:
        """A document of a page."""
        return self.object(f"pages/{page.slug}/{path}")["Body"].read().decode()

    def number(self, page: Page, path: str) -> int:
        """Of which snapshot a document is."""
        return int(self.object(f"pages/{page.slug}/{path}")["Metadata"]["tocsin-number"])

    def numbers(self, page: Page) -> dict[str, int]:
        """Of which snapshot each document is."""
        return {path: self.number(page, path) for path in self.paths(page)}


@contextmanager
def press(world: World, monkeypatch: pytest.MonkeyPatch) -> Generator[Press]:
    """A publisher with an empty bucket."""
    monkeypatch.setenv("PAGES_BUCKET", BUCKET)
    monkeypatch.setenv("PAGES_URL", URL)
    monkeypatch.setenv("PAGES_SECONDS", "60")
    with inside(world.database, monkeypatch) as found:
        found.s3.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": REGION})
        yield Press(found)
