"""Uptime Kuma's push URL: /api/push/{token}?status=&msg=&ping=, by any method (its server/routers/api-router.js)."""

import math
from http import HTTPStatus
from typing import Final

from functions.ingest.adapters.healthchecks import kept
from functions.ingest.exchange import Answer, Refusal, Request, json_answer, retry_headers
from functions.ingest.telling import Told
from tocsin.platform.tokens import Purpose

MAX_PING_MS: Final = 100_000_000_000.0


class UptimeKuma:
    """The token is the heartbeat's key, with or without its hyphens."""

    protocol = "uptime_kuma"

    def read(self, request: Request, in_path: str) -> Told | Answer:
        """Understand a push; whatever `status` is but `up` is down, as there."""
        is_up = request.query.get("status", "") in {"", "up"}
        message = request.query.get("msg", "")
        what = {
            "action": "success" if is_up else "fail",
            "duration_ms": _milliseconds(request.query.get("ping", "")),
            "body": kept(message.encode("utf-8", "replace")),
        }
        return Told(Purpose.PING, in_path, json_answer(HTTPStatus.OK, {"ok": True}), what=what)

    def refuse(self, refusal: Refusal, retry_after: int | None) -> Answer:
        """Say it as the original."""
        match refusal:
            case Refusal.OVER_BUDGET:
                status, text = HTTPStatus.TOO_MANY_REQUESTS, "Too frequently, try again later."
            case Refusal.UNAVAILABLE:
                status, text = HTTPStatus.SERVICE_UNAVAILABLE, "Unavailable, try again later."
            case _:
                status, text, retry_after = HTTPStatus.NOT_FOUND, "Monitor not found or not active.", None
        return json_answer(status, {"ok": False, "msg": text}, retry_headers(retry_after))


def _milliseconds(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) and 0 < value <= MAX_PING_MS else None
