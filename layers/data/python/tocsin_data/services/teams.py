"""Teams: made by admins, led by their leads."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from tocsin.contracts.api_accounts import Team, TeamInput, TeamMemberInput
from tocsin.domain.permission import Permission, allows, allows_in_team
from tocsin.errors import Conflict, Forbidden, NotFound, StaleVersion
from tocsin.platform.ids import new_id
from tocsin_data.db import Database, Tx
from tocsin_data.services.actors import Actor, audit
from tocsin_data.services.memberships import By
from tocsin_data.sql import members, teams

SUBJECT: Final = "team"


def list_teams(db: Database, org_id: UUID, *, after: tuple[str, UUID] | None, limit: int) -> Sequence[Team]:
    """Teams by name, from past a (name, id)."""
    with db.one(org_id) as tx:
        return teams.page(tx, after, limit)


def get_team(db: Database, org_id: UUID, team_id: UUID) -> Team:
    """Read a team; raises NotFound."""
    with db.one(org_id) as tx:
        return _found(teams.read(tx, team_id), team_id)


def create_team(db: Database, org_id: UUID, actor: Actor, data: TeamInput) -> Team:
    """Create a team nobody is in; raises Duplicate for its name."""
    with db.one(org_id) as tx:
        team_id = new_id()
        teams.insert(tx, team_id, data.name)
        made = _found(teams.read(tx, team_id), team_id)
        audit(tx, actor, "team.created", (SUBJECT, team_id), after=made)
        return made


def rename_team(db: Database, org_id: UUID, by: By, team_id: UUID, data: TeamInput, *, version: int) -> Team:
    """Rename a team; raises NotFound, Forbidden, StaleVersion or Duplicate."""
    with db.one(org_id) as tx:
        before = _hold(tx, by, team_id)
        if before.version != version:
            raise StaleVersion(f"The team is at version {before.version} by now; you have changed {version}.")
        teams.rename(tx, team_id, data.name)
        return _written(tx, by.actor, before)


def delete_team(db: Database, org_id: UUID, actor: Actor, team_id: UUID) -> None:
    """Delete a team that owns nothing and that no policy pages; raises NotFound, and Conflict while one does."""
    with db.one(org_id) as tx:
        before = _found(teams.lock(tx, team_id), team_id)
        using = [*teams.owned(tx, team_id), *members.policies_naming(tx, team_id)]
        if using:
            raise Conflict(
                f"The team owns, or is paged by, {len(using)} service(s) or policies, {using[0]} among them."
            )
        teams.delete(tx, team_id)
        audit(tx, actor, "team.deleted", (SUBJECT, team_id), before=before)


def put_member(db: Database, org_id: UUID, by: By, team_id: UUID, user_id: UUID, data: TeamMemberInput) -> Team:
    """Put a member into a team, or change what they are in it; raises NotFound and Forbidden."""
    with db.one(org_id) as tx:
        before = _hold(tx, by, team_id)
        if not members.members(tx, [user_id]):
            raise NotFound(f"There is no member {user_id} in this organization.")
        teams.put_member(tx, team_id, user_id, data.role)
        return _written(tx, by.actor, before)


def remove_member(db: Database, org_id: UUID, by: By, team_id: UUID, user_id: UUID) -> Team:
    """Take somebody out of a team; raises NotFound and Forbidden."""
    with db.one(org_id) as tx:
        before = _hold(tx, by, team_id)
        if all(member.user_id != user_id for member in before.members):
            raise NotFound(f"{user_id} is not in this team.")
        teams.remove_member(tx, team_id, user_id)
        return _written(tx, by.actor, before)


def _hold(tx: Tx, by: By, team_id: UUID) -> Team:
    held = _found(teams.lock(tx, team_id), team_id)
    role = next((member.role for member in held.members if member.user_id == by.user_id), None)
    if not allows(by.role, Permission.WRITE_TEAMS) and not allows_in_team(role, Permission.WRITE_TEAMS):
        raise Forbidden(f"Your role here, {by.role}, does not allow {Permission.WRITE_TEAMS}, and you do not lead it.")
    return held


def _written(tx: Tx, actor: Actor, before: Team) -> Team:
    after = _found(teams.read(tx, before.id), before.id)
    audit(tx, actor, "team.updated", (SUBJECT, before.id), before=before, after=after)
    return after


def _found(team: Team | None, team_id: UUID) -> Team:
    if team is None:
        raise NotFound(f"There is no team {team_id} in this organization.")
    return team
