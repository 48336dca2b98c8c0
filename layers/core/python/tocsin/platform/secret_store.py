"""Secrets from Secrets Manager, read once a process: the MAC keys of routing and API keys."""

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
