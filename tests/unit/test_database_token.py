"""The token by which RDS lets a role in: what botocore itself would make."""

from urllib.parse import parse_qs

import boto3
import pytest
from botocore.exceptions import NoCredentialsError
from moto import mock_aws

from tocsin.platform import aws, secret_store

HOST = "tocsin.proxy-abc.eu-central-1.rds.amazonaws.com"
CHANGING = ("X-Amz-Date", "X-Amz-Signature")


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-central-1")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    monkeypatch.setenv("AWS_SESSION_TOKEN", "of/a+role=")


def test_it_is_what_botocore_would_make() -> None:
    ours = aws.database_token(HOST, 5432, "worker")
    theirs = boto3.Session().client("rds").generate_db_auth_token(HOST, 5432, "worker")

    assert ours.partition("?")[0] == theirs.partition("?")[0]
    said, wanted = parse_qs(ours.partition("?")[2]), parse_qs(theirs.partition("?")[2])
    assert {k: v for k, v in said.items() if k not in CHANGING} == {
        k: v for k, v in wanted.items() if k not in CHANGING
    }
    assert set(said) == set(wanted)


def test_it_names_the_role_it_is_for() -> None:
    assert "DBUser=app" in aws.database_token(HOST, 5432, "app")
    assert aws.database_token(HOST, 5432, "app") != aws.database_token(HOST, 5432, "worker")


def test_without_credentials_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_CONFIG_FILE", "/dev/null")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", "/dev/null")
    monkeypatch.setattr(boto3, "DEFAULT_SESSION", None)
    with pytest.raises(NoCredentialsError):
        aws.database_token(HOST, 5432, "app")


def test_a_password_that_was_rotated_is_read_anew() -> None:
    with mock_aws():
        client = boto3.client("secretsmanager")
        arn = client.create_secret(Name="worker", SecretString="first")["ARN"]
        assert secret_store.current_text(arn) == "first"
        client.put_secret_value(SecretId=arn, SecretString="second")
        assert secret_store.current_text(arn) == "second"
