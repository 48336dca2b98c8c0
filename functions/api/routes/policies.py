"""Escalation policies: read with their version, changed only by who read that version."""

from http import HTTPStatus
from uuid import UUID

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from functions.api import cursors
from functions.api.queries import Cursor, Limit
from functions.api.session import enter
from functions.api.versions import IfMatch, expected, versioned
from tocsin.contracts.api import Policy, PolicyInput, PolicyPage
from tocsin.domain.permission import Permission
from tocsin_data.services import policies

router = APIGatewayHttpRouter()


@router.get(
    "/v1/escalation-policies",
    summary="List escalation policies by name",
    tags=["escalation policies"],
    operation_id="listEscalationPolicies",
)
def list_policies(limit: Limit = cursors.DEFAULT_LIMIT, cursor: Cursor = None) -> PolicyPage:
    """Answer a page of policies."""
    session = enter(Permission.READ_POLICIES)
    found = policies.list_policies(session.db, session.org_id, after=cursors.name(cursor), limit=limit + 1)
    items, following = cursors.cut(found, limit, lambda p: (p.name, p.id))
    return PolicyPage(items=items, next_cursor=following)


@router.post(
    "/v1/escalation-policies",
    summary="Create an escalation policy",
    tags=["escalation policies"],
    operation_id="createEscalationPolicy",
    status_code=HTTPStatus.CREATED.value,
)
def create_policy(data: PolicyInput) -> Response[Policy]:
    """Create a policy in version 1."""
    session = enter(Permission.WRITE_POLICIES)
    return versioned(policies.create_policy(session.db, session.org_id, session.actor, data), HTTPStatus.CREATED)


@router.get(
    "/v1/escalation-policies/<policy_id>",
    summary="Get an escalation policy; its version is in the ETag too",
    tags=["escalation policies"],
    operation_id="getEscalationPolicy",
)
def get_policy(policy_id: UUID) -> Response[Policy]:
    """Answer one policy in its current version."""
    session = enter(Permission.READ_POLICIES)
    return versioned(policies.get_policy(session.db, session.org_id, policy_id))


@router.put(
    "/v1/escalation-policies/<policy_id>",
    summary="Make a new version; running escalations keep theirs",
    tags=["escalation policies"],
    operation_id="updateEscalationPolicy",
)
def update_policy(policy_id: UUID, data: PolicyInput, if_match: IfMatch = None) -> Response[Policy]:
    """Make a new version of the one that was read."""
    session = enter(Permission.WRITE_POLICIES)
    version = expected(if_match)
    made = policies.update_policy(session.db, session.org_id, session.actor, policy_id, data, version=version)
    return versioned(made)


@router.delete(
    "/v1/escalation-policies/<policy_id>",
    summary="Take an escalation policy out of use, once no service has it",
    tags=["escalation policies"],
    operation_id="deleteEscalationPolicy",
    responses={HTTPStatus.NO_CONTENT.value: {"description": "Deleted"}},
)
def delete_policy(policy_id: UUID) -> Response[None]:
    """Delete a policy."""
    session = enter(Permission.WRITE_POLICIES)
    policies.delete_policy(session.db, session.org_id, session.actor, policy_id)
    return Response(status_code=HTTPStatus.NO_CONTENT.value)
