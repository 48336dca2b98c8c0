"""Home over mutual TLS: HTTP requests of private probes and of regions, each answer as what a sender can act on."""

import json
import secrets
import ssl
from collections.abc import Mapping
from http import HTTPStatus
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, Final

import urllib3
from urllib3.exceptions import HTTPError

CONNECT_SECONDS: Final = 5
READ_SECONDS: Final = 20
NEVER: Final = {HTTPStatus.BAD_REQUEST, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.UNPROCESSABLE_ENTITY}
"""What home says of what it was sent; all else may be told by something in between, and pass."""


class Unreachable(Exception):
    """Home can't be reached, or is in trouble itself: try again, after `retry_after` seconds where it said so. Whether
    anybody `answered` tells trouble from a connection that broke.
    """

    def __init__(self, message: str, retry_after: float | None = None, *, answered: bool = False) -> None:
        super().__init__(message)
        self.retry_after = retry_after
        self.answered = answered


class ShutOut(Exception):
    """Home does not know this sender any more: its certificate has expired, or it was revoked."""


class Unusable(Exception):
    """Home will never take what it was sent."""


class Wire:
    """Connections to one address, secured by one context. Threads may share it."""

    def __init__(self, url: str, context: ssl.SSLContext, agent: str) -> None:
        self._url = url.rstrip("/")
        self._agent = agent
        timeout = urllib3.Timeout(CONNECT_SECONDS, READ_SECONDS)
        self._pool = urllib3.PoolManager(ssl_context=context, timeout=timeout, retries=False, maxsize=4)

    def send(
        self, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> urllib3.BaseHTTPResponse:
        """Send one request; answers what came with success, or 304. Raises Unreachable, ShutOut and Unusable."""
        told = {"User-Agent": self._agent, "Accept-Encoding": "gzip", **(headers or {})}
        try:
            response = self._pool.request(method, self._url + path, body=body, headers=told, redirect=False)
        except HTTPError as error:
            # a certificate that TLS itself refuses ends the connection with an alert: told apart by its name alone
            if _is_refusal(error):
                raise ShutOut(f"the certificate is refused: {error}") from error
            raise Unreachable(str(error)) from error
        is_same = response.status == HTTPStatus.NOT_MODIFIED and "If-None-Match" in told
        if is_same or HTTPStatus.OK <= response.status < HTTPStatus.MULTIPLE_CHOICES:
            return response
        raise _problem(response)

    def close(self) -> None:
        """Hang up."""
        self._pool.clear()


def from_file(identity: Path | None, authorities: Path | None) -> ssl.SSLContext:
    """TLS that shows the certificate of a PEM file, key and certificate in it, and trusts these authorities, or else
    those of the system.
    """
    context = ssl.create_default_context(cafile=authorities)
    if identity is not None:
        context.load_cert_chain(identity)
    return context


def from_memory(key: str, certificate: str, authorities: str | None) -> ssl.SSLContext:
    """The same with a key that is kept nowhere. OpenSSL reads keys from files alone, so there is one for a moment,
    encrypted with a password that does not leave this process.
    """
    from cryptography.hazmat.primitives.serialization import (
        BestAvailableEncryption,
        Encoding,
        PrivateFormat,
        load_pem_private_key,
    )

    password = secrets.token_hex(32).encode()
    private = load_pem_private_key(key.encode(), None)
    sealed = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(password))
    context = ssl.create_default_context(cafile=authorities)
    with NamedTemporaryFile() as file:
        file.write(sealed + certificate.encode())
        file.flush()
        context.load_cert_chain(file.name, password=password)
    return context


def _problem(response: urllib3.BaseHTTPResponse) -> Exception:
    detail = f"HTTP {response.status}: {_detail(response)}"
    if response.status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
        return ShutOut(detail)
    if response.status in NEVER:
        return Unusable(detail)
    after = response.headers.get("Retry-After", "")
    return Unreachable(detail, float(after) if after.isdecimal() else None, answered=True)


def _detail(response: urllib3.BaseHTTPResponse) -> str:
    try:
        document: dict[str, Any] = json.loads(response.data)
        found: list[dict[str, Any]] = document.get("errors") or []
        errors = "; ".join(f"{one['field']} {one['reason']}" for one in found)
        return f"{document['detail']} {errors}".strip()
    except (ValueError, KeyError, TypeError, AttributeError):
        return response.reason or "no reason was given"


def _is_refusal(error: HTTPError) -> bool:
    text = str(error).lower()
    return "alert" in text and ("certificate" in text or "unknown ca" in text or "unknown_ca" in text)
