"""People who call the API with an access token that the authorizer has verified."""

import json
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from joserfc import jwe

from functions.api.handler import handler
from tests.support.api_host import Answered, ApiHost, seal_key
from tests.support.http_api import http_event
from tests.support.world import Person
from tocsin.contracts.mail import InvitationMail, VerificationMail
from tocsin.platform.sealing import ALGORITHMS


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Somebody whose token says this; who is new is registered by their first call."""

    api: ApiHost
    email: str
    org_id: UUID | None = None
    is_verified: bool = True
    subject: str = field(default_factory=lambda: str(uuid4()))

    def call(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        headers: dict[str, str] | None = None,
        query: dict[str, Any] | None = None,
    ) -> Answered:
        """One request, past the authorizer."""
        sent = {"content-type": "application/json", **(headers or {})}
        if self.org_id is not None:
            sent["tocsin-organization"] = str(self.org_id)
        event = http_event(method, path, b"" if body is None else json.dumps(body), sent, query=urlencode(query or {}))
        event["queryStringParameters"] = {name: str(value) for name, value in (query or {}).items()}
        now = self.api.world.now
        context = {
            "kind": "user",
            "subject": self.subject,
            "email": self.email,
            "email_verified": "true" if self.is_verified else "false",
            "name": self.email.partition("@")[0],
            "issued_at": str(int((now - timedelta(minutes=1)).timestamp())),
            "expires_at": str(int((now + timedelta(minutes=30)).timestamp())),
        }
        event["requestContext"] = {**event["requestContext"], "authorizer": {"lambda": context}}
        answer = handler(event, None)
        return Answered(answer["statusCode"], answer["headers"], answer["body"] or "")


def member(api: ApiHost, person: Person, org_id: UUID | None = None) -> SignedIn:
    """A member of the world's organization, who signs in."""
    signed_in = SignedIn(api, person.email, org_id or api.world.org_id)
    api.world.database.rows(
        "update user_account set subject = %s where id = %s returning id", signed_in.subject, person.user_id
    )
    return signed_in


def mailed(api: ApiHost) -> list[InvitationMail]:
    """Take the invitations that wait to be mailed, opened as notify does."""
    return [_opened(message["sealed"]) for message in api.sent("mails")]


def codes(api: ApiHost) -> list[str]:
    """Take the codes that wait to be mailed."""
    return [VerificationMail.model_validate_json(_plain(message["sealed"])).code for message in api.sent("mails")]


def _opened(sealed: str) -> InvitationMail:
    return InvitationMail.model_validate_json(_plain(sealed))


def _plain(sealed: str) -> bytes:
    return jwe.decrypt_compact(sealed, seal_key(), algorithms=ALGORITHMS).plaintext or b""
