"""Deploys the CDK app to MiniStack, and only when something has changed or is missing."""

import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, cast

import boto3
from botocore.exceptions import ClientError

from local.keys import Keys
from local.machine import REGION, ROOT, Machine, RunError

STACKS: Final = ("tocsin-local-foundation", "tocsin-local-application")
ASSET_BUCKET: Final = "tocsin-local-assets"
MAC_KEYS_SECRET: Final = "tocsin-local-mac-keys"  # noqa: S105 - a name
SEAL_SECRET: Final = "tocsin-local-seal-public-key"  # noqa: S105 - a name
MAIL_IDENTITY: Final = "demo.example"
DEPLOYED: Final = ("CREATE_COMPLETE", "UPDATE_COMPLETE")
SOURCES: Final = ("infra", "functions", "cdk.json", "requirements.txt", "package-lock.json")


@dataclass(frozen=True, slots=True)
class Api:
    """The addresses of the two HTTP APIs."""

    ingest_url: str
    app_url: str


class Deployment:
    """The local stage: its cloud assembly under .local/cdk.out, and its stacks in MiniStack."""

    def __init__(self, machine: Machine, db_host: Path) -> None:
        self._machine = machine
        self._assembly = machine.path("cdk.out")
        self._log = machine.path("log", "deploy.log")
        self._context = {
            "stage": "local",
            "gateway_url": machine.gateway_url,
            "db_socket": str(db_host),
            "seal_private_key_file": str(machine.path("secrets", "seal.pem")),
        }

    def synthesise(self) -> bool:
        """Write the templates anew unless what they are made of is unchanged; answers whether it was needed."""
        stamp, fingerprint = self._assembly / "made-from", self._fingerprint()
        if stamp.exists() and stamp.read_text() == fingerprint:
            return False
        shutil.rmtree(self._assembly, ignore_errors=True)
        context = [part for name, value in self._context.items() for part in ("--context", f"{name}={value}")]
        app = f"{sys.executable} -m infra.app"
        self._cdk("synth", "--quiet", "--app", app, "--output", str(self._assembly), *context)
        stamp.write_text(fingerprint)
        return True

    def functions(self) -> list[str]:
        """The names of all functions."""
        return [
            resource["Properties"]["FunctionName"]
            for stack in STACKS
            for resource in self._template(stack)["Resources"].values()
            if resource["Type"] == "AWS::Lambda::Function"
        ]

    def sweep(self) -> None:
        """Sweep now: the schedule's first minute is long for whoever should have been paged meanwhile."""
        self.client("lambda").invoke(FunctionName="tocsin-local-sweep", Payload=b"{}")

    def api(self) -> Api:
        """Where the APIs answer: their ids are fixed by tag."""
        ids = {
            resource["Properties"]["Name"]: resource["Properties"]["Tags"]["ms-custom-id"]
            for resource in self._template(STACKS[1])["Resources"].values()
            if resource["Type"] == "AWS::ApiGatewayV2::Api"
        }
        base = f"{self._machine.gateway_url}/_aws/execute-api"
        return Api(f"{base}/{ids['tocsin-local-ingest']}", f"{base}/{ids['tocsin-local-app']}")

    def output(self, name: str) -> str:
        """An output of the foundation."""
        described = self.client("cloudformation").describe_stacks(StackName=STACKS[0])
        outputs: list[dict[str, str]] = described["Stacks"][0]["Outputs"]
        return next(one["OutputValue"] for one in outputs if one["OutputKey"] == name)

    def prepare(self, keys: Keys) -> None:
        """What the stacks expect to find in the account: the secrets, a bucket for packages, a verified sender."""
        self._put_secrets(keys)
        store = self.client("s3")
        with suppress(store.exceptions.BucketAlreadyOwnedByYou):
            # The emulator keeps buckets even when it is killed.
            store.create_bucket(Bucket=ASSET_BUCKET)
        mail = self.client("sesv2")
        with suppress(mail.exceptions.AlreadyExistsException):
            mail.create_email_identity(EmailIdentity=MAIL_IDENTITY)

    def _put_secrets(self, keys: Keys) -> None:
        client = self.client("secretsmanager")
        for name, value in ((MAC_KEYS_SECRET, keys.mac_document), (SEAL_SECRET, keys.seal_public_pem)):
            try:
                if client.get_secret_value(SecretId=name)["SecretString"] != value:
                    client.put_secret_value(SecretId=name, SecretString=value)
            except client.exceptions.ResourceNotFoundException:
                client.create_secret(Name=name, SecretString=value)

    def deploy(self) -> bool:
        """Deploy unless the stacks are there as the templates say; answers whether it was needed."""
        if all(self._is_deployed(stack) for stack in STACKS):
            return False
        options = ("--all", "--app", str(self._assembly), "--require-approval", "never", "--progress", "events", "--ci")
        self._cdk("deploy", *options)
        self._allow_web_origin()
        return True

    def _allow_web_origin(self) -> None:
        """CORS as the template has it, which MiniStack does not read there."""
        client = self.client("apigatewayv2")
        for resource in self._template(STACKS[1])["Resources"].values():
            found: dict[str, Any] = resource["Properties"] if resource["Type"] == "AWS::ApiGatewayV2::Api" else {}
            if "CorsConfiguration" in found:
                client.update_api(ApiId=found["Tags"]["ms-custom-id"], CorsConfiguration=found["CorsConfiguration"])

    def client(self, service: str) -> Any:
        """A client of the emulated account's root."""
        return boto3.client(
            service,
            REGION,
            endpoint_url=self._machine.gateway_url,
            aws_access_key_id="test",
            aws_secret_access_key="test",  # noqa: S106 - MiniStack's own, on loopback
        )

    def _is_deployed(self, stack: str) -> bool:
        client = self.client("cloudformation")
        try:
            status = client.describe_stacks(StackName=stack)["Stacks"][0]["StackStatus"]
            deployed = client.get_template(StackName=stack)["TemplateBody"]
        except ClientError:
            return False
        body = cast("object", json.loads(deployed) if isinstance(deployed, str) else deployed)
        return status in DEPLOYED and body == self._template(stack)

    def _template(self, stack: str) -> dict[str, Any]:
        return json.loads((self._assembly / f"{stack}.template.json").read_text())

    def _fingerprint(self) -> str:
        made_from = hashlib.sha256(json.dumps(self._context, sort_keys=True).encode())
        for path in _files():
            made_from.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes() + b"\0")
        return made_from.hexdigest()

    def _cdk(self, *arguments: str) -> None:
        environment: Mapping[str, str] = {**self._machine.root_environment(), "CDK_DISABLE_CLI_TELEMETRY": "true"}
        with self._log.open("ab") as log:
            done = subprocess.run(  # noqa: S603 - our own tool
                [str(ROOT / "node_modules/.bin/cdk"), *arguments],
                cwd=ROOT,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                check=False,
            )
        if done.returncode:
            tail = self._log.read_text(errors="replace")[-3000:]
            raise RunError(f"cdk {arguments[0]} failed. The end of {self._log}:\n{tail}")


def _files() -> Iterator[Path]:
    for name in SOURCES:
        path = ROOT / name
        if path.is_file():
            yield path
        else:
            yield from sorted(p for p in path.rglob("*") if p.is_file() and "__pycache__" not in p.parts)
