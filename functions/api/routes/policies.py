"""Escalation policies: read with their version, changed only by who read that version."""

from http import HTTPStatus
from typing import Annotated, Final
from uuid import UUID

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Path, Query
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from functions.api import cursors
from functions.api.queries import Cursor, Limit
from functions.api.session import enter, enter_as_lead
from functions.api.versions import IfMatch, expected, versioned
from tocsin.contracts.api_policies import Policy, PolicyCopy, PolicyInput, PolicyPage, PolicyVersions
from tocsin.domain.permission import Permission
from tocsin_data.services import policies

router = APIGatewayHttpRouter()
TAGS: Final = ["escalation policies"]
READ: Final = Permission.READ_POLICIES
WRITE: Final = Permission.WRITE_POLICIES


@router.get(
    "/v1/escalation-policies",
    summary="List escalation policies by name",
    tags=TAGS,
    operation_id="listEscalationPolicies",
)
def list_policies(limit: Limit = cursors.DEFAULT_LIMIT, cursor: Cursor = None) -> PolicyPage:
    """Answer a page of policies."""
    session = enter(READ)
    found = policies.list_policies(session.db, session.org_id, after=cursors.name(cursor), limit=limit + 1)
    items, following = cursors.cut(found, limit, lambda p: (p.name, p.id))
    return PolicyPage(items=items, next_cursor=following)


@router.post(
    "/v1/escalation-policies",
    summary="Create an escalation policy",
    tags=TAGS,
    operation_id="createEscalationPolicy",
    status_code=HTTPStatus.CREATED.value,
)
def create_policy(data: PolicyInput) -> Response[Policy]:
    """Create a policy in version 1; leads may, for their team."""
    session = enter_as_lead(READ, WRITE)
    return versioned(policies.create_policy(session.db, session.org_id, session.by, data), HTTPStatus.CREATED)


@router.get(
    "/v1/escalation-policies/<policy_id>",
    summary="Get an escalation policy; its version is in the ETag too",
    tags=TAGS,
    operation_id="getEscalationPolicy",
)
def get_policy(policy_id: UUID) -> Response[Policy]:
    """Answer one policy in its current version."""
    session = enter(READ)
    return versioned(policies.get_policy(session.db, session.org_id, policy_id))


@router.put(
    "/v1/escalation-policies/<policy_id>",
    summary="Make a new version; running escalations keep theirs",
    tags=TAGS,
    operation_id="updateEscalationPolicy",
)
def update_policy(policy_id: UUID, data: PolicyInput, if_match: IfMatch = None) -> Response[Policy]:
    """Make a new version of the one that was read; leads of the owning team may."""
    session = enter_as_lead(READ, WRITE)
    version = expected(if_match)
    made = policies.update_policy(session.db, session.org_id, session.by, policy_id, data, version=version)
    return versioned(made)


@router.delete(
    "/v1/escalation-policies/<policy_id>",
    summary="Take an escalation policy out of use, once no service has it",
    tags=TAGS,
    operation_id="deleteEscalationPolicy",
    responses={HTTPStatus.NO_CONTENT.value: {"description": "Deleted"}},
)
def delete_policy(policy_id: UUID) -> Response[None]:
    """Delete a policy; leads of the owning team may."""
    session = enter_as_lead(READ, WRITE)
    policies.delete_policy(session.db, session.org_id, session.by, policy_id)
    return Response(status_code=HTTPStatus.NO_CONTENT.value)


@router.post(
    "/v1/escalation-policies/<policy_id>/duplicate",
    summary="Create a policy like this one, with steps of its own",
    tags=TAGS,
    operation_id="duplicateEscalationPolicy",
    status_code=HTTPStatus.CREATED.value,
)
def duplicate_policy(policy_id: UUID, data: PolicyCopy) -> Response[Policy]:
    """Copy a policy; leads may, for their team."""
    session = enter_as_lead(READ, WRITE)
    made = policies.copy_policy(session.db, session.org_id, session.by, policy_id, data)
    return versioned(made, HTTPStatus.CREATED)


@router.get(
    "/v1/escalation-policies/<policy_id>/versions",
    summary="List the versions of a policy, newest first, with what each changed",
    tags=TAGS,
    operation_id="listEscalationPolicyVersions",
)
def list_versions(
    policy_id: UUID,
    limit: Limit = cursors.DEFAULT_LIMIT,
    before: Annotated[int | None, Query(ge=1, le=2**31 - 1, description="next_before of the page before.")] = None,
) -> PolicyVersions:
    """Answer what a policy was, and who changed it."""
    session = enter(READ)
    return policies.list_versions(session.db, session.org_id, policy_id, before=before, limit=limit)


@router.get(
    "/v1/escalation-policies/<policy_id>/versions/<version>",
    summary="Get a policy as it was in a version, as escalations that run on it still have it",
    tags=TAGS,
    operation_id="getEscalationPolicyVersion",
)
def get_version(policy_id: UUID, version: Annotated[int, Path(ge=1, le=2**31 - 1)]) -> Policy:
    """Answer one version."""
    session = enter(READ)
    return policies.get_version(session.db, session.org_id, policy_id, version)
