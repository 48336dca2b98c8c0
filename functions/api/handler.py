"""The REST API for dashboard, command line and scripts, and the pages behind the links of notifications."""

import threading
from typing import Any, Final

from aws_lambda_powertools.event_handler import Response

from functions.api import app as application
from functions.api import gateway
from functions.api.session import CURRENT, Session, Visit, authenticate
from functions.api.settings import ApiSettings
from tocsin.platform import logs, settings
from tocsin_data.db import database

ONE_AT_A_TIME: Final = threading.Lock()
"""Powertools keeps the event at hand in its class: where requests share a process, they take turns."""


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """HTTP API event, payload 2.0 → its response."""
    with ONE_AT_A_TIME:
        try:
            answered = _resolve(event, context)
        except Exception as error:  # noqa: BLE001 - the edge of the process: every error gets an answer
            answered = _early(application.answer(error, event))
    # answers show keys and addresses
    answered["headers"].setdefault("Cache-Control", "no-store")
    method = event["requestContext"]["http"]["method"]
    # the path of a link holds its token
    path = "/l/" if gateway.is_link(event) else gateway.path_of(event)
    logs.logger(application.SERVICE).info(
        "answered", extra={"method": method, "path": path, "status": answered["statusCode"]}
    )
    logs.flush(application.SERVICE)
    return answered


def _resolve(event: dict[str, Any], context: Any) -> dict[str, Any]:
    app = application.build()
    known = settings.load(ApiSettings)
    db = database(known)
    visit = Visit(db, known) if gateway.is_open(event) else Session(db, known, authenticate(event, db))
    token = CURRENT.set(visit)
    try:
        return app.resolve(gateway.prepared(event), context)
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
