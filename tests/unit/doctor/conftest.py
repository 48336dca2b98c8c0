"""A deployment in an account of moto's, as the doctor finds it."""

import json
from collections.abc import Generator, Iterable
from dataclasses import dataclass
from typing import Any

import pytest
from moto import mock_aws

from cli.doctor.deployment import Deployment
from cli.doctor.finding import Finding, Verdict
from tocsin import __version__

REGION = "eu-central-1"
OUTPUTS = {"Version": __version__, "MailIdentity": "tocsin.example"}


@dataclass
class Account:
    """The account, and the deployment in it."""

    deployment: Deployment

    def client(self, service: str) -> Any:
        """A client with the operator's credentials."""
        return self.deployment.client(service)

    def deploy(self, outputs: dict[str, str] = OUTPUTS) -> None:
        """Two stacks with a queue and its dead letters."""
        for part in ("foundation", "application"):
            template: dict[str, Any] = {"Resources": {"Topic": {"Type": "AWS::SNS::Topic"}}}
            if part == "application":
                template["Outputs"] = {name: {"Value": value} for name, value in outputs.items()}
                template["Resources"] = {
                    name: {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": f"tocsin-small-{queue}"}}
                    for name, queue in (("Events", "events"), ("DeadLetters", "events-dlq"))
                }
            self.client("cloudformation").create_stack(
                StackName=f"tocsin-small-{part}", TemplateBody=json.dumps(template)
            )


@pytest.fixture
def account(monkeypatch: pytest.MonkeyPatch) -> Generator[Account]:
    """An account without a deployment."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    monkeypatch.delenv("AWS_PROFILE", raising=False)
    with mock_aws():
        yield Account(Deployment("small", REGION))


def verdicts(findings: Iterable[Finding]) -> dict[str, Verdict]:
    """How each thing stands."""
    return {finding.about: finding.verdict for finding in findings}
