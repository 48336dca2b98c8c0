"""Every error as a problem document (RFC 9457), in one place, from its stable code."""

import json
import re
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, Final

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.exceptions import RequestValidationError

from functions.api.refusals import AlreadyMoved, MethodNotAllowed
from tocsin.contracts.api import Problem, ProblemField
from tocsin.errors import FieldProblem, Invalid, RateLimited, StaleVersion, TocsinError

PROBLEM_JSON: Final = "application/problem+json"
RETRY_AFTER_SECONDS: Final = 2
UNUSABLE: Final = "The request can't be used as it is."

STATUSES: Final[dict[str, HTTPStatus]] = {
    "malformed_body": HTTPStatus.BAD_REQUEST,
    "unauthenticated": HTTPStatus.UNAUTHORIZED,
    "organization_required": HTTPStatus.BAD_REQUEST,
    "forbidden": HTTPStatus.FORBIDDEN,
    "demo_read_only": HTTPStatus.FORBIDDEN,
    "not_found": HTTPStatus.NOT_FOUND,
    "invitation_unusable": HTTPStatus.NOT_FOUND,
    "invitation_for_another_address": HTTPStatus.FORBIDDEN,
    "already_member": HTTPStatus.CONFLICT,
    "invitation_pending": HTTPStatus.CONFLICT,
    "last_owner": HTTPStatus.CONFLICT,
    "no_demo": HTTPStatus.NOT_FOUND,
    "no_such_route": HTTPStatus.NOT_FOUND,
    "link_unusable": HTTPStatus.NOT_FOUND,
    "method_not_allowed": HTTPStatus.METHOD_NOT_ALLOWED,
    "conflict": HTTPStatus.CONFLICT,
    "duplicate": HTTPStatus.CONFLICT,
    "wrong_status": HTTPStatus.CONFLICT,
    "wrong_report_state": HTTPStatus.CONFLICT,
    "escalation_state": HTTPStatus.CONFLICT,
    "idempotent_request_running": HTTPStatus.CONFLICT,
    "idempotent_answer_lost": HTTPStatus.CONFLICT,
    "link_expired": HTTPStatus.GONE,
    "stale_version": HTTPStatus.PRECONDITION_FAILED,
    "body_too_large": HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    "unsupported_media_type": HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    "invalid": HTTPStatus.UNPROCESSABLE_ENTITY,
    "unstorable": HTTPStatus.UNPROCESSABLE_ENTITY,
    "idempotency_key_reused": HTTPStatus.UNPROCESSABLE_ENTITY,
    "version_required": HTTPStatus.PRECONDITION_REQUIRED,
    "rate_limited": HTTPStatus.TOO_MANY_REQUESTS,
    "unavailable": HTTPStatus.SERVICE_UNAVAILABLE,
    "queue_unavailable": HTTPStatus.SERVICE_UNAVAILABLE,
    "database_unavailable": HTTPStatus.SERVICE_UNAVAILABLE,
    "contention": HTTPStatus.SERVICE_UNAVAILABLE,
}
"""The HTTP status of each stable code; one that is missing here is a defect of ours."""

TAGS: Final = frozenset({"email", "webhook", "slack"})
"""pydantic names the variant of contact methods, told apart by `channel`, in a location. Alone, `email` is a field."""
VARIANTS: Final = re.compile(
    r"(spec|auth|assertions\.[0-9]+)\."
    r"(?:http|tls|tcp|dns|heartbeat|basic|bearer|status|body|json|header|latency)(?=\.)"
)
"""Likewise the variants that monitors' specifications are made of."""
TAG: Final = re.compile("'([^']*)'")


def status_of(error: TocsinError) -> HTTPStatus:
    """The HTTP status an error is answered with."""
    return STATUSES.get(error.code, HTTPStatus.INTERNAL_SERVER_ERROR)


def response(error: Exception, request_id: str | None = None) -> Response[str]:
    """The answer to an error; what is none of ours says nothing of what went wrong inside."""
    if isinstance(error, RequestValidationError):
        error = Invalid(UNUSABLE, fields(error.errors()))
    traced = {"request_id": request_id} if request_id else {}
    if not isinstance(error, TocsinError) or error.code not in STATUSES:
        return _document(HTTPStatus.INTERNAL_SERVER_ERROR, "internal", "Something went wrong on our side.", (), traced)
    status = status_of(error)
    problems = error.problems if isinstance(error, Invalid) else ()
    told: dict[str, object] = {}
    if isinstance(error, AlreadyMoved):
        told["incident"] = error.incident.model_dump(mode="json")
    if isinstance(error, StaleVersion) and error.changes:
        told["changes"] = list(error.changes)
    answer = _document(status, error.code, str(error), problems, {**told, **traced})
    answer.headers.update(_headers(error, status))
    return answer


def fields(errors: Sequence[Mapping[str, Any]]) -> list[FieldProblem]:
    """Validation errors as field problems; body fields go by their own path, others say where they are."""
    return [FieldProblem(_path(error), _reason(error)) for error in errors]


def _path(error: Mapping[str, Any]) -> str:
    where, *parts = [str(part) for part in error["loc"]]
    if error["type"] in {"union_tag_invalid", "union_tag_not_found"}:
        parts.append(str(error["ctx"]["discriminator"]).strip("'"))
    if where != "body":
        return ".".join([where, *parts])
    named = parts[1:] if parts and parts[0] in TAGS and parts != ["email"] else parts
    return VARIANTS.sub(r"\1", ".".join(named)) or "body"


def _reason(error: Mapping[str, Any]) -> str:
    if error["type"] == "union_tag_invalid":
        # its own words name the classes of ours
        return f"must be one of {', '.join(TAG.findall(error['ctx']['expected_tags']))}"
    reason = str(error["msg"]).removeprefix("Value error, ")
    return reason[:1].lower() + reason[1:]


def _headers(error: TocsinError, status: HTTPStatus) -> dict[str, str]:
    if isinstance(error, MethodNotAllowed):
        return {"Allow": ", ".join(error.methods)}
    if status is HTTPStatus.UNAUTHORIZED:
        return {"WWW-Authenticate": 'Bearer realm="tocsin"'}
    if isinstance(error, RateLimited):
        return {"Retry-After": str(error.retry_after_seconds)}
    if status is HTTPStatus.SERVICE_UNAVAILABLE:
        return {"Retry-After": str(RETRY_AFTER_SECONDS)}
    return {}


def _document(
    status: HTTPStatus, code: str, detail: str, problems: Sequence[FieldProblem], extension: Mapping[str, object]
) -> Response[str]:
    errors = [ProblemField(field=p.field, reason=p.reason) for p in problems] or None
    problem = Problem(
        type="about:blank", title=status.phrase, status=status.value, code=code, detail=detail, errors=errors
    )
    body = _json({**problem.model_dump(exclude_none=True), **extension})
    return Response(status_code=status.value, content_type=PROBLEM_JSON, body=body)


def _json(document: Mapping[str, object]) -> str:
    """As ASCII, so that an unpaired surrogate somebody sent can be shown to them."""
    return json.dumps(document, separators=(",", ":"))
