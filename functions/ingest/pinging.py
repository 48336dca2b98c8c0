"""Pings and visits: let in by keys that prove themselves, durable in the queue of results before they are answered."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from pydantic import PositiveInt

from functions.ingest.adapters.beacon import Beacon
from functions.ingest.adapters.gatus import Gatus
from functions.ingest.adapters.healthchecks import USER_AGENT_LENGTH, Healthchecks
from functions.ingest.adapters.uptime_kuma import UptimeKuma
from functions.ingest.admission import SERVICE, Budgets, gate
from functions.ingest.body import clean_text
from functions.ingest.exchange import Answer, Refusal, Request
from functions.ingest.telling import Telling, Told
from tocsin.contracts.checks import Ping, ResultsMessage, Visit
from tocsin.errors import MalformedKey, QueueUnavailable
from tocsin.platform import clock, logs, queues, secret_store, settings, tokens
from tocsin.platform.tokens import MacKeys, Purpose

RETRY_SECONDS: Final = 5
GROUP_LENGTH: Final = 32
PER_MINUTE: Final = {Purpose.PING: 60, Purpose.PING_KEY: 60, Purpose.BEACON: 600}
"""How often a minute one heartbeat, or one page, may tell something; one process counts what it sees."""

ROUTES: Final[tuple[tuple[re.Pattern[str], Telling], ...]] = (
    (re.compile(r"/ping/(.+)"), Healthchecks()),
    (re.compile(r"/api/push/([^/]+)"), UptimeKuma()),
    (re.compile(r"/api/v1/endpoints/([^/]+)/external"), Gatus()),
    (re.compile(r"/b/([^/]+)"), Beacon()),
)


class PingSettings(settings.Settings):
    """What the part of ingest for pings needs to know beyond the rest."""

    results_queue_url: str
    mac_keys_secret_arn: str
    edge_bucket: str
    key_budget_per_minute: PositiveInt


@dataclass(frozen=True, slots=True)
class Found:
    """The protocol of a path, and the part of the path that varies."""

    telling: Telling
    in_path: str


def find(path: str) -> Found | None:
    """What speaks at a path; None when it is no place for pings."""
    for pattern, telling in ROUTES:
        if match := pattern.fullmatch(path):
            return Found(telling, match[1])
    return None


def respond(request: Request, found: Found) -> Answer:
    """Answer a ping; once it is answered with success, it is durable."""
    telling = found.telling
    outcome, hint = "settled", None
    try:
        answer = telling.read(request, found.in_path)
        if isinstance(answer, Told):
            outcome, hint, answer = _taken_in(telling, request, answer)
    except Exception:  # noqa: BLE001 - the edge of the process: whatever it was, the sender is told to try again
        logs.logger(SERVICE).exception("request failed")
        outcome = Refusal.UNAVAILABLE.value
        answer = telling.refuse(Refusal.UNAVAILABLE, RETRY_SECONDS)
    extra = {
        "request_id": str(request.request_id),
        "protocol": telling.protocol,
        "outcome": outcome,
        "status": answer.status,
        "key_hint": hint,
    }
    logs.logger(SERVICE).info("request", extra=extra)
    logs.count(SERVICE, "PingsAccepted", int(outcome == "accepted"))
    logs.flush(SERVICE)
    return answer


def _taken_in(telling: Telling, request: Request, told: Told) -> tuple[str, str | None, Answer]:
    """The outcome, the key's hint and the answer."""
    known = settings.load(PingSettings)
    try:
        key = _verified(told, secret_store.mac_keys(known.mac_keys_secret_arn))
    except MalformedKey:
        return Refusal.UNKNOWN_KEY.value, None, telling.refuse(Refusal.UNKNOWN_KEY, None)
    hint, key_hash, now = tokens.hint(key), tokens.digest(key).hex(), clock.now()
    turned = gate(known.edge_bucket, known.key_budget_per_minute).refuses(key_hash, now)
    if turned is not None:
        return turned.refusal.value, hint, telling.refuse(turned.refusal, turned.retry_after)
    wait = budgets(told.purpose).take(f"{key_hash}/{told.slug or ''}", now)
    if wait:
        return Refusal.OVER_BUDGET.value, hint, telling.refuse(Refusal.OVER_BUDGET, wait)
    message = _message(request, told, key_hash)
    try:
        queues.send(known.results_queue_url, [queues.Outgoing(message.to_json(), key_hash[:GROUP_LENGTH])])
    except QueueUnavailable as error:
        logs.logger(SERVICE).error("results queue not reached", extra={"reason": str(error)[:300]})
        return Refusal.UNAVAILABLE.value, hint, telling.refuse(Refusal.UNAVAILABLE, RETRY_SECONDS)
    return "accepted", hint, told.answer


def _verified(told: Told, keys: MacKeys) -> str:
    if told.purpose is Purpose.PING:
        return tokens.verify_uuid(told.key, keys)
    return tokens.verify(told.purpose, told.key, keys)


def _message(request: Request, told: Told, key_hash: str) -> ResultsMessage:
    if told.purpose is Purpose.BEACON:
        visit = {
            "visit_id": request.request_id,
            "key_hash": key_hash,
            "received_at": request.received_at,
            **told.what,
        }
        return ResultsMessage(kind="visits", visits=[Visit.model_validate(visit)])
    ping = {
        "ping_id": request.request_id,
        "received_at": request.received_at,
        "key_hash": key_hash,
        "slug": told.slug,
        "method": request.method,
        "user_agent": clean_text(request.headers.get("user-agent", "")[:USER_AGENT_LENGTH]) or None,
        **told.what,
    }
    return ResultsMessage(kind="pings", pings=[Ping.model_validate(ping)])


@cache
def budgets(purpose: Purpose) -> Budgets:
    """The budgets of this process."""
    return Budgets(PER_MINUTE[purpose])
