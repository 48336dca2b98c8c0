"""Single steps of escalation policies, each change a version made of the one that was read."""

from http import HTTPStatus
from typing import Final
from uuid import UUID

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from functions.api.session import enter_as_lead
from functions.api.versions import IfMatch, expected, versioned
from tocsin.contracts.api_policies import Policy, StepCopy, StepInsert, StepMove, StepPatch
from tocsin.domain.permission import Permission
from tocsin_data.services import policy_steps

router = APIGatewayHttpRouter()
TAGS: Final = ["escalation policies"]
READ: Final = Permission.READ_POLICIES
WRITE: Final = Permission.WRITE_POLICIES


@router.post(
    "/v1/escalation-policies/<policy_id>/steps",
    summary="Put a step into a policy, at a position or at the end",
    tags=TAGS,
    operation_id="insertStep",
    status_code=HTTPStatus.CREATED.value,
)
def insert_step(policy_id: UUID, data: StepInsert, if_match: IfMatch = None) -> Response[Policy]:
    """Insert a step; running escalations keep their version."""
    session, version = enter_as_lead(READ, WRITE), expected(if_match)
    made = policy_steps.insert(session.db, session.org_id, session.by, policy_id, data, version=version)
    return versioned(made, HTTPStatus.CREATED)


@router.patch(  # pyright: ignore[reportUnknownMemberType] - powertools types its middlewares in part
    "/v1/escalation-policies/<policy_id>/steps/<step_id>",
    summary="Change what a step does; what is left out stays",
    tags=TAGS,
    operation_id="updateStep",
)
def update_step(policy_id: UUID, step_id: UUID, data: StepPatch, if_match: IfMatch = None) -> Response[Policy]:
    """Change a step, which keeps its id."""
    session, version = enter_as_lead(READ, WRITE), expected(if_match)
    return versioned(
        policy_steps.patch(session.db, session.org_id, session.by, policy_id, step_id, data, version=version)
    )


@router.delete(
    "/v1/escalation-policies/<policy_id>/steps/<step_id>",
    summary="Take a step out of a policy",
    tags=TAGS,
    operation_id="removeStep",
)
def remove_step(policy_id: UUID, step_id: UUID, if_match: IfMatch = None) -> Response[Policy]:
    """Remove a step; answers the policy without it."""
    session, version = enter_as_lead(READ, WRITE), expected(if_match)
    return versioned(policy_steps.remove(session.db, session.org_id, session.by, policy_id, step_id, version=version))


@router.post(
    "/v1/escalation-policies/<policy_id>/steps/<step_id>/move",
    summary="Let a step stand at another position",
    tags=TAGS,
    operation_id="moveStep",
)
def move_step(policy_id: UUID, step_id: UUID, data: StepMove, if_match: IfMatch = None) -> Response[Policy]:
    """Move a step, which keeps its id."""
    session, version = enter_as_lead(READ, WRITE), expected(if_match)
    place = data.position
    return versioned(
        policy_steps.move(session.db, session.org_id, session.by, policy_id, step_id, place, version=version)
    )


@router.post(
    "/v1/escalation-policies/<policy_id>/steps/<step_id>/duplicate",
    summary="Put a copy of a step right after it, or at a position",
    tags=TAGS,
    operation_id="duplicateStep",
    status_code=HTTPStatus.CREATED.value,
)
def duplicate_step(policy_id: UUID, step_id: UUID, data: StepCopy, if_match: IfMatch = None) -> Response[Policy]:
    """Copy a step."""
    session, version = enter_as_lead(READ, WRITE), expected(if_match)
    place = data.position
    made = policy_steps.copy(session.db, session.org_id, session.by, policy_id, step_id, place, version=version)
    return versioned(made, HTTPStatus.CREATED)
