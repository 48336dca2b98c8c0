"""Escalations: the running copies of policies, the plans they are pinned to, and whom a plan can reach."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from psycopg.rows import class_row

from tocsin.domain.escalation import Cursor, Plan, PolicyStep, Target, TargetKind
from tocsin.domain.recipients import Directory, Method, Person
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


@dataclass(frozen=True, slots=True)
class EscalationRow:
    """What an escalation is, or becomes."""

    id: UUID
    org_id: UUID
    incident_id: UUID
    policy_id: UUID | None
    policy_version: int | None
    state: str
    generation: int
    cursor: Cursor
    next_at: datetime | None
    armed: bool


def lock(tx: Tx, ids: Sequence[UUID]) -> list[Escalation]:
    """Read escalations and hold their rows, leaving out those another transaction holds."""
    return _read(tx, ids, skip_locked=True)


def lock_of_incident(tx: Tx, incident_id: UUID) -> Escalation | None:
    """Read an incident's escalation and hold its row."""
    with tx.conn.cursor(row_factory=class_row(Escalation)) as cur:
        cur.execute(
            """
            select id, org_id, incident_id, policy_id, policy_version, direct_targets, state, generation,
                round, position, next_at
            from escalation where org_id = any(%s) and incident_id = %s
            for no key update
            """,
            (list(tx.orgs), incident_id),
        )
        return cur.fetchone()


def lock_waiting(tx: Tx, ids: Sequence[UUID]) -> list[Escalation]:
    """Read escalations and hold their rows, waiting for whoever holds them."""
    return _read(tx, ids, skip_locked=False)


def _read(tx: Tx, ids: Sequence[UUID], *, skip_locked: bool) -> list[Escalation]:
    skipping = """
        select id, org_id, incident_id, policy_id, policy_version, direct_targets, state, generation,
            round, position, next_at
        from escalation where org_id = any(%s) and id = any(%s) order by id for no key update skip locked
        """
    waiting = """
        select id, org_id, incident_id, policy_id, policy_version, direct_targets, state, generation,
            round, position, next_at
        from escalation where org_id = any(%s) and id = any(%s) order by id for no key update
        """
    with tx.conn.cursor(row_factory=class_row(Escalation)) as cur:
        cur.execute(skipping if skip_locked else waiting, (list(tx.orgs), list(ids)))
        return cur.fetchall()


def insert(tx: Tx, rows: Sequence[EscalationRow]) -> None:
    """Start escalations."""
    tx.conn.execute(
        """
        insert into escalation (
            id, org_id, incident_id, policy_id, policy_version, state, generation, round, position, next_at,
            armed_at, created_at, updated_at
        )
        select id, org_id, incident_id, policy_id, version, state, generation, round, position, next_at,
            case when armed then %(now)s end, %(now)s, %(now)s
        from unnest(
            %(ids)s::uuid[], %(orgs)s::uuid[], %(incidents)s::uuid[], %(policies)s::uuid[], %(versions)s::integer[],
            %(states)s::text[], %(generations)s::integer[], %(rounds)s::integer[], %(positions)s::integer[],
            %(nexts)s::timestamptz[], %(armed)s::boolean[]
        ) as t (id, org_id, incident_id, policy_id, version, state, generation, round, position, next_at, armed)
        """,
        _columns(tx, rows),
    )


def update(tx: Tx, rows: Sequence[EscalationRow]) -> None:
    """Write what became of escalations whose rows are held."""
    tx.conn.execute(
        """
        update escalation e set
            state = t.state, generation = t.generation, round = t.round, position = t.position,
            next_at = t.next_at, armed_at = case when t.armed then %(now)s::timestamptz end, updated_at = %(now)s,
            policy_id = t.policy_id, policy_version = t.version
        from unnest(
            %(ids)s::uuid[], %(policies)s::uuid[], %(versions)s::integer[],
            %(states)s::text[], %(generations)s::integer[], %(rounds)s::integer[], %(positions)s::integer[],
            %(nexts)s::timestamptz[], %(armed)s::boolean[]
        ) as t (id, policy_id, version, state, generation, round, position, next_at, armed)
        where e.id = t.id
        """,
        _columns(tx, rows),
    )


def _columns(tx: Tx, rows: Sequence[EscalationRow]) -> dict[str, Any]:
    return {
        "now": tx.now,
        "ids": [r.id for r in rows],
        "orgs": [r.org_id for r in rows],
        "incidents": [r.incident_id for r in rows],
        "policies": [r.policy_id for r in rows],
        "versions": [r.policy_version for r in rows],
        "states": [r.state for r in rows],
        "generations": [r.generation for r in rows],
        "rounds": [r.cursor.round for r in rows],
        "positions": [r.cursor.position for r in rows],
        "nexts": [r.next_at for r in rows],
        "armed": [r.armed for r in rows],
    }


def assign(tx: Tx, escalation_id: UUID, direct_targets: str | None) -> None:
    """Put people assigned by hand (JSON list of targets) in a policy's place, or take them out again."""
    tx.conn.execute("update escalation set direct_targets = %s::jsonb where id = %s", (direct_targets, escalation_id))


def stop(tx: Tx, incident_ids: Sequence[UUID]) -> None:
    """End what runs for these incidents: raise the generation, and cancel every page that has not left.

    Locks in the order that everything else does: escalations by id, then notifications by escalation and id.
    """
    tx.conn.execute(
        """
        with held as (
            select id from escalation
            where org_id = any(%(orgs)s) and incident_id = any(%(ids)s)
            order by id for no key update
        )
        update escalation e set
            state = 'stopped', generation = e.generation + 1, next_at = null, armed_at = null, updated_at = %(now)s
        from held h where e.id = h.id
        """,
        {"now": tx.now, "orgs": list(tx.orgs), "ids": list(incident_ids)},
    )
    tx.conn.execute(
        """
        with held as (
            select id from notification
            where org_id = any(%(orgs)s) and incident_id = any(%(ids)s) and state = 'queued'
            order by escalation_id, id for no key update
        )
        update notification n set state = 'cancelled', finished_at = %(now)s, reason = 'incident_moved_on'
        from held h where n.id = h.id and n.state = 'queued'
        """,
        {"now": tx.now, "orgs": list(tx.orgs), "ids": list(incident_ids)},
    )


def arm(tx: Tx, ids: Sequence[UUID], due_before: datetime) -> list[Escalation]:
    """Mark unarmed escalations that are due before an instant as having a wake-up on its way.

    One that another transaction holds is left to it, and to the next sweep.
    """
    with tx.conn.cursor(row_factory=class_row(Escalation)) as cur:
        cur.execute(
            """
            with held as (
                select id from escalation
                where org_id = any(%s) and id = any(%s) and state = 'waiting' and armed_at is null and next_at <= %s
                order by id for no key update skip locked
            )
            update escalation e set armed_at = %s from held h where e.id = h.id
            returning e.id, e.org_id, e.incident_id, e.policy_id, e.policy_version, e.direct_targets, e.state,
                e.generation, e.round, e.position, e.next_at
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


def service_policies(tx: Tx, service_ids: Sequence[UUID]) -> dict[UUID, tuple[UUID, int]]:
    """The policy and its current version that each service starts with; services without one are left out."""
    rows = tx.conn.execute(
        """
        select s.id, p.id, p.current_version from service s
        join escalation_policy p on p.org_id = s.org_id and p.id = s.policy_id
        where s.org_id = any(%s) and s.id = any(%s)
        """,
        (list(tx.orgs), list(service_ids)),
    ).fetchall()
    return {row[0]: (row[1], row[2]) for row in rows}


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
    steps: dict[tuple[UUID, int], list[PolicyStep]] = {}
    shape: dict[tuple[UUID, int], tuple[int, timedelta]] = {}
    for policy_id, version, rounds, round_delay, step_id, delay, raw in rows:
        key = (policy_id, version)
        shape[key] = (rounds, timedelta(seconds=round_delay))
        steps.setdefault(key, [])
        if step_id is not None:
            steps[key].append(PolicyStep(step_id, timedelta(seconds=delay), targets(raw)))
    return {key: Plan(tuple(steps[key]), rounds, round_delay) for key, (rounds, round_delay) in shape.items()}


def targets(raw: Sequence[dict[str, str]]) -> tuple[Target, ...]:
    """Targets from their stored form, [{"kind": "user", "value": "<id>"}, …]."""
    return tuple(Target(TargetKind(item["kind"]), item["value"]) for item in raw)


def directories(tx: Tx, users: Sequence[UUID], teams: Sequence[UUID]) -> dict[UUID, Directory]:
    """Who these users and teams are now, and how to reach them, for each organization."""
    rows = tx.conn.execute(
        """
        select m.org_id, m.user_id, u.name, c.id, c.channel, c.address, c.sealed,
            array(
                select tm.team_id from team_member tm
                where tm.org_id = m.org_id and tm.user_id = m.user_id and tm.team_id = any(%(teams)s)
            )
        from membership m
        join user_account u on u.id = m.user_id
        left join contact_method c
            on c.org_id = m.org_id and c.user_id = m.user_id and c.disabled_at is null
        where m.org_id = any(%(orgs)s) and (
            m.user_id = any(%(users)s) or exists (
                select from team_member tm
                where tm.org_id = m.org_id and tm.user_id = m.user_id and tm.team_id = any(%(teams)s)
            )
        )
        order by m.org_id, m.user_id, c.created_at, c.id
        """,
        {"orgs": list(tx.orgs), "users": list(users), "teams": list(teams)},
    ).fetchall()
    people: dict[UUID, dict[UUID, Person]] = {}
    members: dict[UUID, dict[UUID, list[UUID]]] = {}
    for org_id, user_id, name, method_id, channel, address, sealed, team_ids in rows:
        known = people.setdefault(org_id, {}).get(user_id)
        methods = known.methods if known else ()
        if method_id is not None:
            methods = (*methods, Method(channel, method_id, address, sealed))
        people[org_id][user_id] = Person(user_id, name, methods)
        for team_id in () if known else team_ids:
            members.setdefault(org_id, {}).setdefault(team_id, []).append(user_id)
    return {
        org_id: Directory(found, {team: tuple(ids) for team, ids in members.get(org_id, {}).items()})
        for org_id, found in people.items()
    }


def fallbacks(tx: Tx) -> dict[UUID, str]:
    """The fallback address of each organization that has one."""
    rows = tx.conn.execute(
        "select id, fallback_email from organization where id = any(%s) and fallback_email is not null",
        (list(tx.orgs),),
    ).fetchall()
    return {row[0]: row[1] for row in rows}
