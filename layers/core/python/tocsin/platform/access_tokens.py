"""Access tokens of people who sign in: verified against the keys of the user pool, which the process keeps.

JWT by RFC 7519, keys by RFC 7517, claims as Amazon Cognito's reference of access tokens has them.
"""

import json
import os
import time
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from botocore.awsrequest import AWSRequest
from botocore.exceptions import BotoCoreError
from botocore.httpsession import URLLib3Session

from tocsin.platform import logs

if TYPE_CHECKING:
    from jwt import PyJWK

SERVICE: Final = "authorizer"
ALGORITHM: Final = "RS256"
KEYS_LAST_SECONDS: Final = 3600.0
BETWEEN_FETCHES_SECONDS: Final = 10.0
REQUIRED: Final = ("exp", "iat", "iss", "sub", "token_use", "client_id")


class BadToken(Exception):
    """This is no access token of our pool for our clients, or no longer."""


class KeysUnavailable(Exception):
    """The pool's keys can't be had, so nothing can be said about a token; asking again may help."""


@dataclass(frozen=True, slots=True)
class Pool:
    """Whose tokens are taken: the issuer's URL, the clients they were made for, and where the keys are."""

    issuer: str
    client_ids: frozenset[str]
    jwks_url: str


@dataclass(slots=True)
class KeySet:
    """The pool's keys by id. They are fetched again when they are old, and at an id that is not among them, but at most
    once in BETWEEN_FETCHES_SECONDS, since anybody can make up ids; where that fails, those at hand go on.
    """

    url: str
    _keys: dict[str, "PyJWK"] = field(default_factory=dict[str, "PyJWK"])
    _fetched_at: float | None = None
    _tried_at: float | None = None

    def key(self, key_id: str, now: float) -> "PyJWK":
        """The key of an id at an instant of a monotonic clock in seconds; raises BadToken, KeysUnavailable."""
        is_old = self._fetched_at is None or now - self._fetched_at >= KEYS_LAST_SECONDS
        may_fetch = self._tried_at is None or now - self._tried_at >= BETWEEN_FETCHES_SECONDS
        if (is_old or key_id not in self._keys) and may_fetch:
            self._fetch(now)
        if key_id in self._keys:
            return self._keys[key_id]
        if self._fetched_at is None or self._fetched_at != self._tried_at:
            raise KeysUnavailable("the keys of the user pool can't be fetched")
        raise BadToken("no key of the user pool has this id")

    def _fetch(self, now: float) -> None:
        self._tried_at = now
        try:
            self._keys = _read(self.url)
        except (BotoCoreError, ValueError, KeyError, TypeError) as error:
            logs.logger(SERVICE).error("keys of the user pool not fetched", extra={"detail": str(error)})
            logs.count(SERVICE, "PoolKeysNotFetched")
            return
        self._fetched_at = now


def looks_like_one(text: str) -> bool:
    """Whether this can be a signed JWT, so that it is worth loading what reads them."""
    return text.startswith("ey") and text.count(".") == 2


def verify(token: str, pool: Pool) -> dict[str, str]:
    """The claims of an access token as texts: subject, email, email_verified, name, issued_at and expires_at in epoch
    seconds. Raises BadToken, KeysUnavailable.
    """
    import jwt

    try:
        key_id = jwt.get_unverified_header(token).get("kid")
        if not isinstance(key_id, str):
            raise BadToken("the token names no key")
        claims = jwt.decode(
            token,
            key_set(pool.jwks_url).key(key_id, time.monotonic()),
            algorithms=[ALGORITHM],
            issuer=pool.issuer,
            # access tokens of Cognito say client_id in the place of aud
            options={"require": list(REQUIRED), "verify_aud": False},
        )
    except (jwt.PyJWTError, UnicodeError, RecursionError) as error:
        raise BadToken(str(error)) from error
    if claims["token_use"] != "access":  # noqa: S105 - what the token is for
        raise BadToken("the token is no access token")
    if claims["client_id"] not in pool.client_ids:
        raise BadToken("the token was made for another client")
    if not claims["sub"]:
        raise BadToken("the token names nobody")
    return _texts(claims)


@cache
def key_set(url: str) -> KeySet:
    """The keys of a pool, one set a process."""
    return KeySet(url)


def _texts(claims: dict[str, Any]) -> dict[str, str]:
    is_verified = claims.get("email_verified") in (True, "true")
    return {
        "subject": str(claims["sub"]),
        "email": str(claims.get("email") or ""),
        "email_verified": "true" if is_verified else "false",
        "name": str(claims.get("name") or ""),
        "issued_at": str(int(claims["iat"])),
        "expires_at": str(int(claims["exp"])),
    }


def _read(url: str) -> dict[str, "PyJWK"]:
    """Fetch the keys that RS256 can be verified with; raises BotoCoreError, or ValueError and its like for bad ones."""
    from jwt import PyJWK, PyJWKError

    options: dict[str, Any] = {"verify": os.environ.get("AWS_CA_BUNDLE") or True, "timeout": (2, 3)}
    session = URLLib3Session(**options)
    try:
        response = session.send(AWSRequest("GET", url, {"User-Agent": "Tocsin"}).prepare())
        status, content = response.status_code, response.content
    finally:
        session.close()
    if status != 200:
        raise ValueError(f"the user pool answers {status}")
    found: list[dict[str, Any]] = json.loads(content)["keys"]
    usable = [key for key in found if key.get("kty") == "RSA" and key.get("alg", ALGORITHM) == ALGORITHM]
    try:
        return {str(key["kid"]): PyJWK(key, ALGORITHM) for key in usable}
    except PyJWKError as error:
        raise ValueError(str(error)) from error
