"""Channel secrets, sealed so that only outside functions can read them.

A JWE (RFC 7516, RSA-OAEP-256, A256GCM) to the public half of an asymmetric key: inside functions seal, `notify`
opens. The private half stays in KMS; without KMS (a machine of one's own) it is a PEM file.
"""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final, cast

from joserfc import jwe
from joserfc.jwk import RSAKey

from tocsin.errors import Invalid

ALGORITHMS: Final = ["RSA-OAEP-256", "A256GCM"]


@cache
def _key(pem_path: str) -> RSAKey:
    return RSAKey.import_key(Path(pem_path).read_text())


def seal(secrets: Mapping[str, str], public_key_pem: str) -> str:
    """Seal a channel's secrets to a public key; answers a compact JWE."""
    header = {"alg": ALGORITHMS[0], "enc": ALGORITHMS[1]}
    key = RSAKey.import_key(public_key_pem)
    return jwe.encrypt_compact(header, json.dumps(dict(secrets)).encode(), key, algorithms=ALGORITHMS)


def open_with_file(sealed: str, private_key_file: str) -> dict[str, str]:
    """Open what `seal` made, with the private key in a PEM file; raises Invalid if it was sealed to another."""
    try:
        opened = jwe.decrypt_compact(sealed, _key(private_key_file), algorithms=ALGORITHMS)
    except ValueError as error:
        raise Invalid("The channel's secrets were not sealed to this deployment's key.") from error
    return cast("dict[str, str]", json.loads(opened.plaintext or b"{}"))
