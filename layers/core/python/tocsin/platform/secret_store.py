"""Secrets from Secrets Manager, read once a process: MAC keys, and the key that channel secrets are sealed to."""

import base64
import json
from functools import cache

from tocsin.platform import aws
from tocsin.platform.tokens import MacKeys


@cache
def mac_keys(secret_arn: str) -> MacKeys:
    """Read the MAC keys: JSON {"current": "A", "keys": {"A": "<base64, 32 bytes>"}}."""
    document = json.loads(text(secret_arn))
    keys = {name: base64.b64decode(value) for name, value in document["keys"].items()}
    return MacKeys(keys=keys, current=document["current"])


@cache
def text(secret_arn: str) -> str:
    """Read a secret that is plain text, like the PEM of the public key that channel secrets are sealed to."""
    return current_text(secret_arn)


def current_text(secret_arn: str) -> str:
    """Read a secret as it is now, where it may have changed since the process began: a database password."""
    return str(_client().call("GetSecretValue", SecretId=secret_arn)["SecretString"])


def previous_text(secret_arn: str) -> str:
    """Read a secret as it was before its last change."""
    answer = _client().call("GetSecretValue", SecretId=secret_arn, VersionStage="AWSPREVIOUS")
    return str(answer["SecretString"])


def _client() -> aws.Client:
    return aws.Client(aws.SECRETS_MANAGER, connect_seconds=2, read_seconds=5, tries=3)
