"""Other people's rules for templates: cdk-nag's AwsSolutions, each exception with a reason, and cfn-lint."""

import json
import subprocess
from collections.abc import Sequence

from tests.infra.conftest import ROOT, Assembly

CHECKOV = str(ROOT / ".venv/checkov/bin/checkov")
CFN_LINT = str(ROOT / ".venv/bin/cfn-lint")
REDUNDANT_DEPENDENCY = "W3005"
"""CDK itself writes a DependsOn beside each reference to a role."""
IMPORTED_OUTPUT = "W6001"
"""What one stack imports from another, told again for the doctor."""
DEPLOY_STEPS = 2
"""The keys, and the migrations."""
UNKNOWN_ACTION = "W3037"
"""sqs:SendMessageBatch, which only MiniStack knows as an action of its own."""


def test_aws_solutions_has_nothing_against_it(in_aws: Assembly) -> None:
    (report,) = in_aws.validation_report()["pluginReports"]
    assert report["pluginName"] == "AwsSolutions"
    found = {
        (violation["ruleName"], construct["constructPath"])
        for violation in report["violations"]
        for construct in violation["violatingConstructs"]
    }
    assert found == set()


def test_every_exception_is_still_needed(in_aws: Assembly) -> None:
    (report,) = in_aws.validation_report()["pluginReports"]
    excepted: dict[str, int] = {}
    for violation in report["suppressedViolations"]:
        rule = violation["ruleName"].partition("[")[0]
        excepted[rule] = excepted.get(rule, 0) + len(violation["violatingConstructs"])
    inside = [name for name, function in in_aws.functions().items() if "VpcConfig" in function]
    in_one_zone = {"AwsSolutions-RDS3": 1} if in_aws.stage != "ha" else {}
    fronts = len(in_aws.of_type("AWS::CloudFront::Distribution"))
    behind_fronts = {"AwsSolutions-CFR1": fronts, "AwsSolutions-CFR3": fronts} if fronts else {}
    assert excepted == {
        "AwsSolutions-S1": 1,
        "AwsSolutions-SQS3": 1,
        "AwsSolutions-IAM4": DEPLOY_STEPS,
        "AwsSolutions-IAM5": 2 + len(inside) + DEPLOY_STEPS,
        "AwsSolutions-L1": len(in_aws.functions()),
        "AwsSolutions-APIG4": 7 if in_aws.stage == "ha" else 5,
        "AwsSolutions-SMG4": 3 if in_aws.stage == "ha" else 2,
        "AwsSolutions-RDS11": 1,
        "AwsSolutions-COG1": 1,
        "AwsSolutions-COG2": 1,
        "AwsSolutions-COG8": 1,
        **in_one_zone,
        **behind_fronts,
    }


def test_cfn_lint_has_nothing_against_any(
    local: Assembly, small: Assembly, standard: Assembly, ha: Assembly, by_oidc: Assembly, by_saml: Assembly
) -> None:
    assert cfn_lint(local, ignored=[UNKNOWN_ACTION]) == ""
    assert cfn_lint(small, standard, ha, by_oidc, by_saml) == ""


def cfn_lint(*assemblies: Assembly, ignored: Sequence[str] = ()) -> str:
    """What it has to say; all at once, since most of its time is its start."""
    templates = [str(template) for assembly in assemblies for template in assembly.templates]
    done = subprocess.run(
        [CFN_LINT, "--ignore-checks", REDUNDANT_DEPENDENCY, IMPORTED_OUTPUT, *ignored, "--", *templates],
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr + f"exit code {done.returncode}" * (done.returncode != 0)


def test_checkov_has_nothing_against_any(small: Assembly, standard: Assembly, ha: Assembly) -> None:
    assemblies = (small, standard, ha)
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
