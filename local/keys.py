"""The secrets of a run, made once and kept under .local for the owner's eyes only."""

import base64
import json
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from local.machine import Machine
from local.private_files import write_private
from local.probe_files import ProbeFiles, keep_probe_files
from tocsin.platform.tokens import MacKeys

RSA_BITS: Final = 3072


@dataclass(frozen=True, slots=True)
class Keys:
    """MAC keys as the JSON that Secrets Manager holds, the pair that secrets are sealed with, and what private probes
    and their front are verified by.
    """

    mac_document: str
    seal_public_pem: str
    seal_private_file: Path
    probes: ProbeFiles

    def mac_keys(self) -> MacKeys:
        """The MAC keys, to issue keys with."""
        document: dict[str, Any] = json.loads(self.mac_document)
        keys = {name: base64.b64decode(value) for name, value in document["keys"].items()}
        return MacKeys(keys=keys, current=document["current"])


def keep(machine: Machine) -> Keys:
    """Read the keys of earlier runs, or make them."""
    mac_file, seal_file = machine.path("secrets", "mac-keys.json"), machine.path("secrets", "seal.pem")
    mac_file.parent.chmod(0o700)
    if not mac_file.exists():
        secret = base64.b64encode(os.urandom(32)).decode()
        write_private(mac_file, json.dumps({"current": "A", "keys": {"A": secret}}))
    if not seal_file.exists():
        key = rsa.generate_private_key(public_exponent=65537, key_size=RSA_BITS)
        pem = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        write_private(seal_file, pem.decode())
    private = serialization.load_pem_private_key(seal_file.read_bytes(), None)
    public = private.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    probes = keep_probe_files(machine.path("secrets", "probes"), datetime.now(UTC))
    return Keys(mac_file.read_text(), public.decode(), seal_file, probes)
