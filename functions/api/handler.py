"""The REST API for dashboard, command line and scripts, and the pages behind the links of notifications."""

import threading
from typing import Any, Final

from aws_lambda_powertools.event_handler import Response

from functions.api import app as application
from functions.api import gateway, idempotency
from functions.api.allowance import Allowance
from functions.api.session import (
    CURRENT,
    SAFE_METHODS,
    Session,
    Visit,
    authenticate,
    demand_reading_of_demo,
)
from functions.api.settings import ApiSettings
from tocsin.platform import logs, settings
from tocsin_data.db import database
from tocsin_data.services.live_telling import telling

ONE_AT_A_TIME: Final = threading.Lock()
"""Powertools keeps the event at hand in its class: where requests share a process, they take turns."""


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """HTTP API event, payload 2.0 → its response."""
    with ONE_AT_A_TIME:
        try:
            answered = _resolve(event, context)
        except Exception as error:  # noqa: BLE001 - the edge of the process: every error gets an answer
            answered = _early(application.answer(error, event))
    answered["body"] = answered["body"] or ""  # null is taken for no text by some gateways
    # answers show keys and addresses
    answered["headers"].setdefault("Cache-Control", "no-store")
    answered["headers"]["X-Request-Id"] = event["requestContext"]["requestId"]
    method = event["requestContext"]["http"]["method"]
    path = gateway.without_secrets(event)
    logs.logger(application.SERVICE).info(
        "answered", extra={"method": method, "path": path, "status": answered["statusCode"]}
    )
    logs.flush(application.SERVICE)
    return answered


def _resolve(event: dict[str, Any], context: Any) -> dict[str, Any]:
    known = settings.load(ApiSettings)
    if known.behind_cloudfront:
        event = gateway.from_viewer(event)
    db = database(known)
    if gateway.is_open(event):
        return _routed(Visit(db, known), gateway.prepared(event), context)
    caller = authenticate(event, db)
    allowance = Allowance.of(caller, known)
    try:
        allowance.demand()
        demand_reading_of_demo(caller, event)
        readable = gateway.prepared(event)
        answered = idempotency.once(Session(db, known, caller), readable, lambda s: _routed(s, readable, context))
    except Exception as error:  # noqa: BLE001 - a known caller hears of their allowance whatever happens
        answered = _early(application.answer(error, event))
    answered["headers"].update(allowance.headers())
    return answered


def _routed(visit: Visit, event: dict[str, Any], context: Any) -> dict[str, Any]:
    if event["requestContext"]["http"]["method"] in SAFE_METHODS:
        return _resolved(visit, event, context)
    with telling(visit.db, visit.settings, application.SERVICE, closes=True):
        return _resolved(visit, event, context)


def _resolved(visit: Visit, event: dict[str, Any], context: Any) -> dict[str, Any]:
    token = CURRENT.set(visit)
    try:
        area = application.area_of(gateway.path_of(event))
        return application.build(area).resolve(event, context)
    finally:
        CURRENT.reset(token)


def _early(response: Response[str]) -> dict[str, Any]:
    """The answer to a request that was not let as far as its route."""
    return {
        "statusCode": response.status_code,
        "headers": response.headers,
        "cookies": [],
        "body": response.body,
        "isBase64Encoded": False,
    }
