"""API Gateway's HTTP API before a function: a real request to a payload-2.0 event, its answer to a real response."""

import base64
import json
import time
from datetime import UTC, datetime
from typing import Any, Final
from uuid import uuid4

from bench.counts import Counts
from bench.pool import Function
from bench.wire import Request, Response
from tocsin.platform.tokens import digest

DOMAIN: Final = "bench.execute-api.eu-central-1.amazonaws.com"
TEXT: Final = ("text/", "application/json", "application/xml", "application/javascript")
METERED: Final = 512 * 1024
PERSON: Final = "person:"
"""How the token of somebody who has signed in begins; their subject follows."""
SIGNED_IN_SECONDS: Final = 600
BAD_GATEWAY: Final = Response(500, b'{"message":"Internal Server Error"}', {"content-type": "application/json"})


class Front:
    """One API. The app's has an authorizer, whose cached answer is given here: callers come with the same key."""

    def __init__(self, function: Function, counts: Counts, *, is_app: bool = False) -> None:
        self._function = function
        self._counts = counts
        self._is_app = is_app

    async def answer(self, request: Request) -> Response:
        """One request through the function."""
        self._counts.api_requests += max(1, -(-len(request.body) // METERED))
        went_well, answered = await self._function.invoke(json.dumps(self._event(request)).encode())
        if not went_well:
            return BAD_GATEWAY
        response: dict[str, Any] = json.loads(answered)
        body: str = response.get("body") or ""
        payload = base64.b64decode(body) if response.get("isBase64Encoded") else body.encode()
        return Response(response["statusCode"], payload, response.get("headers") or {})

    def _event(self, request: Request) -> dict[str, Any]:
        path, _, query = request.target.partition("?")
        now = time.time()
        context: dict[str, Any] = {
            "accountId": "123456789012",
            "apiId": "bench",
            "domainName": DOMAIN,
            "domainPrefix": "bench",
            "http": {
                "method": request.method,
                "path": path,
                "protocol": "HTTP/1.1",
                "sourceIp": "127.0.0.1",
                "userAgent": request.headers.get("user-agent", ""),
            },
            "requestId": uuid4().hex,
            "routeKey": "ANY /{proxy+}",
            "stage": "$default",
            "time": datetime.fromtimestamp(now, UTC).strftime("%d/%b/%Y:%H:%M:%S +0000"),
            "timeEpoch": int(now * 1000),
        }
        if self._is_app:
            token = request.headers.get("authorization", "").removeprefix("Bearer ")
            context["authorizer"] = {"lambda": _caller(token, now)}
        event: dict[str, Any] = {
            "version": "2.0",
            "routeKey": "ANY /{proxy+}",
            "rawPath": path,
            "rawQueryString": query,
            "headers": {**request.headers, "host": DOMAIN},
            "requestContext": context,
            "isBase64Encoded": False,
        }
        if request.body:
            event |= _body(request)
        return event


def _caller(token: str, now: float) -> dict[str, str]:
    """What the authorizer says of a token: a key's, or a person's."""
    if not token.startswith(PERSON):
        return {"key_hash": digest(token).hex()}
    subject = token.removeprefix(PERSON)
    return {
        "kind": "user",
        "subject": subject,
        "email": f"{subject}@bench.example",
        "email_verified": "true",
        "name": "",
        "issued_at": str(int(now) - SIGNED_IN_SECONDS),
        "expires_at": str(int(now) + SIGNED_IN_SECONDS),
    }


def _body(request: Request) -> dict[str, Any]:
    if request.headers.get("content-type", "").startswith(TEXT):
        try:
            return {"body": request.body.decode()}
        except UnicodeDecodeError:
            pass
    return {"body": base64.b64encode(request.body).decode(), "isBase64Encoded": True}
