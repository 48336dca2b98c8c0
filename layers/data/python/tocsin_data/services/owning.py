"""Who may change what a team owns: by their role, or as a lead of that team."""

from uuid import UUID

from tocsin.domain.permission import Permission, TeamRole, allows, allows_in_team
from tocsin.errors import Forbidden
from tocsin_data.db import Tx
from tocsin_data.services.memberships import By
from tocsin_data.sql import teams


def demand(tx: Tx, by: By, permission: Permission, team_id: UUID | None) -> None:
    """Raise Forbidden unless somebody has a permission for what belongs to a team, or to no team."""
    if allows(by.role, permission):
        return
    role = None if team_id is None or by.user_id is None else teams.role_in(tx, team_id, by.user_id)
    if not allows_in_team(None if role is None else TeamRole(role), permission):
        raise Forbidden(
            f"Your role here, {by.role}, does not allow {permission}, and you do not lead the team it belongs to."
        )
