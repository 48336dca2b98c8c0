"""Contact methods: how members are reached, set up by themselves or by who may for all."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from aws_lambda_powertools.event_handler.openapi.params import Body
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from functions.api.session import Session, enter, enter_for
from tocsin.contracts.api_notifications import (
    CodeInput,
    ContactMethod,
    ContactMethodInput,
    ContactMethodList,
    MethodTest,
    NewContactMethod,
    RemovedContactMethod,
)
from tocsin.domain.permission import Permission
from tocsin_data.services import contact_methods, verifying

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
    summary="Give a member a way to be reached, yourself or as an admin; a webhook's secret is shown this once",
    tags=["contact methods"],
    operation_id="createContactMethod",
    status_code=HTTPStatus.CREATED.value,
)
def create_contact_method(
    user_id: UUID, data: Annotated[ContactMethodInput, Body(discriminator="channel")]
) -> NewContactMethod:
    """Create a contact method."""
    session = _enter_for(user_id)
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
    session = _enter_for(user_id)
    return contact_methods.disable_contact_method(session.db, session.org_id, session.actor, user_id, method_id)


@router.delete(
    "/v1/users/<user_id>/contact-methods/<method_id>",
    summary="Remove a contact method, and the notification rules that name it",
    tags=["contact methods"],
    operation_id="removeContactMethod",
)
def remove_contact_method(user_id: UUID, method_id: UUID) -> RemovedContactMethod:
    """Remove a contact method; answers what went with it."""
    session = _enter_for(user_id)
    return contact_methods.remove_contact_method(session.db, session.org_id, session.actor, user_id, method_id)


@router.post(
    "/v1/users/<user_id>/contact-methods/<method_id>/verify",
    summary="Mail a code to a contact method; it can be given for 15 minutes",
    description="Webhooks and chat channels take no code: a test page that is answered with 2xx verifies them.",
    tags=["contact methods"],
    operation_id="verifyContactMethod",
)
def verify_contact_method(user_id: UUID, method_id: UUID) -> ContactMethod:
    """Send a code."""
    session = _enter_for(user_id)
    method, leaving = verifying.send_code(
        session.db,
        session.org_id,
        session.actor,
        user_id,
        method_id,
        mac_keys=session.settings.mac_keys(),
        seal_public_key=session.settings.seal_public_key(),
    )
    session.send(leaving)
    return method


@router.post(
    "/v1/users/<user_id>/contact-methods/<method_id>/confirm",
    summary="Give the code that was sent; after five wrong ones it takes another",
    tags=["contact methods"],
    operation_id="confirmContactMethod",
)
def confirm_contact_method(user_id: UUID, method_id: UUID, data: CodeInput) -> ContactMethod:
    """Take a code."""
    session = _enter_for(user_id)
    return verifying.confirm(
        session.db,
        session.org_id,
        session.actor,
        user_id,
        method_id,
        data.code,
        mac_keys=session.settings.mac_keys(),
    )


@router.post(
    "/v1/users/<user_id>/contact-methods/<method_id>/tests",
    summary="Send a test page; one that a webhook or a chat channel takes verifies it",
    tags=["contact methods"],
    operation_id="testContactMethod",
    status_code=HTTPStatus.CREATED.value,
)
def test_contact_method(user_id: UUID, method_id: UUID) -> MethodTest:
    """Send a test page."""
    session = _enter_for(user_id)
    made, leaving = verifying.send_test(
        session.db,
        session.org_id,
        session.actor,
        user_id,
        method_id,
        seal_public_key=session.settings.seal_public_key(),
    )
    session.send(leaving)
    return made


@router.get(
    "/v1/users/<user_id>/contact-methods/<method_id>/tests/<test_id>",
    summary="What has become of a test page",
    tags=["contact methods"],
    operation_id="getContactMethodTest",
)
def get_test(user_id: UUID, method_id: UUID, test_id: UUID) -> MethodTest:
    """Answer a test page's state."""
    session = enter(Permission.READ_CONTACT_METHODS)
    return verifying.get_test(session.db, session.org_id, user_id, method_id, test_id)


def _enter_for(user_id: UUID) -> Session:
    return enter_for(user_id, Permission.WRITE_OWN_CONTACT_METHODS, Permission.WRITE_CONTACT_METHODS)
