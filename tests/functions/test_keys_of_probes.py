"""The authority of private probes: made once a generation, trusted beside the one before it, its key read by nobody."""

import json
from collections.abc import Generator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from moto import mock_aws

from functions.keys.handler import handler
from infra.parts.keys import NO_KEYS_YET
from tests.support.aws import answered_by_moto
from tocsin.contracts.probes import TRUSTSTORE_KEY
from tocsin.platform import certificates

REGION = "eu-central-1"


@dataclass(frozen=True, slots=True)
class Account:
    """What CloudFormation has made before `keys` is called."""

    secrets: Any
    s3: Any
    authority: str
    bucket: str

    def document(self) -> dict[str, Any]:
        """The authority as it is now."""
        return json.loads(self.secrets.get_secret_value(SecretId=self.authority)["SecretString"])

    def trusted(self) -> list[str]:
        """Whom the truststore trusts."""
        pem = self.s3.get_object(Bucket=self.bucket, Key=TRUSTSTORE_KEY)["Body"].read().decode()
        return list(certificates.authorities(pem, datetime.now(UTC)))


@pytest.fixture
def account(monkeypatch: pytest.MonkeyPatch) -> Generator[Account]:
    for name in ("AWS_DEFAULT_REGION", "AWS_REGION"):
        monkeypatch.setenv(name, REGION)
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    with mock_aws(), answered_by_moto():
        secrets, kms, s3 = boto3.client("secretsmanager"), boto3.client("kms"), boto3.client("s3")
        s3.create_bucket(Bucket="home", CreateBucketConfiguration={"LocationConstraint": REGION})
        s3.put_bucket_versioning(Bucket="home", VersioningConfiguration={"Status": "Enabled"})
        for name in ("mac-keys", "seal-public-key", "probe-authority"):
            secrets.create_secret(Name=name, SecretString=NO_KEYS_YET)
        key = kms.create_key(KeySpec="RSA_3072", KeyUsage="ENCRYPT_DECRYPT")["KeyMetadata"]["Arn"]
        monkeypatch.setenv("MAC_KEYS_SECRET_ARN", "mac-keys")
        monkeypatch.setenv("SEAL_PUBLIC_KEY_SECRET_ARN", "seal-public-key")
        monkeypatch.setenv("SEAL_KMS_KEY_ID", key)
        monkeypatch.setenv("PROBE_AUTHORITY_SECRET_ARN", "probe-authority")
        monkeypatch.setenv("EDGE_BUCKET", "home")
        yield Account(secrets, s3, "probe-authority", "home")


def deployed(generation: str = "1") -> dict[str, Any]:
    return handler({"RequestType": "Update", "ResourceProperties": {"ProbeAuthority": generation}}, None)["Data"]


def test_the_first_authority_is_trusted_and_signs_at_once(account: Account) -> None:
    version = deployed()["TruststoreVersion"]
    assert version == account.s3.head_object(Bucket="home", Key=TRUSTSTORE_KEY)["VersionId"]
    assert account.trusted() == ["Tocsin probes 1"]
    made = account.document()
    assert datetime.fromisoformat(made["signs_from"]) <= datetime.now(UTC)
    _, csr = certificates.make_request()
    identity = certificates.Identity(*[certificates.UUID(int=n) for n in (1, 2, 3)])
    authority = certificates.Authority(made["certificate"], made["key"])
    issued = certificates.sign(authority, certificates.read_request(csr), identity, datetime.now(UTC))
    assert certificates.read_shown(issued.pem).identity == identity


def test_another_deploy_leaves_the_authority_as_it_is(account: Account) -> None:
    first, made = deployed(), account.document()
    assert deployed() == first
    assert account.document() == made


def test_a_new_generation_is_trusted_before_it_signs_and_beside_the_old_one(account: Account) -> None:
    first, old = deployed()["TruststoreVersion"], account.document()
    assert deployed("2")["TruststoreVersion"] != first
    assert account.trusted() == ["Tocsin probes 1", "Tocsin probes 2"]
    new = account.document()
    assert datetime.fromisoformat(new["signs_from"]) > datetime.now(UTC) + timedelta(minutes=55)
    before = account.secrets.get_secret_value(SecretId=account.authority, VersionStage="AWSPREVIOUS")["SecretString"]
    assert json.loads(before) == old
    deployed("3")
    assert account.trusted() == ["Tocsin probes 2", "Tocsin probes 3"]


def test_a_deploy_that_ended_before_the_secret_was_written_is_made_good(
    account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    deployed()
    old = account.document()
    monkeypatch.setenv("PROBE_AUTHORITY_SECRET_ARN", "no-such-secret")
    with pytest.raises(ClientError):
        deployed("2")
    monkeypatch.setenv("PROBE_AUTHORITY_SECRET_ARN", "probe-authority")
    assert account.document() == old, "who signs is trusted before it can"
    assert account.trusted() == ["Tocsin probes 1", "Tocsin probes 2"]
    version = deployed("2")["TruststoreVersion"]
    pem = account.s3.get_object(Bucket="home", Key=TRUSTSTORE_KEY)["Body"].read().decode()
    assert account.document()["certificate"] == certificates.authorities(pem, datetime.now(UTC))["Tocsin probes 2"]
    before = account.secrets.get_secret_value(SecretId=account.authority, VersionStage="AWSPREVIOUS")["SecretString"]
    assert json.loads(before) == old
    assert deployed("2")["TruststoreVersion"] == version


def test_a_truststore_of_before_its_bucket_had_versions_gets_one_to_pin(account: Account) -> None:
    account.s3.put_bucket_versioning(Bucket="home", VersioningConfiguration={"Status": "Suspended"})
    deployed()
    made, pem = account.document(), account.trusted()
    account.s3.put_bucket_versioning(Bucket="home", VersioningConfiguration={"Status": "Enabled"})
    version = deployed()["TruststoreVersion"]
    assert version not in ("", "null")
    assert version == account.s3.head_object(Bucket="home", Key=TRUSTSTORE_KEY)["VersionId"]
    assert (account.document(), account.trusted()) == (made, pem)
    assert deployed()["TruststoreVersion"] == version


def test_a_truststore_of_an_older_release_is_left_as_it_is(account: Account) -> None:
    deployed()
    pem = account.s3.get_object(Bucket="home", Key=TRUSTSTORE_KEY)["Body"].read()
    version = account.s3.put_object(Bucket="home", Key=TRUSTSTORE_KEY, Body=pem)["VersionId"]
    assert deployed()["TruststoreVersion"] == version


def test_without_a_place_for_it_no_authority_is_made(account: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PROBE_AUTHORITY_SECRET_ARN")
    assert handler({"RequestType": "Create", "ResourceProperties": {}}, None) == {"PhysicalResourceId": "keys"}
    assert account.document() == json.loads(NO_KEYS_YET)
