"""Simulations: the services that judge events, take steps and claim pages, played through time, keeping nothing.

Whatever decides when it is real decides here as well; only the clock is moved by hand, and every page arrives.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, Literal
from uuid import UUID

from tocsin.contracts.api_incidents import IncidentDetail
from tocsin.contracts.api_simulations import SimulatedEvent, SimulatedEventInput, Simulation, SimulationInput
from tocsin.contracts.delivery import ClaimItem, OutcomeMessage, Result, Verdict
from tocsin.contracts.events import EventsMessage, InboundEvent
from tocsin.domain.dedup import EventAction
from tocsin.errors import FieldProblem, Invalid, NotFound
from tocsin.platform.ids import new_id
from tocsin_data.db import Database
from tocsin_data.rehearsal import Rehearsal, rehearse
from tocsin_data.services import claiming, escalating, lapsing, muting, recording, responding
from tocsin_data.services.judging import Batch, Item
from tocsin_data.services.leaving import Leaving
from tocsin_data.sql import rehearsals
from tocsin_data.sql.rehearsals import Ahead
from tocsin_data.sql.routing_keys import ResolvedKey

USUAL: Final = timedelta(days=7)
LONGEST: Final = timedelta(days=31)
NEAR: Final = timedelta(days=366)
MAX_INSTANTS: Final = 200
PROTOCOL: Final = "simulation"


type Found = Sequence[tuple[UUID, UUID]]
type Lapse = Callable[[Database, Found, datetime], object]
type Show = Callable[[Database, UUID, UUID], IncidentDetail]
"""How the API shows an incident of an organization."""
type Ended = Literal["settled", "until", "limit"]

LAPSES: Final[tuple[tuple[Callable[[Ahead], datetime | None], Lapse], ...]] = (
    (lambda ahead: ahead.snoozed_until, lapsing.end_snoozes),
    (lambda ahead: ahead.acknowledgement_ends_at, lapsing.forget_acknowledgements),
    (lambda ahead: ahead.auto_resolves_at, lambda db, found, _: lapsing.resolve_silent(db, found)),
    (lambda ahead: ahead.muted_until, muting.end_mutes),
)
"""What time does to incidents at instants of their own."""


@dataclass(slots=True)
class _Play:
    """One simulation as it goes on: the events still to come, those that came, and the incidents they are about."""

    rehearsal: Rehearsal
    key: ResolvedKey
    to_come: list[tuple[datetime, InboundEvent]]
    came: list[tuple[datetime, InboundEvent]] = field(default_factory=list[tuple[datetime, InboundEvent]])
    incident_ids: list[UUID] = field(default_factory=list[UUID])
    instants: int = 0


def simulate(db: Database, org_id: UUID, asked: SimulationInput, show: Show) -> Simulation:
    """Play events through time and answer what would happen, with incidents by `show`; raises NotFound and Invalid."""
    with rehearse(db, org_id) as rehearsal:
        at = asked.at or rehearsal.now
        until = asked.until or at + USUAL
        _check(asked, at, until, rehearsal.now)
        key = _key(rehearsal, asked)
        rehearsal.now = at
        play = _Play(rehearsal, key, _events(asked.events, at))
        ended = _run(play, until)
        shown = [show(rehearsal, org_id, incident_id) for incident_id in play.incident_ids]
        return _told(play, at, until, ended, shown)


def _check(asked: SimulationInput, at: datetime, until: datetime, now: datetime) -> None:
    problems: list[FieldProblem] = []
    if abs(at - now) > NEAR:
        problems.append(FieldProblem("at", f"must be within {NEAR.days} days of now"))
    if not at < until <= at + LONGEST:
        problems.append(FieldProblem("until", f"must be after `at`, by at most {LONGEST.days} days"))
    problems.extend(
        FieldProblem(f"events.{number}.after_seconds", "must be before `until`")
        for number, event in enumerate(asked.events)
        if at + timedelta(seconds=event.after_seconds) > until
    )
    if problems:
        raise Invalid("This can't be simulated.", problems)


def _key(rehearsal: Rehearsal, asked: SimulationInput) -> ResolvedKey:
    """What the events come by: a key of the integration that is named, or of the oldest one of the service."""
    stage = rehearsals.stage(rehearsal.tx, asked.service_id, asked.integration_id)
    if stage is None:
        raise NotFound(f"There is no service {asked.service_id} in this organization.")
    if asked.integration_id is not None and stage.integration_id is None:
        raise NotFound(f"The service has no integration {asked.integration_id}.")
    org_id = rehearsal.tx.org_id
    return ResolvedKey(b"", new_id(), org_id, stage.integration_id or new_id(), stage.service_id, None, None)


def _events(asked: Sequence[SimulatedEventInput], at: datetime) -> list[tuple[datetime, InboundEvent]]:
    shared = f"simulation-{new_id()}"
    found = [
        (
            at + timedelta(seconds=event.after_seconds),
            InboundEvent(
                event_id=new_id(),
                index=number,
                action=event.action,
                dedup_key=event.dedup_key or shared,
                summary=event.summary,
                source=event.source,
                severity=event.severity,
                payload={"labels": event.labels} if event.labels else {},
            ),
        )
        for number, event in enumerate(asked)
    ]
    return sorted(found, key=lambda pair: pair[0])


def _run(play: _Play, until: datetime) -> Ended:
    """Go from instant to instant, doing at each what queues and the sweep would have done."""
    rehearsal = play.rehearsal
    while True:
        play.instants += 1
        _receive(play)
        ahead = rehearsals.ahead(rehearsal.tx, play.incident_ids)
        if play.instants > 1 and ahead:
            _pass(rehearsal, ahead)
        _deliver(play)
        ahead = rehearsals.ahead(rehearsal.tx, play.incident_ids)
        following = min(
            [*(at for at, _ in play.to_come[:1]), *(at for a in ahead for at in a.after(rehearsal.now))], default=None
        )
        if following is None:
            return "settled"
        if following > until:
            return "until"
        if play.instants >= MAX_INSTANTS:
            return "limit"
        rehearsal.now = following


def _receive(play: _Play) -> None:
    """Judge the events that come now, one request each."""
    while play.to_come and play.to_come[0][0] <= play.rehearsal.now:
        at, event = play.to_come.pop(0)
        message = EventsMessage(
            request_id=new_id(), received_at=at, protocol=PROTOCOL, key_hash="0" * 64, events=[event]
        )
        item = Item(play.key, message, event)
        with play.rehearsal.many(()) as tx:
            batch = Batch(tx, Leaving(tx.now))
            batch.apply(*(([], [item]) if event.action is EventAction.CHANGE else ([item], [])))
            _, incident_id, _ = rehearsals.events(tx, [event.event_id])[event.event_id]
        play.came.append((at, event))
        if incident_id is not None and incident_id not in play.incident_ids:
            play.incident_ids.append(incident_id)


def _pass(rehearsal: Rehearsal, ahead: Sequence[Ahead]) -> None:
    """Do what is due now, as the sweep would; each of these looks again at what it is given."""
    org_id, now = rehearsal.tx.org_id, rehearsal.now
    alerts = [(org_id, alert_id) for a in ahead for alert_id in a.alert_ids]
    if alerts:
        responding.expire(rehearsal, alerts, now)
    for instant, lapse in LAPSES:
        lapsed = [(org_id, a.incident_id) for a in ahead if (at := instant(a)) is not None and at <= now]
        if lapsed:
            lapse(rehearsal, lapsed, now)
    due = [
        (org_id, a.escalation_id)
        for a in ahead
        if a.escalation_id is not None and a.step_at is not None and a.step_at <= now
    ]
    if due:
        escalating.take_overdue(rehearsal, due, now)


def _deliver(play: _Play) -> None:
    """Claim the pages that are due, and have each arrive."""
    tx = play.rehearsal.tx
    due = [ClaimItem(org_id=tx.org_id, notification_id=page) for page in rehearsals.due_pages(tx, play.incident_ids)]
    if not due:
        return
    outcomes = [
        OutcomeMessage(
            org_id=tx.org_id,
            notification_id=answer.notification_id,
            attempt_id=answer.attempt_id,
            result=Result.DELIVERED,
            at=tx.now,
        )
        for answer in claiming.claim(play.rehearsal, due)
        if answer.verdict is Verdict.GO
    ]
    if outcomes:
        recording.record(play.rehearsal, outcomes)


def _told(play: _Play, at: datetime, until: datetime, ended: Ended, incidents: Sequence[IncidentDetail]) -> Simulation:
    tx = play.rehearsal.tx
    found = rehearsals.events(tx, [event.event_id for _, event in play.came])
    return Simulation(
        at=at,
        until=until,
        ended=ended,
        instants=play.instants,
        events=[
            SimulatedEvent(
                at=came_at,
                action=event.action,
                outcome=found[event.event_id][0],
                incident_id=found[event.event_id][1],
                trace=found[event.event_id][2] or [],
            )
            for came_at, event in play.came
        ],
        incidents=list(incidents),
        pages=rehearsals.pages(tx, play.incident_ids),
        timeline=rehearsals.timeline(tx, play.incident_ids),
    )
