"""Who is on call in schedules: for what pages people, and for who asks."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from tocsin.contracts import api_schedules as api
from tocsin.domain import schedule as rules
from tocsin.domain.schedule import Shift
from tocsin.errors import Forbidden
from tocsin_data.db import Database, Tx
from tocsin_data.services import rotas
from tocsin_data.services.actors import Actor, audit
from tocsin_data.sql import members, schedules


@dataclass(frozen=True, slots=True)
class OnCall:
    """Who is on call in one schedule, and who comes next; empty for nobody. The reasons are words for a timeline."""

    name: str
    now: tuple[UUID, ...]
    next: tuple[UUID, ...]
    now_reason: str
    next_reason: str


def on_call_now(tx: Tx, schedule_ids: Collection[UUID]) -> Mapping[UUID, OnCall]:
    """Who is on call in these schedules, within the organizations of the transaction, by one statement.

    A schedule that is unknown, or out of use, is left out. Whether those on call are still members is not looked at.
    """
    if not schedule_ids:
        return {}
    found: dict[UUID, OnCall] = {}
    for plan in schedules.plans(tx, schedule_ids, tx.now):
        schedule = rotas.schedule(plan)
        now, following = rules.on_call(schedule, tx.now), rules.next_on_call(schedule, tx.now)
        found[plan.id] = OnCall(plan.name, _who(now), _who(following), _why(now), _why(following))
    return found


def list_on_call(
    db: Database,
    org_id: UUID,
    *,
    user_id: UUID | None,
    team_id: UUID | None,
    after: tuple[str, UUID] | None,
    limit: int,
) -> tuple[api.OnCallPage, tuple[str, UUID] | None]:
    """Who is on call now and next, by the schedules' names from past a (name, id), and where the next page begins.

    With `user_id` only where it is theirs now, or next: such a page may hold less than its limit.
    """
    with db.one(org_id) as tx:
        ids = schedules.ids(tx, team_id, after, limit + 1)
        plans = rotas.planned(tx, ids[:limit], tx.now)
        pairs = [(plan, rules.on_call(s, tx.now), rules.next_on_call(s, tx.now)) for plan, s in plans]
        known = rotas.names(tx, [shift for _, *both in pairs for shift in both])
        items = [
            api.OnCall(
                schedule_id=plan.id,
                schedule_name=plan.name,
                team_id=plan.team_id,
                now=now and rotas.shift(now, known),
                next=following and rotas.shift(following, known),
            )
            for plan, now, following in pairs
            if user_id is None or user_id in {*_who(now), *_who(following)}
        ]
        last = plans[-1][0] if plans and len(ids) > limit else None
        return api.OnCallPage(at=tx.now, items=items, next_cursor=None), last and (last.name, last.id)


def notices(db: Database, org_id: UUID, user_id: UUID) -> api.HandoffNotices:
    """Whether a member is mailed when their turn begins or ends; raises Forbidden for who is no member."""
    with db.one(org_id) as tx:
        return _notices(members.handoff_notices(tx, user_id))


def set_notices(
    db: Database, org_id: UUID, actor: Actor, user_id: UUID, data: api.HandoffNoticesInput
) -> api.HandoffNotices:
    """Say whether to be mailed when one's turn begins or ends; raises Forbidden for who is no member."""
    with db.one(org_id) as tx:
        before = _notices(members.handoff_notices(tx, user_id))
        after = _notices(members.set_handoff_notices(tx, user_id, wanted=data.handoff_notices))
        audit(tx, actor, "membership.notices_chosen", ("membership", user_id), before=before, after=after)
        return after


def _notices(wanted: bool | None) -> api.HandoffNotices:
    if wanted is None:
        raise Forbidden("You are no member of this organization.")
    return api.HandoffNotices(handoff_notices=wanted)


def _who(shift: Shift | None) -> tuple[UUID, ...]:
    return () if shift is None or shift.user_id is None else (shift.user_id,)


def _why(shift: Shift | None) -> str:
    if shift is None:
        return "nobody is on call"
    what = {
        rules.ReasonKind.LAYER: "layer",
        rules.ReasonKind.OVERRIDE: "override",
        rules.ReasonKind.TEMPORARY: "temporary schedule",
    }[shift.reason.kind]
    name = f" {shift.reason.name}" if shift.reason.name else ""
    version = f", version {shift.reason.version}" if shift.reason.version is not None else ""
    until = f"until {shift.ends_at:%Y-%m-%d %H:%M} UTC"
    return f"{what}{name}{version}, {until}" if shift.user_id else f"nobody, by {what}{name}, {until}"
