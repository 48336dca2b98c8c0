"""Deploys the CDK app to MiniStack, and only when something has changed or is missing."""

import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, cast

import boto3
from botocore.exceptions import ClientError

from local.keys import Keys
from local.machine import ACCOUNT, LOOPBACK, REGION, REGIONS, ROOT, Machine, RunError

HOME: Final = ("tocsin-local-foundation", "tocsin-local-application")
STACKS: Final = {
    **dict.fromkeys(HOME, REGION),
    **{f"tocsin-local-probes-{region}": region for region in REGIONS},
    f"tocsin-local-pages-{REGIONS[1]}": REGIONS[1],
}
"""Every stack, and where it is."""
ASSET_BUCKETS: Final = {region: f"tocsin-local-assets-{region}" for region in REGIONS}
MAC_KEYS_SECRET: Final = "tocsin-local-mac-keys"  # noqa: S105 - a name
SEAL_SECRET: Final = "tocsin-local-seal-public-key"  # noqa: S105 - a name
AUTHORITY_SECRET: Final = "tocsin-local-probe-authority"  # noqa: S105 - a name
MAIL_IDENTITY: Final = "demo.example"
DEPLOYED: Final = ("CREATE_COMPLETE", "UPDATE_COMPLETE")
SOURCES: Final = ("infra", "functions", "web/status", "cdk.json", "requirements.txt", "package-lock.json")


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
            "probes_url": machine.front_url,
            "pages_url": machine.pages_url,
            "web_url": machine.dashboard_url,
            "control_targets": ",".join(
                f"tcp://{LOOPBACK}:{port}" for port in (machine.gateway_port, machine.viewer_port, machine.host_port)
            ),
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
        self.client("lambda").invoke(FunctionName="tocsin-local-sweep", Payload=json.dumps({"time": _now()}))

    def check(self) -> None:
        """Publish pages and what to check, and check it for what is left of this minute, whose schedule has passed."""
        documents = ("checks", "pages")
        asked = {"Records": [{"messageId": one, "body": json.dumps({"document": one})} for one in documents]}
        self.client("lambda").invoke(FunctionName="tocsin-local-publish", Payload=json.dumps(asked).encode())
        tick = json.dumps({"shard": 0, "time": _now()}).encode()
        for region in REGIONS:
            self.client("lambda", region).invoke(
                FunctionName=f"tocsin-local-check-{region}", InvocationType="Event", Payload=tick
            )

    def api(self) -> Api:
        """Where the APIs answer: their ids are fixed by tag."""
        ids = {
            resource["Properties"]["Name"]: resource["Properties"]["Tags"]["ms-custom-id"]
            for resource in self._template(HOME[1])["Resources"].values()
            if resource["Type"] == "AWS::ApiGatewayV2::Api"
        }
        base = f"{self._machine.gateway_url}/_aws/execute-api"
        return Api(f"{base}/{ids['tocsin-local-ingest']}", f"{base}/{ids['tocsin-local-app']}")

    def output(self, name: str, stack: str = HOME[0]) -> str:
        """An output of the foundation, or of another stack at home."""
        described = self.client("cloudformation").describe_stacks(StackName=stack)
        outputs: list[dict[str, str]] = described["Stacks"][0]["Outputs"]
        return next(one["OutputValue"] for one in outputs if one["OutputKey"] == name)

    def prepare(self, keys: Keys) -> None:
        """What the stacks expect to find in the account: the secrets, buckets for packages, a verified sender."""
        self._put_secrets(keys)
        for region, bucket in ASSET_BUCKETS.items():
            there = {"CreateBucketConfiguration": {"LocationConstraint": region}} if region != REGION else {}
            store = self.client("s3", region)
            if self._region_of(bucket) not in (None, region):
                self._remove(bucket)
            with suppress(store.exceptions.BucketAlreadyOwnedByYou):
                # The emulator keeps buckets even when it is killed, though not where they were.
                store.create_bucket(Bucket=bucket, **there)
        mail = self.client("sesv2")
        with suppress(mail.exceptions.AlreadyExistsException):
            mail.create_email_identity(EmailIdentity=MAIL_IDENTITY)

    def _put_secrets(self, keys: Keys) -> None:
        client = self.client("secretsmanager")
        for name, value in (
            (MAC_KEYS_SECRET, keys.mac_document),
            (SEAL_SECRET, keys.seal_public_pem),
            (AUTHORITY_SECRET, keys.probes.authority_document),
        ):
            try:
                if client.get_secret_value(SecretId=name)["SecretString"] != value:
                    client.put_secret_value(SecretId=name, SecretString=value)
            except client.exceptions.ResourceNotFoundException:
                client.create_secret(Name=name, SecretString=value)

    def deploy(self) -> bool:
        """Deploy unless the stacks are there as the templates say; answers whether it was needed."""
        if all(self._is_deployed(stack) for stack in STACKS):
            return False
        self._clear_regions()
        quietly = ("--require-approval", "never", "--progress", "events", "--ci")
        self._cdk("deploy", "--all", "--concurrency", str(len(STACKS)), "--app", str(self._assembly), *quietly)
        self._allow_web_origin()
        return True

    def _clear_regions(self) -> None:
        """Remove the buckets of regions whose stacks are gone: killed, the emulator keeps the ones and not the others,
        and a stack can't make a bucket of a name that is taken.
        """
        of_regions = [("checks", "probes", region) for region in REGIONS]
        for kind, stack, region in (*of_regions, ("pages", "pages", REGIONS[1])):
            bucket = f"tocsin-local-{kind}-{ACCOUNT}-{region}"
            if not self._has_stack(f"tocsin-local-{stack}-{region}") and self._region_of(bucket) is not None:
                self._remove(bucket)

    def _region_of(self, bucket: str) -> str | None:
        """Where the emulator thinks that a bucket is; None where there is none."""
        store = self.client("s3")
        try:
            return store.get_bucket_location(Bucket=bucket)["LocationConstraint"] or REGION
        except ClientError:
            return None

    def _remove(self, bucket: str) -> None:
        store = self.client("s3", self._region_of(bucket) or REGION)
        for page in store.get_paginator("list_objects_v2").paginate(Bucket=bucket):
            for one in page.get("Contents", []):
                store.delete_object(Bucket=bucket, Key=one["Key"])
        store.delete_bucket(Bucket=bucket)

    def _has_stack(self, stack: str) -> bool:
        try:
            self.client("cloudformation", STACKS[stack]).describe_stacks(StackName=stack)
        except ClientError:
            return False
        return True

    def _allow_web_origin(self) -> None:
        """CORS as the template has it, which MiniStack does not read there."""
        client = self.client("apigatewayv2")
        for resource in self._template(HOME[1])["Resources"].values():
            found: dict[str, Any] = resource["Properties"] if resource["Type"] == "AWS::ApiGatewayV2::Api" else {}
            if "CorsConfiguration" in found:
                client.update_api(ApiId=found["Tags"]["ms-custom-id"], CorsConfiguration=found["CorsConfiguration"])

    def client(self, service: str, region: str = REGION) -> Any:
        """A client of the emulated account's root."""
        return boto3.client(
            service,
            region,
            endpoint_url=self._machine.gateway_url,
            aws_access_key_id="test",
            aws_secret_access_key="test",  # noqa: S106 - MiniStack's own, on loopback
        )

    def _is_deployed(self, stack: str) -> bool:
        client = self.client("cloudformation", STACKS[stack])
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


def _now() -> str:
    """As EventBridge tells it."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _files() -> Iterator[Path]:
    for name in SOURCES:
        path = ROOT / name
        if path.is_file():
            yield path
        else:
            yield from sorted(p for p in path.rglob("*") if p.is_file() and "__pycache__" not in p.parts)
