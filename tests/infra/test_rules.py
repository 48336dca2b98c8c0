"""Other people's rules for templates: cdk-nag's AwsSolutions, each exception with a reason, and cfn-lint."""

import json
import subprocess
from collections.abc import Sequence

import pytest

from tests.infra.conftest import CHECKED_FROM, ROOT, Assembly

CHECKOV = str(ROOT / ".venv/checkov/bin/checkov")
CFN_LINT = str(ROOT / ".venv/bin/cfn-lint")
REDUNDANT_DEPENDENCY = "W3005"
"""CDK itself writes a DependsOn beside each reference to a role."""
IMPORTED_OUTPUT = "W6001"
"""What one stack imports from another, told again for the doctor."""
DEPLOY_STEPS = 2
"""The keys, and the migrations."""
BRINGER = 7
"""Grants with a star of the function of CDK that brings the dashboard's files."""
HOME_PREFIXES = 9
"""Of the home bucket, counted once for each function that has a part of it."""
PAGE_PREFIXES = 3
"""Of the bucket of pages; of its replica, and of it for that, there are two each."""
CONNECTIONS = 2
"""What `push` may do with connections, which have no names before they are there."""
SOCKET_ROUTES = 3
"""Of the WebSocket API: connect, disconnect, and all that is said in between."""
UNKNOWN_ACTION = "W3037"
"""sqs:SendMessageBatch, which only MiniStack knows as an action of its own."""


def test_aws_solutions_has_nothing_against_it(in_aws: Assembly) -> None:
    assert faults(in_aws) == set()


def test_nor_against_regions_that_send_by_mutual_tls(by_mutual_tls: Assembly) -> None:
    assert faults(by_mutual_tls) == set()


def faults(assembly: Assembly) -> set[tuple[str, str]]:
    """What it has against a stage: rule and construct."""
    (report,) = assembly.validation_report()["pluginReports"]
    assert report["pluginName"] == "AwsSolutions"
    return {
        (violation["ruleName"], construct["constructPath"])
        for violation in report["violations"]
        for construct in violation["violatingConstructs"]
    }


def test_every_exception_is_still_needed(in_aws: Assembly) -> None:
    (report,) = in_aws.validation_report()["pluginReports"]
    excepted: dict[str, int] = {}
    for violation in report["suppressedViolations"]:
        rule = violation["ruleName"].partition("[")[0]
        excepted[rule] = excepted.get(rule, 0) + len(violation["violatingConstructs"])
    inside = [name for name, function in in_aws.functions().items() if "VpcConfig" in function]
    regions = CHECKED_FROM[in_aws.stage]
    in_one_zone = {"AwsSolutions-RDS3": 1} if in_aws.stage != "ha" else {}
    fronts = len(in_aws.of_type("AWS::CloudFront::Distribution"))
    replicas = int(in_aws.stage != "small")
    assert excepted == {
        "AwsSolutions-S1": 3 + len(regions) + replicas,
        "AwsSolutions-SQS3": 1,
        "AwsSolutions-IAM4": DEPLOY_STEPS + 1,
        "AwsSolutions-IAM5": HOME_PREFIXES
        + PAGE_PREFIXES
        + BRINGER
        + CONNECTIONS
        + 4 * replicas
        + 3 * len(regions)
        + len(inside)
        + DEPLOY_STEPS,
        "AwsSolutions-L1": len(in_aws.functions()) + 1,
        "AwsSolutions-APIG1": 1,
        "AwsSolutions-APIG4": SOCKET_ROUTES + (9 if in_aws.stage == "ha" else 6),
        "AwsSolutions-SMG4": 4 if in_aws.stage == "ha" else 3,
        "AwsSolutions-RDS11": 1,
        "AwsSolutions-COG1": 1,
        "AwsSolutions-COG2": 1,
        "AwsSolutions-COG8": 1,
        "AwsSolutions-CFR1": fronts,
        "AwsSolutions-CFR2": 2,
        "AwsSolutions-CFR3": fronts,
        **({"AwsSolutions-CFR4": 2} if in_aws.stage != "ha" else {}),
        **in_one_zone,
    }


@pytest.mark.parametrize("name", ["ha", "standard", "by_mutual_tls", "small", "by_oidc", "by_saml", "local"])
def test_cfn_lint_has_nothing_against_any(name: str, request: pytest.FixtureRequest) -> None:
    assembly: Assembly = request.getfixturevalue(name)
    assert cfn_lint(assembly, ignored=[UNKNOWN_ACTION] if name == "local" else []) == ""


def cfn_lint(assembly: Assembly, ignored: Sequence[str] = ()) -> str:
    """What it has to say of one stage: all at once would keep one process busy for longer than all other rules."""
    templates = [str(template) for template in assembly.templates]
    done = subprocess.run(
        [CFN_LINT, "--ignore-checks", REDUNDANT_DEPENDENCY, IMPORTED_OUTPUT, *ignored, "--", *templates],
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr + f"exit code {done.returncode}" * (done.returncode != 0)


def test_checkov_has_nothing_against_any(
    small: Assembly, standard: Assembly, ha: Assembly, by_mutual_tls: Assembly
) -> None:
    assemblies = (small, standard, ha, by_mutual_tls)
    asked = [part for found in assemblies for template in found.templates for part in ("--file", str(template))]
    done = subprocess.run(
        [CHECKOV, *asked, "--framework", "cloudformation", "--output", "json", "--quiet", "--skip-download"],
        capture_output=True,
        text=True,
        check=False,
    )
    found = json.loads(done.stdout)
    failed = [
        (f["check_id"], f["file_path"], f["resource"], f["check_name"]) for f in found["results"]["failed_checks"]
    ]
    assert failed == []
    assert found["summary"]["resource_count"] > sum(len(assembly.functions()) for assembly in assemblies)
