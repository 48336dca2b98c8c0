"""Teams and who is in them."""

from collections.abc import Sequence
from uuid import UUID

from psycopg.rows import class_row

from tocsin.contracts.api_accounts import Team
from tocsin.domain.permission import TeamRole
from tocsin_data.db import Tx


def insert(tx: Tx, team_id: UUID, name: str) -> None:
    """Create a team nobody is in."""
    tx.conn.execute(
        "insert into team (id, org_id, name, created_at) values (%s, %s, %s, %s)", (team_id, tx.org_id, name, tx.now)
    )


def read(tx: Tx, team_id: UUID) -> Team | None:
    """Read one team."""
    found = _read(tx, [team_id])
    return found[0] if found else None


def lock(tx: Tx, team_id: UUID) -> Team | None:
    """Read one team and hold its row."""
    tx.conn.execute("select 1 from team where org_id = %s and id = %s for update", (tx.org_id, team_id))
    return read(tx, team_id)


def page(tx: Tx, after: tuple[str, UUID] | None, limit: int) -> Sequence[Team]:
    """Teams by name, from past a (name, id)."""
    name, team_id = after or (None, None)
    rows = tx.conn.execute(
        """
        select id from team
        where org_id = %(org)s and (%(name)s::text is null or (name, id) > (%(name)s::text, %(id)s::uuid))
        order by name, id limit %(limit)s
        """,
        {"org": tx.org_id, "name": name, "id": team_id, "limit": limit},
    ).fetchall()
    return _read(tx, [row[0] for row in rows])


def rename(tx: Tx, team_id: UUID, name: str) -> None:
    """Rename a team whose row is held."""
    tx.conn.execute(
        "update team set name = %s, version = version + 1 where org_id = %s and id = %s", (name, tx.org_id, team_id)
    )


def owned(tx: Tx, team_id: UUID) -> Sequence[str]:
    """The names of the services, escalation policies and schedules a team owns."""
    rows = tx.conn.execute(
        """
        select name from service where org_id = %(org)s and team_id = %(team)s and deleted_at is null
        union all
        select name from escalation_policy where org_id = %(org)s and team_id = %(team)s and deleted_at is null
        union all
        select name from schedule where org_id = %(org)s and team_id = %(team)s and deleted_at is null
        order by name
        """,
        {"org": tx.org_id, "team": team_id},
    ).fetchall()
    return [row[0] for row in rows]


def delete(tx: Tx, team_id: UUID) -> None:
    """Delete a team that owns nothing in use."""
    of_team = (tx.org_id, team_id)
    tx.conn.execute("update service set team_id = null where org_id = %s and team_id = %s", of_team)
    tx.conn.execute("update escalation_policy set team_id = null where org_id = %s and team_id = %s", of_team)
    tx.conn.execute("update schedule set team_id = null where org_id = %s and team_id = %s", of_team)
    tx.conn.execute("delete from team where org_id = %s and id = %s", of_team)


def put_member(tx: Tx, team_id: UUID, user_id: UUID, role: TeamRole) -> None:
    """Put a member into a team whose row is held, or change what they are in it."""
    tx.conn.execute(
        """
        insert into team_member (org_id, team_id, user_id, role) values (%s, %s, %s, %s)
        on conflict on constraint team_member_pkey do update set role = excluded.role
        """,
        (tx.org_id, team_id, user_id, role),
    )
    _touch(tx, team_id)


def remove_member(tx: Tx, team_id: UUID, user_id: UUID) -> None:
    """Take a member out of a team whose row is held."""
    tx.conn.execute(
        "delete from team_member where org_id = %s and team_id = %s and user_id = %s", (tx.org_id, team_id, user_id)
    )
    _touch(tx, team_id)


def role_in(tx: Tx, team_id: UUID, user_id: UUID) -> str | None:
    """What somebody is in a team; None for who is not in it."""
    row = tx.conn.execute(
        "select role from team_member where org_id = %s and team_id = %s and user_id = %s",
        (tx.org_id, team_id, user_id),
    ).fetchone()
    return None if row is None else row[0]


def _touch(tx: Tx, team_id: UUID) -> None:
    tx.conn.execute("update team set version = version + 1 where org_id = %s and id = %s", (tx.org_id, team_id))


def _read(tx: Tx, ids: Sequence[UUID]) -> Sequence[Team]:
    with tx.conn.cursor(row_factory=class_row(Team)) as cur:
        cur.execute(
            """
            select t.id, t.name, t.version, t.created_at,
                (
                    select coalesce(
                        jsonb_agg(jsonb_build_object('user_id', m.user_id, 'role', m.role) order by m.user_id), '[]'
                    )
                    from team_member m where m.org_id = t.org_id and m.team_id = t.id
                ) as members
            from team t where t.org_id = %s and t.id = any(%s)
            order by t.name, t.id
            """,
            (tx.org_id, list(ids)),
        )
        return cur.fetchall()
