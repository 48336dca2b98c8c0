"""Which of the things that rules, windows and dependencies name there are."""

from collections.abc import Sequence
from uuid import UUID

from tocsin_data.db import Tx


def services(tx: Tx, ids: Sequence[UUID]) -> dict[UUID, str]:
    """The names of those of these services that there are; they are not deleted until the transaction ends."""
    rows = tx.conn.execute(
        """
        select id, name from service where org_id = %s and id = any(%s) and deleted_at is null order by id for share
        """,
        (tx.org_id, list(ids)),
    ).fetchall()
    return {row[0]: row[1] for row in rows}


def policies(tx: Tx, ids: Sequence[UUID]) -> set[UUID]:
    """Those of these escalation policies that there are; they are not deleted until the transaction ends."""
    rows = tx.conn.execute(
        """
        select id from escalation_policy where org_id = %s and id = any(%s) and deleted_at is null order by id for share
        """,
        (tx.org_id, list(ids)),
    ).fetchall()
    return {row[0] for row in rows}


def integration_name(tx: Tx, service_id: UUID, integration_id: UUID) -> str | None:
    """The name of an integration of a service."""
    row = tx.conn.execute(
        "select name from integration where org_id = %s and service_id = %s and id = %s and deleted_at is null",
        (tx.org_id, service_id, integration_id),
    ).fetchone()
    return None if row is None else row[0]
