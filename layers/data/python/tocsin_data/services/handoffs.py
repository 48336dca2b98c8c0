"""Handoffs told by mail: to whose turn begins, and to whose turn has ended, once."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from tocsin.contracts.mail import HandoffMail
from tocsin.domain import schedule as rules
from tocsin.domain.schedule import Schedule, Shift
from tocsin.errors import Unavailable
from tocsin.platform import logs
from tocsin_data.db import Database, Tx
from tocsin_data.services import mailing, rotas
from tocsin_data.services.leaving import Leaving
from tocsin_data.sql import handoffs
from tocsin_data.sql.handoffs import Due, Notice, Person

HORIZON: Final = timedelta(days=14)
"""How far ahead the next handoff is looked for; without one, that is when it is looked for again."""


@dataclass(frozen=True, slots=True)
class Handoff:
    """A turn that starts, or has ended, as it is to be told."""

    notice: Notice
    schedule_name: str
    organization_name: str
    zone: str
    until: datetime | None
    other: UUID | None


def tell(db: Database, found: Sequence[tuple[UUID, UUID]], seal_public_key: Callable[[], str]) -> Leaving:
    """Tell of the handoffs of schedules (org, id) since they were last looked at, and write when to look again.

    Only what holds by now is told: of several handoffs that were missed, who had the turn before and who has it now.
    Without the key that mails are sealed to nothing is done, and the next sweep tries again.
    """
    try:
        key = seal_public_key()
    except Unavailable as error:
        logs.logger("sweep").error("handoffs left untold", extra={"detail": str(error)})
        logs.count("sweep", "HandoffsLeftUntold", len(found))
        with db.many(()) as tx:
            return Leaving(tx.now)
    with db.many({org_id for org_id, _ in found}) as tx:
        leaving = Leaving(tx.now)
        due = handoffs.take(tx, [schedule_id for _, schedule_id in found])
        if due:
            _mail(tx, _handoffs(tx, due), key, leaving)
        return leaving


def _handoffs(tx: Tx, due: Sequence[Due]) -> list[Handoff]:
    plans = {
        plan.id: (plan.name, schedule)
        for plan, schedule in rotas.planned(tx, [d.id for d in due], min(d.since for d in due))
    }
    again = [(d.id, rules.next_change(plans[d.id][1], tx.now, HORIZON) or tx.now + HORIZON) for d in due]
    handoffs.look_at(tx, again)
    return [handoff for d in due for handoff in _of(d, *plans[d.id], tx.now)]


def _of(due: Due, name: str, schedule: Schedule, now: datetime) -> Iterator[Handoff]:
    earlier = due.since - datetime.resolution
    before, after = rules.on_call(schedule, earlier), rules.on_call(schedule, now)
    was, is_now = _user(before), _user(after)
    if was == is_now:
        return
    version = rules.version_at(schedule, now)
    zone = version.zone if version else "UTC"
    if was is not None:
        ended_at = rules.next_change(schedule, earlier, now - earlier + datetime.resolution) or due.since
        notice = Notice(due.org_id, due.id, was, "ends", ended_at)
        yield Handoff(notice, name, due.organization_name, zone, None, is_now)
    if is_now is not None and after is not None:
        following = _user(rules.next_on_call(schedule, now))
        notice = Notice(due.org_id, due.id, is_now, "starts", after.starts_at)
        other = following if following != is_now else None
        yield Handoff(notice, name, due.organization_name, zone, after.ends_at, other)


def _mail(tx: Tx, found: Sequence[Handoff], key: str, leaving: Leaving) -> None:
    named = {user_id for h in found for user_id in (h.notice.user_id, h.other) if user_id is not None}
    if not named:
        return
    people = {(person.org_id, person.user_id): person for person in handoffs.people(tx, named)}
    wanted = [h for h in found if (person := _person(people, h)) is not None and person.is_told]
    new = handoffs.note(tx, [h.notice for h in wanted]) if wanted else set[tuple[UUID, UUID, str, datetime]]()
    for handoff in wanted:
        notice, person = handoff.notice, _person(people, handoff)
        if person is None or (notice.schedule_id, notice.user_id, notice.kind, notice.at) not in new:
            continue
        other = None if handoff.other is None else people.get((notice.org_id, handoff.other))
        mail = HandoffMail(
            address=person.email,
            organization_name=handoff.organization_name,
            schedule_name=handoff.schedule_name,
            turn="starts" if notice.kind == "starts" else "ends",
            at=_clock(notice.at, handoff.zone),
            until=None if handoff.until is None else _clock(handoff.until, handoff.zone),
            other=None if other is None else other.name,
        )
        mailing.queue_handoff(tx, notice.org_id, mail, key, leaving)


def _person(people: Mapping[tuple[UUID, UUID], Person], handoff: Handoff) -> Person | None:
    return people.get((handoff.notice.org_id, handoff.notice.user_id))


def _user(shift: Shift | None) -> UUID | None:
    return None if shift is None else shift.user_id


def _clock(at: datetime, zone: str) -> str:
    return f"{at.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M} ({zone})"
