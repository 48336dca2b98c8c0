"""Escalations: the running copies of policies, and the plans they are pinned to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from psycopg.rows import class_row

from tocsin.domain.escalation import Plan, PolicyStep, Target, TargetKind
from tocsin_data.db import Tx


@dataclass(frozen=True, slots=True)
class Escalation:
    """An escalation's row with what a page says about its incident."""

    id: UUID
    org_id: UUID
    incident_id: UUID
    policy_id: UUID | None
    policy_version: int | None
    direct_targets: list[dict[str, str]] | None
    state: str
    generation: int
    round: int
    position: int
    next_at: datetime | None
    number: int
    title: str
    severity: str
    urgency: str
    late: bool
    created_at: datetime
    source: str | None
    service_name: str
    organization_name: str


@dataclass(frozen=True, slots=True)
class Armed:
    """A wait whose wake-up is on its way."""

    id: UUID
    org_id: UUID
    generation: int
    round: int
    position: int
    next_at: datetime


@dataclass(frozen=True, slots=True)
class Start:
    """What the incidents of a service start with: its names, and its policy at the current version, if it has one."""

    service_name: str
    organization_name: str
    policy: tuple[UUID, int] | None
    plan: Plan | None


READ: Final = """
select e.id, e.org_id, e.incident_id, e.policy_id, e.policy_version, e.direct_targets, e.state, e.generation,
    e.round, e.position, e.next_at, i.number, i.title, i.severity, i.urgency, i.late, i.created_at,
    (select a.source from alert a where a.org_id = i.org_id and a.incident_id = i.id
        order by a.first_event_at limit 1) as source,
    s.name as service_name, o.name as organization_name
from escalation e
join incident i on i.id = e.incident_id
join service s on s.id = i.service_id
join organization o on o.id = e.org_id
"""


def lock(tx: Tx, ids: Sequence[UUID]) -> list[Escalation]:
    """Read escalations and hold their rows, leaving out those another transaction holds."""
    one_by_one = "where e.org_id = any(%s) and e.id = any(%s) order by e.id for no key update of e skip locked"
    with tx.conn.cursor(row_factory=class_row(Escalation)) as cur:
        cur.execute(READ + one_by_one, (list(tx.orgs), list(ids)))
        return cur.fetchall()


def lock_waiting(tx: Tx, ids: Sequence[UUID]) -> list[Escalation]:
    """Read escalations and hold their rows, waiting for whoever holds them."""
    one_by_one = "where e.org_id = any(%s) and e.id = any(%s) order by e.id for no key update of e"
    with tx.conn.cursor(row_factory=class_row(Escalation)) as cur:
        cur.execute(READ + one_by_one, (list(tx.orgs), list(ids)))
        return cur.fetchall()


def lock_of_incident(tx: Tx, incident_id: UUID) -> tuple[UUID, int] | None:
    """Hold the row of an incident's escalation; answers its id and generation, or None if it has none."""
    row = tx.conn.execute(
        "select id, generation from escalation where org_id = any(%s) and incident_id = %s for no key update",
        (list(tx.orgs), incident_id),
    ).fetchone()
    return None if row is None else (row[0], row[1])


def assign(tx: Tx, escalation_id: UUID, direct_targets: str | None) -> None:
    """Put people assigned by hand (JSON list of targets) in a policy's place, or take them out again."""
    tx.conn.execute("update escalation set direct_targets = %s::jsonb where id = %s", (direct_targets, escalation_id))


def arm(tx: Tx, ids: Sequence[UUID], due_before: datetime) -> list[Armed]:
    """Mark unarmed escalations that are due before an instant as having a wake-up on its way.

    One that another transaction holds is left to it, and to the next sweep.
    """
    with tx.conn.cursor(row_factory=class_row(Armed)) as cur:
        cur.execute(
            """
            with held as (
                select id from escalation
                where org_id = any(%s) and id = any(%s) and state = 'waiting' and armed_at is null and next_at <= %s
                order by id for no key update skip locked
            )
            update escalation e set armed_at = %s from held h where e.id = h.id
            returning e.id, e.org_id, e.generation, e.round, e.position, e.next_at
            """,
            (list(tx.orgs), list(ids), due_before, tx.now),
        )
        return cur.fetchall()


def current_version(tx: Tx, policy_id: UUID) -> int | None:
    """The current version of a policy, or None if there is no such policy."""
    row = tx.conn.execute(
        "select current_version from escalation_policy where org_id = any(%s) and id = %s and deleted_at is null",
        (list(tx.orgs), policy_id),
    ).fetchone()
    return None if row is None else row[0]


def starts(tx: Tx, service_ids: Sequence[UUID]) -> dict[UUID, Start]:
    """What the incidents of each of these services start with."""
    rows = tx.conn.execute(
        """
        select s.id, s.name, o.name, p.id, p.current_version, v.rounds, v.round_delay_seconds,
            step.step_id, step.delay_seconds, step.targets
        from service s
        join organization o on o.id = s.org_id
        left join escalation_policy p on p.org_id = s.org_id and p.id = s.policy_id
        left join escalation_policy_version v on v.policy_id = p.id and v.version = p.current_version
        left join escalation_policy_step step on step.policy_id = v.policy_id and step.version = v.version
        where s.org_id = any(%s) and s.id = any(%s)
        order by s.id, step.position
        """,
        (list(tx.orgs), list(service_ids)),
    ).fetchall()
    plans = _plans(row[3:] for row in rows if row[3] is not None)
    return {
        service_id: Start(
            service_name,
            organization_name,
            None if policy_id is None else (policy_id, version),
            None if policy_id is None else plans.get((policy_id, version)),
        )
        for service_id, service_name, organization_name, policy_id, version, *_ in rows
    }


def plans(tx: Tx, versions: Sequence[tuple[UUID, int]]) -> dict[tuple[UUID, int], Plan]:
    """Read pinned policy versions."""
    if not versions:
        return {}
    policies, numbers = zip(*sorted(set(versions)), strict=True)
    rows = tx.conn.execute(
        """
        select v.policy_id, v.version, v.rounds, v.round_delay_seconds, s.step_id, s.delay_seconds, s.targets
        from unnest(%s::uuid[], %s::integer[]) as t (policy_id, version)
        join escalation_policy_version v on v.policy_id = t.policy_id and v.version = t.version
        left join escalation_policy_step s on s.policy_id = v.policy_id and s.version = v.version
        where v.org_id = any(%s)
        order by v.policy_id, v.version, s.position
        """,
        (list(policies), list(numbers), list(tx.orgs)),
    ).fetchall()
    return _plans(rows)


def _plans(rows: Iterable[tuple[Any, ...]]) -> dict[tuple[UUID, int], Plan]:
    """Plans from rows of (policy, version, rounds, round delay, step, delay, targets), a step or none in each."""
    steps: dict[tuple[UUID, int], list[PolicyStep]] = {}
    shape: dict[tuple[UUID, int], tuple[int, timedelta]] = {}
    for policy_id, version, rounds, round_delay, step_id, delay, raw in rows:
        key = (policy_id, version)
        shape[key] = (rounds, timedelta(seconds=round_delay))
        found = steps.setdefault(key, [])
        if step_id is not None and all(step.step_id != step_id for step in found):
            found.append(PolicyStep(step_id, timedelta(seconds=delay), targets(raw)))
    return {key: Plan(tuple(steps[key]), rounds, round_delay) for key, (rounds, round_delay) in shape.items()}


def targets(raw: Sequence[dict[str, str]]) -> tuple[Target, ...]:
    """Targets from their stored form, [{"kind": "user", "value": "<id>"}, …]."""
    return tuple(Target(TargetKind(item["kind"]), item["value"]) for item in raw)


def fallbacks(tx: Tx) -> dict[UUID, str]:
    """The fallback address of each organization that has one."""
    rows = tx.conn.execute(
        "select id, fallback_email from organization where id = any(%s) and fallback_email is not null",
        (list(tx.orgs),),
    ).fetchall()
    return {row[0]: row[1] for row in rows}
