"""Notification rules: by which contact methods a member is paged, after which delays, for each urgency."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from psycopg.rows import class_row

from tocsin.contracts.api_notifications import RemovedRule
from tocsin.domain.incident import Urgency
from tocsin.domain.notification_rules import RuleDraft
from tocsin_data.db import Tx


@dataclass(frozen=True, slots=True)
class SetRow:
    """How often, and when last, the rules for an urgency were changed."""

    urgency: str
    version: int
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule with the contact method it names."""

    urgency: str
    contact_method_id: UUID
    delay_seconds: int


def sets(tx: Tx, user_id: UUID) -> dict[str, SetRow]:
    """The sets of a member by urgency; none for what they have never changed."""
    with tx.conn.cursor(row_factory=class_row(SetRow)) as cur:
        cur.execute(
            "select urgency, version, updated_at from notification_rule_set where org_id = %s and user_id = %s",
            (tx.org_id, user_id),
        )
        return {row.urgency: row for row in cur}


def rules(tx: Tx, user_id: UUID) -> Sequence[RuleRow]:
    """The rules of a member, by delay."""
    with tx.conn.cursor(row_factory=class_row(RuleRow)) as cur:
        cur.execute(
            """
            select urgency, contact_method_id, delay_seconds from notification_rule
            where org_id = %s and user_id = %s order by urgency, delay_seconds, id
            """,
            (tx.org_id, user_id),
        )
        return cur.fetchall()


def hold(tx: Tx, user_id: UUID, urgency: Urgency) -> int:
    """Hold a member's set for an urgency, made in version 1 if they have none; answers its version."""
    tx.conn.execute(
        """
        insert into notification_rule_set (org_id, user_id, urgency, version, updated_at) values (%s, %s, %s, 1, %s)
        on conflict on constraint notification_rule_set_pkey do nothing
        """,
        (tx.org_id, user_id, urgency, tx.now),
    )
    row = tx.conn.execute(
        """
        select version from notification_rule_set where org_id = %s and user_id = %s and urgency = %s
        for no key update
        """,
        (tx.org_id, user_id, urgency),
    ).fetchone()
    return 1 if row is None else row[0]


def replace(tx: Tx, user_id: UUID, urgency: Urgency, wanted: Sequence[RuleDraft]) -> None:
    """Put rules in the place of those of a set that is held."""
    tx.conn.execute(
        "delete from notification_rule where org_id = %s and user_id = %s and urgency = %s",
        (tx.org_id, user_id, urgency),
    )
    tx.conn.execute(
        """
        insert into notification_rule (org_id, user_id, urgency, contact_method_id, delay_seconds)
        select %s, %s, %s, contact_method_id, delay_seconds
        from unnest(%s::uuid[], %s::integer[]) as t (contact_method_id, delay_seconds)
        """,
        (
            tx.org_id,
            user_id,
            urgency,
            [rule.contact_method_id for rule in wanted],
            [rule.delay_seconds for rule in wanted],
        ),
    )
    _count(tx, user_id, [urgency])


def remove_method(tx: Tx, user_id: UUID, method_id: UUID) -> list[RemovedRule]:
    """Take a contact method out of its member's rules; answers the rules that named it."""
    rows = tx.conn.execute(
        """
        delete from notification_rule where org_id = %s and user_id = %s and contact_method_id = %s
        returning urgency, delay_seconds
        """,
        (tx.org_id, user_id, method_id),
    ).fetchall()
    removed = sorted((RemovedRule(urgency=row[0], delay_seconds=row[1]) for row in rows), key=_place)
    if removed:
        _count(tx, user_id, sorted({rule.urgency for rule in removed}))
    return removed


def _count(tx: Tx, user_id: UUID, urgencies: Sequence[Urgency]) -> None:
    tx.conn.execute(
        """
        update notification_rule_set set version = version + 1, updated_at = %s
        where org_id = %s and user_id = %s and urgency = any(%s)
        """,
        (tx.now, tx.org_id, user_id, list(urgencies)),
    )


def _place(rule: RemovedRule) -> tuple[str, int]:
    return rule.urgency, rule.delay_seconds
