"""Who is on call, and whether members are mailed when their turn begins or ends."""

from typing import Annotated, Final
from uuid import UUID

from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from functions.api import cursors
from functions.api.queries import FILTER, Cursor, Limit
from functions.api.session import enter, enter_as_person
from tocsin.contracts.api_schedules import HandoffNotices, HandoffNoticesInput, OnCallPage
from tocsin.domain.permission import Permission
from tocsin_data.services import on_call

router = APIGatewayHttpRouter()
TAGS: Final = ["on call"]


@router.get(
    "/v1/on-call",
    summary="List who is on call now, and who is next, by the schedules' names",
    description="With user_id only schedules where it is theirs, now or next; a page may then hold less than its limit"
    " and be followed by another.",
    tags=TAGS,
    operation_id="listOnCall",
)
def list_on_call(
    user_id: Annotated[UUID | None, FILTER] = None,
    team_id: Annotated[UUID | None, FILTER] = None,
    limit: Limit = cursors.DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> OnCallPage:
    """Answer a page of schedules with who is on call."""
    session = enter(Permission.READ_SCHEDULES)
    found, place = on_call.list_on_call(
        session.db, session.org_id, user_id=user_id, team_id=team_id, after=cursors.name(cursor), limit=limit
    )
    return found if place is None else found.model_copy(update={"next_cursor": cursors.at_name(place)})


@router.get(
    "/v1/on-call/notices",
    summary="Get whether you are mailed when your turn begins or ends",
    tags=TAGS,
    operation_id="getHandoffNotices",
)
def get_notices() -> HandoffNotices:
    """Answer what a member has chosen here; notices are sent unless they said otherwise."""
    session, user_id = enter_as_person()
    return on_call.notices(session.db, session.org_id, user_id)


@router.put(
    "/v1/on-call/notices",
    summary="Choose whether to be mailed when your turn begins or ends",
    tags=TAGS,
    operation_id="setHandoffNotices",
)
def set_notices(data: HandoffNoticesInput) -> HandoffNotices:
    """Write what a member has chosen for one organization."""
    session, user_id = enter_as_person()
    return on_call.set_notices(session.db, session.org_id, session.actor, user_id, data)
