"""A deployment as an operator's credentials see it."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final
from urllib.parse import urlsplit

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

STACKS: Final = ("foundation", "application")
LOOPBACK: Final = ("127.0.0.1", "localhost", "::1")


class CannotLook(RuntimeError):
    """There is nothing to look at, or no right to; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Stack:
    """One CloudFormation stack."""

    name: str
    status: str
    reason: str
    outputs: dict[str, str]


@dataclass
class Deployment:
    """The stacks of one stage in one region. Names begin with `tocsin-<stage>-`."""

    stage: str
    region: str | None = None
    profile: str | None = None
    endpoint_url: str | None = None
    """Of an emulator; its test credentials are used when it is on loopback."""
    _clients: dict[str, Any] = field(default_factory=dict[str, Any])

    @property
    def prefix(self) -> str:
        """What the names of its resources begin with."""
        return f"tocsin-{self.stage}-"

    @cached_property
    def session(self) -> boto3.Session:
        """The operator's session; raises CannotLook when the profile is unknown or no region is set."""
        try:
            if self.endpoint_url and urlsplit(self.endpoint_url).hostname in LOOPBACK:
                session = boto3.Session(
                    aws_access_key_id="test",
                    aws_secret_access_key="test",  # noqa: S106 - the emulator's, on loopback
                    region_name=self.region or "us-east-1",
                )
            else:
                session = boto3.Session(profile_name=self.profile, region_name=self.region)
        except BotoCoreError as error:
            raise CannotLook(f"{error}. Give a profile of your AWS configuration with --profile.") from error
        if session.region_name is None:
            raise CannotLook("No region is set: give the one you deployed to with --region, or set AWS_REGION.")
        return session

    def client(self, service: str) -> Any:
        """A client with short timeouts, shared by all checks."""
        if service not in self._clients:
            config = Config(connect_timeout=5, read_timeout=60, retries={"max_attempts": 3, "mode": "standard"})
            self._clients[service] = self.session.client(service, endpoint_url=self.endpoint_url, config=config)
        return self._clients[service]

    @cached_property
    def identity(self) -> str:
        """Who looks; raises CannotLook without working credentials."""
        try:
            found = self.client("sts").get_caller_identity()
        except (BotoCoreError, ClientError) as error:
            raise CannotLook(
                f"AWS did not accept your credentials: {error}. Sign in (for instance `aws sso login`), then try again."
            ) from error
        return f"{found['Arn']} in account {found['Account']}, {self.session.region_name}"

    @cached_property
    def stacks(self) -> list[Stack]:
        """Its stacks; raises CannotLook when there is none."""
        found = [stack for part in STACKS if (stack := self._stack(f"{self.prefix}{part}")) is not None]
        if not found:
            raise CannotLook(
                f"There is no deployment of stage {self.stage} in {self.session.region_name}: no stack is called "
                f"{self.prefix}{STACKS[-1]}. Check --stage and --region, or deploy it first (docs/deploying.md)."
            )
        return found

    @property
    def outputs(self) -> dict[str, str]:
        """The outputs of all its stacks."""
        return {name: value for stack in self.stacks for name, value in stack.outputs.items()}

    @cached_property
    def functions(self) -> dict[str, dict[str, Any]]:
        """The configuration of each of its functions, by short name."""
        pages = self.client("lambda").get_paginator("list_functions").paginate()
        return {
            found["FunctionName"].removeprefix(self.prefix): found
            for page in pages
            for found in page["Functions"]
            if found["FunctionName"].startswith(self.prefix)
        }

    @cached_property
    def queues(self) -> dict[str, str]:
        """The address of each of its queues, by short name."""
        urls = self.client("sqs").list_queues(QueueNamePrefix=self.prefix, MaxResults=1000).get("QueueUrls", [])
        return {url.rsplit("/", 1)[-1].removeprefix(self.prefix): url for url in urls}

    def address(self, output: str) -> str | None:
        """The address in an output; an emulator serves all APIs under its own."""
        url = self.outputs.get(output)
        host = urlsplit(url or "").hostname or ""
        api_id, _, rest = host.partition(".")
        if self.endpoint_url and rest.startswith("execute-api."):
            return f"{self.endpoint_url.rstrip('/')}/_aws/execute-api/{api_id}"
        return url

    def _stack(self, name: str) -> Stack | None:
        try:
            (found,) = self.client("cloudformation").describe_stacks(StackName=name)["Stacks"]
        except ClientError as error:
            if error.response.get("Error", {}).get("Code") == "ValidationError":
                return None
            raise CannotLook(f"CloudFormation did not answer about {name}: {error}") from error
        outputs = {output["OutputKey"]: output["OutputValue"] for output in found.get("Outputs", [])}
        return Stack(name, found["StackStatus"], found.get("StackStatusReason", ""), outputs)
