"""Signing in to a Cognito user pool: password by SRP, a code of an authenticator app, and tokens renewed."""

import time
import warnings
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from cli.failures import Failure, NotSignedIn, Refused, Unavailable, Usage

CODES: Final = {"SOFTWARE_TOKEN_MFA": "authenticator app", "SMS_MFA": "text message", "EMAIL_OTP": "e-mail"}
"""The challenges that are answered by a code, and where it comes from."""
WRONG_CODE: Final = frozenset({"CodeMismatchException", "ExpiredCodeException", "EnableSoftwareTokenMFAException"})
BUSY: Final = frozenset({"TooManyRequestsException", "InternalErrorException", "LimitExceededException"})


@dataclass(frozen=True, slots=True)
class Pool:
    """Where people sign in. `endpoint` is an emulator instead of AWS."""

    pool_id: str
    client_id: str
    endpoint: str | None = None

    @property
    def region(self) -> str:
        """The region, which the pool's id begins with; raises Usage when it is no id of a pool."""
        region, separator, rest = self.pool_id.partition("_")
        if not (region and separator and rest):
            raise Usage(f"{self.pool_id!r} is no id of a user pool, like eu-west-1_AbCdEfGhI.")
        return region


@dataclass(frozen=True, slots=True)
class Tokens:
    """What a sign-in gives; `refresh_token` None means that the one at hand stays good. Epoch seconds."""

    access_token: str
    expires_at: int
    refresh_token: str | None


def sign_in(pool: Pool, email: str, password: str, ask_code: Callable[[str], str]) -> Tokens:
    """Sign in; `ask_code` is given where the code comes from.

    Raises NotSignedIn for a wrong password or code, Refused for who must do something in a browser first.
    """
    client = _client(pool)
    # pycognito brings requests and envs along, which no other command needs
    from pycognito.aws_srp import AWSSRP

    srp = AWSSRP(email, password, pool.pool_id, pool.client_id, client=client)
    asked = srp.get_auth_params()
    with _told():
        answer = client.initiate_auth(AuthFlow="USER_SRP_AUTH", AuthParameters=asked, ClientId=pool.client_id)
        _expect(answer, "PASSWORD_VERIFIER")
        with warnings.catch_warnings():
            # it reads the clock by datetime.utcnow(), which goes in some later Python
            warnings.simplefilter("ignore", DeprecationWarning)
            proof = srp.process_challenge(answer["ChallengeParameters"], asked)
        answer = client.respond_to_auth_challenge(
            ClientId=pool.client_id,
            ChallengeName="PASSWORD_VERIFIER",
            ChallengeResponses=proof,
            **({"Session": answer["Session"]} if answer.get("Session") else {}),
        )
        while challenge := answer.get("ChallengeName"):
            if challenge not in CODES:
                _expect(answer, "")
            code = {f"{challenge}_CODE": ask_code(CODES[challenge]).strip(), "USERNAME": proof["USERNAME"]}
            answer = client.respond_to_auth_challenge(
                ClientId=pool.client_id,
                ChallengeName=challenge,
                Session=answer["Session"],
                ChallengeResponses=code,
            )
    return _tokens(answer)


def renew(pool: Pool, refresh_token: str) -> Tokens:
    """New tokens for a refresh token, which may be good no longer afterwards; raises NotSignedIn when it is not now."""
    with _told("Your sign-in is over: sign in again with `tocsin login`."):
        return _tokens(_client(pool).get_tokens_from_refresh_token(ClientId=pool.client_id, RefreshToken=refresh_token))


def sign_out(pool: Pool, refresh_token: str) -> None:
    """End a refresh token and the access tokens that came of it."""
    with _told():
        _client(pool).revoke_token(ClientId=pool.client_id, Token=refresh_token)


def _tokens(answer: Mapping[str, Any]) -> Tokens:
    found = answer["AuthenticationResult"]
    expires_at = int(time.time()) + int(found["ExpiresIn"])
    return Tokens(str(found["AccessToken"]), expires_at, found.get("RefreshToken"))


def _expect(answer: Mapping[str, Any], wanted: str) -> None:
    found = answer.get("ChallengeName")
    if found == "NEW_PASSWORD_REQUIRED":
        raise Refused("You must choose a new password first: sign in once in a browser.")
    if found != wanted:
        raise Refused(f"The sign-in asks for {found}, which only a browser can answer.")


def _client(pool: Pool) -> Any:
    """No AWS credentials are used or needed: these calls are for anybody."""
    import boto3
    from botocore import UNSIGNED
    from botocore.config import Config

    config = Config(signature_version=UNSIGNED, connect_timeout=5, read_timeout=15, retries={"total_max_attempts": 2})
    return boto3.client("cognito-idp", region_name=pool.region, endpoint_url=pool.endpoint, config=config)


@contextmanager
def _told(refusal: str = "Wrong e-mail address or password.") -> Generator[None]:
    """Cognito's errors in our words."""
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        yield
    except ClientError as error:
        code = str(error.response.get("Error", {}).get("Code"))
        said = str(error.response.get("Error", {}).get("Message"))
        if code in WRONG_CODE:
            raise NotSignedIn("That code is not right, or no longer.") from error
        if code == "NotAuthorizedException" and "attempts" in said.lower():
            raise Unavailable(said) from error
        if code in {"NotAuthorizedException", "UserNotFoundException", "RefreshTokenReuseException"}:
            raise NotSignedIn(refusal) from error
        if code == "UserNotConfirmedException":
            raise Refused(
                "This e-mail address has not been confirmed yet: use the code that was mailed to it."
            ) from error
        if code == "PasswordResetRequiredException":
            raise Refused("You must choose a new password first: sign in once in a browser.") from error
        if code == "ResourceNotFoundException":
            raise Usage("There is no such user pool or client there.") from error
        if code in BUSY:
            raise Unavailable(f"The sign-in is busy: {said}") from error
        raise Failure(f"The sign-in refused: {said}") from error
    except BotoCoreError as error:
        raise Unavailable(f"The sign-in can't be reached: {error}") from error
