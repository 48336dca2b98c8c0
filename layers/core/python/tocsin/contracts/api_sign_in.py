"""The public API's model of how people sign in here."""

from enum import StrEnum

from pydantic import Field

from tocsin.contracts.api import Answer


class SelfRegistration(StrEnum):
    """Who may make an account without being let in by an operator."""

    OPEN = "open"
    INVITATION = "invitation"
    DOMAINS = "domains"


class SignInPlace(Answer):
    """Where people sign in, by which client, and who may make an account; which domains may is not told."""

    region: str
    user_pool_id: str
    client_id: str = Field(description="The public client; it has no secret.")
    issuer: str = Field(description="The `iss` of access tokens.")
    endpoint: str | None = Field(description="An emulator of Cognito; null for AWS.")
    events_url: str = Field(description="Where tools send events.")
    self_registration: SelfRegistration
    single_sign_on_url: str | None = Field(
        description="The hosted sign-in of people from the operator's identity provider, `sso` there; null without one."
    )
