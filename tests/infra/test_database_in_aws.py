"""PostgreSQL in AWS: encrypted, kept, copied, and entered by IAM from end to end, by each function as its own role."""

import json
from typing import Any

import pytest

from tests.infra.conftest import Assembly

BACKUP_DAYS = {"small": 7, "standard": 14, "ha": 35}
CONNECT = "rds-db:connect"


def only(assembly: Assembly, kind: str) -> dict[str, Any]:
    """The one resource of a type, whole."""
    (found,) = [resource for resource in assembly.resources.values() if resource["Type"] == kind]
    return found


def roles_entered(statements: list[dict[str, Any]]) -> set[str]:
    """The last part of each dbuser that these statements let in; none may be a wildcard."""
    entered: set[str] = set()
    for statement in statements:
        if CONNECT not in json.dumps(statement["Action"]):
            continue
        resources = statement["Resource"] if isinstance(statement["Resource"], list) else [statement["Resource"]]
        for resource in resources:
            assert ":dbuser:" in json.dumps(resource)
            assert "*" not in json.dumps(resource)
            entered.add(resource["Fn::Join"][1][-1].removeprefix("/"))
    return entered


def test_the_instance_is_encrypted_private_and_kept(in_aws: Assembly) -> None:
    instance = only(in_aws, "AWS::RDS::DBInstance")
    properties = instance["Properties"]
    assert properties["Engine"] == "postgres"
    assert properties["EngineVersion"].split(".")[0] == "18"
    assert properties["StorageEncrypted"] is True
    assert properties["PubliclyAccessible"] is False
    assert properties["EnableIAMDatabaseAuthentication"] is True
    assert properties["DeletionProtection"] is True
    assert properties["AllowMajorVersionUpgrade"] is False
    assert (instance["DeletionPolicy"], instance["UpdateReplacePolicy"]) == ("Snapshot", "Snapshot")
    assert properties["BackupRetentionPeriod"] == BACKUP_DAYS[in_aws.stage]
    assert properties["CopyTagsToSnapshot"] is True
    assert properties["MultiAZ"] is (in_aws.stage == "ha")


def test_rds_keeps_the_masters_password_and_no_template_holds_one(in_aws: Assembly) -> None:
    properties = only(in_aws, "AWS::RDS::DBInstance")["Properties"]
    assert properties["ManageMasterUserPassword"] is True
    assert "MasterUserPassword" not in properties
    for template in in_aws.templates:
        assert "resolve:secretsmanager" not in template.read_text()


def test_the_server_takes_tls_only(in_aws: Assembly) -> None:
    parameters = only(in_aws, "AWS::RDS::DBParameterGroup")["Properties"]
    assert parameters["Family"] == "postgres18"
    assert parameters["Parameters"]["rds.force_ssl"] == "1"


def test_ha_copies_backups_to_the_second_region_encrypted(ha: Assembly) -> None:
    properties = only(ha, "AWS::RDS::DBInstance")["Properties"]
    assert properties["AutomaticBackupReplicationRegion"] == "eu-west-1"
    assert properties["AutomaticBackupReplicationKmsKeyId"].startswith("arn:aws:kms:eu-west-1:")
    assert properties["AutomaticBackupReplicationRetentionPeriod"] == BACKUP_DAYS["ha"]


def test_an_instance_in_one_zone_is_in_that_of_the_functions(small: Assembly, standard: Assembly, ha: Assembly) -> None:
    for assembly in (small, standard):
        zone = only(assembly, "AWS::RDS::DBInstance")["Properties"]["AvailabilityZone"]
        assert zone == {"Fn::Select": [0, {"Fn::GetAZs": ""}]}
    assert "AvailabilityZone" not in only(ha, "AWS::RDS::DBInstance")["Properties"]


@pytest.mark.parametrize("stage", ["standard", "ha"])
def test_the_proxy_knows_no_password_and_enters_as_the_two_roles(stage: str, request: pytest.FixtureRequest) -> None:
    assembly: Assembly = request.getfixturevalue(stage)
    proxy = only(assembly, "AWS::RDS::DBProxy")["Properties"]
    assert proxy["DefaultAuthScheme"] == "IAM_AUTH"
    assert proxy["RequireTLS"] is True
    assert not proxy.get("Auth")
    role = proxy["RoleArn"]["Fn::GetAtt"][0]
    statements = [
        statement
        for policy in assembly.of_type("AWS::IAM::Policy").values()
        if {"Ref": role} in policy["Roles"]
        for statement in policy["PolicyDocument"]["Statement"]
    ]
    assert roles_entered(statements) == {"app", "worker"}
    assert "DbiResourceId" in json.dumps(statements)


def test_each_inside_function_enters_as_its_own_role_and_no_other(in_aws: Assembly) -> None:
    for name in in_aws.functions():
        entered = roles_entered(in_aws.statements(name))
        if name == "migrate" or "DB_HOST" not in in_aws.environment(name):
            assert entered == set()
        else:
            assert entered == {"app" if name in {"api", "triggers"} else "worker"}
            assert entered == {in_aws.environment(name)["DB_USER"]}


def test_only_small_and_migrate_are_shown_a_certificate_of_rds(in_aws: Assembly) -> None:
    for name in in_aws.functions():
        environment = in_aws.environment(name)
        if "DB_HOST" in environment:
            direct = name == "migrate" or in_aws.stage == "small"
            assert environment["DB_IAM"] == "yes"
            assert environment["DB_CA_FILE"].endswith("rds-ca.pem" if direct else "botocore/cacert.pem")
            assert ("EndpointAddress" in json.dumps(environment["DB_HOST"])) == direct


def test_only_migrate_reads_the_masters_password(in_aws: Assembly) -> None:
    readers = {name for name in in_aws.functions() if "MasterUserSecret" in json.dumps(in_aws.statements(name))}
    assert readers == {"migrate"}


def test_functions_wait_for_the_migrations_which_run_when_one_is_new(in_aws: Assembly) -> None:
    ((key, step),) = ((k, r) for k, r in in_aws.resources.items() if r["Type"] == "Custom::TocsinMigrate")
    assert len(step["Properties"]["MadeFrom"]) == 64
    for resource in in_aws.resources.values():
        name = str(resource.get("Properties", {}).get("FunctionName", ""))
        if resource["Type"] == "AWS::Lambda::Function" and name.startswith("tocsin-") and name.rpartition("-")[2] in (
            "process", "escalate", "claim", "record", "sweep", "publish", "api", "health", "ingest", "notify"
        ):  # fmt: skip
            assert key in resource["DependsOn"]


def test_the_migrations_are_packed_with_migrate_alone(in_aws: Assembly) -> None:
    for name in in_aws.functions():
        files = {str(path.relative_to(in_aws.code(name))) for path in in_aws.code(name).rglob("*.sql")}
        if name == "migrate":
            assert {"migrations/roles.sql", "migrations/0001_tenancy.sql"} <= files
        else:
            assert files == set()


def test_with_ones_own_server_each_role_has_the_secret_of_its_password_and_no_other(own_server: Assembly) -> None:
    for name in own_server.functions():
        granted = json.dumps(own_server.statements(name))
        roles = {role for role in ("app", "worker", "admin") if f"secret:tocsin-standard-db-{role}-" in granted}
        if name == "migrate":
            assert roles == {"app", "worker", "admin"}
        elif "DB_HOST" in own_server.environment(name):
            environment = own_server.environment(name)
            assert roles == {environment["DB_USER"]}
            assert (environment["DB_HOST"], environment["DB_PORT"]) == ("db.example.com", "5433")
            assert "DB_IAM" not in environment
            assert environment["DB_CA_FILE"]
        else:
            assert roles == set()
