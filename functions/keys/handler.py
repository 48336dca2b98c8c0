"""Makes the deployment's keys: what CloudFormation can't put into a secret by itself.

Called during a deploy by CDK's Provider. The keys of integrations are signed with the MAC keys; channel secrets are
sealed to the public half of a key that KMS keeps. A secret that is filled stays as it is.
"""

import base64
import json
import os
import textwrap
from typing import Any, Final
from uuid import uuid4

from tocsin.platform import aws, logs, settings
from tocsin.platform.settings import Settings

SERVICE: Final = "keys"
RESOURCE: Final = "keys"
FIRST: Final = "A"
MAC_BYTES: Final = 32


class KeysSettings(Settings):
    """What keys needs to know."""

    mac_keys_secret_arn: str
    seal_public_key_secret_arn: str
    seal_kms_key_id: str


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """A custom resource's event → its id. What goes wrong is raised, and fails the deploy."""
    if event.get("RequestType") != "Delete":
        known = settings.load(KeysSettings)
        made = _keep_mac_keys(known.mac_keys_secret_arn)
        _publish_seal_key(known.seal_kms_key_id, known.seal_public_key_secret_arn)
        logs.logger(SERVICE).info("kept", extra={"made_mac_keys": made})
    return {"PhysicalResourceId": RESOURCE}


def _keep_mac_keys(secret_arn: str) -> bool:
    """Write the first MAC key unless there is one: another would make every key that was handed out worthless."""
    there = json.loads(_secrets().call("GetSecretValue", SecretId=secret_arn)["SecretString"])
    if there.get("keys"):
        return False
    made = {"current": FIRST, "keys": {FIRST: base64.b64encode(os.urandom(MAC_BYTES)).decode()}}
    _write(secret_arn, json.dumps(made))
    return True


def _publish_seal_key(key_id: str, secret_arn: str) -> None:
    """Write the public half where inside functions can read it; KMS they can't reach."""
    client = aws.Client(aws.KMS, connect_seconds=2, read_seconds=5, tries=3)
    der = client.call("GetPublicKey", KeyId=key_id)["PublicKey"]
    pem = "\n".join(["-----BEGIN PUBLIC KEY-----", *textwrap.wrap(der, 64), "-----END PUBLIC KEY-----", ""])
    if _secrets().call("GetSecretValue", SecretId=secret_arn)["SecretString"] != pem:
        _write(secret_arn, pem)


def _write(secret_arn: str, value: str) -> None:
    """AWS's own clients make a token up; whoever calls without them must bring one, or is refused."""
    _secrets().call("PutSecretValue", SecretId=secret_arn, SecretString=value, ClientRequestToken=str(uuid4()))


def _secrets() -> aws.Client:
    return aws.Client(aws.SECRETS_MANAGER, connect_seconds=2, read_seconds=5, tries=3)
