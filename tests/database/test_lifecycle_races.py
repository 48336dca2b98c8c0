"""What two people, or somebody and the sweep, do to one incident at the same instant: one of them is first."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from uuid import UUID

import pytest

from tests.support.threads import at_once
from tests.support.world import StepSpec, World
from tocsin.contracts.api_incidents import IncidentPatch, PagingStopInput, SnoozeInput
from tocsin.contracts.delivery import ClaimItem, DeliveryMessage, Verdict
from tocsin.domain.incident import Action, Urgency, WrongStatus
from tocsin.errors import Conflict
from tocsin_data.services import (
    amending,
    claiming,
    paging_stops,
    responding,
    snoozing,
    steering,
    summoning,
    sweeping,
)
from tocsin_data.services.actors import Actor
from tocsin_data.services.leaving import Leaving
from tocsin_data.services.processing import process
from tocsin_data.services.responding import Moved

ROUNDS = 25
ACTOR = "api_key:test"


class Contest:
    """Incidents of one world that several go for at once."""

    def __init__(self, world: World) -> None:
        self.world = world
        world.policy([StepSpec([world.alice.target]), StepSpec([world.bob.target], timedelta(minutes=10))])
        self.worker, self.app = world.database.enter("worker"), world.database.enter("app")
        self.pages: list[DeliveryMessage] = []

    def open(self) -> list[UUID]:
        events = [self.world.event(dedup_key=f"k{n:02}", index=n) for n in range(ROUNDS)]
        done = process(self.worker, [self.world.request(*events)], key_budget_per_minute=100_000)
        self.sent(done.leaving)
        return [row[0] for row in self.world.database.rows("select id from incident order by number")]

    def sent(self, leaving: Leaving) -> None:
        self.pages.extend(page for page, _ in leaving.deliveries)

    def tried(self, call: Callable[[], Moved]) -> bool:
        """Whether it was done; otherwise somebody was quicker."""
        try:
            self.sent(call().leaving)
        except Conflict:
            return False
        return True

    def act(self, incident_id: UUID, action: Action) -> bool:
        return self.tried(lambda: responding.act(self.app, self.world.org_id, incident_id, action, ACTOR))

    def snooze(self, incident_id: UUID, seconds: int) -> bool:
        wish = SnoozeInput(seconds=seconds)
        return self.tried(lambda: snoozing.snooze(self.app, self.world.org_id, incident_id, wish, ACTOR))

    def unsnooze(self, incident_id: UUID) -> bool:
        return self.tried(lambda: snoozing.unsnooze(self.app, self.world.org_id, incident_id, ACTOR))

    def sweep(self) -> None:
        sweeping.sweep(self.worker, self.sent)

    def race(self, *calls: Callable[[], object]) -> list[object]:
        """Run calls at once; an error that is no answer fails the test."""
        answers = at_once([self.worker, self.app], calls)
        for answer in answers:
            if isinstance(answer, Exception):
                raise answer
        return answers

    def told(self, kind: str) -> list[tuple]:
        """How often the timelines tell of something, and in how many incidents."""
        return self.world.database.rows(
            "select count(*), count(distinct incident_id) from timeline_entry where kind = %s", kind
        )


@pytest.fixture
def contest(world: World) -> Contest:
    return Contest(world)


@pytest.mark.parametrize(
    ("before", "action", "kind"),
    [
        ([Action.ACKNOWLEDGE], Action.UNACKNOWLEDGE, "unacknowledged"),
        ([Action.RESOLVE], Action.REOPEN, "reopened"),
    ],
)
def test_of_two_who_take_it_back_one_does_and_it_pages_once(
    contest: Contest, before: list[Action], action: Action, kind: str
) -> None:
    ids = contest.open()
    contest.pages.clear()
    for incident_id in ids:
        for first in before:
            assert contest.act(incident_id, first)
        done = contest.race(*[partial(contest.act, incident_id, action)] * 2)
        assert sorted(map(bool, done)) == [False, True]
    assert contest.told(kind) == [(ROUNDS, ROUNDS)]
    assert len(contest.pages) == len({page.incident.incident_id for page in contest.pages}) == ROUNDS


def test_of_two_who_snooze_one_does(contest: Contest) -> None:
    for incident_id in contest.open():
        done = contest.race(partial(contest.snooze, incident_id, 60), partial(contest.snooze, incident_id, 3600))
        assert sorted(map(bool, done)) == [False, True]
    assert contest.told("snoozed") == [(ROUNDS, ROUNDS)]
    assert contest.world.database.rows("select count(*) from notification where state = 'queued'") == [(0,)]


def test_a_snooze_that_ends_while_somebody_ends_it_starts_over_once(contest: Contest) -> None:
    ids = contest.open()
    for incident_id in ids:
        assert contest.snooze(incident_id, 60)
    contest.pages.clear()
    contest.world.database.advance(timedelta(seconds=61))
    contest.race(contest.sweep, *[partial(contest.unsnooze, incident_id) for incident_id in ids], contest.sweep)
    ended = contest.told("snooze_ended")[0][0] + contest.told("unsnoozed")[0][0]
    assert ended == ROUNDS
    assert len(contest.pages) == len({page.incident.incident_id for page in contest.pages}) == ROUNDS
    assert contest.world.database.rows("select state, count(*) from escalation group by 1") == [("waiting", ROUNDS)]


def test_an_acknowledge_at_the_end_of_a_snooze_leaves_no_page_behind(contest: Contest) -> None:
    ids = contest.open()
    for incident_id in ids:
        assert contest.snooze(incident_id, 60)
    contest.world.database.advance(timedelta(seconds=61))
    done = contest.race(contest.sweep, *[partial(contest.act, incident_id, Action.ACKNOWLEDGE) for incident_id in ids])
    # who comes before the end is first of all, and who comes after it acknowledges what has just paged again
    assert all(done[1:])
    found = contest.world.database.rows("select status, snoozed_until, count(*) from incident group by 1, 2")
    acknowledged = sum(count for status, _, count in found if status == "acknowledged")
    assert acknowledged == ROUNDS
    assert contest.world.database.rows("select count(*) from notification where state = 'queued'") == [(0,)]


def test_an_acknowledge_is_forgotten_once_or_resolved_before(contest: Contest) -> None:
    contest.world.database.rows(
        "update service set acknowledgement_timeout_seconds = 60 where id = %s returning id", contest.world.service_id
    )
    ids = contest.open()
    for incident_id in ids:
        assert contest.act(incident_id, Action.ACKNOWLEDGE)
    contest.world.database.advance(timedelta(seconds=61))
    resolving = [partial(contest.act, incident_id, Action.RESOLVE) for incident_id in ids]
    contest.race(contest.sweep, *resolving, contest.sweep)
    assert contest.world.database.rows("select distinct status from incident") == [("resolved",)]
    forgotten, incidents = contest.told("acknowledgement_forgotten")[0]
    assert forgotten == incidents
    assert contest.world.database.rows("select count(*) from notification where state = 'queued'") == [(0,)]
    assert contest.world.database.rows("select distinct state from escalation") == [("stopped",)]


def test_whoever_is_called_in_twice_at_once_is_paged_once(contest: Contest) -> None:
    ids, org_id, bob = contest.open(), contest.world.org_id, contest.world.bob
    contest.pages.clear()
    for incident_id in ids:
        call = partial(summoning.add_responders, contest.app, org_id, incident_id, [bob.user_id], ACTOR)
        contest.race(*[partial(contest.tried, call)] * 3)
    assert [page.address for page in contest.pages] == [bob.email] * ROUNDS
    assert contest.told("responder_added") == [(ROUNDS, ROUNDS)]


def test_of_two_who_escalate_what_both_see_one_does(contest: Contest) -> None:
    ids, org_id = contest.open(), contest.world.org_id
    contest.pages.clear()
    for incident_id in ids:
        call = partial(steering.escalate_now, contest.app, org_id, incident_id, ACTOR, seen=(0, 1))
        done = contest.race(*[partial(contest.tried, call)] * 2)
        assert sorted(map(bool, done)) == [False, True]
    assert [page.address for page in contest.pages] == [contest.world.bob.email] * ROUNDS


def test_of_two_who_set_the_same_urgency_one_does(contest: Contest) -> None:
    org_id = contest.world.org_id
    for incident_id in contest.open():
        patch = IncidentPatch(urgency=Urgency.LOW)
        call = partial(amending.amend, contest.app, org_id, incident_id, patch, ACTOR)
        done = contest.race(*[partial(contest.tried, call)] * 2)
        assert sorted(map(bool, done)) == [False, True]


def test_everything_at_once_ends_without_a_deadlock(contest: Contest) -> None:
    ids, org_id = contest.open(), contest.world.org_id
    pages = contest.pages[:]
    stop = PagingStopInput(reason="a drill", ends_at=contest.world.now + timedelta(hours=1))
    admin = Actor("system", "test")

    def each(do: Callable[[UUID], object]) -> None:
        for incident_id in ids:
            do(incident_id)

    def claim() -> list[Verdict]:
        items = [ClaimItem(org_id=page.org_id, notification_id=page.notification_id) for page in pages]
        return [answer.verdict for answer in claiming.claim(contest.worker, items)]

    contest.race(
        lambda: each(partial(contest.snooze, seconds=60)),
        lambda: each(contest.unsnooze),
        lambda: each(partial(contest.act, action=Action.ACKNOWLEDGE)),
        lambda: each(partial(contest.act, action=Action.UNACKNOWLEDGE)),
        claim,
        contest.sweep,
        lambda: paging_stops.stop_paging(contest.app, org_id, admin, stop),
        lambda: each(partial(contest.act, action=Action.RESOLVE)),
    )
    with pytest.raises(WrongStatus):
        responding.act(contest.app, org_id, ids[0], Action.RESOLVE, ACTOR)
    assert contest.world.database.rows("select distinct status, snoozed_until from incident") == [("resolved", None)]
    assert contest.world.database.rows("select count(*) from notification where state = 'queued'") == [(0,)]
