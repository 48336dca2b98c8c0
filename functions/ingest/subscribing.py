"""Subscribers of status pages: asking, confirming, choosing and ending, durable in the queue of results.

Page keys and tokens prove themselves, so nothing here knows who is subscribed: whoever asks gets the same answer after
the same work. A GET shows a page with a button and changes nothing, since mail scanners follow links.
"""

import ipaddress
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from functions.ingest import subscriber_forms, subscriber_pages
from functions.ingest.admission import SERVICE, Budgets
from functions.ingest.exchange import Answer, Request
from functions.ingest.subscriber_forms import Asked
from functions.ingest.subscriber_pages import Said
from tocsin.contracts.checks import ResultsMessage
from tocsin.contracts.subscribers import Newcomer, SubscriberWish, WishedChoice
from tocsin.domain import subscriber
from tocsin.errors import Invalid, MalformedKey, QueueUnavailable
from tocsin.platform import clock, logs, queues, secret_store, settings, tokens
from tocsin.platform.sealing import seal
from tocsin.platform.tokens import MacKeys, Purpose

PREFIX: Final = "/s/"
GROUP_LENGTH: Final = 32
RETRY_SECONDS: Final = 5
PER_MINUTE: Final = {"source": 10, "page": 60, "address": 1, "token": 20}
"""How often a minute each may ask for something; one process counts what it sees, and inside limits are closer."""
VIEWER: Final = "cloudfront-viewer-address"
IPV6_PREFIX: Final = 64


class SubscribeSettings(settings.Settings):
    """What the part of ingest for subscribers needs to know beyond the rest.

    `page_origins` are where status pages are, with commas between them: where a form leads back to, and nowhere else.
    """

    results_queue_url: str
    mac_keys_secret_arn: str
    seal_public_key_secret_arn: str
    page_origins: str = ""
    behind_cloudfront: bool = False

    @property
    def origins(self) -> frozenset[str]:
        """Where pages are."""
        return frozenset(part.strip().rstrip("/") for part in self.page_origins.split(",") if part.strip())


@dataclass(frozen=True, slots=True)
class Visit:
    """One request, from whom, and whether a program sent it, which is answered JSON."""

    request: Request
    source: str
    known: SubscribeSettings
    keys: MacKeys
    is_program: bool


def respond(event: Mapping[str, Any], request: Request) -> Answer:
    """Answer one request; once a wish is answered with success, it is durable."""
    outcome, accept = "unavailable", request.headers.get("accept", "")
    is_program = request.media_type == "application/json" or "application/json" in accept
    try:
        known = settings.load(SubscribeSettings)
        keys = secret_store.mac_keys(known.mac_keys_secret_arn)
        source = _source(event, request, behind_cloudfront=known.behind_cloudfront)
        outcome, answer = _routed(Visit(request, source, known, keys, is_program))
    except QueueUnavailable as error:
        logs.logger(SERVICE).error("results queue not reached", extra={"reason": str(error)[:300]})
        answer = subscriber_pages.answer(Said.UNAVAILABLE, is_program=is_program, retry_after=RETRY_SECONDS)
    except Exception:  # noqa: BLE001 - the edge of the process: whatever it was, the sender is told to try again
        logs.logger(SERVICE).exception("request failed")
        answer = subscriber_pages.answer(Said.UNAVAILABLE, is_program=is_program, retry_after=RETRY_SECONDS)
    extra = {"request_id": str(request.request_id), "protocol": "subscribers", "outcome": outcome}
    logs.logger(SERVICE).info("request", extra={**extra, "status": answer.status, "method": request.method})
    logs.count(SERVICE, "SubscriberWishes", int(outcome == "accepted"))
    logs.flush(SERVICE)
    return answer


def _routed(visit: Visit) -> tuple[str, Answer]:
    """What became of it, and the answer."""
    match visit.request.path.removeprefix(PREFIX).split("/"):
        case ["confirm" | "manage" | "unsubscribe" as what, token]:
            return _by_token(visit, what, token)
        case [key, "subscribe"]:
            return _by_page(visit, key)
        case _:
            return _said(visit, Said.UNKNOWN)


def _said(visit: Visit, said: Said, retry_after: int | None = None) -> tuple[str, Answer]:
    return said.value, subscriber_pages.answer(said, is_program=visit.is_program, retry_after=retry_after)


def _by_page(visit: Visit, text: str) -> tuple[str, Answer]:
    try:
        key = tokens.verify(Purpose.PAGE, text, visit.keys)
    except MalformedKey:
        return _said(visit, Said.UNKNOWN)
    if visit.request.method != "POST":
        return _said(visit, Said.ONLY_POST)
    for what, who in (("source", visit.source), ("page", key)):
        if wait := budgets(what).take(who, clock.now()):
            return _said(visit, Said.TOO_OFTEN, wait)
    try:
        asked = subscriber_forms.asked(visit.request)
    except Invalid as error:
        return "invalid", subscriber_pages.invalid(error, is_program=visit.is_program)
    done = subscriber_pages.done(visit.request, visit.known.origins, is_program=visit.is_program)
    wish, address_digest = _ask(visit, key, asked)
    # Bots fill in every field, and an address is not written to twice: neither learns that it was for nothing.
    if asked.is_bot or budgets("address").take(f"{key}/{address_digest}", clock.now()):
        return "passed_over", done
    _send(visit, wish, key)
    return "accepted", done


def _ask(visit: Visit, key: str, asked: Asked) -> tuple[SubscriberWish, str]:
    """The wish, and the digest that the address is known by."""
    token = tokens.issue(Purpose.SUBSCRIBER, visit.keys)
    digests = [digest.hex() for digest in tokens.address_digests(f"{asked.channel}:{asked.address}", visit.keys)]
    mailbox = subscriber.mailbox(asked.channel, asked.address)
    sealed = seal(subscriber_forms.to_seal(asked, token), secret_store.text(visit.known.seal_public_key_secret_arn))
    newcomer = Newcomer(
        page_key=key,
        channel=asked.channel,
        sealed=sealed,
        shown=subscriber.shown(asked.channel, asked.address),
        address_digests=digests,
        mailbox_digest=tokens.address_digests(f"mailbox:{mailbox}", visit.keys)[0].hex(),
        source_digest=tokens.address_digests(f"source:{visit.source}", visit.keys)[0].hex(),
    )
    wish = SubscriberWish(
        action="ask",
        wished_at=visit.request.received_at,
        token_hash=tokens.digest(token).hex(),
        choice=asked.choice,
        newcomer=newcomer,
    )
    return wish, digests[0]


def _by_token(visit: Visit, what: str, text: str) -> tuple[str, Answer]:
    try:
        token = tokens.verify(Purpose.SUBSCRIBER, text, visit.keys)
    except MalformedKey:
        return _said(visit, Said.UNKNOWN)
    if visit.request.method in {"GET", "HEAD"}:
        return "shown", subscriber_pages.shown(what)
    if visit.request.method != "POST":
        return _said(visit, Said.ONLY_POST)
    if wait := budgets("token").take(token, clock.now()):
        return _said(visit, Said.TOO_OFTEN, wait)
    try:
        action, choice, said = WISHES[what](visit.request)
    except Invalid as error:
        return "invalid", subscriber_pages.invalid(error, is_program=visit.is_program)
    wish = SubscriberWish.model_validate(
        {
            "action": action,
            "wished_at": visit.request.received_at,
            "token_hash": tokens.digest(token).hex(),
            "choice": choice,
        }
    )
    _send(visit, wish, token)
    return "accepted", _said(visit, said)[1]


def _confirmed(_: Request) -> tuple[str, WishedChoice, Said]:
    return "confirm", WishedChoice(), Said.CONFIRMED


def _ended(_: Request) -> tuple[str, WishedChoice, Said]:
    return "end", WishedChoice(), Said.ENDED


def _changed(request: Request) -> tuple[str, WishedChoice, Said]:
    return "change", subscriber_forms.changed(request), Said.CHANGED


WISHES: Final[Mapping[str, Callable[[Request], tuple[str, WishedChoice, Said]]]] = {
    "confirm": _confirmed,
    "manage": _changed,
    "unsubscribe": _ended,
}


def _send(visit: Visit, wish: SubscriberWish, group: str) -> None:
    message = ResultsMessage(kind="wishes", wishes=[wish])
    outgoing = queues.Outgoing(message.to_json(), tokens.digest(group).hex()[:GROUP_LENGTH])
    queues.send(visit.known.results_queue_url, [outgoing])


def _source(event: Mapping[str, Any], request: Request, *, behind_cloudfront: bool) -> str:
    """Where a request comes from: an address, or of IPv6 the network that somebody is usually given as a whole."""
    text = str(event["requestContext"]["http"].get("sourceIp", ""))
    if behind_cloudfront:
        text = request.headers.get(VIEWER, text).rpartition(":")[0].strip("[]") or text
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return text
    if address.version == 6:
        return str(ipaddress.ip_network((address, IPV6_PREFIX), strict=False))
    return str(address)


@cache
def budgets(what: str) -> Budgets:
    """The budgets of this process."""
    return Budgets(PER_MINUTE[what])
