"""A monitor of a world and the results its regions send, judged as `verdict` and the sweep do."""

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import psycopg

from tests.support.monitors import REGIONS, insert_monitor
from tests.support.world import World
from tocsin.contracts.checks import CheckResult, ResultBatch, ShardReport, Timings
from tocsin.domain.monitor import CheckStatus, Reason
from tocsin_data.services import region_reports, sweeping, verdicts
from tocsin_data.services.verdicts import Verdicts
from tocsin_data.sql import monitors


def live(world: World) -> None:
    """Everything that happens to what is watched, once: for tests of what is sent to the database."""
    found = Watching(world, name="Watched")
    found.tick()
    found.tick(*[CheckStatus.DOWN] * 3)
    found.tick(*[CheckStatus.DOWN] * 3)
    run_id = found.run()
    found.send((REGIONS[0], found.result(CheckStatus.UP, found.at, command_id=run_id)))
    found.pass_time(minutes=70)
    found.send((REGIONS[0], found.result(CheckStatus.UP, found.at - timedelta(minutes=69))))
    found.look()
    found.end("paused_at")
    found.look()
    report = ShardReport(shard=0, starts_at=found.at, ends_at=found.at, due=1, done=1, missed=0)
    batch = ResultBatch(batch_id=uuid4(), region=REGIONS[0], sent_at=found.at, reports=[report])
    region_reports.report(found.worker, [batch])
    region_reports.notice_silence(found.worker)
    gone = World(world.database, name="Gone")
    world.database.rows("update organization set deletes_at = now() where id = %s returning id", gone.org_id)
    sweeping.sweep(found.worker, lambda _leaving: None)
    found.worker.close()
    found.app.close()


class Watching:
    """One monitor, checked every minute in three regions; time passes with its ticks."""

    def __init__(self, world: World, name: str = "Checkout", **columns: object) -> None:
        self.world = world
        self.worker = world.database.enter("worker")
        self.app = world.database.enter("app")
        self.monitor_id = insert_monitor(world, name, **columns)
        self.at = world.now.replace(microsecond=0)
        self.addresses: list[str | None] = []

    def result(self, status: CheckStatus, tick: datetime, **columns: object) -> CheckResult:
        """A result of this monitor."""
        failing = {"reason": Reason.TIMEOUT} if status in {CheckStatus.DOWN, CheckStatus.DEGRADED} else {}
        return CheckResult.model_validate(
            {
                "monitor_id": self.monitor_id,
                "version": 1,
                "tick": tick,
                "checked_at": tick,
                "status": status,
                "timings": Timings(dns=1.0, connect=2.0, tls=3.0, first_byte=20.0, total=27.5),
                **failing,
                **columns,
            }
        )

    def send(self, *results: tuple[str, CheckResult]) -> Verdicts:
        """Let results arrive, a batch a region."""
        by_region: dict[str, list[CheckResult]] = {}
        for region, result in results:
            by_region.setdefault(region, []).append(result)
        batches = [
            ResultBatch(batch_id=uuid4(), region=region, sent_at=self.at, results=found)
            for region, found in by_region.items()
        ]
        return self._sent(verdicts.apply(self.worker, batches))

    def tick(self, *statuses: CheckStatus, **columns: object) -> Verdicts:
        """Let a minute pass, and a result of each region arrive: up, or these in the order of the regions."""
        self.pass_time(seconds=60)
        told = statuses or [CheckStatus.UP] * len(REGIONS)
        found = [
            (region, self.result(status, self.at, **(columns if status is not CheckStatus.UP else {})))
            for region, status in zip(REGIONS, told, strict=True)
        ]
        return self.send(*found)

    def pass_time(self, **time: float) -> None:
        """Move the clocks."""
        self.world.database.advance(timedelta(**time))
        self.at += timedelta(**time)

    def look(self) -> Verdicts:
        """What the sweep does for it."""
        return self._sent(verdicts.look(self.worker, [(self.world.org_id, self.monitor_id)]))

    def end(self, column: str) -> None:
        """Pause or delete it, as the API does."""
        with self.world.database.admin() as conn:
            statement = "update monitor set {} = now() where id = %s"
            name = psycopg.sql.Identifier(column)
            conn.execute(psycopg.sql.SQL(statement).format(name), (self.monitor_id,))
        with self.app.one(self.world.org_id) as tx:
            monitors.look_again(tx, self.monitor_id)

    def run(self) -> UUID:
        """Let somebody ask for a check at once; answers the command."""
        run_id = uuid4()
        with self.world.database.admin() as conn:
            conn.execute(
                "insert into monitor_run (id, org_id, monitor_id, monitor, asked_at, asked_by, regions)"
                " values (%s, %s, %s, jsonb_build_object('monitor_id', %s::text), now(), 'test', %s)",
                (run_id, self.world.org_id, self.monitor_id, self.monitor_id, list(REGIONS)),
            )
        return run_id

    def pages(self) -> list[str | None]:
        """Who was paged."""
        return self.addresses

    def standing(self) -> tuple[str, list[str]]:
        """What it is, and what it has alerts open for."""
        ((status, alerts),) = self.world.database.rows(
            "select status, alerts from monitor_state where monitor_id = %s", self.monitor_id
        )
        return status, alerts

    def regions(self) -> dict[str, tuple[str, timedelta, timedelta]]:
        """What it is where, since when and by which tick, from its first minute."""
        rows = self.world.database.rows(
            "select region, status, since, last_tick from monitor_region where monitor_id = %s", self.monitor_id
        )
        return {region: (status, since - self.at, tick - self.at) for region, status, since, tick in rows}

    def count(self, monitor_ids: Sequence[UUID] | None = None) -> int:
        """How many results are stored."""
        ((found,),) = self.world.database.rows(
            "select count(*) from check_result where monitor_id = any(%s)", monitor_ids or [self.monitor_id]
        )
        return found

    @contextmanager
    def counting(self) -> Generator[list[str]]:
        """The statements that are sent meanwhile."""
        sent: list[str] = []
        with self.worker.outside_organizations() as conn:
            execute = conn.execute

        def recorded(query: str, *args: object, **kwargs: object) -> object:
            sent.append(query)
            return execute(query, *args, **kwargs)

        conn.execute = recorded
        try:
            yield sent
        finally:
            del conn.execute

    def _sent(self, done: Verdicts) -> Verdicts:
        self.addresses.extend(page.address for leaving in done.leaving for page, _ in leaving.deliveries)
        return done
