"""Calendars of a schedule: made with a secret address, read by whoever has it, given another or ended."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final
from uuid import UUID

from tocsin.contracts.api_schedules import CalendarFeed, CalendarFeedInput, NewCalendarFeed
from tocsin.domain import schedule as rules
from tocsin.domain.permission import Permission
from tocsin.domain.schedule import Schedule, Shift
from tocsin.errors import Conflict, FieldProblem, Invalid, NotFound
from tocsin.platform.ids import new_id
from tocsin.platform.tokens import digest, link_token
from tocsin_data.db import Database, Tx
from tocsin_data.services import owning, rotas
from tocsin_data.services.actors import audit
from tocsin_data.services.memberships import By
from tocsin_data.services.schedules import hold
from tocsin_data.sql import calendar_feeds, members, schedules

SUBJECT: Final = "calendar_feed"
BEFORE: Final = timedelta(days=30)
AHEAD: Final = timedelta(days=90)
MAX_FEEDS: Final = 200


def list_feeds(db: Database, org_id: UUID, schedule_id: UUID) -> Sequence[CalendarFeed]:
    """The calendars of a schedule, without their addresses; raises NotFound."""
    with db.one(org_id) as tx:
        if not schedules.known(tx, [schedule_id]):
            raise NotFound(f"There is no schedule {schedule_id} in this organization.")
        return calendar_feeds.of_schedule(tx, schedule_id)


def create_feed(
    db: Database, org_id: UUID, by: By, schedule_id: UUID, data: CalendarFeedInput, *, base_url: str
) -> NewCalendarFeed:
    """Make a calendar; its address, under `base_url`, is shown this once.

    It ends with the membership of whoever made it, and of whose shifts it shows. Raises NotFound, Forbidden, Invalid
    for a user who is no member, and Conflict for too many.
    """
    with db.one(org_id) as tx:
        hold(tx, by, Permission.OVERRIDE_SCHEDULES, schedule_id)
        if data.user_id is not None and not members.members(tx, [data.user_id]):
            problem = FieldProblem("user_id", "is not the id of a member of this organization")
            raise Invalid("The calendar can't be made like this.", [problem])
        known = calendar_feeds.of_schedule(tx, schedule_id)
        if sum(feed.revoked_at is None for feed in known) >= MAX_FEEDS:
            raise Conflict(f"This schedule has {MAX_FEEDS} calendars; revoke some that are not in use.")
        made = CalendarFeed(
            id=new_id(),
            schedule_id=schedule_id,
            user_id=data.user_id,
            created_by=_maker(by),
            created_at=tx.now,
            last_used_at=None,
            revoked_at=None,
        )
        token = link_token()
        calendar_feeds.insert(tx, made, digest(token))
        audit(tx, by.actor, "calendar_feed.created", (SUBJECT, made.id), after=made)
        return _with_address(made, token, base_url)


def rotate_feed(
    db: Database, org_id: UUID, by: By, schedule_id: UUID, feed_id: UUID, *, base_url: str
) -> NewCalendarFeed:
    """Give a calendar another address, shown this once; the one before shows nothing from now on.

    Raises NotFound, Forbidden, and Conflict for one that was revoked.
    """
    with db.one(org_id) as tx:
        held = _hold(tx, by, schedule_id, feed_id)
        if held.revoked_at is not None:
            raise Conflict("This calendar was revoked; make another.")
        token = link_token()
        calendar_feeds.renew(tx, feed_id, digest(token))
        audit(tx, by.actor, "calendar_feed.rotated", (SUBJECT, feed_id), before=held, after=held)
        return _with_address(held, token, base_url)


def revoke_feed(db: Database, org_id: UUID, by: By, schedule_id: UUID, feed_id: UUID) -> CalendarFeed:
    """End a calendar at once; one that was revoked before stays as it is. Raises NotFound and Forbidden."""
    with db.one(org_id) as tx:
        before = _hold(tx, by, schedule_id, feed_id)
        if before.revoked_at is not None:
            return before
        calendar_feeds.revoke(tx, feed_id)
        after = before.model_copy(update={"revoked_at": tx.now})
        audit(tx, by.actor, "calendar_feed.revoked", (SUBJECT, feed_id), before=before, after=after)
        return after


def calendar(db: Database, token: str) -> str:
    """The calendar behind a token, from 30 days ago until 90 days ahead; raises NotFound, and says no more."""
    # the package takes a tenth of a second to load, which no other request should wait for
    from tocsin_data.services.calendar_files import Page, written

    with db.outside_organizations() as conn:
        feed = calendar_feeds.follow(conn, digest(token))
    if feed is None:
        raise NotFound("There is no calendar at this address.")
    with db.one(feed.org_id) as tx:
        found = rotas.planned(tx, [feed.schedule_id], tx.now - BEFORE)
        if not found:
            raise NotFound("There is no calendar at this address.")
        calendar_feeds.touch(tx, feed.id)
        ((plan, schedule),) = found
        shifts = _shifts(tx, schedule)
        sequence, revised_at = schedules.revised(tx, plan.id)
        return written(Page(plan.name, shifts, rotas.names(tx, shifts), feed.user_id, sequence, revised_at))


def _shifts(tx: Tx, schedule: Schedule) -> list[Shift]:
    """Whole shifts alone: what the window cuts would be another event every day."""
    since, until = tx.now - BEFORE, tx.now + AHEAD
    now = rules.on_call(schedule, tx.now)
    whole = [s for s in rules.shifts(schedule, since, until) if s.starts_at > since and s.ends_at < until]
    others = [shift for shift in whole if now is None or not shift.starts_at <= tx.now < shift.ends_at]
    return sorted([*others, *([now] if now else [])], key=lambda shift: shift.starts_at)


def _hold(tx: Tx, by: By, schedule_id: UUID, feed_id: UUID) -> CalendarFeed:
    held = schedules.lock(tx, schedule_id)
    feed = None if held is None else calendar_feeds.lock(tx, schedule_id, feed_id)
    if held is None or feed is None:
        raise NotFound(f"There is no calendar {feed_id} of a schedule {schedule_id} in this organization.")
    permission = Permission.OVERRIDE_SCHEDULES if feed.created_by == _maker(by) else Permission.WRITE_SCHEDULES
    owning.demand(tx, by, permission, held.team_id)
    return feed


def _maker(by: By) -> str:
    """The person, also where they call with a key of theirs: the calendar ends with their membership."""
    return str(by.actor) if by.user_id is None else f"user:{by.user_id}"


def _with_address(feed: CalendarFeed, token: str, base_url: str) -> NewCalendarFeed:
    return NewCalendarFeed(**feed.model_dump(), url=f"{base_url}/v1/calendars/{token}.ics")
