"""Escalations: the running copies of policies, and the plans they are pinned to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from psycopg.rows import class_row

from tocsin.domain.escalation import Plan, PolicyStep, Target
from tocsin_data.db import Tx
from tocsin_data.sql import stored_steps


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
    retry: int
    turns: dict[str, int]
    next_at: datetime | None
    held_at: datetime | None
    held_by: str | None
    held_next_at: datetime | None
    status: str
    number: int
    title: str
    severity: str
    urgency: str
    late: bool
    created_at: datetime
    source: str | None
    service_name: str
    organization_name: str
    runbook_url: str | None
    paging_stopped_until: datetime | None


@dataclass(frozen=True, slots=True)
class Armed:
    """A wait whose wake-up is on its way."""

    id: UUID
    org_id: UUID
    generation: int
    round: int
    position: int
    retry: int
    next_at: datetime


@dataclass(frozen=True, slots=True)
class Start:
    """What the incidents of a service start with: its names, and its policy at the current version, if it has one."""

    service_name: str
    organization_name: str
    policy: tuple[UUID, int] | None
    plan: Plan | None
    paging_stopped_until: datetime | None = None
    runbook_url: str | None = None


READ: Final = """
select e.id, e.org_id, e.incident_id, e.policy_id, e.policy_version, e.direct_targets, e.state, e.generation,
    e.round, e.position, e.retry, e.turns, e.next_at, e.held_at, e.held_by, e.held_next_at, i.status, i.number,
    i.title, i.severity, i.urgency, i.late, i.created_at,
    (select a.source from alert a where a.org_id = i.org_id and a.incident_id = i.id
        order by a.first_event_at limit 1) as source,
    s.name as service_name, o.name as organization_name, coalesce(i.runbook_url, s.runbook_url) as runbook_url,
    o.paging_stopped_until
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


def of_incident(tx: Tx, incident_id: UUID) -> Escalation | None:
    """Read an incident's escalation and hold its row, waiting for whoever holds it."""
    with tx.conn.cursor(row_factory=class_row(Escalation)) as cur:
        cur.execute(
            READ + "where e.org_id = any(%s) and e.incident_id = %s for no key update of e",
            (list(tx.orgs), incident_id),
        )
        return cur.fetchone()


def hold(tx: Tx, escalation_id: UUID, actor: str) -> None:
    """Let an escalation whose row is held and that waits for a step wait for somebody instead."""
    tx.conn.execute(
        """
        update escalation set state = 'held', held_at = %(now)s, held_by = %(actor)s, held_next_at = next_at,
            next_at = null, armed_at = null, updated_at = %(now)s
        where org_id = any(%(orgs)s) and id = %(id)s and state = 'waiting'
        """,
        {"now": tx.now, "orgs": list(tx.orgs), "id": escalation_id, "actor": actor},
    )


def repin(tx: Tx, escalation_id: UUID, version: int, place: tuple[int, int, int], next_at: datetime | None) -> None:
    """Move an escalation whose row is held to another version of its policy, at (round, position, retry).

    It goes on in a new generation, which what is on its way to people belongs to as well: by a repetition below zero,
    so that the same step may come again there. Without a next instant it stays held.
    """
    tx.conn.execute(
        """
        with moved as (
            update escalation set policy_version = %(version)s, generation = generation + 1, round = %(round)s,
                position = %(position)s, retry = %(retry)s, next_at = %(next_at)s, armed_at = null,
                updated_at = %(now)s
            where org_id = any(%(orgs)s) and id = %(id)s
            returning id, generation
        )
        update notification n set generation = m.generation, retry = n.retry - 1000 from moved m
        where n.org_id = any(%(orgs)s) and n.escalation_id = m.id and n.generation = m.generation - 1
            and n.state in ('queued', 'claimed')
        """,
        {
            "now": tx.now,
            "orgs": list(tx.orgs),
            "id": escalation_id,
            "version": version,
            "round": place[0],
            "position": place[1],
            "retry": place[2],
            "next_at": next_at,
        },
    )


def take_turns(tx: Tx, wanted: Sequence[tuple[UUID, UUID, UUID, int]]) -> dict[tuple[UUID, UUID], int]:
    """Count turns of steps, each (organization, policy, step, how many); answers the first that was taken of each."""
    orgs, policies, steps, numbers = zip(*sorted(wanted), strict=True)
    rows = tx.conn.execute(
        """
        insert into escalation_turn (org_id, policy_id, step_id, turn)
        select * from unnest(%s::uuid[], %s::uuid[], %s::uuid[], %s::bigint[])
        on conflict on constraint escalation_turn_pkey do update set turn = escalation_turn.turn + excluded.turn
        returning policy_id, step_id, turn
        """,
        (list(orgs), list(policies), list(steps), list(numbers)),
    ).fetchall()
    taken = {(policy_id, step_id): number for _, policy_id, step_id, number in wanted}
    return {(row[0], row[1]): row[2] - taken[row[0], row[1]] for row in rows}


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
            returning e.id, e.org_id, e.generation, e.round, e.position, e.retry, e.next_at
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
        select s.id, s.name, o.name, o.paging_stopped_until, s.runbook_url,
            p.id, p.current_version, v.rounds, v.round_delay_seconds, v.time_zone, v.fallback,
            step.step_id, step.delay_seconds, step.targets, step.retries, step.retry_interval_seconds,
            step.round_robin, step.conditions
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
    plans = _plans(row[5:] for row in rows if row[5] is not None)
    return {
        service_id: Start(
            service_name,
            organization_name,
            None if policy_id is None else (policy_id, version),
            None if policy_id is None else plans.get((policy_id, version)),
            stopped_until,
            runbook_url,
        )
        for service_id, service_name, organization_name, stopped_until, runbook_url, policy_id, version, *_ in rows
    }


def plans(tx: Tx, versions: Sequence[tuple[UUID, int]]) -> dict[tuple[UUID, int], Plan]:
    """Read pinned policy versions."""
    if not versions:
        return {}
    policies, numbers = zip(*sorted(set(versions)), strict=True)
    rows = tx.conn.execute(
        """
        select v.policy_id, v.version, v.rounds, v.round_delay_seconds, v.time_zone, v.fallback,
            s.step_id, s.delay_seconds, s.targets, s.retries, s.retry_interval_seconds, s.round_robin, s.conditions
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
    """Plans from rows of a version and a step, or none, in each; a step may come several times."""
    steps: dict[tuple[UUID, int], dict[UUID, PolicyStep]] = {}
    shape: dict[tuple[UUID, int], tuple[int, int, str, list[dict[str, str]]]] = {}
    for policy_id, version, rounds, round_delay, time_zone, fallback, step_id, *step in rows:
        key = (policy_id, version)
        shape[key] = (rounds, round_delay, time_zone, fallback)
        found = steps.setdefault(key, {})
        if step_id is not None and step_id not in found:
            found[step_id] = stored_steps.step(step_id, *step)
    return {
        key: Plan(
            tuple(steps[key].values()),
            rounds,
            timedelta(seconds=round_delay),
            targets(fallback),
            time_zone,
        )
        for key, (rounds, round_delay, time_zone, fallback) in shape.items()
    }


def targets(raw: Sequence[dict[str, str]]) -> tuple[Target, ...]:
    """Targets from their stored form, [{"kind": "user", "value": "<id>"}, …]."""
    return stored_steps.targets(raw)


def fallbacks(tx: Tx) -> dict[UUID, str]:
    """The fallback address of each organization that has one."""
    rows = tx.conn.execute(
        "select id, fallback_email from organization where id = any(%s) and fallback_email is not null",
        (list(tx.orgs),),
    ).fetchall()
    return {row[0]: row[1] for row in rows}
