"""Secrets of channels and monitors, sealed so that only outside functions can read them.

A JWE (RFC 7516, RSA-OAEP-256, A256GCM) to the public half of an asymmetric key: inside functions seal, `notify` and
`check` open. What is sealed can't be changed in part, so a monitor has an envelope for each secret, a space between
them. The private half stays in KMS; without KMS (a machine of one's own) it is a PEM file. Their libraries
are imported where they are used: by notify for the first envelope, by others only when a channel changes.
"""

import base64
import json
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from botocore.exceptions import BotoCoreError, ClientError

from tocsin.errors import Invalid, Unavailable
from tocsin.platform import aws

if TYPE_CHECKING:
    from joserfc.jwk import RSAKey

ALGORITHMS: Final = ["RSA-OAEP-256", "A256GCM"]
OPENED_KEPT: Final = 256
NOT_OURS: Final = "The channel's secrets were not sealed to this deployment's key."
NO_JWE: Final = "The channel's secrets are not a compact JWE."
KMS_REFUSALS: Final = {"InvalidCiphertextException": NOT_OURS, "ValidationException": NO_JWE}
"""What KMS says of an envelope that it will never open; everything else may pass."""


@cache
def _key(pem_path: str) -> "RSAKey":
    from joserfc.jwk import RSAKey

    return RSAKey.import_key(Path(pem_path).read_text())


def seal(secrets: Mapping[str, str], public_key_pem: str) -> str:
    """Seal a channel's secrets to a public key; answers a compact JWE."""
    from joserfc import jwe
    from joserfc.jwk import RSAKey

    header = {"alg": ALGORITHMS[0], "enc": ALGORITHMS[1]}
    key = RSAKey.import_key(public_key_pem)
    return jwe.encrypt_compact(header, json.dumps(dict(secrets)).encode(), key, algorithms=ALGORITHMS)


def open_with_file(sealed: str, private_key_file: str) -> dict[str, str]:
    """Open what `seal` made, with the private key in a PEM file; raises Invalid if it was sealed to another."""
    from joserfc import jwe
    from joserfc.errors import JoseError

    try:
        opened = jwe.decrypt_compact(sealed, _key(private_key_file), algorithms=ALGORITHMS)
    except (JoseError, ValueError) as error:
        raise Invalid(NOT_OURS) from error
    return _secrets(opened.plaintext or b"")


@lru_cache(OPENED_KEPT)
def open_sealed(sealed: str, private_key_file: str | None, kms_key_id: str | None) -> Mapping[str, str]:
    """Open what `seal` made with whichever key the deployment has; raises Invalid or Unavailable.

    A channel's envelope changes with its secrets, so what was opened once is not opened again: every page would
    otherwise wait for KMS, and a storm would meet its limit of requests.
    """
    opened: dict[str, str] = {}
    for envelope in sealed.split(" "):
        opened |= _opened(envelope, private_key_file, kms_key_id)
    return opened


def _opened(envelope: str, private_key_file: str | None, kms_key_id: str | None) -> dict[str, str]:
    if private_key_file:
        return open_with_file(envelope, private_key_file)
    if kms_key_id:
        return open_with_kms(envelope, kms_key_id)
    raise Invalid("No key to open the channel's secrets with is configured.")


def open_with_kms(sealed: str, kms_key_id: str) -> dict[str, str]:
    """Open what `seal` made: KMS unwraps the content key, which never leaves as the private key does not."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        header, wrapped, nonce, content, tag = (_decode(part) for part in sealed.split("."))
    except ValueError as error:
        raise Invalid(NO_JWE) from error
    if not wrapped:
        raise Invalid(NO_JWE)
    content_key = _unwrapped(wrapped, kms_key_id)
    protected = base64.urlsafe_b64encode(header).rstrip(b"=")
    try:
        opened = AESGCM(content_key).decrypt(nonce, content + tag, protected)
    except (InvalidTag, ValueError) as error:
        raise Invalid("The channel's secrets have been tampered with.") from error
    return _secrets(opened)


def _unwrapped(wrapped: bytes, kms_key_id: str) -> bytes:
    try:
        answer = _kms().call(
            "Decrypt",
            KeyId=kms_key_id,
            CiphertextBlob=wrapped,
            EncryptionAlgorithm="RSAES_OAEP_SHA_256",
        )
    except ClientError as error:
        refusal = KMS_REFUSALS.get(error.response.get("Error", {}).get("Code", ""))
        if refusal is not None:
            raise Invalid(refusal) from error
        raise Unavailable("KMS did not open the channel's secrets.") from error
    except BotoCoreError as error:
        raise Unavailable("KMS can't be reached.") from error
    return base64.b64decode(answer["Plaintext"])


def _secrets(opened: bytes) -> dict[str, str]:
    try:
        found = json.loads(opened)
    except ValueError as error:
        raise Invalid("The channel's secrets are not JSON.") from error
    if not isinstance(found, dict):
        raise Invalid("The channel's secrets are not named.")
    return cast("dict[str, str]", found)


@cache
def _kms() -> aws.Client:
    """The KMS client; a page waits for it, so it answers in time or not at all."""
    return aws.Client(aws.KMS, connect_seconds=2, read_seconds=3, tries=2)


def _decode(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
