"""Who calls, and a person's own account; none of it needs an organization to be named."""

from http import HTTPStatus

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from functions.api.session import enter_as_person, enter_without_organization
from tocsin.contracts.api_me import Me, MeInput
from tocsin_data.services import accounts

router = APIGatewayHttpRouter()


@router.get(
    "/v1/me", summary="Get who calls, with their organizations, roles and teams", tags=["me"], operation_id="getMe"
)
def get_me() -> Me:
    """Answer a person, an API key or a visit to the demo."""
    session = enter_without_organization()
    return accounts.me(session.db, session.caller)


@router.patch(  # pyright: ignore[reportUnknownMemberType] - powertools leaves its middlewares bare
    "/v1/me", summary="Change your name", tags=["me"], operation_id="updateMe"
)
def update_me(data: MeInput) -> Me:
    """Change what a person is called, in all their organizations."""
    session, user_id = enter_as_person()
    return accounts.rename(session.db, session.caller, user_id, data)


@router.post(
    "/v1/me/sign-out",
    summary="Sign out everywhere: refuse every access token from before now",
    tags=["me"],
    operation_id="signOutEverywhere",
    responses={HTTPStatus.NO_CONTENT.value: {"description": "Signed out"}},
)
def sign_out() -> Response[None]:
    """End the tokens of a person; API keys go on."""
    session, user_id = enter_as_person()
    accounts.sign_out_everywhere(session.db, session.actor, user_id)
    return Response(status_code=HTTPStatus.NO_CONTENT.value)


@router.delete(
    "/v1/me",
    summary="Delete your account, once no organization needs you as its owner",
    description="Ends your memberships and personal API keys; what you did stays, without your name. Delete the user"
    " of the sign-in with the same token afterwards (Cognito: DeleteUser).",
    tags=["me"],
    operation_id="deleteMe",
    responses={HTTPStatus.NO_CONTENT.value: {"description": "Deleted"}},
)
def delete_me() -> Response[None]:
    """Delete an account."""
    session, user_id = enter_as_person()
    accounts.delete(session.db, session.actor, user_id)
    return Response(status_code=HTTPStatus.NO_CONTENT.value)
