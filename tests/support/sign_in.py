"""A user pool as the authorizer knows it: keys of its own, served on loopback, and the tokens it would give."""

import base64
import hmac
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

CLIENT: Final = "web-client"
KEY_ID: Final = "first"


@cache
def rsa_key(name: str) -> RSAPrivateKey:  # noqa: ARG001 - what it is kept by
    """A key of a name, the same in all of this process."""
    return generate_private_key(65537, 2048)


def jwk(name: str) -> dict[str, Any]:
    """The public half of a key, as a pool publishes it."""
    found = jwt.algorithms.RSAAlgorithm.to_jwk(rsa_key(name).public_key(), as_dict=True)
    return {**found, "kid": name, "alg": "RS256", "use": "sig"}


def pem(name: str) -> bytes:
    """The public half of a key, as people who forge would take it for a secret."""
    return rsa_key(name).public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


class Pool:
    """A pool whose keys are served on loopback; counts who asks for them, and can stop answering."""

    def __init__(self) -> None:
        self.published = [KEY_ID]
        self.status = 200
        self.fetches = 0
        pool = self

        class Keys(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                pool.fetches += 1
                body = json.dumps({"keys": [jwk(name) for name in pool.published]}).encode()
                self.send_response(pool.status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's signature
                """Stay quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Keys)

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}/pool"

    @property
    def environment(self) -> dict[str, str]:
        """What tells the authorizer of it."""
        return {"USER_POOL_ISSUER": self.issuer, "USER_POOL_CLIENT_IDS": f"cli-client, {CLIENT}"}

    def claims(self, subject: str, email: str | None = None, **others: Any) -> dict[str, Any]:
        """What an access token says; a claim that is None is left out."""
        now = int(time.time())
        said = {
            "iss": self.issuer,
            "sub": subject,
            "client_id": CLIENT,
            "token_use": "access",
            "iat": now,
            "exp": now + 900,
            "email": email,
            "email_verified": None if email is None else "true",
            **others,
        }
        return {name: value for name, value in said.items() if value is not None}

    def token(self, subject: str, email: str | None = None, *, key: str = KEY_ID, **others: Any) -> str:
        """An access token, signed by a key of ours."""
        return jwt.encode(self.claims(subject, email, **others), rsa_key(key), "RS256", headers={"kid": key})

    def forgeries(self, subject: str, email: str) -> dict[str, str]:
        """Tokens that must be refused, by what is wrong with them."""
        claims, now = self.claims(subject, email), int(time.time())
        good = self.token(subject, email)
        head, body, signature = good.split(".")
        unsigned = jwt.encode(claims, None, "none", headers={"kid": KEY_ID})
        raised = json.dumps({**claims, "sub": "somebody-else"}).encode()
        return {
            "expired": self.token(subject, email, iat=now - 901, exp=now - 1),
            "wrong issuer": self.token(subject, email, iss=self.issuer.replace("/pool", "/other")),
            "another client": self.token(subject, email, client_id="of-others"),
            "no client": self.token(subject, email, client_id=None, aud=CLIENT),
            "an ID token": self.token(subject, email, token_use="id", aud=CLIENT),  # noqa: S106 - a kind of token
            "no use": self.token(subject, email, token_use=None),
            "no expiry": self.token(subject, email, exp=None),
            "nobody": self.token("", email),
            "no subject": jwt.encode({k: v for k, v in claims.items() if k != "sub"}, rsa_key(KEY_ID), "RS256",
                                     headers={"kid": KEY_ID}),
            "key of another pool": jwt.encode(claims, rsa_key("other"), "RS256", headers={"kid": KEY_ID}),
            "key nobody published": self.token(subject, email, key="other"),
            "no key named": jwt.encode(claims, rsa_key(KEY_ID), "RS256"),
            "alg none": unsigned,
            "alg none, signature kept": unsigned + signature,
            "HS256 with the public key": _hs256(claims, pem(KEY_ID)),
            "RS384": jwt.encode(claims, rsa_key(KEY_ID), "RS384", headers={"kid": KEY_ID}),
            "no signature": f"{head}.{body}.",
            "claims exchanged": f"{head}.{base64.urlsafe_b64encode(raised).decode().rstrip('=')}.{signature}",
            "not yet": self.token(subject, email, nbf=now + 600),
        }  # fmt: skip


def _hs256(claims: dict[str, Any], secret: bytes) -> str:
    """By hand, since the library refuses a public key as a secret."""

    def text(part: bytes) -> str:
        return base64.urlsafe_b64encode(part).decode().rstrip("=")

    head = text(json.dumps({"alg": "HS256", "typ": "JWT", "kid": KEY_ID}).encode())
    signed = f"{head}.{text(json.dumps(claims).encode())}"
    return f"{signed}.{text(hmac.digest(secret, signed.encode(), 'sha256'))}"


@contextmanager
def signing_in() -> Iterator[Pool]:
    """A pool for as long as the block lasts."""
    pool = Pool()
    thread = threading.Thread(target=pool.server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield pool
    finally:
        pool.server.shutdown()
        pool.server.server_close()
        thread.join()
