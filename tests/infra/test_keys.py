"""The deployment's keys: who may use which, and that none of them goes when a stack goes."""

import json
from typing import Any

from tests.infra.conftest import CHECKED_FROM, Assembly

SECRET_READERS = {"ingest", "authorizer", "api"}


def of_kms(assembly: Assembly) -> dict[str, list[dict[str, Any]]]:
    """What each function may do with KMS, of those that may anything."""
    found = {
        name: [s for s in assembly.statements(name) if "kms:" in json.dumps(s["Action"])]
        for name in assembly.functions()
    }
    return {name: statements for name, statements in found.items() if statements}


def test_the_keys_outlive_the_stack_that_made_them(in_aws: Assembly) -> None:
    kept = [
        r
        for key, r in in_aws.resources.items()
        if key.startswith("Keys")
        and r["Type"].split("::")[1] in {"KMS", "SecretsManager"}
        and r["Type"] != "AWS::KMS::Alias"
    ]
    assert sorted(r["Type"] for r in kept) == ["AWS::KMS::Key", *["AWS::SecretsManager::Secret"] * 3]
    assert {(r["DeletionPolicy"], r["UpdateReplacePolicy"]) for r in kept} == {("RetainExceptOnCreate", "Retain")}


def test_channel_secrets_are_sealed_to_an_rsa_key_that_kms_keeps(in_aws: Assembly) -> None:
    (key,) = in_aws.of_type("AWS::KMS::Key").values()
    assert (key["KeySpec"], key["KeyUsage"], key["MultiRegion"]) == ("RSA_3072", "ENCRYPT_DECRYPT", True)


def test_notify_and_checks_open_them_and_may_do_nothing_else_with_the_key(in_aws: Assembly) -> None:
    found = of_kms(in_aws)
    checks = {f"check-{region}" for region in CHECKED_FROM[in_aws.stage]}
    assert set(found) == {"notify", "keys"} | checks
    assert {s["Action"] for name in ("notify", *checks) for s in found[name]} == {"kms:Decrypt"}
    assert [s["Action"] for s in found["keys"]] == ["kms:GetPublicKey"]
    for statements in found.values():
        assert "SealKey" in json.dumps(statements[0]["Resource"])
    assert "SealKey" in json.dumps(in_aws.environment("notify")["SEAL_KMS_KEY_ID"])


def test_inside_the_public_half_is_a_secret_since_kms_is_out_of_reach(in_aws: Assembly) -> None:
    for sealer in ("api", "sweep", "ingest"):
        assert "SealPublicKey" in json.dumps(in_aws.environment(sealer)["SEAL_PUBLIC_KEY_SECRET_ARN"])
    for name, function in in_aws.functions().items():
        if "VpcConfig" in function:
            assert "SEAL_KMS_KEY_ID" not in in_aws.environment(name)


def test_the_mac_keys_are_read_where_keys_are_issued_or_verified_and_written_by_their_maker(assembly: Assembly) -> None:
    readers, writers = set[str](), set[str]()
    for name in assembly.functions():
        for statement in assembly.statements(name):
            if "mac-keys" in json.dumps(statement["Resource"]) or "MacKeys" in json.dumps(statement["Resource"]):
                actions = json.dumps(statement["Action"])
                readers |= {name} if "secretsmanager:GetSecretValue" in actions else set()
                writers |= {name} if "secretsmanager:PutSecretValue" in actions else set()
    makers = {"keys"} & set(assembly.functions())
    assert readers == SECRET_READERS | makers
    assert writers == makers


def test_enroll_alone_reads_the_key_of_the_probes_authority_which_its_maker_writes_unread(assembly: Assembly) -> None:
    allowed: dict[str, set[str]] = {}
    for name in assembly.functions():
        for statement in assembly.statements(name):
            resource = json.dumps(statement["Resource"])
            if "robe-authority" in resource or "ProbeAuthority" in resource:
                actions = statement["Action"]
                allowed.setdefault(name, set()).update([actions] if isinstance(actions, str) else actions)
    assert allowed.pop("enroll") == {"secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"}
    assert allowed in ({}, {"keys": {"secretsmanager:PutSecretValue", "secretsmanager:DescribeSecret"}})


def test_on_ones_own_machine_the_keys_are_found_and_the_seal_is_a_file(local: Assembly) -> None:
    assert not local.of_type("AWS::KMS::Key")
    assert not local.of_type("AWS::SecretsManager::Secret")
    assert local.environment("notify")["SEAL_PRIVATE_KEY_FILE"].endswith(".pem")
    assert "SEAL_KMS_KEY_ID" not in local.environment("notify")
