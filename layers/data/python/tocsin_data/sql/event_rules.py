"""Rule sets and their versions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from tocsin_data.db import Tx


@dataclass(frozen=True, slots=True)
class Version:
    """What a rule set holds in a version; rules in the form of the API's answer."""

    set_id: UUID
    version: int
    time_zone: str
    rules: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Stored:
    """A rule set in its current version, and since when and by whom that is."""

    set_id: UUID
    version: int
    time_zone: str
    rules: list[dict[str, Any]]
    updated_at: datetime
    updated_by: str


def versions(tx: Tx, wanted: Sequence[tuple[UUID, int]]) -> list[Version]:
    """Read these versions of rule sets."""
    ids, numbers = zip(*wanted, strict=True)
    with tx.conn.cursor(row_factory=class_row(Version)) as cur:
        cur.execute(
            """
            select v.event_rule_set_id as set_id, v.version, v.time_zone, v.rules
            from unnest(%s::uuid[], %s::integer[]) as t (id, version)
            join event_rule_set_version v on v.event_rule_set_id = t.id and v.version = t.version
            where v.org_id = any(%s)
            """,
            (list(ids), list(numbers), list(tx.orgs)),
        )
        return cur.fetchall()


def read(tx: Tx, service_id: UUID | None) -> Stored | None:
    """Read the rules of a service, or those of the organization, in their current version."""
    with tx.conn.cursor(row_factory=class_row(Stored)) as cur:
        cur.execute(
            """
            select s.id as set_id, v.version, v.time_zone, v.rules, v.created_at as updated_at,
                v.created_by as updated_by
            from event_rule_set s
            join event_rule_set_version v on v.event_rule_set_id = s.id and v.version = s.current_version
            where s.org_id = %s and s.service_id is not distinct from %s
            """,
            (tx.org_id, service_id),
        )
        return cur.fetchone()


def history(tx: Tx, service_id: UUID | None, before: int | None, limit: int) -> list[Stored]:
    """Versions of a rule set, the newest first, from before a version."""
    with tx.conn.cursor(row_factory=class_row(Stored)) as cur:
        cur.execute(
            """
            select s.id as set_id, v.version, v.time_zone, v.rules, v.created_at as updated_at,
                v.created_by as updated_by
            from event_rule_set s
            join event_rule_set_version v on v.event_rule_set_id = s.id
            where s.org_id = %(org)s and s.service_id is not distinct from %(service)s
                and (%(before)s::integer is null or v.version < %(before)s::integer)
            order by v.version desc limit %(limit)s
            """,
            {"org": tx.org_id, "service": service_id, "before": before, "limit": limit},
        )
        return cur.fetchall()


def hold(tx: Tx, set_id: UUID, service_id: UUID | None) -> tuple[UUID, int]:
    """Make the rule set of a service, or of the organization, if there is none yet, and hold its row.

    One that nobody has written is in version 1, which has no row of its own. Answers its id and its current version.
    """
    rows = tx.conn.execute(
        """
        insert into event_rule_set as s (id, org_id, service_id, current_version, created_at)
        values (%s, %s, %s, 1, %s)
        on conflict on constraint event_rule_set_service_key do update set current_version = s.current_version
        returning s.id, s.current_version
        """,
        (set_id, tx.org_id, service_id, tx.now),
    ).fetchall()
    return rows[0]


def add(tx: Tx, version: Version, actor: str) -> None:
    """Make a version the current one of a rule set whose row is held."""
    tx.conn.execute(
        """
        with made as (
            insert into event_rule_set_version (
                org_id, event_rule_set_id, version, time_zone, rules, created_at, created_by
            )
            values (%(org)s, %(id)s, %(version)s, %(zone)s, %(rules)s, %(now)s, %(actor)s)
        )
        update event_rule_set set current_version = %(version)s where org_id = %(org)s and id = %(id)s
        """,
        {
            "org": tx.org_id,
            "id": version.set_id,
            "version": version.version,
            "zone": version.time_zone,
            "rules": Jsonb(version.rules),
            "now": tx.now,
            "actor": actor,
        },
    )


def routing_to(tx: Tx, kind: str, target_id: UUID) -> list[str]:
    """The names of the rules in force that route to a service or a policy (`kind` is service_id or policy_id)."""
    rows = tx.conn.execute(
        """
        select rule ->> 'name'
        from event_rule_set s
        join event_rule_set_version v on v.event_rule_set_id = s.id and v.version = s.current_version
        cross join jsonb_array_elements(v.rules) as rule
        where s.org_id = %s and rule -> 'actions' ->> %s = %s
        """,
        (tx.org_id, kind, str(target_id)),
    ).fetchall()
    return [row[0] for row in rows]
