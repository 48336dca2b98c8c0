"""Idempotency-Key (draft-ietf-httpapi-idempotency-key-header-07) on every POST of a known caller.

Answers may hold keys that are shown once. They are kept encrypted under a key that is derived from the caller's
Idempotency-Key and a MAC key of the deployment, neither of which the database has.
"""

import hashlib
import json
import os
import re
from collections.abc import Callable
from dataclasses import replace
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from functions.api.session import SERVICE, Session
from tocsin.errors import FieldProblem, IdempotentAnswerLost, Invalid, TocsinError
from tocsin.platform import logs
from tocsin.platform.tokens import MacKeys
from tocsin_data.services import repeating
from tocsin_data.services.repeating import Claim, Key

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

HEADER: Final = "Idempotency-Key"
REPLAYED: Final = "Idempotency-Replayed"
KEPT_HEADERS: Final = ("Content-Type", "ETag", "Location", "Cache-Control")
NONCE_BYTES: Final = 12
MAX_KEPT_BYTES: Final = 256 * 1024
_KEY: Final = re.compile(r'"((?:[ !#-\[\]-~]|\\["\\]){1,255})"|([!#-~]{1,255})')
"""A string of RFC 8941, as the draft wants it, or one without quotes or spaces bare, as many clients send it."""
_ESCAPED: Final = re.compile(r"\\(.)")
_WANTED: Final = (
    "must be 1 to 255 visible ASCII characters without a quotation mark, a UUID, say;"
    ' or a string of RFC 8941: "8e03978e-40d5-43dd-bc93-6894a57f9324"'
)

type Answered = dict[str, Any]


def once(session: Session, event: dict[str, Any], run: Callable[[Session], Answered]) -> Answered:
    """The answer to a request, which runs unless it was carried out under its key before.

    Raises Invalid for a key that is none, and what `repeating.claim` raises. A refusal is not kept: nothing was done,
    so the request may be sent again under the same key.
    """
    text = key_of(event)
    if text is None:
        return run(session)
    # before anything is claimed, lest what was carried out could not be kept
    keys = session.settings.mac_keys()
    claimed = repeating.claim(session.db, _key(session, event, text))
    if claimed.sealed is not None:
        return _open(keys, claimed, text, claimed.sealed)
    try:
        answered = run(replace(session, db=repeating.carried_out(session.db, claimed)))
    except BaseException:
        _settle(session, claimed, None)
        raise
    is_kept = HTTPStatus(answered["statusCode"]).is_success
    _settle(session, claimed, _seal(keys, claimed, text, answered) if is_kept else None, is_refused=not is_kept)
    return answered


def key_of(event: dict[str, Any]) -> str | None:
    """The Idempotency-Key of a POST, without quotes; other methods are idempotent, or have If-Match. Raises Invalid."""
    text: str | None = event["headers"].get(HEADER.lower())
    if text is None or event["requestContext"]["http"]["method"] != "POST":
        return None
    found = _KEY.fullmatch(text.strip(" "))
    if found is None:
        raise Invalid("The request can't be used as it is.", [FieldProblem(f"header.{HEADER}", _WANTED)])
    return found[2] or _ESCAPED.sub(r"\1", found[1])


def _key(session: Session, event: dict[str, Any], text: str) -> Key:
    """Another organization, path, query or body makes another request."""
    caller = session.caller
    parts = [str(caller.org_id), event["rawPath"], str(event.get("rawQueryString") or ""), str(event.get("body") or "")]
    return Key(
        caller=str(caller.actor),
        key_hash=_hash([str(caller.actor), text]),
        request_hash=_hash(parts),
    )


def _hash(parts: list[str]) -> bytes:
    return hashlib.sha256(json.dumps(parts).encode()).digest()


def _settle(session: Session, claimed: Claim, sealed: bytes | None, *, is_refused: bool = True) -> None:
    """Keep the answer, or free the key. Failing that the request has its answer all the same."""
    try:
        if sealed is not None:
            repeating.keep(session.db, claimed, sealed)
        elif is_refused:
            repeating.release(session.db, claimed)
    except TocsinError as error:
        logs.logger(SERVICE).error("idempotent answer not kept", extra={"detail": str(error)})
        logs.count(SERVICE, "IdempotentAnswersNotKept")


def _seal(keys: MacKeys, claimed: Claim, text: str, answered: Answered) -> bytes | None:
    """The name of the MAC key, a nonce, and AES-256-GCM's text; None for what is too large to be kept."""
    headers = {name: answered["headers"][name] for name in KEPT_HEADERS if name in answered["headers"]}
    plain = json.dumps({"status": answered["statusCode"], "headers": headers, "body": answered.get("body")}).encode()
    if len(plain) > MAX_KEPT_BYTES:
        return None
    name, nonce = keys.current, os.urandom(NONCE_BYTES)
    return (
        name.encode() + nonce + _cipher(keys.keys[name], claimed, text).encrypt(nonce, plain, claimed.key.request_hash)
    )


def _open(keys: MacKeys, claimed: Claim, text: str, sealed: bytes) -> Answered:
    name, nonce, secret = sealed[:1].decode(), sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
    if name not in keys.keys:
        raise IdempotentAnswerLost
    kept = json.loads(_cipher(keys.keys[name], claimed, text).decrypt(nonce, secret, claimed.key.request_hash))
    return {
        "statusCode": kept["status"],
        "headers": {**kept["headers"], REPLAYED: "true"},
        "cookies": [],
        "body": kept["body"],
        "isBase64Encoded": False,
    }


def _cipher(mac_key: bytes, claimed: Claim, text: str) -> "AESGCM":
    # 40 ms at a cold start, for who needs it
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    info = b"tocsin idempotent answer\x00" + claimed.key.caller.encode()
    return AESGCM(HKDF(SHA256(), 32, mac_key, info).derive(text.encode()))
