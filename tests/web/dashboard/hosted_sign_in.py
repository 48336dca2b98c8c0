"""The hosted sign-in of a user pool with people of an identity provider: as much of Cognito's as a browser meets.

It refuses what the real one refuses: another client, an address to send back to that it was not given, no PKCE, a
verifier that is not the challenge's, and a code a second time.
"""

import base64
import hashlib
import json
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Final
from urllib.parse import parse_qs, urlencode, urlsplit
from uuid import uuid4

from tests.web.dashboard.home import PERSON, TOKEN_SECONDS, Reply, listening

CLIENT: Final = "client"
SCOPES: Final = {"openid", "email", "profile", "aws.cognito.signin.user.admin"}
VERIFIER_LENGTH: Final = range(43, 129)


@dataclass
class HostedSignIn:
    """`person` is the subject of who comes back next, `error` with what nobody does."""

    callback_url: str
    person: str = ""
    error: dict[str, str] = field(default_factory=dict[str, str])
    refuses: str = ""
    """What the next code is refused for, though all is right with it."""
    url: str = ""
    refused: list[str] = field(default_factory=list[str])
    _codes: dict[str, tuple[str, str]] = field(default_factory=dict[str, tuple[str, str]])

    def respond(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Reply:
        """GET /oauth2/authorize and POST /oauth2/token."""
        asked = urlsplit(path)
        if (method, asked.path) == ("GET", "/oauth2/authorize"):
            return self._authorize(_words(asked.query))
        if (method, asked.path) == ("POST", "/oauth2/token"):
            is_form = headers.get("content-type", "").startswith("application/x-www-form-urlencoded")
            return self._told(self._tokens(_words(body.decode())) if is_form else "invalid_request")
        return Reply(HTTPStatus.NOT_FOUND)

    def _authorize(self, asked: dict[str, str]) -> Reply:
        if asked.get("client_id") != CLIENT or asked.get("redirect_uri") != self.callback_url:
            return self._refuse("redirect_mismatch")
        back = {"state": asked["state"]} if "state" in asked else {}
        if self.error:
            return self._send_back({**self.error, **back})
        if asked.get("response_type") != "code" or asked.get("identity_provider") != "sso":
            return self._send_back({"error": "invalid_request", **back})
        if not set(asked.get("scope", "").split()) <= SCOPES:
            return self._send_back({"error": "invalid_scope", **back})
        if asked.get("code_challenge_method") != "S256" or not asked.get("code_challenge"):
            return self._send_back({"error": "invalid_request", **back})
        code = str(uuid4())
        self._codes[code] = (asked["code_challenge"], self.person)
        return self._send_back({"code": code, **back})

    def _tokens(self, asked: dict[str, str]) -> dict[str, str | int] | str:
        """Tokens, or what they are refused with."""
        if asked.get("client_id") != CLIENT:
            return "invalid_client"
        if asked.get("grant_type") != "authorization_code":
            return "unsupported_grant_type"
        challenge, person = self._codes.pop(asked.get("code", ""), ("", ""))
        verifier = asked.get("code_verifier", "")
        digest = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
        if (
            asked.get("redirect_uri") != self.callback_url
            or digest != challenge
            or len(verifier) not in VERIFIER_LENGTH
        ):
            return "invalid_grant"
        if self.refuses:
            return self.refuses
        token = PERSON.removeprefix("Bearer ") + person
        return {"access_token": token, "refresh_token": person, "expires_in": TOKEN_SECONDS, "token_type": "Bearer"}

    def _told(self, answer: dict[str, str | int] | str) -> Reply:
        status = HTTPStatus.BAD_REQUEST if isinstance(answer, str) else HTTPStatus.OK
        if isinstance(answer, str):
            self.refused.append(answer)
        told = {"error": answer} if isinstance(answer, str) else answer
        headers = {"Content-Type": "application/json", "Access-Control-Allow-Origin": "*"}
        return Reply(status, headers, json.dumps(told).encode())

    def _send_back(self, told: dict[str, str]) -> Reply:
        if "error" in told:
            self.refused.append(told["error"])
        return Reply(HTTPStatus.FOUND, {"Location": f"{self.callback_url}?{urlencode(told)}"})

    def _refuse(self, reason: str) -> Reply:
        self.refused.append(reason)
        return Reply(HTTPStatus.BAD_REQUEST, {"Content-Type": "text/html"}, reason.encode())


def _words(text: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(text).items()}


@contextmanager
def hosted_sign_in(site: str) -> Generator[HostedSignIn]:
    """One that sends people back to a site's /sign-in."""
    made = HostedSignIn(f"{site}/sign-in")
    with listening(made.respond) as made.url:
        yield made
