"""What forms and programs send for subscribers of status pages: read, checked field by field, sealed."""

import base64
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qs
from uuid import UUID

from functions.ingest.body import Malformed, parse
from functions.ingest.exchange import Request
from tocsin.contracts.subscribers import WishedChoice
from tocsin.domain import subscriber
from tocsin.domain.status_page import ReportKind
from tocsin.domain.subscriber import MOST_COMPONENTS, SubscriberChannel
from tocsin.errors import FieldProblem, Invalid

FORM: Final = "application/x-www-form-urlencoded"
JSON: Final = "application/json"
MAX_BODY: Final = 32_768
MAX_FIELDS: Final = 200
BAIT: Final = "website"
"""A field that people don't see, and bots fill in."""
ALL: Final = "all"
SECRET_BYTES: Final = 32
CHANNELS: Final[tuple[SubscriberChannel, ...]] = ("email", "webhook", "slack")
WRONG: Final = "The request can't be used as it is."
type Fields = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Asked:
    """Who wants to be told of what; `address` in its canonical form."""

    channel: SubscriberChannel
    address: str
    choice: WishedChoice
    secret: str | None
    is_bot: bool


def fields(request: Request) -> Fields:
    """What was sent, each field with all of its values; raises Invalid."""
    if len(request.body) > MAX_BODY:
        raise _invalid("body", f"must be at most {MAX_BODY} bytes")
    match request.media_type:
        case "application/x-www-form-urlencoded":
            return _form(request.body)
        case "application/json":
            return _json(request.body)
        case _:
            raise _invalid("header.Content-Type", f"must be {FORM} or {JSON}")


def asked(request: Request) -> Asked:
    """Who asks; raises Invalid with what would be right."""
    sent = fields(request)
    channel = _one(sent, "channel") or "email"
    if channel not in CHANNELS:
        raise _invalid("channel", f"must be one of {', '.join(CHANNELS)}")
    known = CHANNELS[CHANNELS.index(channel)]
    address = next((text for name in ("address", "email", "url") if (text := _one(sent, name))), "")
    secret = _one(sent, "secret") or None
    if secret is not None and not (known == "webhook" and subscriber.is_signing_secret(secret)):
        raise _invalid("secret", "must be a webhook's, by Standard Webhooks: whsec_ and the base64 of 24 to 64 bytes")
    return Asked(known, subscriber.canonical(known, address), choice(sent), secret, bool(_one(sent, BAIT)))


def changed(request: Request) -> WishedChoice:
    """What somebody who is told already wants to be told of; raises Invalid."""
    found = choice(fields(request))
    if found == WishedChoice():
        raise _invalid("kinds", f"must be among {', '.join(ReportKind)}; to be told nothing, unsubscribe")
    return found


def choice(sent: Fields) -> WishedChoice:
    """What to be told of; raises Invalid. Without kinds or components, they are left as they are."""
    kinds = [text for text in sent.get("kinds", ()) if text]
    wrong = next((text for text in kinds if text not in set(ReportKind)), None)
    if wrong is not None:
        raise _invalid("kinds", f"must be among {', '.join(ReportKind)}")
    components = [text for text in sent.get("components", ()) if text]
    if ALL in components:
        return WishedChoice(kinds=_kinds(kinds), all_components=True)
    if len(components) > MOST_COMPONENTS:
        raise _invalid("components", f"must be at most {MOST_COMPONENTS}; leave them out for all")
    try:
        ids = sorted({UUID(text) for text in components})
    except ValueError as error:
        raise _invalid("components", f"must be ids of components, UUIDs, or {ALL}") from error
    return WishedChoice(kinds=_kinds(kinds), component_ids=ids or None)


def to_seal(asked: Asked, token: str) -> dict[str, str]:
    """What only `notify` may read. A webhook's calls are signed: with its own secret, or with one that it is told."""
    found = {"channel": asked.channel, "address": asked.address, "token": token}
    if asked.channel != "webhook":
        return found
    if asked.secret is not None:
        return {**found, "secret": asked.secret}
    made = "whsec_" + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()
    return {**found, "secret": made, "is_secret_told": "yes"}


def _kinds(texts: Sequence[str]) -> list[ReportKind] | None:
    return [kind for kind in ReportKind if kind in texts] or None


def _form(body: bytes) -> Fields:
    try:
        return parse_qs(body.decode("utf-8", "replace"), max_num_fields=MAX_FIELDS)
    except ValueError as error:
        raise _invalid("body", f"must have at most {MAX_FIELDS} fields") from error


def _json(body: bytes) -> Fields:
    try:
        value = parse(body)
    except Malformed as error:
        raise _invalid("body", f"must be JSON: {error}") from error
    if not isinstance(value, dict):
        raise _invalid("body", "must be a JSON object")
    found: dict[str, list[str]] = {}
    for name, given in value.items():
        several = given if isinstance(given, list) else [given]
        texts = [one for one in several if isinstance(one, str)]
        if len(texts) != len([one for one in several if one is not None]):
            raise _invalid(name, "must be a text or a list of texts")
        found[name] = texts
    return found


def _one(sent: Fields, name: str) -> str:
    """The one value of a field; empty where there is none. Raises Invalid for several."""
    values = sent.get(name, ())
    if len(values) > 1:
        raise _invalid(name, "must be given once")
    return values[0].strip() if values else ""


def _invalid(field: str, reason: str) -> Invalid:
    return Invalid(WRONG, [FieldProblem(field, reason)])
