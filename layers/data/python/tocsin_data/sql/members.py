"""Who belongs to an organization: its members and teams, and what actors are called."""

from collections.abc import Collection
from uuid import UUID

from tocsin_data.db import Tx


def members(tx: Tx, user_ids: Collection[UUID]) -> set[UUID]:
    """Which of these users are members of the organization."""
    rows = tx.conn.execute(
        "select user_id from membership where org_id = %s and user_id = any(%s)", (tx.org_id, list(user_ids))
    ).fetchall()
    return {row[0] for row in rows}


def teams(tx: Tx, team_ids: Collection[UUID]) -> set[UUID]:
    """Which of these teams the organization has."""
    rows = tx.conn.execute(
        "select id from team where org_id = %s and id = any(%s)", (tx.org_id, list(team_ids))
    ).fetchall()
    return {row[0] for row in rows}


def names(tx: Tx, ids: Collection[UUID]) -> dict[UUID, str]:
    """What users, API keys and integrations of the organization are called, by id."""
    rows = tx.conn.execute(
        """
        select u.id, u.name from user_account u
        join membership m on m.user_id = u.id and m.org_id = %(org)s
        where u.id = any(%(ids)s)
        union all
        select id, name from api_key where org_id = %(org)s and id = any(%(ids)s)
        union all
        select id, name from integration where org_id = %(org)s and id = any(%(ids)s)
        """,
        {"org": tx.org_id, "ids": list(ids)},
    ).fetchall()
    return {row[0]: row[1] for row in rows}
