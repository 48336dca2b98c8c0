"""Errors of our own protocols as problem documents (RFC 9457)."""

from collections.abc import Sequence
from dataclasses import asdict
from http import HTTPStatus
from typing import Final

from functions.ingest.exchange import Answer, Refusal, json_answer, retry_headers
from tocsin.errors import FieldProblem

PROBLEM_JSON: Final = "application/problem+json"

_REFUSALS: Final[dict[Refusal, tuple[HTTPStatus, str]]] = {
    Refusal.WRONG_METHOD: (HTTPStatus.METHOD_NOT_ALLOWED, "Events are sent by POST."),
    Refusal.UNKNOWN_KEY: (
        HTTPStatus.UNAUTHORIZED,
        "A routing key of this deployment is needed, in the path or in the Authorization header.",
    ),
    Refusal.REVOKED_KEY: (HTTPStatus.FORBIDDEN, "This routing key has been revoked."),
    Refusal.OVER_BUDGET: (HTTPStatus.TOO_MANY_REQUESTS, "This routing key is over its budget of requests a minute."),
    Refusal.TOO_LARGE: (
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        "Even without its details this request does not fit into 1 MiB; send fewer events at once.",
    ),
    Refusal.UNAVAILABLE: (
        HTTPStatus.SERVICE_UNAVAILABLE,
        "Nothing was accepted because it can't be made durable now; send it again.",
    ),
}
_HEADERS: Final[dict[Refusal, dict[str, str]]] = {
    Refusal.WRONG_METHOD: {"Allow": "POST"},
    Refusal.UNKNOWN_KEY: {"WWW-Authenticate": 'Bearer realm="tocsin"'},
}


def refused(reason: Refusal, retry_after: int | None) -> Answer:
    """A refusal as a problem document."""
    status, detail = _REFUSALS[reason]
    answer = problem(status, reason.value, detail)
    headers = {**_HEADERS.get(reason, {}), **retry_headers(retry_after)}
    return Answer(answer.status, answer.body, answer.content_type, headers)


def problem(status: HTTPStatus, code: str, detail: str, errors: Sequence[FieldProblem] = ()) -> Answer:
    """A problem document; `errors` name each field."""
    document: dict[str, object] = {"title": status.phrase, "status": status.value, "code": code, "detail": detail}
    if errors:
        document["errors"] = [asdict(error) for error in errors]
    return Answer(status.value, json_answer(status, document).body, PROBLEM_JSON)


def malformed(media_type: str, reason: str) -> Answer:
    """The body is not JSON: 415 when it did not claim to be, 400 when it did."""
    if media_type and media_type != "application/json" and not media_type.endswith("+json"):
        detail = f"The body must be JSON (Content-Type: application/json); this one came as {media_type}: {reason}."
        return problem(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "not_json", detail)
    return problem(HTTPStatus.BAD_REQUEST, "not_json", f"The body must be JSON: {reason}.")
