"""The keys of a deployment: made once, kept for ever, and usable by those that they are for."""

import json
from collections.abc import Generator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import boto3
import pytest
from botocore.awsrequest import AWSPreparedRequest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key
from moto import mock_aws

from functions.keys.handler import handler
from infra.parts.keys import NO_KEYS_YET
from tests.support.aws import answered_by_moto, watched
from tocsin.platform import sealing, secret_store
from tocsin.platform.tokens import Purpose, issue, verify

REGION = "eu-central-1"


@dataclass(frozen=True, slots=True)
class Account:
    """What CloudFormation has made before `keys` is called."""

    secrets: Any
    kms: Any
    mac_keys: str
    seal_public_key: str
    seal_key: str

    def value(self, secret_arn: str) -> str:
        """A secret as it is now."""
        return self.secrets.get_secret_value(SecretId=secret_arn)["SecretString"]


@pytest.fixture
def account(monkeypatch: pytest.MonkeyPatch) -> Generator[Account]:
    for name, value in {
        "AWS_DEFAULT_REGION": REGION,
        "AWS_REGION": REGION,
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
    }.items():
        monkeypatch.setenv(name, value)
    with mock_aws(), answered_by_moto():
        secrets, kms = boto3.client("secretsmanager"), boto3.client("kms")
        generated = json.dumps({**json.loads(NO_KEYS_YET), "unused": "x" * 32})
        made = Account(
            secrets,
            kms,
            mac_keys=secrets.create_secret(Name="mac-keys", SecretString=generated)["ARN"],
            seal_public_key=secrets.create_secret(Name="seal-public-key", SecretString=generated)["ARN"],
            seal_key=kms.create_key(KeySpec="RSA_3072", KeyUsage="ENCRYPT_DECRYPT")["KeyMetadata"]["Arn"],
        )
        monkeypatch.setenv("MAC_KEYS_SECRET_ARN", made.mac_keys)
        monkeypatch.setenv("SEAL_PUBLIC_KEY_SECRET_ARN", made.seal_public_key)
        monkeypatch.setenv("SEAL_KMS_KEY_ID", made.seal_key)
        yield made


def deployed(kind: str = "Create") -> dict[str, Any]:
    return handler({"RequestType": kind, "ResourceProperties": {"MadeFrom": "1"}}, None)


def test_keys_are_issued_and_verified_with_the_mac_key_that_was_made(account: Account) -> None:
    deployed()
    keys = secret_store.mac_keys(account.mac_keys)
    assert [len(key) for key in keys.keys.values()] == [32]
    key = issue(Purpose.ROUTING, keys)
    assert verify(Purpose.ROUTING, key, keys) == key


def test_the_public_key_is_the_half_of_what_kms_keeps(account: Account) -> None:
    deployed()
    pem = account.value(account.seal_public_key)
    public = load_pem_public_key(pem.encode()).public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    assert public == account.kms.get_public_key(KeyId=account.seal_key)["PublicKey"]
    assert sealing.seal({"url": "https://hooks.example"}, pem).count(".") == 4


@pytest.mark.parametrize("kind", ["Create", "Update"])
def test_what_was_made_stays_however_often_it_is_deployed(account: Account, kind: str) -> None:
    first = deployed()
    kept = account.value(account.mac_keys), account.value(account.seal_public_key)
    with watched() as sent:
        assert deployed(kind) == first
    assert (account.value(account.mac_keys), account.value(account.seal_public_key)) == kept
    assert writes(sent) == []


def test_keys_that_an_operator_has_rotated_stay(account: Account) -> None:
    deployed()
    rotated = json.loads(account.value(account.mac_keys))
    rotated["keys"]["B"] = "QkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkI="
    rotated["current"] = "B"
    account.secrets.put_secret_value(SecretId=account.mac_keys, SecretString=json.dumps(rotated))
    deployed("Update")
    assert json.loads(account.value(account.mac_keys)) == rotated


@pytest.mark.usefixtures("account")
def test_deleting_the_stack_touches_nothing() -> None:
    deployed()
    with watched() as sent:
        deployed("Delete")
    assert sent == []


@pytest.mark.usefixtures("account")
def test_a_write_brings_the_token_that_aws_demands_of_whoever_calls_without_its_clients() -> None:
    with watched() as sent:
        deployed()
    tokens = [json.loads(request.body or "{}")["ClientRequestToken"] for request in writes(sent)]
    assert len({UUID(token) for token in tokens}) == 2


def writes(sent: list[AWSPreparedRequest]) -> list[AWSPreparedRequest]:
    """The requests that change a secret."""
    return [request for request in sent if b"PutSecretValue" in _target(request)]


def _target(request: AWSPreparedRequest) -> bytes:
    target = request.headers.get("X-Amz-Target", b"")
    return target if isinstance(target, bytes) else str(target).encode()
