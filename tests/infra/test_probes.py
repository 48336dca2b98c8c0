"""What each region has that checks, and what it may do: its own part, and no stack that waits for another region."""

import json
import re
from typing import Any

import pytest

from cli.doctor.account_checks import RESERVE
from tests.infra.conftest import CHECKED_FROM, IN_AWS, ROOT, Assembly
from tests.infra.test_templates import actions


def template(assembly: Assembly, region: str) -> dict[str, Any]:
    """The template of one region's stack."""
    return json.loads((assembly.folder / f"tocsin-{assembly.stage}-probes-{region}.template.json").read_text())


def granted(assembly: Assembly, function: str) -> dict[str, set[str]]:
    """What a function may do beside its log, by resource as text."""
    found: dict[str, set[str]] = {}
    for statement in assembly.statements(function):
        resources = statement["Resource"]
        for resource in resources if isinstance(resources, list) else [resources]:
            found.setdefault(json.dumps(resource), set()).update(actions(statement))
    return {resource: may for resource, may in found.items() if not any(one.startswith("logs:") for one in may)}


def resources_with(found: dict[str, set[str]], *parts: str) -> dict[str, set[str]]:
    """Those whose text has all of these parts."""
    return {resource: may for resource, may in found.items() if all(part in resource for part in parts)}


def test_each_region_has_a_stack_of_its_own_in_that_region(assembly: Assembly) -> None:
    manifest = json.loads((assembly.folder / "manifest.json").read_text())["artifacts"]
    prefix = f"tocsin-{assembly.stage}-probes-"
    stacks = {name: one for name, one in manifest.items() if name.startswith(prefix) and not name.endswith(".assets")}
    assert set(stacks) == {f"{prefix}{region}" for region in CHECKED_FROM[assembly.stage]}
    for name, stack in stacks.items():
        assert stack["environment"].endswith(f"/{name.removeprefix(prefix)}")


def test_no_region_waits_for_another(assembly: Assembly) -> None:
    home, *away = CHECKED_FROM[assembly.stage]
    manifest = json.loads((assembly.folder / "manifest.json").read_text())["artifacts"]
    for region in away:
        assert "Fn::ImportValue" not in json.dumps(template(assembly, region))
        waits_for = manifest[f"tocsin-{assembly.stage}-probes-{region}"]["dependencies"]
        assert [name for name in waits_for if not name.endswith(".assets")] == []
    # who hears alarms, and in AWS the key
    assert "Fn::ImportValue" in json.dumps(template(assembly, home))


def test_every_shard_is_checked_each_minute_on_the_minute_with_the_instant_it_was_due(assembly: Assembly) -> None:
    shards = 6 if assembly.stage == "standard" else 1
    for region in CHECKED_FROM[assembly.stage]:
        found = template(assembly, region)["Resources"].values()
        rules = [one["Properties"] for one in found if one["Type"] == "AWS::Events::Rule"]
        targets = [target for rule in rules for target in rule["Targets"]]
        assert {rule["ScheduleExpression"] for rule in rules} == {"cron(* * * * ? *)"}
        assert max(len(rule["Targets"]) for rule in rules) <= 5
        for shard, target in enumerate(targets):
            transformer = target["InputTransformer"]
            assert transformer["InputPathsMap"] == {"time": "$.time"}
            assert json.loads(transformer["InputTemplate"].replace("<time>", '"t"')) == {"shard": shard, "time": "t"}
        assert len(targets) == shards


def test_regions_have_ipv6_only_where_the_deployment_says_so(assembly: Assembly, by_mutual_tls: Assembly) -> None:
    for said, found in ((False, assembly), (True, by_mutual_tls)):
        assert ("CHECK_IPV6" in found.environment("api")) is said
        for region in CHECKED_FROM[found.stage]:
            assert (found.environment(f"check-{region}").get("HAS_IPV6") == "yes") is said


def test_a_check_reads_its_own_region_and_tells_home_and_the_other_regions(assembly: Assembly) -> None:
    home, *_ = regions = CHECKED_FROM[assembly.stage]
    for region in regions:
        found = granted(assembly, f"check-{region}")
        own = region.replace("-", "")
        sending = {"sqs:SendMessage", *(["sqs:SendMessageBatch"] if assembly.stage == "local" else [])}
        expected = {
            ("Checks" + own, "/checks/*"): {"s3:GetObject"},
            ("Checks" + own, "/buffer/*"): {"s3:GetObject", "s3:PutObject", "s3:DeleteObject"},
            (f":sqs:{home}:", f"tocsin-{assembly.stage}-results"): sending,
            **{(f":sqs:{other}:", f"-commands-{other}"): sending for other in regions if other != region},
        }
        for parts, may in expected.items():
            (only,) = resources_with(found, *parts).values()
            assert only == may
        listed = [resource for resource, may in found.items() if may == {"s3:ListBucket"}]
        consumed = [resource for resource, may in found.items() if "sqs:ReceiveMessage" in may]
        opened = [resource for resource, may in found.items() if may == {"kms:Decrypt"}]
        assert (len(listed), len(consumed), len(opened)) == (1, 1, int(assembly.stage != "local"))
        assert len(found) == len(expected) + len(listed) + len(consumed) + len(opened)


def test_a_check_is_told_where_home_is_and_how_the_others_are_asked(assembly: Assembly) -> None:
    home, *_ = regions = CHECKED_FROM[assembly.stage]
    for region in regions:
        told = assembly.environment(f"check-{region}")
        assert (told["CHECK_REGION"], told["HOME_REGION"]) == (region, home)
        asked = json.dumps(told["COMMANDS_QUEUE_URLS"])
        assert {other for other in regions if f"-commands-{other}" in asked} == set(regions) - {region}
        assert "SEAL_PRIVATE_KEY_FILE" in told if assembly.stage == "local" else "SEAL_KMS_KEY_ID" in told


def test_the_mirror_reaches_the_buckets_and_queues_of_the_regions_that_check_and_no_others(assembly: Assembly) -> None:
    found = granted(assembly, "mirror")
    for region in CHECKED_FROM[assembly.stage]:
        bucket = f"tocsin-{assembly.stage}-checks-"
        (copied,) = resources_with(found, bucket, f"-{region}/checks/*").values()
        assert copied == {"s3:GetObject", "s3:PutObject"}
        (commanded,) = resources_with(found, f":sqs:{region}:", f"-commands-{region}").values()
        assert "sqs:SendMessage" in commanded
    # what it may write is theirs, and the replica of pages, where alone it may delete
    carried = [resources_with(found, ":s3:::", "-pages-", f"/{prefix}/*") for prefix in ("pages", "assets")]
    replica = {resource for some in carried for resource in some}
    checked = resources_with(found, ":s3:::", f"tocsin-{assembly.stage}-checks-", "/checks/*")
    assert {resource for resource, may in found.items() if "s3:PutObject" in may} == {*checked, *replica}
    assert {resource for resource, may in found.items() if "s3:DeleteObject" in may} == replica
    assert (len(checked), len(replica)) == (len(CHECKED_FROM[assembly.stage]), 0 if assembly.stage == "small" else 2)
    told = json.dumps(assembly.environment("mirror")["CHECKS_BUCKETS"])
    assert all(region in told for region in CHECKED_FROM[assembly.stage])


def test_what_is_written_for_the_regions_is_told_to_the_queue_of_the_mirror(assembly: Assembly) -> None:
    found = assembly.of_type("AWS::Events::Rule").values()
    rules = {one["Name"]: one for one in found if "aws.s3" in one.get("EventPattern", {}).get("source", ())}
    written = rules.pop(f"tocsin-{assembly.stage}-written")
    pages = {f"tocsin-{assembly.stage}-pages-touched"} if assembly.stage != "small" else set()
    assert set(rules) == pages
    for rule in (written, *rules.values()):
        (target,) = rule["Targets"]
        copies = assembly.resources[target["Arn"]["Fn::GetAtt"][0]]["Properties"]["QueueName"]
        assert copies == f"tocsin-{assembly.stage}-copies"
    assert written["EventPattern"]["detail-type"] == ["Object Created"]
    assert written["EventPattern"]["detail"]["object"]["key"] == [{"prefix": "checks/"}, {"prefix": "commands/"}]
    (bucket,) = written["EventPattern"]["detail"]["bucket"]["name"]
    assert "RefEdge" in bucket["Fn::ImportValue"]
    telling = {
        key: bucket["NotificationConfiguration"]
        for key, bucket in assembly.of_type("AWS::S3::Bucket").items()
        if "NotificationConfiguration" in bucket
    }
    assert sorted(key[:-8] for key in telling) == ["Edge", "Pages"]
    assert list(telling.values()) == [{"EventBridgeConfiguration": {"EventBridgeEnabled": True}}] * 2


@pytest.mark.parametrize("stage", ["standard", "ha"])
def test_other_regions_open_secrets_with_a_copy_of_the_key(stage: str, request: pytest.FixtureRequest) -> None:
    assembly: Assembly = request.getfixturevalue(stage)
    copies = assembly.of_type("AWS::KMS::ReplicaKey")
    assert len(copies) == len(CHECKED_FROM[stage]) - 1
    for copy in copies.values():
        assert copy["PrimaryKeyArn"].startswith("arn:aws:kms:eu-central-1:")
        (statement,) = copy["KeyPolicy"]["Statement"]
        assert (statement["Effect"], list(statement["Principal"])) == ("Allow", ["AWS"])


def test_what_waits_for_home_is_kept_for_a_while_and_no_longer(assembly: Assembly) -> None:
    for region in CHECKED_FROM[assembly.stage]:
        found = template(assembly, region)["Resources"].values()
        (bucket,) = [one["Properties"] for one in found if one["Type"] == "AWS::S3::Bucket"]
        (rule,) = bucket["LifecycleConfiguration"]["Rules"]
        assert (rule["Prefix"], rule["ExpirationInDays"]) == ("buffer/", 14)
        assert str(bucket["BucketName"]).count(region) == 1


def test_the_manual_says_how_many_functions_run_at_once_at_home(in_aws: Assembly) -> None:
    found = re.search(r"the stages need (\d+), (\d+) and (\d+)", (ROOT / "docs/deploying.md").read_text())
    assert found is not None
    home = CHECKED_FROM[in_aws.stage][0]
    stacks = [in_aws.folder / f"tocsin-{in_aws.stage}-{of}.template.json" for of in ("application", f"probes-{home}")]
    consumers = [
        resource["Properties"]["ScalingConfig"]["MaximumConcurrency"]
        for stack in stacks
        for resource in json.loads(stack.read_text())["Resources"].values()
        if resource["Type"] == "AWS::Lambda::EventSourceMapping"
    ]
    assert int(found[IN_AWS.index(in_aws.stage) + 1]) == sum(consumers) + RESERVE
