"""Escalation policies and their versions."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from tocsin.contracts.api_policies import Policy, PolicyStep, PolicyTarget
from tocsin_data.db import Tx


@dataclass(frozen=True, slots=True)
class Held:
    """A policy whose row is held."""

    id: UUID
    name: str
    team_id: UUID | None
    current_version: int


@dataclass(frozen=True, slots=True)
class NewVersion:
    """A version to write; its steps in order."""

    policy_id: UUID
    version: int
    rounds: int
    round_delay_seconds: int
    time_zone: str
    fallback: Sequence[PolicyTarget]
    steps: Sequence[PolicyStep]
    created_by: str


def insert(tx: Tx, policy_id: UUID, name: str, team_id: UUID | None) -> None:
    """Create a policy that has its first version."""
    tx.conn.execute(
        """
        insert into escalation_policy (id, org_id, team_id, name, current_version, created_at)
        values (%s, %s, %s, %s, 1, %s)
        """,
        (policy_id, tx.org_id, team_id, name, tx.now),
    )


def insert_version(tx: Tx, version: NewVersion) -> None:
    """Write a version with its steps."""
    tx.conn.execute(
        """
        insert into escalation_policy_version (
            org_id, policy_id, version, rounds, round_delay_seconds, time_zone, fallback, created_at, created_by
        )
        values (%s, %s, %s, %s, %s, %s, %s, %s, %s)
        """,
        (
            tx.org_id,
            version.policy_id,
            version.version,
            version.rounds,
            version.round_delay_seconds,
            version.time_zone,
            Jsonb(_targets(version.fallback)),
            tx.now,
            version.created_by,
        ),
    )
    tx.conn.execute(
        """
        insert into escalation_policy_step (
            org_id, policy_id, version, position, step_id, delay_seconds, targets, retries, retry_interval_seconds,
            round_robin, conditions
        )
        select %s, %s, %s, position - 1, step_id, delay_seconds, targets, retries, retry_interval_seconds, round_robin,
            conditions
        from rows from (
            json_to_recordset(%s) as (
                step_id uuid, delay_seconds integer, targets jsonb, retries integer, retry_interval_seconds integer,
                round_robin boolean, conditions jsonb
            )
        ) with ordinality as t (
            step_id, delay_seconds, targets, retries, retry_interval_seconds, round_robin, conditions, position
        )
        """,
        (tx.org_id, version.policy_id, version.version, _rows(version.steps)),
    )


def _rows(steps: Sequence[PolicyStep]) -> str:
    """Steps as a JSON list of the columns they have."""
    rows = [
        {
            "step_id": str(step.step_id),
            "delay_seconds": step.delay_seconds,
            "targets": _targets(step.targets),
            "retries": step.retries,
            "retry_interval_seconds": step.retry_interval_seconds,
            "round_robin": step.round_robin,
            "conditions": step.conditions.model_dump(mode="json", by_alias=True, exclude_defaults=True),
        }
        for step in steps
    ]
    return json.dumps(rows)


def _targets(targets: Sequence[PolicyTarget]) -> list[dict[str, str]]:
    return [target.model_dump(exclude_none=True) for target in targets]


def lock(tx: Tx, policy_id: UUID) -> Held | None:
    """Read one policy and hold its row."""
    with tx.conn.cursor(row_factory=class_row(Held)) as cur:
        cur.execute(
            """
            select id, name, team_id, current_version
            from escalation_policy where org_id = %s and id = %s and deleted_at is null
            for no key update
            """,
            (tx.org_id, policy_id),
        )
        return cur.fetchone()


def share(tx: Tx, policy_id: UUID) -> bool:
    """Keep a policy from being deleted until the transaction ends; whether it is there."""
    row = tx.conn.execute(
        "select 1 from escalation_policy where org_id = %s and id = %s and deleted_at is null for share",
        (tx.org_id, policy_id),
    ).fetchone()
    return row is not None


def read(tx: Tx, policy_id: UUID) -> Policy | None:
    """Read one policy in its current version."""
    found = _read(tx, [policy_id], None)
    return found[0] if found else None


def versions(tx: Tx, policy_id: UUID, numbers: Sequence[int]) -> Sequence[Policy]:
    """Read a policy in some of its versions, the oldest first; name and team are what they are now."""
    return sorted(_read(tx, [policy_id], numbers), key=lambda found: found.version)


def page(tx: Tx, after: tuple[str, UUID] | None, limit: int) -> Sequence[Policy]:
    """Policies by name, in their current versions, from past a (name, id)."""
    name, policy_id = after or (None, None)
    rows = tx.conn.execute(
        """
        select id from escalation_policy
        where org_id = %(org)s and deleted_at is null
            and (%(name)s::text is null or (name, id) > (%(name)s::text, %(id)s::uuid))
        order by name, id limit %(limit)s
        """,
        {"org": tx.org_id, "name": name, "id": policy_id, "limit": limit},
    ).fetchall()
    return _read(tx, [row[0] for row in rows], None)


def _read(tx: Tx, ids: Sequence[UUID], numbers: Sequence[int] | None) -> Sequence[Policy]:
    with tx.conn.cursor(row_factory=class_row(Policy)) as cur:
        cur.execute(
            """
            select p.id, p.name, p.team_id, v.version, v.rounds, v.round_delay_seconds, v.time_zone, v.fallback,
                p.created_at, v.created_at as updated_at, v.created_by as updated_by,
                (
                    select coalesce(
                        jsonb_agg(
                            jsonb_build_object(
                                'step_id', s.step_id, 'delay_seconds', s.delay_seconds, 'targets', s.targets,
                                'retries', s.retries, 'retry_interval_seconds', s.retry_interval_seconds,
                                'round_robin', s.round_robin, 'conditions', s.conditions
                            )
                            order by s.position
                        ),
                        '[]'
                    )
                    from escalation_policy_step s
                    where s.org_id = p.org_id and s.policy_id = p.id and s.version = v.version
                ) as steps
            from escalation_policy p
            join escalation_policy_version v on v.policy_id = p.id
                and case when %(numbers)s::integer[] is null then v.version = p.current_version
                    else v.version = any(%(numbers)s::integer[]) end
            where p.org_id = %(org)s and p.id = any(%(ids)s) and p.deleted_at is null
            order by p.name, p.id
            """,
            {"org": tx.org_id, "ids": list(ids), "numbers": None if numbers is None else list(numbers)},
        )
        return cur.fetchall()


def set_current(tx: Tx, policy_id: UUID, name: str, team_id: UUID | None, version: int) -> None:
    """Make a version the current one of a policy whose row is held."""
    tx.conn.execute(
        """
        update escalation_policy set name = %s, team_id = %s, current_version = %s where org_id = %s and id = %s
        """,
        (name, team_id, version, tx.org_id, policy_id),
    )


def delete(tx: Tx, policy_id: UUID) -> None:
    """Take a policy whose row is held out of use; escalations pinned to its versions go on."""
    tx.conn.execute(
        "update escalation_policy set deleted_at = %s where org_id = %s and id = %s",
        (tx.now, tx.org_id, policy_id),
    )


def services_using(tx: Tx, policy_id: UUID) -> Sequence[str]:
    """The names of the services that start with a policy."""
    rows = tx.conn.execute(
        "select name from service where org_id = %s and policy_id = %s and deleted_at is null order by name",
        (tx.org_id, policy_id),
    ).fetchall()
    return [row[0] for row in rows]
