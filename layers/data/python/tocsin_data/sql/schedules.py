"""Schedules and their versions, and what the rules of on-call need of them in one statement."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from tocsin_data.db import Tx

type Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Held:
    """A schedule whose row is held."""

    id: UUID
    name: str
    team_id: UUID | None
    current_version: int


@dataclass(frozen=True, slots=True)
class NewVersion:
    """A version to write; its layers as they are stored."""

    schedule_id: UUID
    version: int
    effective_at: datetime
    time_zone: str
    layers: Sequence[Json]
    created_by: str


@dataclass(frozen=True, slots=True)
class StoredSchedule:
    """A schedule in its current version."""

    id: UUID
    name: str
    description: str | None
    team_id: UUID | None
    version: int
    effective_at: datetime
    time_zone: str
    layers: Sequence[Json]
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class StoredVersion:
    """A version, and who made it."""

    version: int
    effective_at: datetime
    time_zone: str
    layers: Sequence[Json]
    created_at: datetime
    created_by: str


@dataclass(frozen=True, slots=True)
class Plan:
    """A schedule with the versions and overrides that matter from an instant on, as they are stored."""

    org_id: UUID
    id: UUID
    name: str
    team_id: UUID | None
    versions: Sequence[Json]
    overrides: Sequence[Json]


@dataclass(frozen=True, slots=True)
class Text:
    """What a schedule is called, and whose it is."""

    name: str
    description: str | None
    team_id: UUID | None


def insert(tx: Tx, schedule_id: UUID, text: Text) -> None:
    """Create a schedule that has its first version, to be looked at for handoffs from now on."""
    tx.conn.execute(
        """
        insert into schedule (id, org_id, team_id, name, description, current_version, next_handoff_at, created_at)
        values (%s, %s, %s, %s, %s, 1, %s, %s)
        """,
        (schedule_id, tx.org_id, text.team_id, text.name, text.description, tx.now, tx.now),
    )


def insert_version(tx: Tx, version: NewVersion) -> None:
    """Write a version."""
    tx.conn.execute(
        """
        insert into schedule_version
            (org_id, schedule_id, version, effective_at, time_zone, layers, created_at, created_by)
        values (%s, %s, %s, %s, %s, %s, %s, %s)
        """,
        (
            tx.org_id,
            version.schedule_id,
            version.version,
            version.effective_at,
            version.time_zone,
            Jsonb(list(version.layers)),
            tx.now,
            version.created_by,
        ),
    )


def lock(tx: Tx, schedule_id: UUID) -> Held | None:
    """Read one schedule and hold its row."""
    with tx.conn.cursor(row_factory=class_row(Held)) as cur:
        cur.execute(
            """
            select id, name, team_id, current_version
            from schedule where org_id = %s and id = %s and deleted_at is null
            for no key update
            """,
            (tx.org_id, schedule_id),
        )
        return cur.fetchone()


def read(tx: Tx, schedule_id: UUID) -> StoredSchedule | None:
    """Read one schedule in its current version."""
    found = _read(tx, [schedule_id])
    return found[0] if found else None


def page(tx: Tx, after: tuple[str, UUID] | None, limit: int) -> Sequence[StoredSchedule]:
    """Schedules by name, in their current versions, from past a (name, id)."""
    return _read(tx, ids(tx, None, after, limit))


def ids(tx: Tx, team_id: UUID | None, after: tuple[str, UUID] | None, limit: int) -> Sequence[UUID]:
    """The ids of schedules by name, of one team or of all, from past a (name, id)."""
    name, schedule_id = after or (None, None)
    rows = tx.conn.execute(
        """
        select id from schedule
        where org_id = %(org)s and deleted_at is null
            and (%(team)s::uuid is null or team_id = %(team)s::uuid)
            and (%(name)s::text is null or (name, id) > (%(name)s::text, %(id)s::uuid))
        order by name, id limit %(limit)s
        """,
        {"org": tx.org_id, "team": team_id, "name": name, "id": schedule_id, "limit": limit},
    ).fetchall()
    return [row[0] for row in rows]


def known(tx: Tx, schedule_ids: Collection[UUID]) -> set[UUID]:
    """Which of these schedules the organization has."""
    rows = tx.conn.execute(
        "select id from schedule where org_id = %s and id = any(%s) and deleted_at is null",
        (tx.org_id, list(schedule_ids)),
    ).fetchall()
    return {row[0] for row in rows}


def plans(tx: Tx, schedule_ids: Collection[UUID], since: datetime) -> Sequence[Plan]:
    """What is needed to tell who is on call in these schedules from an instant on.

    The version that holds at that instant and all later ones, and overrides that end after it. Works within several
    organizations too.
    """
    with tx.conn.cursor(row_factory=class_row(Plan)) as cur:
        cur.execute(
            """
            select s.org_id, s.id, s.name, s.team_id,
                (
                    select jsonb_agg(
                        jsonb_build_object(
                            'version', v.version, 'effective_at', v.effective_at, 'time_zone', v.time_zone,
                            'layers', v.layers
                        )
                        order by v.version
                    )
                    from schedule_version v
                    where v.org_id = s.org_id and v.schedule_id = s.id and (
                        v.effective_at > %(since)s or v.version = (
                            select coalesce(max(b.version), 1) from schedule_version b
                            where b.org_id = s.org_id and b.schedule_id = s.id and b.effective_at <= %(since)s
                        )
                    )
                ) as versions,
                (
                    select coalesce(
                        jsonb_agg(
                            jsonb_build_object(
                                'id', o.id, 'kind', o.kind, 'name', o.name, 'user_id', o.user_id, 'layers', o.layers,
                                'time_zone', o.time_zone, 'starts_at', o.starts_at, 'ends_at', o.ends_at,
                                'created_at', o.created_at, 'cancelled_at', o.cancelled_at
                            )
                            order by o.created_at, o.id
                        ),
                        '[]'
                    )
                    from schedule_override o
                    where o.org_id = s.org_id and o.schedule_id = s.id and o.ends_at > %(since)s
                        and (o.cancelled_at is null or o.cancelled_at > greatest(%(since)s, o.starts_at))
                ) as overrides
            from schedule s
            where s.org_id = any(%(orgs)s) and s.id = any(%(ids)s) and s.deleted_at is null
            order by s.name, s.id
            """,
            {"since": since, "orgs": list(tx.orgs), "ids": list(schedule_ids)},
        )
        return cur.fetchall()


def revised(tx: Tx, schedule_id: UUID) -> tuple[int, datetime]:
    """How often a schedule's shifts may have changed, counting versions and changes of overrides, and when last."""
    rows = tx.conn.execute(
        """
        select s.current_version + coalesce(sum(o.version), 0)::integer,
            greatest(max(v.created_at), max(o.updated_at))
        from schedule s
        join schedule_version v on v.org_id = s.org_id and v.schedule_id = s.id and v.version = s.current_version
        left join schedule_override o on o.org_id = s.org_id and o.schedule_id = s.id
        where s.org_id = %s and s.id = %s
        group by s.current_version
        """,
        (tx.org_id, schedule_id),
    ).fetchall()
    return rows[0]


def versions(tx: Tx, schedule_id: UUID, before: int | None, limit: int) -> Sequence[StoredVersion]:
    """Versions of a schedule, newest first, from before a number."""
    with tx.conn.cursor(row_factory=class_row(StoredVersion)) as cur:
        cur.execute(
            """
            select version, effective_at, time_zone, layers, created_at, created_by
            from schedule_version
            where org_id = %(org)s and schedule_id = %(id)s
                and (%(before)s::integer is null or version < %(before)s::integer)
            order by version desc limit %(limit)s
            """,
            {"org": tx.org_id, "id": schedule_id, "before": before, "limit": limit},
        )
        return cur.fetchall()


def set_current(tx: Tx, schedule_id: UUID, text: Text, version: int) -> None:
    """Make a version the current one of a schedule whose row is held; who is on call may have changed with it."""
    tx.conn.execute(
        """
        update schedule
        set name = %s, description = %s, team_id = %s, current_version = %s,
            next_handoff_at = least(next_handoff_at, %s)
        where org_id = %s and id = %s
        """,
        (text.name, text.description, text.team_id, version, tx.now, tx.org_id, schedule_id),
    )


def look_again(tx: Tx, schedule_id: UUID) -> None:
    """Have the next sweep look who is on call in a schedule; a handoff it has not told of is not lost."""
    tx.conn.execute(
        "update schedule set next_handoff_at = least(next_handoff_at, %s) where org_id = %s and id = %s",
        (tx.now, tx.org_id, schedule_id),
    )


def delete(tx: Tx, schedule_id: UUID) -> None:
    """Take a schedule whose row is held out of use; its calendars end with it."""
    tx.conn.execute(
        "update schedule set deleted_at = %s, next_handoff_at = null where org_id = %s and id = %s",
        (tx.now, tx.org_id, schedule_id),
    )


def policies_using(tx: Tx, schedule_id: UUID) -> Sequence[str]:
    """The names of the escalation policies whose current version pages who is on call in a schedule."""
    rows = tx.conn.execute(
        """
        select distinct p.name from escalation_policy p
        join escalation_policy_step s on s.org_id = p.org_id and s.policy_id = p.id and s.version = p.current_version
        where p.org_id = %(org)s and p.deleted_at is null
            and s.targets @> jsonb_build_array(jsonb_build_object('kind', 'schedule', 'value', %(id)s::text))
        order by p.name
        """,
        {"org": tx.org_id, "id": str(schedule_id)},
    ).fetchall()
    return [row[0] for row in rows]


def _read(tx: Tx, schedule_ids: Sequence[UUID]) -> Sequence[StoredSchedule]:
    with tx.conn.cursor(row_factory=class_row(StoredSchedule)) as cur:
        cur.execute(
            """
            select s.id, s.name, s.description, s.team_id, v.version, v.effective_at, v.time_zone, v.layers,
                s.created_at, v.created_at as updated_at
            from schedule s
            join schedule_version v on v.org_id = s.org_id and v.schedule_id = s.id and v.version = s.current_version
            where s.org_id = %s and s.id = any(%s) and s.deleted_at is null
            order by s.name, s.id
            """,
            (tx.org_id, list(schedule_ids)),
        )
        return cur.fetchall()
