"""Who belongs to an organization: its members and teams, and what actors are called."""

from collections.abc import Collection, Sequence
from uuid import UUID

from psycopg.rows import class_row

from tocsin.contracts.api_accounts import Member
from tocsin.domain.permission import Role
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
    """What users, API keys, integrations, monitors and destinations of the organization are called, by id."""
    rows = tx.conn.execute(
        """
        select u.id, u.name from user_account u
        join membership m on m.user_id = u.id and m.org_id = %(org)s
        where u.id = any(%(ids)s)
        union all
        select id, name from api_key where org_id = %(org)s and id = any(%(ids)s)
        union all
        select id, name from integration where org_id = %(org)s and id = any(%(ids)s)
        union all
        select id, name from monitor where org_id = %(org)s and id = any(%(ids)s)
        union all
        select id, name from destination where org_id = %(org)s and id = any(%(ids)s)
        """,
        {"org": tx.org_id, "ids": list(ids)},
    ).fetchall()
    return {row[0]: row[1] for row in rows}


def read(tx: Tx, user_id: UUID) -> Member | None:
    """Read one member."""
    found = _read(tx, [user_id])
    return found[0] if found else None


def page(tx: Tx, after: tuple[str, UUID] | None, limit: int) -> Sequence[Member]:
    """Members by name, from past a (name, user id)."""
    name, user_id = after or (None, None)
    rows = tx.conn.execute(
        """
        select u.id from membership m
        join user_account u on u.id = m.user_id
        where m.org_id = %(org)s
            and (%(name)s::text is null or (u.name, u.id) > (%(name)s::text, %(id)s::uuid))
        order by u.name, u.id limit %(limit)s
        """,
        {"org": tx.org_id, "name": name, "id": user_id, "limit": limit},
    ).fetchall()
    return _read(tx, [row[0] for row in rows])


def hold(tx: Tx, user_id: UUID) -> bool:
    """Whether somebody is a member, who can't be removed until the transaction ends."""
    rows = tx.conn.execute(
        "select user_id from membership where org_id = %s and user_id = %s for key share", (tx.org_id, user_id)
    ).fetchall()
    return bool(rows)


def handoff_notices(tx: Tx, user_id: UUID) -> bool | None:
    """Whether a member is mailed when their turn in a schedule begins or ends; None for who is no member."""
    row = tx.conn.execute(
        "select handoff_notices from membership where org_id = %s and user_id = %s", (tx.org_id, user_id)
    ).fetchone()
    return None if row is None else row[0]


def set_handoff_notices(tx: Tx, user_id: UUID, *, wanted: bool) -> bool | None:
    """Write whether a member is mailed of handoffs, and answer it; None for who is no member."""
    row = tx.conn.execute(
        "update membership set handoff_notices = %s where org_id = %s and user_id = %s returning handoff_notices",
        (wanted, tx.org_id, user_id),
    ).fetchone()
    return None if row is None else row[0]


def owners(tx: Tx) -> int:
    """How many owners the organization has."""
    rows = tx.conn.execute(
        "select count(*) from membership where org_id = %s and role = 'owner'", (tx.org_id,)
    ).fetchall()
    return rows[0][0]


def set_role(tx: Tx, user_id: UUID, role: Role) -> None:
    """Write what a member is, while the organization's row is held."""
    tx.conn.execute(
        "update membership set role = %s, version = version + 1 where org_id = %s and user_id = %s",
        (role, tx.org_id, user_id),
    )


def delete(tx: Tx, user_id: UUID) -> None:
    """End a membership, with its places in teams and its contact methods."""
    tx.conn.execute("delete from membership where org_id = %s and user_id = %s", (tx.org_id, user_id))


def policies_naming(tx: Tx, target_id: UUID) -> Sequence[str]:
    """The names of the escalation policies whose current version has a member, or team, as a target."""
    rows = tx.conn.execute(
        """
        select distinct p.name from escalation_policy p
        join escalation_policy_step s on s.org_id = p.org_id and s.policy_id = p.id and s.version = p.current_version
        where p.org_id = %s and p.deleted_at is null
            and exists (select from jsonb_array_elements(s.targets) t where t ->> 'value' = %s)
        order by p.name
        """,
        (tx.org_id, str(target_id)),
    ).fetchall()
    return [row[0] for row in rows]


def _read(tx: Tx, ids: Sequence[UUID]) -> Sequence[Member]:
    with tx.conn.cursor(row_factory=class_row(Member)) as cur:
        cur.execute(
            """
            select m.user_id, u.name, u.email, m.role, m.version, m.created_at,
                (
                    select coalesce(
                        jsonb_agg(
                            jsonb_build_object('team_id', t.id, 'name', t.name, 'role', tm.role) order by t.name
                        ),
                        '[]'
                    )
                    from team_member tm
                    join team t on t.org_id = tm.org_id and t.id = tm.team_id
                    where tm.org_id = m.org_id and tm.user_id = m.user_id
                ) as teams
            from membership m
            join user_account u on u.id = m.user_id
            where m.org_id = %s and m.user_id = any(%s)
            order by u.name, u.id
            """,
            (tx.org_id, list(ids)),
        )
        return cur.fetchall()
