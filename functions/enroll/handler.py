"""Lets private probes in: signs their certificates, and no other function can (ADR 0021).

A token enrols by the application's API; a certificate renews itself by the probes' API, behind mutual TLS. Regions that
send by mutual TLS invoke the function itself (ADR 0023).
"""

import base64
import binascii
import json
from functools import cache
from http import HTTPStatus
from typing import Any, Final

from pydantic import ValidationError

from functions.enroll import regions
from functions.enroll.authority import Authorities
from tocsin.contracts.message import Message
from tocsin.contracts.probes import ENROL_PATH, RENEW_PATH, Enrolled, Enrolment, Renewal
from tocsin.errors import FieldProblem, Invalid, NotFound, QueueUnavailable, RateLimited, TocsinError, Unavailable
from tocsin.platform import certificates, clock, logs, settings
from tocsin_data.db import DatabaseSettings, database
from tocsin_data.services import enrolling
from tocsin_data.services.leaving import send_publish_requests

SERVICE: Final = "enroll"
MAX_BODY_BYTES: Final = 16_384
EDGE_STATE: Final = "edge_state"
RETRY_SECONDS: Final = 5
STATUSES: Final = {
    "unauthenticated": HTTPStatus.UNAUTHORIZED,
    "invalid": HTTPStatus.UNPROCESSABLE_ENTITY,
    "not_found": HTTPStatus.NOT_FOUND,
    "rate_limited": HTTPStatus.TOO_MANY_REQUESTS,
}
"""What is not here is trouble of ours, and may be tried again."""


class EnrollSettings(DatabaseSettings):
    """What enroll needs to know. `probes_url` is the address behind mutual TLS; without it no probe is let in.
    `check_regions` are those that send by mutual TLS, with commas between them; none where they send to the queue.
    """

    probe_authority_secret_arn: str
    publications_queue_url: str
    probes_url: str | None = None
    check_regions: str = ""
    probe_authority: int | None = None
    """The number of the newest authority in the truststore that is deployed; no newer one signs."""


@cache
def _authorities(secret_arn: str, newest: int | None) -> Authorities:
    return Authorities(secret_arn, newest)


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """HTTP API event, payload 2.0 → its response. `RegionRequest` → `RegionCertificate`, or it fails.

    The gateway invokes the function itself, a region an alias of it: whatever that one sends is no request over HTTP.
    """
    if regions.alias(context) or "requestContext" not in event:
        known = settings.load(EnrollSettings)
        authorities = _authorities(known.probe_authority_secret_arn, known.probe_authority)
        return regions.certify(event, context, authorities, [name for name in known.check_regions.split(",") if name])
    return _respond(event)


def _respond(event: dict[str, Any]) -> dict[str, Any]:
    path, probe_id, outcome = _path(event), None, "let_in"
    try:
        answer = _answered(path, event)
        probe_id = str(answer.probe_id)
        response = _response(HTTPStatus.OK, answer.to_json(), "application/json")
    except TocsinError as error:
        outcome = error.code
        response = _refused(error, event["requestContext"].get("requestId"))
    except Exception:  # noqa: BLE001 - the edge of the process: whatever it was, the probe is told to try again
        logs.logger(SERVICE).exception("request failed")
        outcome = "internal"
        response = _refused(Unavailable("Something went wrong on our side."), event["requestContext"].get("requestId"))
    extra = {"path": path, "status": response["statusCode"], "outcome": outcome, "probe_id": probe_id}
    logs.logger(SERVICE).info("answered", extra=extra)
    logs.count(SERVICE, "ProbesLetIn", int(outcome == "let_in"))
    logs.flush(SERVICE)
    return response


def _answered(path: str, event: dict[str, Any]) -> Enrolled:
    known = settings.load(EnrollSettings)
    method = event["requestContext"]["http"]["method"]
    if method != "POST" or path not in {ENROL_PATH, RENEW_PATH}:
        raise NotFound("There is nothing at this address.")
    if known.probes_url is None:
        raise NotFound("This deployment takes no private probes: they need a domain of their own (docs/probes.md).")
    return (_enrolled if path == ENROL_PATH else _renewed)(event, known, known.probes_url)


def _enrolled(event: dict[str, Any], known: EnrollSettings, probes_url: str) -> Enrolled:
    asked = _read(Enrolment, event)
    requested = certificates.read_request(asked.csr)
    authority = _authorities(known.probe_authority_secret_arn, known.probe_authority).signing(clock.now())
    enrolled, has_replaced = enrolling.enroll(
        database(known),
        authority,
        asked.token,
        requested,
        asked.software,
        probes_url=probes_url,
        source_address=event["requestContext"]["http"].get("sourceIp"),
    )
    if has_replaced:
        _publish(known.publications_queue_url)
    return enrolled


def _renewed(event: dict[str, Any], known: EnrollSettings, probes_url: str) -> Enrolled:
    shown = certificates.shown_in(event, clock.now())
    asked = _read(Renewal, event)
    requested = certificates.read_request(asked.csr)
    authority = _authorities(known.probe_authority_secret_arn, known.probe_authority).signing(clock.now())
    return enrolling.renew(database(known), authority, shown, requested, asked.software, probes_url=probes_url)


def _publish(queue_url: str) -> None:
    """Have the edge refuse the certificates that were replaced; without it they go on until they expire."""
    try:
        send_publish_requests(queue_url, [EDGE_STATE])
    except QueueUnavailable as error:
        logs.logger(SERVICE).error("edge state not asked for", extra={"detail": str(error)})
        logs.count(SERVICE, "EdgeStateNotAskedFor")


def _read[M: Message](model: type[M], event: dict[str, Any]) -> M:
    """The body as a message; raises Invalid, naming fields and never what they held."""
    try:
        raw = event.get("body") or ""
        body = base64.b64decode(raw, validate=True) if event.get("isBase64Encoded") else raw.encode()
    except (binascii.Error, UnicodeEncodeError) as error:
        raise _unreadable("must be JSON in UTF-8") from error
    if len(body) > MAX_BODY_BYTES:
        raise _unreadable(f"must have at most {MAX_BODY_BYTES} bytes")
    try:
        return model.model_validate_json(body)
    except ValidationError as error:
        found = [
            FieldProblem(".".join(str(part) for part in one["loc"]) or "body", one["msg"]) for one in error.errors()
        ]
        raise Invalid("The request can't be used as it is.", found) from error


def _unreadable(reason: str) -> Invalid:
    return Invalid("The request can't be used as it is.", [FieldProblem("body", reason)])


def _path(event: dict[str, Any]) -> str:
    path, stage = str(event["rawPath"]), str(event["requestContext"].get("stage", ""))
    return path.removeprefix(f"/{stage}") if path.startswith(f"/{stage}/") else path


def _refused(error: TocsinError, request_id: str | None) -> dict[str, Any]:
    status = STATUSES.get(error.code, HTTPStatus.SERVICE_UNAVAILABLE)
    document: dict[str, Any] = {
        "title": status.phrase,
        "status": status.value,
        "code": error.code,
        "detail": str(error),
    }
    if isinstance(error, Invalid) and error.problems:
        document["errors"] = [{"field": one.field, "reason": one.reason} for one in error.problems]
    if request_id:
        document["request_id"] = request_id
    response = _response(status, json.dumps({"type": "about:blank", **document}), "application/problem+json")
    if status is HTTPStatus.SERVICE_UNAVAILABLE:
        response["headers"]["Retry-After"] = str(RETRY_SECONDS)
    if isinstance(error, RateLimited):
        response["headers"]["Retry-After"] = str(error.retry_after_seconds)
    return response


def _response(status: HTTPStatus, body: str, kind: str) -> dict[str, Any]:
    headers = {"Content-Type": kind, "Cache-Control": "no-store"}
    return {"statusCode": status.value, "headers": headers, "body": body, "isBase64Encoded": False}
