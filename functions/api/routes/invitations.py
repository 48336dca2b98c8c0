"""Invitations: whom members ask to join, and the joining of who is asked."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from functions.api import cursors
from functions.api.queries import FILTER, Cursor, Limit
from functions.api.session import Session, enter, enter_as_person
from functions.api.versions import IfMatch, expected, versioned
from tocsin.contracts.api_access import (
    AcceptInput,
    Invitation,
    InvitationInput,
    InvitationPage,
    InvitationStatus,
    InvitationUpdate,
    Joined,
    ReceivedInvitationList,
    ResendInput,
)
from tocsin.domain.permission import Permission
from tocsin.errors import Forbidden
from tocsin_data.services import accepting, inviting
from tocsin_data.services.inviting import Inviter

router = APIGatewayHttpRouter()


@router.get(
    "/v1/invitations", summary="List invitations, newest first", tags=["invitations"], operation_id="listInvitations"
)
def list_invitations(
    status: Annotated[InvitationStatus | None, FILTER] = None,
    limit: Limit = cursors.DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> InvitationPage:
    """Answer a page of invitations."""
    session = enter(Permission.READ_MEMBERS)
    found = inviting.list_invitations(
        session.db, session.org_id, status=status, before=cursors.instant(cursor), limit=limit + 1
    )
    items, following = cursors.cut(found, limit, lambda i: (i.created_at, i.id))
    return InvitationPage(items=items, next_cursor=following)


@router.post(
    "/v1/invitations",
    summary="Invite somebody by e-mail, with a role no higher than your own",
    tags=["invitations"],
    operation_id="createInvitation",
    status_code=HTTPStatus.CREATED.value,
)
def create_invitation(data: InvitationInput) -> Response[Invitation]:
    """Create an invitation and mail it."""
    session = enter(Permission.WRITE_MEMBERS)
    made, leaving = inviting.invite(session.db, session.org_id, _inviter(session), data)
    session.send(leaving)
    return versioned(made, HTTPStatus.CREATED)


@router.post(
    "/v1/invitations/accept",
    summary="Accept the invitation of a token, with the verified address it was sent to",
    tags=["invitations"],
    operation_id="acceptInvitationByToken",
)
def accept_by_token(data: AcceptInput) -> Joined:
    """Join by the token that came by mail."""
    session, user_id, email = _person()
    return accepting.accept_by_token(session.db, user_id, email, session.actor, data.token)


@router.get(
    "/v1/invitations/<invitation_id>",
    summary="Get an invitation; its version is in the ETag too",
    tags=["invitations"],
    operation_id="getInvitation",
)
def get_invitation(invitation_id: UUID) -> Response[Invitation]:
    """Answer one invitation."""
    session = enter(Permission.READ_MEMBERS)
    found = inviting.get_invitation(session.db, session.org_id, invitation_id)
    return versioned(found)


@router.route(
    "/v1/invitations/<invitation_id>",
    method="PATCH",
    summary="Change the role or the teams of an invitation that waits",
    tags=["invitations"],
    operation_id="updateInvitation",
)
def update_invitation(
    invitation_id: UUID,
    data: InvitationUpdate,
    if_match: IfMatch = None,
) -> Response[Invitation]:
    """Change what an invitation is for."""
    session = enter(Permission.WRITE_MEMBERS)
    version = expected(if_match)
    changed = inviting.change(session.db, session.org_id, _inviter(session), invitation_id, data, version=version)
    return versioned(changed)


@router.post(
    "/v1/invitations/<invitation_id>/resend",
    summary="Mail an invitation again with a new token; the one before ends",
    tags=["invitations"],
    operation_id="resendInvitation",
)
def resend_invitation(invitation_id: UUID, data: ResendInput) -> Response[Invitation]:
    """Mail an invitation again."""
    session = enter(Permission.WRITE_MEMBERS)
    sent, leaving = inviting.resend(session.db, session.org_id, _inviter(session), invitation_id, data)
    session.send(leaving)
    return versioned(sent)


@router.post(
    "/v1/invitations/<invitation_id>/revoke",
    summary="Revoke an invitation at once",
    tags=["invitations"],
    operation_id="revokeInvitation",
)
def revoke_invitation(invitation_id: UUID) -> Response[Invitation]:
    """Revoke an invitation."""
    session = enter(Permission.WRITE_MEMBERS)
    revoked = inviting.revoke(session.db, session.org_id, _inviter(session), invitation_id)
    return versioned(revoked)


@router.get(
    "/v1/me/invitations",
    summary="The invitations that wait for your verified address, oldest first",
    tags=["me"],
    operation_id="listMyInvitations",
)
def list_my_invitations() -> ReceivedInvitationList:
    """Answer what waits for the caller."""
    session, _, email = _person()
    return ReceivedInvitationList(items=list(accepting.waiting(session.db, email)))


@router.post(
    "/v1/me/invitations/<invitation_id>/accept",
    summary="Accept an invitation that waits for your verified address",
    tags=["me"],
    operation_id="acceptMyInvitation",
)
def accept_my_invitation(invitation_id: UUID) -> Joined:
    """Join by an invitation of one's own."""
    session, user_id, email = _person()
    return accepting.accept(session.db, user_id, email, session.actor, invitation_id)


@router.post(
    "/v1/me/invitations/<invitation_id>/decline",
    summary="Turn down an invitation that waits for your verified address",
    tags=["me"],
    operation_id="declineMyInvitation",
    responses={HTTPStatus.NO_CONTENT.value: {"description": "Declined"}},
)
def decline_my_invitation(invitation_id: UUID) -> Response[None]:
    """Turn an invitation down."""
    session, _, email = _person()
    accepting.decline(session.db, email, session.actor, invitation_id)
    return Response(status_code=HTTPStatus.NO_CONTENT.value)


def _inviter(session: Session) -> Inviter:
    return Inviter(session.actor, session.role, session.settings.seal_public_key())


def _person() -> tuple[Session, UUID, str]:
    session, user_id = enter_as_person()
    if session.caller.email is None:
        raise Forbidden("This takes a verified e-mail address.")
    return session, user_id, session.caller.email
