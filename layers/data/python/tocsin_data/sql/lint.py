"""What lint looks at: everything of one organization that decides whom an incident reaches."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from tocsin.domain.incident import UrgencySetting
from tocsin.domain.lint import Key, Member, Rule, Rules, Service
from tocsin.domain.lint_monitors import Monitor
from tocsin.domain.monitor import MonitorKind
from tocsin_data.db import Tx


def has_fallback(tx: Tx) -> bool:
    """Whether the organization has a fallback contact."""
    row = tx.conn.execute("select fallback_email is not null from organization where id = %s", (tx.org_id,)).fetchone()
    return row is not None and row[0]


def services(tx: Tx) -> list[Service]:
    """The services that are in use."""
    rows = tx.conn.execute(
        """
        select s.id, s.name, p.id, s.urgency
        from service s
        left join escalation_policy p on p.org_id = s.org_id and p.id = s.policy_id and p.deleted_at is null
        where s.org_id = %s and s.deleted_at is null order by s.name, s.id
        """,
        (tx.org_id,),
    ).fetchall()
    return [Service(row[0], row[1], row[2], UrgencySetting(row[3])) for row in rows]


def policies(tx: Tx) -> dict[UUID, tuple[str, int]]:
    """Name and current version of each policy."""
    rows = tx.conn.execute(
        """
        select id, name, current_version from escalation_policy
        where org_id = %s and deleted_at is null order by name, id
        """,
        (tx.org_id,),
    ).fetchall()
    return {row[0]: (row[1], row[2]) for row in rows}


def members(tx: Tx) -> dict[UUID, Member]:
    """Every member, with how many of their contact methods can be used and are verified."""
    rows = tx.conn.execute(
        """
        select m.user_id, u.name, count(c.id), count(c.verified_at)
        from membership m
        join user_account u on u.id = m.user_id
        left join contact_method c on c.org_id = m.org_id and c.user_id = m.user_id and c.disabled_at is null
        where m.org_id = %s group by m.user_id, u.name order by u.name, m.user_id
        """,
        (tx.org_id,),
    ).fetchall()
    return {row[0]: Member(*row) for row in rows}


def teams(tx: Tx) -> dict[UUID, list[UUID]]:
    """The members of each team that has any."""
    rows = tx.conn.execute(
        "select team_id, array_agg(user_id order by user_id) from team_member where org_id = %s group by team_id",
        (tx.org_id,),
    ).fetchall()
    return {row[0]: row[1] for row in rows}


def destinations(tx: Tx) -> frozenset[UUID]:
    """The destinations that can be paged."""
    rows = tx.conn.execute(
        "select id from destination where org_id = %s and deleted_at is null and disabled_at is null", (tx.org_id,)
    ).fetchall()
    return frozenset(row[0] for row in rows)


def schedules(tx: Tx) -> list[UUID]:
    """The schedules that are in use."""
    rows = tx.conn.execute(
        "select id from schedule where org_id = %s and deleted_at is null order by name, id", (tx.org_id,)
    ).fetchall()
    return [row[0] for row in rows]


def rules(tx: Tx) -> list[Rules]:
    """The event rules of the organization and of its services, as they are written now."""
    rows = tx.conn.execute(
        """
        select coalesce(s.name, 'organization'), v.rules, s.id
        from event_rule_set r
        join event_rule_set_version v
            on v.org_id = r.org_id and v.event_rule_set_id = r.id and v.version = r.current_version
        left join service s on s.org_id = r.org_id and s.id = r.service_id
        where r.org_id = %s and s.deleted_at is null order by s.name nulls first, r.id
        """,
        (tx.org_id,),
    ).fetchall()
    return [Rules(of, [_rule(stored) for stored in written], service_id) for of, written, service_id in rows]


def keys(tx: Tx) -> list[Key]:
    """The routing keys that work."""
    rows = tx.conn.execute(
        """
        select k.id, s.name || ', ' || i.name || ', …' || k.hint, k.created_at, k.last_used_at,
            k.integration_id
        from routing_key k
        join integration i on i.org_id = k.org_id and i.id = k.integration_id and i.deleted_at is null
        join service s on s.org_id = i.org_id and s.id = i.service_id and s.deleted_at is null
        where k.org_id = %s and (k.revoked_at is null or k.revoked_at > %s)
            and (k.expires_at is null or k.expires_at > %s)
        order by s.name, i.name, k.id
        """,
        (tx.org_id, tx.now, tx.now),
    ).fetchall()
    return [Key(*row) for row in rows]


def monitors(tx: Tx) -> list[Monitor]:
    """The monitors that are in use."""
    rows = tx.conn.execute(
        """
        select m.id, m.name, m.kind, cardinality(m.regions), m.quorum, p.id is not null, m.paused_at
        from monitor m
        join service s on s.org_id = m.org_id and s.id = m.service_id
        left join escalation_policy p on p.org_id = s.org_id and p.id = s.policy_id and p.deleted_at is null
        where m.org_id = %s and m.deleted_at is null order by m.name, m.id
        """,
        (tx.org_id,),
    ).fetchall()
    return [Monitor(row[0], row[1], MonitorKind(row[2]), *row[3:]) for row in rows]


def _rule(stored: Mapping[str, Any]) -> Rule:
    actions, condition = stored["actions"], stored["condition"]
    policy_id = actions.get("policy_id")
    return Rule(
        rule_id=UUID(stored["rule_id"]),
        name=stored["name"],
        condition=condition,
        goes_on=stored["continues"],
        policy_id=None if policy_id is None else UUID(policy_id),
        sets_urgency=bool(actions.get("urgency") or actions.get("severity")),
    )
