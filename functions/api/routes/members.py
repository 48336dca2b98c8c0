"""Members and teams: who belongs to the organization, as what."""

from http import HTTPStatus
from typing import Final
from uuid import UUID

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from functions.api import cursors
from functions.api.queries import Cursor, Limit
from functions.api.session import enter, enter_as_lead
from functions.api.versions import IfMatch, expected, versioned
from tocsin.contracts.api_accounts import (
    Member,
    MemberPage,
    MemberPatch,
    Removed,
    Team,
    TeamInput,
    TeamMemberInput,
    TeamPage,
)
from tocsin.domain.permission import Permission
from tocsin_data.services import memberships, teams

router = APIGatewayHttpRouter()
MEMBERS: Final = ["members"]
TEAMS: Final = ["teams"]


@router.get("/v1/members", summary="List members by name", tags=MEMBERS, operation_id="listMembers")
def list_members(limit: Limit = cursors.DEFAULT_LIMIT, cursor: Cursor = None) -> MemberPage:
    """Answer a page of members."""
    session = enter(Permission.READ_MEMBERS)
    found = memberships.list_members(session.db, session.org_id, after=cursors.name(cursor), limit=limit + 1)
    items, following = cursors.cut(found, limit, lambda m: (m.name, m.user_id))
    return MemberPage(items=items, next_cursor=following)


@router.get("/v1/members/<user_id>", summary="Get a member", tags=MEMBERS, operation_id="getMember")
def get_member(user_id: UUID) -> Response[Member]:
    """Answer one member."""
    session = enter(Permission.READ_MEMBERS)
    return versioned(memberships.get_member(session.db, session.org_id, user_id))


@router.patch(  # pyright: ignore[reportUnknownMemberType] - powertools leaves its middlewares bare
    "/v1/members/<user_id>", summary="Change a role", tags=MEMBERS, operation_id="updateMember"
)
def change_member(user_id: UUID, data: MemberPatch, if_match: IfMatch = None) -> Response[Member]:
    """Give a member another role."""
    session = enter(Permission.WRITE_MEMBERS)
    version = expected(if_match)
    by = session.by
    return versioned(memberships.change_member(session.db, session.org_id, by, user_id, data, version=version))


@router.delete("/v1/members/<user_id>", summary="Remove a member", tags=MEMBERS, operation_id="removeMember")
def remove_member(user_id: UUID, if_match: IfMatch = None) -> Removed:
    """End a membership, in the version of If-Match if one is sent."""
    session = enter(Permission.WRITE_MEMBERS)
    version = None if if_match is None else expected(if_match)
    return memberships.remove_member(session.db, session.org_id, session.by, user_id, version=version)


@router.get("/v1/teams", summary="List teams by name", tags=TEAMS, operation_id="listTeams")
def list_teams(limit: Limit = cursors.DEFAULT_LIMIT, cursor: Cursor = None) -> TeamPage:
    """Answer a page of teams."""
    session = enter(Permission.READ_TEAMS)
    found = teams.list_teams(session.db, session.org_id, after=cursors.name(cursor), limit=limit + 1)
    items, following = cursors.cut(found, limit, lambda team: (team.name, team.id))
    return TeamPage(items=items, next_cursor=following)


@router.post(
    "/v1/teams",
    summary="Create a team",
    tags=TEAMS,
    operation_id="createTeam",
    status_code=HTTPStatus.CREATED.value,
)
def create_team(data: TeamInput) -> Response[Team]:
    """Create a team nobody is in."""
    session = enter(Permission.WRITE_TEAMS)
    return versioned(teams.create_team(session.db, session.org_id, session.actor, data), HTTPStatus.CREATED)


@router.get("/v1/teams/<team_id>", summary="Get a team", tags=TEAMS, operation_id="getTeam")
def get_team(team_id: UUID) -> Response[Team]:
    """Answer one team."""
    session = enter(Permission.READ_TEAMS)
    return versioned(teams.get_team(session.db, session.org_id, team_id))


@router.patch(  # pyright: ignore[reportUnknownMemberType] - powertools leaves its middlewares bare
    "/v1/teams/<team_id>", summary="Rename a team", tags=TEAMS, operation_id="updateTeam"
)
def rename_team(team_id: UUID, data: TeamInput, if_match: IfMatch = None) -> Response[Team]:
    """Rename a team; its leads may."""
    session = enter_as_lead(Permission.READ_TEAMS, Permission.WRITE_TEAMS)
    version = expected(if_match)
    return versioned(teams.rename_team(session.db, session.org_id, session.by, team_id, data, version=version))


@router.delete(
    "/v1/teams/<team_id>",
    summary="Delete a team that owns nothing",
    tags=TEAMS,
    operation_id="deleteTeam",
    responses={HTTPStatus.NO_CONTENT.value: {"description": "Deleted"}},
)
def delete_team(team_id: UUID) -> Response[None]:
    """Delete a team."""
    session = enter(Permission.WRITE_TEAMS)
    teams.delete_team(session.db, session.org_id, session.actor, team_id)
    return Response(status_code=HTTPStatus.NO_CONTENT.value)


@router.put(
    "/v1/teams/<team_id>/members/<user_id>",
    summary="Put a member into a team, as its lead or a member",
    tags=TEAMS,
    operation_id="putTeamMember",
)
def put_team_member(team_id: UUID, user_id: UUID, data: TeamMemberInput) -> Response[Team]:
    """Put a member into a team; its leads may."""
    session = enter_as_lead(Permission.READ_TEAMS, Permission.WRITE_TEAMS)
    return versioned(teams.put_member(session.db, session.org_id, session.by, team_id, user_id, data))


@router.delete(
    "/v1/teams/<team_id>/members/<user_id>",
    summary="Take a member out of a team",
    tags=TEAMS,
    operation_id="removeTeamMember",
)
def remove_team_member(team_id: UUID, user_id: UUID) -> Response[Team]:
    """Take a member out of a team; its leads may."""
    session = enter_as_lead(Permission.READ_TEAMS, Permission.WRITE_TEAMS)
    return versioned(teams.remove_member(session.db, session.org_id, session.by, team_id, user_id))
