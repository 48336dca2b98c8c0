"""Contact methods: how members are reached."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from aws_lambda_powertools.event_handler.openapi.params import Body
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from functions.api.session import enter
from tocsin.contracts.api import ContactMethod, ContactMethodInput, ContactMethodList, NewContactMethod
from tocsin.domain.permission import Permission
from tocsin_data.services import contact_methods

router = APIGatewayHttpRouter()


@router.get(
    "/v1/users/<user_id>/contact-methods",
    summary="All contact methods of a member, oldest first",
    tags=["contact methods"],
    operation_id="listContactMethods",
)
def list_contact_methods(user_id: UUID) -> ContactMethodList:
    """Answer a member's contact methods."""
    session = enter(Permission.READ_CONTACT_METHODS)
    found = contact_methods.list_contact_methods(session.db, session.org_id, user_id)
    return ContactMethodList(items=list(found))


@router.post(
    "/v1/users/<user_id>/contact-methods",
    summary="Give a member a way to be reached; a webhook's signing secret is shown this once",
    tags=["contact methods"],
    operation_id="createContactMethod",
    status_code=HTTPStatus.CREATED.value,
)
def create_contact_method(
    user_id: UUID, data: Annotated[ContactMethodInput, Body(discriminator="channel")]
) -> NewContactMethod:
    """Create a contact method."""
    session = enter(Permission.WRITE_CONTACT_METHODS)
    return contact_methods.create_contact_method(
        session.db,
        session.org_id,
        session.actor,
        user_id,
        data,
        seal_public_key=session.settings.seal_public_key(),
    )


@router.post(
    "/v1/users/<user_id>/contact-methods/<method_id>/disable",
    summary="Switch off a contact method",
    tags=["contact methods"],
    operation_id="disableContactMethod",
)
def disable_contact_method(user_id: UUID, method_id: UUID) -> ContactMethod:
    """Switch off a contact method."""
    session = enter(Permission.WRITE_CONTACT_METHODS)
    return contact_methods.disable_contact_method(session.db, session.org_id, session.actor, user_id, method_id)
