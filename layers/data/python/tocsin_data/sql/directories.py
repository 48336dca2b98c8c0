"""Whom a plan can reach: members and teams as they are now, with the contact methods and rules of everybody."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from uuid import UUID

from tocsin.domain.incident import Urgency
from tocsin.domain.recipients import Directory, Method, Person, rule_name
from tocsin_data.db import Tx


@dataclass(slots=True)
class _Ways:
    """The ways to reach one member, gathered from rows that say each several times."""

    name: str
    all: dict[UUID, Method] = field(default_factory=dict[UUID, Method])
    ruled: dict[str, dict[tuple[timedelta, UUID], Method]] = field(
        default_factory=dict[str, dict[tuple[timedelta, UUID], Method]]
    )

    def add(
        self,
        method_id: UUID | None,
        channel: str,
        address: str | None,
        sealed: str | None,
        urgency: str | None,
        delay_seconds: int,
    ) -> None:
        """Note one row: a method, and a rule that names it."""
        if method_id is None:
            return
        method = self.all.setdefault(method_id, Method(channel, method_id, address, sealed))
        if urgency is not None:
            delay = timedelta(seconds=delay_seconds)
            ruled = replace(method, delay=delay, rule=rule_name(Urgency(urgency), delay))
            self.ruled.setdefault(urgency, {})[delay, method_id] = ruled

    def person(self, user_id: UUID) -> Person:
        """The member, with the methods of each urgency in the order of their delays."""
        rules = {urgency: tuple(sorted(found.values(), key=_delay)) for urgency, found in self.ruled.items()}
        return Person(user_id, self.name, tuple(self.all.values()), rules)


def _delay(method: Method) -> timedelta:
    return method.delay


def directories(tx: Tx, users: Sequence[UUID], teams: Sequence[UUID]) -> dict[UUID, Directory]:
    """Who these users and teams are now, and how to reach them, for each organization."""
    rows = tx.conn.execute(
        """
        with wanted as (
            select org_id, user_id, null::uuid as team_id from membership
            where org_id = any(%(orgs)s) and user_id = any(%(users)s)
            union all
            select org_id, user_id, team_id from team_member
            where org_id = any(%(orgs)s) and team_id = any(%(teams)s)
        )
        select w.org_id, w.user_id, w.team_id, u.name, c.id, c.channel, c.address, c.sealed, r.urgency, r.delay_seconds
        from wanted w
        join user_account u on u.id = w.user_id
        left join contact_method c
            on c.org_id = w.org_id and c.user_id = w.user_id and c.disabled_at is null
        left join notification_rule r
            on r.org_id = c.org_id and r.user_id = c.user_id and r.contact_method_id = c.id
        order by w.org_id, w.user_id, c.created_at, c.id
        """,
        {"orgs": list(tx.orgs), "users": list(users), "teams": list(teams)},
    ).fetchall()
    people: dict[UUID, dict[UUID, _Ways]] = {}
    members: dict[UUID, dict[UUID, dict[UUID, None]]] = {}
    for org_id, user_id, team_id, name, *method in rows:
        people.setdefault(org_id, {}).setdefault(user_id, _Ways(name)).add(*method)
        if team_id is not None:
            members.setdefault(org_id, {}).setdefault(team_id, {})[user_id] = None
    return {
        org_id: Directory(
            {user_id: ways.person(user_id) for user_id, ways in found.items()},
            {team: tuple(ids) for team, ids in members.get(org_id, {}).items()},
        )
        for org_id, found in people.items()
    }
