"""The pages of the demo's incidents in the tables' own columns, with their attempts and what became of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from tocsin.domain.demo import DOMAIN, Someone, id_of
from tocsin.domain.incident import Urgency
from tocsin.domain.recipients import DEFAULT_RULE, FALLBACK_TARGET, rule_name
from tocsin_data.services.demo_cases import AT_ONCE, Case, Page, actor, say, someone
from tocsin_data.services.demo_tables import Rows

ESCALATION: Final = "system:escalation"
DELIVERY: Final = "system:delivery"
SLACK_AFTER: Final = timedelta(minutes=5)
"""When people of the demo who have a channel are told there as well, of what is urgent."""
AGAIN_AFTER: Final = timedelta(seconds=2)
NOW: Final = timedelta(0)


@dataclass(frozen=True, slots=True)
class Way:
    """One way to one recipient: the rule it goes by, and how long after the step."""

    target: str
    channel: str
    address: str | None
    method_id: UUID | None
    rule: str = DEFAULT_RULE
    delay: timedelta = NOW


def page(found: Rows, case: Case, taken: Page) -> None:
    """Add what a step sent, unless somebody had answered before it was due."""
    people = [someone(first) for first in taken.people]
    told: dict[str, object] = {"on_call": taken.on_call} if taken.on_call else {}
    where = {"round": taken.round + 1, "step": taken.position + 1}
    say(found, case, taken.at, "paged", ESCALATION, **where, recipients=[p.name for p in people], **told)
    for person in people:
        for way in _ways(person, case.urgency):
            if case.left_alone_at is not None and taken.at + way.delay >= case.left_alone_at:
                continue
            is_mail = way.channel == "email"
            bounced, slow = is_mail and person.first in case.plot.bounces, is_mail and person.first in case.plot.slow
            _notification(found, case, taken, way, tries=2 if slow else 1, bounced=bounced)
    if case.failed(taken):
        say(found, case, taken.at + AT_ONCE, "step_failed", ESCALATION)


def fallback(found: Rows, case: Case, at: datetime) -> None:
    """Add that no step was left, and what the fallback contact was sent."""
    say(found, case, at, "escalation_exhausted", ESCALATION, fallback=True)
    say(found, case, at, "fallback_paged", ESCALATION, recipients=["fallback contact"])
    end = Page(at, case.policy.rounds, 0, (), {})
    _notification(found, case, end, Way(FALLBACK_TARGET, "email", f"fallback@{DOMAIN}", None), tries=1, bounced=False)


def _ways(person: Someone, urgency: Urgency) -> Iterator[Way]:
    """How somebody is reached: by their rules for what is urgent if they have any, else by all they have at once."""
    has_rules = person.has_slack and urgency is Urgency.HIGH
    for channel in ("email", "slack") if person.has_slack else ("email",):
        delay = SLACK_AFTER if has_rules and channel == "slack" else NOW
        rule = rule_name(urgency, delay) if has_rules else DEFAULT_RULE
        address = person.email if channel == "email" else None
        yield Way(actor(person.first), channel, address, id_of("method", person.first, channel), rule, delay)


def _notification(found: Rows, case: Case, taken: Page, way: Way, *, tries: int, bounced: bool) -> None:
    name = (case.plot.key, taken.round, taken.position, way.target, way.channel)
    notification_id = id_of("notification", *name)
    took = timedelta(milliseconds=600 + notification_id.int % 1800)
    reason = "bounced" if bounced else None
    due_at = taken.at + way.delay
    finished_at = due_at + took + AGAIN_AFTER * (tries - 1)
    found.add(
        "notification",
        id=notification_id,
        incident_id=case.id,
        escalation_id=id_of("escalation", case.plot.key),
        generation=1,
        round=taken.round,
        position=taken.position,
        step_id=None if way.target == FALLBACK_TARGET else id_of("step", case.policy.name, taken.position),
        retry=0,
        target=way.target,
        rule=way.rule,
        contact_method_id=way.method_id,
        channel=way.channel,
        address=way.address,
        state="failed" if bounced else "delivered",
        attempts=tries,
        uncertain_count=0,
        due_at=due_at,
        delayed_until=due_at if way.delay else None,
        created_at=taken.at,
        finished_at=finished_at,
        reason=reason,
    )
    for number in range(1, tries + 1):
        is_last = number == tries
        ended_at = finished_at if is_last else due_at + took
        found.add(
            "notification_attempt",
            id=id_of("attempt", *name, number),
            notification_id=notification_id,
            number=number,
            state=("permanent" if bounced else "delivered") if is_last else "temporary",
            unclaimed=False,
            started_at=ended_at - took / 2,
            ended_at=ended_at,
            reason=reason if is_last else "throttled",
            detail="The mailbox does not exist." if bounced else None,
            provider_id=None if bounced or not is_last else f"demo-{notification_id.hex[:12]}",
        )
    kind = "notification_failed" if bounced else "notification_delivered"
    said = {"channel": way.channel, "target": way.target, "reason": reason, "unclaimed": False}
    say(found, case, finished_at, kind, DELIVERY, **said)
