"""Public pages: how long a publication takes and what it writes, for pages of 1, 50 and 500 components.

Each component has a monitor with 90 days behind it, in which it was down for 20 minutes every fifth; each page has 20
reports. The bucket is a process of its own on the loopback, which counts; S3 answers in 20 to 40 ms, sixteen requests
at a time. Then a page of 5,000 reports, from nothing.
What was counted is kept in docs/pages.json, from which docs/costs.md says what a page costs by the month.
"""

import json
import os
import socket
import time
import urllib.request
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any, Final
from uuid import UUID, uuid4

import psycopg
from psycopg import sql

from bench import rows
from bench.benchmark import Options, Outcome
from bench.bucket import COUNTS
from bench.host import HOME, child
from bench.plan import DATABASE
from bench.reads import NO_FATES, planted
from functions.publish.bucket import THREADS, Bucket
from functions.publish.page_requests import PageSettings, publish
from functions.publish.page_writing import put_assets
from local.machine import ROOT
from local.postgres import PostgresServer
from tocsin.contracts.edge import PAGES, PublishRequest
from tocsin.platform import aws
from tocsin_data.db import Database, DatabaseSettings, database

JSON: Final = ROOT / "docs" / "pages.json"
SIZES: Final = (1, 50, 500)
REPORTS: Final = 20
MANY_REPORTS: Final = 5_000
ROUNDS_AT_MOST: Final = 40
ALL: Final = [PublishRequest(document=PAGES)]
ZONE: Final = "Europe/Berlin"
CLOCK: Final = "create or replace function app.clock() returns timestamptz language sql stable return now() + {}"
PLANT_PAGE: Final = """
insert into status_page (id, org_id, slug, name, time_zone, visibility, automatic, created_at, created_by, updated_at)
values (%(page)s, %(org)s, %(slug)s, 'Bench', %(zone)s, 'public', 'publish', now(), 'bench', now())
"""
PLANT_COMPONENTS: Final = """
with monitors as (
    insert into monitor (
        org_id, service_id, name, kind, spec, severity, interval_seconds, timeout_seconds, regions, failures_to_down,
        successes_to_up, confirmation_seconds, recovery_seconds, created_at, created_by, updated_at
    )
    select %(org)s, %(service)s, %(slug)s || ' ' || n, 'http', '{}', 'error', 60, 5, '{eu-west-1,us-east-1}', 2, 2, 0,
        0, now() - interval '1 year', 'bench', now() - interval '1 year'
    from generate_series(1, %(count)s) n
    returning id
),
numbered as (select id, row_number() over () as n from monitors),
states as (
    insert into monitor_state (org_id, monitor_id, status, since)
    select %(org)s, id, 'up', now() - interval '2 hours' from monitors
),
spans as (
    insert into monitor_span (org_id, monitor_id, status, starts_at, ends_at)
    select %(org)s, id, s.status, s.starts_at, s.ends_at
    from monitors, generate_series(1, 19) n, lateral (
        values
            ('down', now() - n * interval '5 days', now() - n * interval '5 days' + interval '20 minutes'),
            (
                'up', now() - n * interval '5 days' + interval '20 minutes',
                case when n > 1 then now() - (n - 1) * interval '5 days' end
            )
    ) s (status, starts_at, ends_at)
),
hours as (
    insert into check_rollup_hour (
        org_id, monitor_id, region, origin, hour, up, degraded, down, unknown, first_tick, last_tick, latency_sum_ms,
        latency_buckets, latency_counts
    )
    select %(org)s, id, r, 'live', at, 60, 0, 0, 0, at, at, 6000, '{110,112,114,116,118,120,122}', '{8,8,8,8,8,8,12}'
    from monitors, generate_series(1, 24) n,
        lateral (select date_trunc('hour', now(), 'utc') - n * interval '1 hour' as at) t,
        unnest('{eu-west-1,us-east-1}'::text[]) r
),
evidence as (
    insert into check_evidence (org_id, monitor_id, origin, results, first_tick, last_tick)
    select %(org)s, id, 'live', 250000, now() - interval '1 year', now() from monitors
),
components as (
    insert into component (org_id, status_page_id, name, position, shows_latency, created_at, updated_at)
    select %(org)s, %(page)s, 'Component ' || n, n, n <= 20, now() - interval '1 year', now()
    from generate_series(1, %(count)s) n
    returning id, position
)
insert into component_source (org_id, component_id, monitor_id)
select %(org)s, c.id, m.id from components c join numbered m on m.n = c.position
"""
PLANT_REPORTS: Final = """
with reports as (
    insert into status_report (
        org_id, status_page_id, kind, state, title, status, impact, started_at, created_at, created_by, updated_at,
        published_at, resolved_at
    )
    select %(org)s, %(page)s, 'incident', 'published', 'Report ' || n, 'resolved', 'major', at, at, 'bench', at, at, at
    from generate_series(1, %(count)s) n, lateral (select now() - n * %(days)s * interval '1 day' as at) t
    returning id, started_at
)
insert into status_update (org_id, status_report_id, status, body, display_at, created_at, created_by, updated_at)
select %(org)s, r.id, s, 'We know more of it, and say so in a sentence or two, as people do.', r.started_at,
    r.started_at, 'bench', r.started_at
from reports r, unnest('{investigating,identified,resolved}'::text[]) s
"""


async def run(postgres: PostgresServer, options: Options) -> Outcome:
    """All sizes, each run anew on a page of its own, then the page of many reports."""
    found: dict[str, dict[str, Mapping[str, float]]] = {}
    times: dict[str, list[float]] = {}
    with planted(postgres) as (conn, world, _), _bucket() as (bucket, counted), _publisher(postgres) as db:
        for _ in range(options.runs):
            for size in SIZES:
                page = _Page(conn, db, bucket, counted, world.org_id, world.service_ids[0])
                page.plant(size, REPORTS, days=4)
                steps = page.steps()
                found[str(size)] = steps
                for name, step in steps.items():
                    times.setdefault(f"pages.{size}.{name}", []).append(step["seconds"] * 1000)
                page.end()
        page = _Page(conn, db, bucket, counted, world.org_id, world.service_ids[0])
        page.plant(1, MANY_REPORTS, days=0.4)
        many = page.many()
        page.end()
    JSON.write_text(json.dumps(found, indent=1) + "\n")
    figures = [
        rows.figure(f"pages.{size}.{name}", times[f"pages.{size}.{name}"], _note(found[str(size)][name]))
        for size in SIZES
        for name in ("first", "minute", "refresh", "change")
    ]
    return Outcome(figures, NO_FATES, remarks=[f"5,000 reports: {many}"])


def _note(step: Mapping[str, float]) -> str:
    cpu = f"{step['cpu'] * 1000:.0f} ms CPU"
    return f"{cpu}, {step['PUT']:.0f} PUT, {step['GET']:.0f} GET, {step['bytes'] / 1000:.0f} kB"


class _Page:
    """One page, alone in its database's view: what it takes to publish it."""

    def __init__(
        self, conn: psycopg.Connection[Any], db: Database, bucket: Bucket, counted: str, org_id: UUID, service_id: UUID
    ) -> None:
        self.conn, self.db, self.bucket, self.counted = conn, db, bucket, counted
        self.page_id = uuid4()
        self.about: dict[str, Any] = {
            "org": org_id,
            "page": self.page_id,
            "slug": f"bench-{self.page_id.hex[:12]}",
            "service": service_id,
            "zone": ZONE,
        }

    def plant(self, components: int, reports: int, days: float) -> None:
        """Write the page; its reports began so many days apart."""
        self.conn.execute(PLANT_PAGE, self.about)
        self.conn.execute(PLANT_COMPONENTS, {**self.about, "count": components})
        self.conn.execute(PLANT_REPORTS, {**self.about, "count": reports, "days": days})
        self.conn.commit()
        self.conn.autocommit = True
        self.conn.execute("vacuum analyze")
        self.conn.autocommit = False

    def steps(self) -> dict[str, Mapping[str, float]]:
        """Published from nothing, a minute later, when figures are refreshed, and after a component has changed."""
        put_assets(self.bucket)
        steps: dict[str, Mapping[str, float]] = {}
        for name, minutes in (("first", 0), ("minute", 1), ("refresh", 6), ("change", 7)):
            self._clock(minutes)
            if name == "change":
                change = (
                    "update component set override_status = 'major_outage' where id ="
                    " (select id from component where status_page_id = %s order by position limit 1)"
                )
                self.conn.execute(change, (self.page_id,))
                self.conn.commit()
            steps[name] = self._publish()
        return steps

    def many(self) -> str:
        """Published from nothing, in as many invocations as it takes."""
        self._clock(0)
        began = time.perf_counter()
        used: list[Mapping[str, float]] = []
        while len(used) < ROUNDS_AT_MOST and (not used or used[-1]["PUT"] > 2):
            used.append(self._publish())
        seconds, longest = time.perf_counter() - began, max(step["seconds"] for step in used)
        puts, size = sum(step["PUT"] for step in used), sum(step["bytes"] for step in used)
        self._clock(1)
        minute = self._publish()
        return (
            f"{puts:.0f} PUT of {size / 1e6:.1f} MB in {len(used)} invocations and {seconds:.1f} s, the longest"
            f" {longest:.1f} s; a minute later {minute['seconds'] * 1000:.0f} ms, {_note(minute)}"
        )

    def end(self) -> None:
        """Take the page away, so that it costs the next one nothing."""
        self.conn.execute("delete from page_folder")
        self.conn.execute("delete from status_page where id = %s", (self.page_id,))
        self.conn.commit()
        self._clock(0)

    def _clock(self, minutes: int) -> None:
        self.conn.execute(sql.SQL(CLOCK).format(sql.Literal(timedelta(minutes=minutes))))
        self.conn.commit()

    def _publish(self) -> dict[str, float]:
        _counts(self.counted)
        began, cpu = time.perf_counter(), time.process_time()
        publish(self.db, self.bucket, PageSettings(pages_bucket="bench", pages_url="https://bench.example"), ALL)
        used = {"seconds": time.perf_counter() - began, "cpu": time.process_time() - cpu}
        counts = _counts(self.counted)
        return {**used, **{name: counts.get(name, 0) for name in ("PUT", "GET", "LIST", "DELETE", "bytes")}}


@contextmanager
def _publisher(postgres: PostgresServer) -> Generator[Database]:
    db = database(DatabaseSettings(db_host=str(postgres.host), db_name=DATABASE, db_user="worker"))
    try:
        yield db
    finally:
        db.close()


@contextmanager
def _bucket() -> Generator[tuple[Bucket, str]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = Path(HOME) / "bucket.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    url = f"http://127.0.0.1:{port}"
    before = dict(os.environ)
    os.environ |= {
        "AWS_ENDPOINT_URL_S3": url,
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": "bench",
        "AWS_SECRET_ACCESS_KEY": "bench",
    }
    try:
        with child(log, "bench.bucket", str(port)):
            _until_it_answers(url)
            yield (
                Bucket(
                    aws.Client(aws.S3, connect_seconds=2, read_seconds=5, tries=3, bucket="bench", connections=THREADS)
                ),
                url,
            )
    finally:
        os.environ.clear()
        os.environ |= before


def _until_it_answers(url: str) -> None:
    end = time.monotonic() + 20
    while True:
        try:
            _counts(url)
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.05)
        else:
            return


def _counts(url: str) -> dict[str, int]:
    with urllib.request.urlopen(url + COUNTS, timeout=5) as answer:  # noqa: S310 - loopback
        return json.load(answer)
