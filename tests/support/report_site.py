"""An organization with a public page that follows its incidents, and what the page says."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from tests.support.report_rows import insert_component, insert_page
from tests.support.world import World
from tocsin.contracts.events import InboundEvent
from tocsin.domain.dedup import EventAction
from tocsin.domain.incident import Severity
from tocsin.domain.monitor import CheckStatus, Reason
from tocsin_data.services.leaving import Leaving
from tocsin_data.services.monitor_moves import Change, Moves
from tocsin_data.services.processing import Processed, process
from tocsin_data.sql import monitor_states


class Site:
    """An organization with a public page, whose component Shop is felt by the world's service."""

    def __init__(self, world: World, automatic: str = "publish") -> None:
        self.world = world
        self.worker, self.app = world.database.enter("worker"), world.database.enter("app")
        self.page_id = insert_page(world, automatic=automatic, name="Acme")
        self.shop = insert_component(world, self.page_id, "Shop", services=[world.service_id])

    def send(self, *events: InboundEvent) -> Processed:
        """Let events come in, of one request."""
        return process(self.worker, [self.world.request(*events)], key_budget_per_minute=1_000)

    def trigger(self, key: str = "disk", severity: Severity = Severity.CRITICAL) -> Processed:
        """Let something be wrong with the service."""
        return self.send(self.world.event(dedup_key=key).model_copy(update={"severity": severity}))

    def resolve(self, key: str = "disk") -> Processed:
        """Let it be over."""
        return self.send(self.world.event(EventAction.RESOLVE, key))

    def reports(self, *columns: str) -> list[Any]:
        """Columns of all reports, the oldest first."""
        rows = self.world.database.rows(
            "select to_jsonb(r) from status_report r where r.org_id = %s order by r.created_at, r.id", self.world.org_id
        )
        return [tuple(row[0][column] for column in columns) for row in rows]

    def updates(self) -> list[tuple[str, str]]:
        """What was said: status and text."""
        return [
            (row[0], row[1])
            for row in self.world.database.rows(
                "select status, body from status_update where org_id = %s order by display_at, id", self.world.org_id
            )
        ]

    def says(self) -> dict[str, str]:
        """What reports say of components, by name."""
        rows = self.world.database.rows(
            "select c.name, s.status from status_report_component s join component c on c.id = s.component_id"
            " where s.org_id = %s",
            self.world.org_id,
        )
        return {row[0]: row[1] for row in rows}

    def report_id(self) -> UUID:
        """The newest report."""
        return UUID(self.reports("id")[-1][0])

    def move(self, monitor_id: UUID, status: CheckStatus) -> Leaving:
        """Let a monitor become something."""
        with self.worker.many([self.world.org_id]) as tx:
            held = monitor_states.hold(tx, [monitor_id])
            leaving = Leaving(tx.now)
            change = Change(held[monitor_id], status, tx.now, Reason.TIMEOUT, "10.0.0.7 timed out", {"regions": {}})
            Moves(tx, leaving).apply([change])
        return leaving

    def incident_ids(self) -> Sequence[UUID]:
        """All incidents, the oldest first."""
        return [
            r[0]
            for r in self.world.database.rows(
                "select id from incident where org_id = %s order by number", self.world.org_id
            )
        ]
