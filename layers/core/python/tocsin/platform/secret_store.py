"""Secrets from Secrets Manager, read once a process: MAC keys, and the key that channel secrets are sealed to."""

import base64
import json
from functools import cache

import boto3

from tocsin.platform.tokens import MacKeys


@cache
def mac_keys(secret_arn: str) -> MacKeys:
    """Read the MAC keys: JSON {"current": "A", "keys": {"A": "<base64, 32 bytes>"}}."""
    answer = boto3.client("secretsmanager").get_secret_value(SecretId=secret_arn)
    document = json.loads(answer["SecretString"])
    keys = {name: base64.b64decode(value) for name, value in document["keys"].items()}
    return MacKeys(keys=keys, current=document["current"])


@cache
def text(secret_arn: str) -> str:
    """Read a secret that is plain text, like the PEM of the public key that channel secrets are sealed to."""
    answer = boto3.client("secretsmanager").get_secret_value(SecretId=secret_arn)
    return str(answer["SecretString"])
