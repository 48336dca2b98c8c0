"""A Cognito user pool of MiniStack's, which really checks passwords by SRP and codes of apps, with people in it."""

import base64
import hmac
import struct
import time
from dataclasses import dataclass
from typing import Any, Final
from uuid import uuid4

import boto3

REGION: Final = "eu-west-1"
PASSWORD: Final = "Correct horse 4 battery!"  # noqa: S105 - of people who are made up
STEP_SECONDS: Final = 30
SIGN_UP_CODE: Final = "123456"
RESET_CODE: Final = "654321"
"""What MiniStack mails."""


def totp(secret: str, at: float | None = None) -> str:
    """The code that an authenticator app shows (RFC 6238)."""
    counter = int((time.time() if at is None else at) // STEP_SECONDS)
    digest = hmac.digest(base64.b32decode(secret + "=" * (-len(secret) % 8)), struct.pack(">Q", counter), "sha1")
    offset = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[offset : offset + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


@dataclass
class UserPool:
    """A pool with a public client; its users have random names and sign in by e-mail."""

    endpoint: str
    client: Any
    pool_id: str
    client_id: str

    @property
    def environment(self) -> dict[str, str]:
        """What tells the command of it."""
        return {
            "TOCSIN_POOL_ID": self.pool_id,
            "TOCSIN_CLIENT_ID": self.client_id,
            "TOCSIN_ENDPOINT": self.endpoint,
        }

    def person(self, email: str, *, confirmed: bool = True) -> str:
        """Add somebody with a verified address; answers their subject."""
        attributes = [{"Name": "email", "Value": email}, {"Name": "email_verified", "Value": "true"}]
        made = self.client.admin_create_user(
            UserPoolId=self.pool_id, Username=str(uuid4()), UserAttributes=attributes, MessageAction="SUPPRESS"
        )["User"]
        if confirmed:
            self.client.admin_set_user_password(
                UserPoolId=self.pool_id, Username=made["Username"], Password=PASSWORD, Permanent=True
            )
        return next(a["Value"] for a in made["Attributes"] if a["Name"] == "sub")

    def verify(self, email: str) -> str:
        """Take an address for verified, as Cognito does by the code of a sign-up; answers whose it is."""
        (found,) = self.client.list_users(UserPoolId=self.pool_id, Filter=f'email = "{email}"')["Users"]
        self.client.admin_update_user_attributes(
            UserPoolId=self.pool_id,
            Username=found["Username"],
            UserAttributes=[{"Name": "email_verified", "Value": "true"}],
        )
        return next(a["Value"] for a in found["Attributes"] if a["Name"] == "sub")

    def access_token(self, email: str) -> str:
        """An access token of somebody, signed in by another way than the command's."""
        flow = {"AuthFlow": "ADMIN_USER_PASSWORD_AUTH", "UserPoolId": self.pool_id, "ClientId": self.client_id}
        answer = self.client.admin_initiate_auth(**flow, AuthParameters={"USERNAME": email, "PASSWORD": PASSWORD})
        return answer["AuthenticationResult"]["AccessToken"]

    def authenticator(self, access_token: str) -> str:
        """Let who has this token have an authenticator app from now on; answers its secret."""
        secret = self.client.associate_software_token(AccessToken=access_token)["SecretCode"]
        self.client.verify_software_token(AccessToken=access_token, UserCode=totp(secret))
        self.client.set_user_mfa_preference(
            AccessToken=access_token, SoftwareTokenMfaSettings={"Enabled": True, "PreferredMfa": True}
        )
        return secret


def user_pool(endpoint: str) -> UserPool:
    """Make a pool."""
    client = boto3.client(
        "cognito-idp",
        region_name=REGION,
        endpoint_url=endpoint,
        aws_access_key_id="test",
        aws_secret_access_key="test",  # noqa: S106 - the emulator's
    )
    pool_id = client.create_user_pool(
        PoolName="people", UsernameAttributes=[], AliasAttributes=["email"], AutoVerifiedAttributes=["email"]
    )["UserPool"]["Id"]
    client.set_user_pool_mfa_config(
        UserPoolId=pool_id, MfaConfiguration="OPTIONAL", SoftwareTokenMfaConfiguration={"Enabled": True}
    )
    client_id = client.create_user_pool_client(
        UserPoolId=pool_id,
        ClientName="cli",
        GenerateSecret=False,
        ExplicitAuthFlows=["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH"],
        PreventUserExistenceErrors="ENABLED",
    )["UserPoolClient"]["ClientId"]
    return UserPool(endpoint, client, pool_id, client_id)
