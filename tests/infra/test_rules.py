"""Other people's rules for templates: cdk-nag's AwsSolutions, each exception with a reason, and cfn-lint."""

import subprocess

import pytest

from tests.infra.conftest import ROOT, Assembly

REDUNDANT_DEPENDENCY = "W3005"
"""CDK itself writes a DependsOn beside each reference to a role."""
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
    assert excepted == {
        "AwsSolutions-S1": 1,
        "AwsSolutions-SQS3": 1,
        "AwsSolutions-IAM5": 2,
        "AwsSolutions-L1": len(in_aws.functions()),
        "AwsSolutions-APIG4": 3,
    }


@pytest.mark.parametrize(
    ("assembly", "ignored"), [("in_aws", {REDUNDANT_DEPENDENCY}), ("local", {REDUNDANT_DEPENDENCY, UNKNOWN_ACTION})]
)
def test_cfn_lint_has_nothing_against_it(request: pytest.FixtureRequest, assembly: str, ignored: set[str]) -> None:
    chosen: Assembly = request.getfixturevalue(assembly)
    done = subprocess.run(
        [str(ROOT / ".venv/bin/cfn-lint"), "--ignore-checks", *sorted(ignored), "--", *map(str, chosen.templates)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout + done.stderr == ""
    assert done.returncode == 0
