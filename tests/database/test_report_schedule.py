"""Announced maintenance: it begins and ends by the clock or by people, and mutes meanwhile what is behind it."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from tests.support.monitors import insert_monitor
from tests.support.report_rows import insert_component, insert_page
from tests.support.world import World
from tocsin.contracts.api_status_reports import MaintenanceInput, ReportPatch, StatusReport, UpdateInput
from tocsin.domain.status_page import ReportStatus
from tocsin.errors import Invalid
from tocsin_data.services import maintenance, report_updates, status_reports, sweeping
from tocsin_data.services.actors import Actor
from tocsin_data.services.leaving import Leaving
from tocsin_data.services.processing import process

ALICE = Actor("user", "00000000-0000-4000-8000-00000000000a")


class Works:
    """A page with a component that is felt by the world's service and a monitor, and maintenance of it."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.app, self.worker = world.database.enter("app"), world.database.enter("worker")
        self.page_id = insert_page(world)
        monitor_id = insert_monitor(world)
        self.shop = insert_component(world, self.page_id, "Shop", services=[world.service_id], monitors=[monitor_id])

    def plan(self, **changes: Any) -> StatusReport:
        now = self.world.now
        data = {
            "title": "Database upgrade",
            "body": "Nothing will be lost.",
            "scheduled_for": now + timedelta(hours=1),
            "scheduled_until": now + timedelta(hours=2),
            "component_ids": [self.shop],
            **changes,
        }
        made = MaintenanceInput.model_validate(data)
        return status_reports.schedule_maintenance(self.app, self.world.org_id, ALICE, self.page_id, made)

    def sweep(self) -> tuple[int, set[UUID]]:
        """How much it moved, and whose pages are to be written."""
        sent: list[Leaving] = []
        swept = sweeping.sweep(self.worker, sent.append)
        assert swept.failed == 0
        return swept.reported, {org_id for leaving in sent for org_id in leaving.pages}

    def now_is(self, report: StatusReport) -> StatusReport:
        return status_reports.get_report(self.app, self.world.org_id, report.id)

    def update(self, report: StatusReport, status: ReportStatus) -> StatusReport:
        data = UpdateInput(body="By hand.", status=status)
        return report_updates.add_update(self.app, self.world.org_id, ALICE, report.id, data, version=report.version)

    def windows(self, report: StatusReport) -> list[tuple[datetime, datetime, bool]]:
        found = [maintenance.get_window(self.app, self.world.org_id, one) for one in report.window_ids]
        return [(one.starts_at, one.ends_at, one.cancelled_at is not None) for one in found]

    def span(self) -> list[str]:
        rows = self.world.database.rows(
            "select status from component_span where component_id = %s and ends_at is null", self.shop
        )
        return [row[0] for row in rows]


@pytest.fixture
def works(world: World) -> Works:
    return Works(world)


def test_maintenance_begins_and_ends_at_its_times(works: Works, world: World) -> None:
    plan = works.plan()
    assert (plan.status, plan.impact, plan.started_at, plan.components[0].status) == (
        "scheduled",
        "maintenance",
        plan.scheduled_for,
        "operational",
    )
    assert works.sweep() == (0, set())
    world.database.advance(timedelta(hours=1, seconds=20))
    assert works.sweep() == (1, {world.org_id})
    begun = works.now_is(plan)
    assert (begun.status, begun.started_at, begun.components[0].status) == (
        "in_progress",
        plan.scheduled_for,
        "under_maintenance",
    )
    assert works.span() == ["under_maintenance"]
    assert works.sweep() == (0, set())
    world.database.advance(timedelta(hours=1))
    assert works.sweep() == (1, {world.org_id})
    over = works.now_is(plan)
    assert (over.status, over.resolved_at, [u.body for u in over.updates]) == (
        "completed",
        plan.scheduled_until,
        ["The scheduled maintenance is complete.", "The scheduled maintenance has begun.", "Nothing will be lost."],
    )
    assert (works.span(), works.sweep()) == ([], (0, set()))


@pytest.mark.parametrize("how", ["said again", "taken back"])
def test_what_is_opened_again_past_its_end_is_ended_by_people(works: Works, world: World, how: str) -> None:
    plan = works.plan()
    world.database.advance(timedelta(hours=2, seconds=20))
    assert works.sweep()[0] == 2
    over = works.now_is(plan)
    if how == "said again":
        works.update(over, ReportStatus.IN_PROGRESS)
    else:
        last = over.updates[0].id
        report_updates.delete_update(works.app, world.org_id, ALICE, plan.id, last, version=over.version)
    assert works.sweep() == (0, set())
    again = works.now_is(plan)
    assert (again.status, again.moves_by_schedule, works.span()) == ("in_progress", False, ["under_maintenance"])


def test_what_nobody_swept_begins_and_ends_at_once(works: Works, world: World) -> None:
    plan = works.plan()
    world.database.advance(timedelta(days=1))
    assert works.sweep()[0] == 2
    over = works.now_is(plan)
    assert (over.status, over.started_at, over.resolved_at) == ("completed", plan.scheduled_for, plan.scheduled_until)


def test_drafts_and_what_people_move_wait_for_people(works: Works, world: World) -> None:
    draft, by_hand = works.plan(state="draft"), works.plan(moves_by_schedule=False)
    gone = works.plan()
    status_reports.delete_report(works.app, world.org_id, ALICE, gone.id)
    world.database.advance(timedelta(hours=3))
    assert works.sweep()[0] == 0
    assert (works.now_is(draft).status, works.now_is(by_hand).status) == ("scheduled", "scheduled")


def test_windows_are_kept_in_step(works: Works, world: World) -> None:
    plan = works.plan(mutes=True)
    assert works.windows(plan) == [(plan.scheduled_for, plan.scheduled_until, False)] * 2
    later = world.now + timedelta(hours=5)
    patch = ReportPatch(scheduled_until=later, title="Longer upgrade")
    moved = status_reports.edit_report(works.app, world.org_id, ALICE, plan.id, patch, version=1)
    assert moved.window_ids == plan.window_ids
    assert works.windows(moved) == [(plan.scheduled_for, later, False)] * 2
    begun = works.update(moved, ReportStatus.IN_PROGRESS)
    assert works.windows(begun) == [(begun.started_at, later, False)] * 2
    process(works.worker, [world.request()], key_budget_per_minute=100)
    muted_by = world.database.rows("select muted_by from incident")[0][0]
    assert muted_by in {f"maintenance_window:{one}" for one in begun.window_ids}
    over = works.update(begun, ReportStatus.COMPLETED)
    assert [cancelled for *_, cancelled in works.windows(over)] == [True, True]
    again = works.update(over, ReportStatus.IN_PROGRESS)
    assert not set(again.window_ids) & set(over.window_ids)
    assert [cancelled for *_, cancelled in works.windows(again)] == [False, False]
    status_reports.delete_report(works.app, world.org_id, ALICE, again.id)
    assert [cancelled for *_, cancelled in works.windows(again)] == [True, True]


def test_what_somebody_cancelled_stays_cancelled(works: Works, world: World) -> None:
    plan = works.plan(mutes=True)
    maintenance.cancel_window(works.app, world.org_id, ALICE, plan.window_ids[0])
    patch = ReportPatch(scheduled_until=world.now + timedelta(hours=5))
    moved = status_reports.edit_report(works.app, world.org_id, ALICE, plan.id, patch, version=1)
    assert [cancelled for *_, cancelled in works.windows(moved)] == [True, False]
    quiet = ReportPatch(mutes=False)
    off = status_reports.edit_report(works.app, world.org_id, ALICE, plan.id, quiet, version=2)
    assert [cancelled for *_, cancelled in works.windows(off)] == [True, True]


def test_a_draft_mutes_nothing(works: Works) -> None:
    assert works.plan(mutes=True, state="draft").window_ids == []


def test_times_must_be_in_order(works: Works, world: World) -> None:
    now = world.now
    cases: list[tuple[dict[str, Any], str]] = [
        ({"scheduled_until": now + timedelta(minutes=59)}, "must be after scheduled_for"),
        ({"scheduled_until": now + timedelta(days=100)}, "must be at most 90 days after scheduled_for"),
        (
            {"scheduled_for": now - timedelta(hours=2), "scheduled_until": now - timedelta(hours=1)},
            f"must be after now, which is {now:%Y-%m-%d}",
        ),
    ]
    for changes, reason in cases:
        with pytest.raises(Invalid) as refused:
            works.plan(**changes)
        (problem,) = refused.value.problems
        assert problem.field == "scheduled_until"
        assert problem.reason.startswith(reason)
    past = {"scheduled_for": now - timedelta(hours=2), "scheduled_until": now - timedelta(hours=1)}
    told = works.plan(**past, status="completed", display_at=now - timedelta(hours=1))
    assert (told.started_at, told.resolved_at) == (past["scheduled_for"], past["scheduled_until"])
