"""The templates of every stage, synthesised once for all processes and runs, until what they are made of changes."""

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from infra.stages import Stage, stage

ROOT = Path(__file__).resolve().parents[2]
ASSEMBLIES = ROOT / ".build" / "assemblies"
MADE_FROM = (
    "infra", "functions", "layers", "migrations", "web/status", "tests/infra", "cdk.json", "pyproject.toml",
    "requirements.txt", "package-lock.json",
)  # fmt: skip
"""What templates and the packages in them depend on; a file too many costs a synthesis, one too few a wrong answer.
Of the dashboard no template tells more than the name of what was built, and its tests build it themselves.
"""
KEPT = 3
"""Of how many contents the assemblies are kept: those of another branch, and of a run that has not ended yet."""
CERTIFICATE = "arn:aws:acm:eu-central-1:123456789012:certificate/12345678-1234-1234-1234-123456789012"
FIREWALL = "arn:aws:wafv2:us-east-1:123456789012:global/webacl/tocsin-ha/12345678-1234-1234-1234-123456789012"
SEAL_KEY = "arn:aws:kms:eu-central-1:123456789012:key/mrk-0123456789abcdef0123456789abcdef"
REQUIRED = {
    "region": "eu-central-1",
    "mail_from": "Tocsin <tocsin@tocsin.example>",
    "alarm_emails": "ops@tocsin.example",
}
INPUTS: Mapping[str, Mapping[str, str]] = {
    "local": {},
    "small": REQUIRED,
    "standard": {**REQUIRED, "seal_key_arn": SEAL_KEY, "check_shards": "6"},
    "ha": {
        **REQUIRED,
        "seal_key_arn": SEAL_KEY,
        "probes_domain": "probes.tocsin.example",
        "probes_certificate_arn": CERTIFICATE,
        "second_region": "eu-west-1",
        "backup_key_arn": "arn:aws:kms:eu-west-1:123456789012:key/12345678-1234-1234-1234-123456789012",
        "ingest_domain": "events.tocsin.example",
        "ingest_certificate_arn": CERTIFICATE,
        "app_domain": "app.tocsin.example",
        "app_certificate_arn": CERTIFICATE,
        "hosted_zone_id": "Z0123456789ABCDEFGHIJ",
        "hosted_zone_name": "tocsin.example",
        "firewall_arn": FIREWALL,
        "edge_certificate_arn": CERTIFICATE.replace("eu-central-1", "us-east-1"),
        "web_domain": "dashboard.tocsin.example",
        "web_certificate_arn": CERTIFICATE.replace("eu-central-1", "us-east-1"),
        "pages_domain": "status.tocsin.example",
        "pages_domains": "status.acme.example=acme, up.tocsin.example=up-there",
        "pages_certificate_arn": CERTIFICATE.replace("eu-central-1", "us-east-1"),
    },
}
"""What an operator gives each stage."""
AWAY = ("eu-west-1", "us-east-1")
CHECKED_FROM = {
    "local": ("us-east-1", "eu-west-1", "ap-southeast-1"),
    "small": ("eu-central-1",),
    "standard": ("eu-central-1", *AWAY),
    "ha": ("eu-central-1", *AWAY),
}
"""The regions of each stage, home first."""
BY_MUTUAL_TLS = {
    "probes_domain": "probes.tocsin.example",
    "probes_certificate_arn": CERTIFICATE,
    "check_transport": "mtls",
    "revoked_certificates": "1a2b,3c4d",
}
"""What is given with it to have regions send what they find as private probes do."""
OWN_SERVER = {
    "db_host": "db.example.com",
    "db_port": "5433",
    "db_name": "pager",
    "db_cidr": "10.1.2.0/24",
    "vpc_id": "vpc-0123",
    "subnet_ids": "subnet-01,subnet-02",
    "zones": "eu-central-1a,eu-central-1b",
    "route_table_ids": "rtb-01,rtb-02",
}
"""What is given with it to use a PostgreSQL that is there."""
SSO = {
    "sso_domain_prefix": "tocsin-example",
    "sso_callback_urls": "https://tocsin.example.com/,http://localhost:8765/callback",
}
OIDC = {
    **SSO,
    "sso_issuer": "https://login.example.com",
    "sso_client_id": "tocsin",
    "sso_client_secret_arn": "arn:aws:secretsmanager:eu-central-1:123456789012:secret:sso-Ab12Cd",
}
"""What is given with it to sign people in by an identity provider of one's own."""
SAML = {**SSO, "sso_metadata_url": "https://login.example.com/metadata.xml"}
CALLERS = {
    "web_origin": "https://tools.example.com",
    "people_per_minute": "1200",
    "keys_per_minute": "2400",
    "visitors_per_minute": "60",
    "sign_up": "domains:Example.com, example.org",
    "demo": "yes",
}
"""What can be said of who calls the API."""
IN_AWS = ("small", "standard", "ha")


@cache
def _resources(folder: Path) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for template in folder.glob("*.template.json"):
        for key, resource in json.loads(template.read_text())["Resources"].items():
            # several stacks have the same layer, and nothing else by one name: it would hide the other
            assert key not in found or resource["Type"] == "AWS::Lambda::LayerVersion", key
            found[key] = resource
    return found


@dataclass(frozen=True, slots=True)
class Assembly:
    """What was synthesised of one stage."""

    folder: Path
    stage: str

    @property
    def templates(self) -> list[Path]:
        """The template of each stack."""
        return sorted(self.folder.glob("*.template.json"))

    @property
    def resources(self) -> dict[str, dict[str, Any]]:
        """All resources of all stacks by logical id."""
        return _resources(self.folder)

    def of_type(self, kind: str) -> dict[str, dict[str, Any]]:
        """The properties of all resources of a type by logical id."""
        return {key: r.get("Properties", {}) for key, r in self.resources.items() if r["Type"] == kind}

    def functions(self) -> dict[str, dict[str, Any]]:
        """The properties of each function of ours by its short name; those that CDK brings have none."""
        prefix = f"tocsin-{self.stage}-"
        found = self.of_type("AWS::Lambda::Function").values()
        return {p["FunctionName"].removeprefix(prefix): p for p in found if "FunctionName" in p}

    def environment(self, function: str) -> dict[str, Any]:
        """A function's environment."""
        return self.functions()[function]["Environment"]["Variables"]

    def statements(self, function: str) -> list[dict[str, Any]]:
        """What a function's role may do."""
        role = self.functions()[function]["Role"]["Fn::GetAtt"][0]
        return [
            statement
            for policy in self.of_type("AWS::IAM::Policy").values()
            if {"Ref": role} in policy["Roles"]
            for statement in policy["PolicyDocument"]["Statement"]
        ]

    def code(self, function: str) -> Path:
        """The folder that is a function's asset."""
        key: str = self.functions()[function]["Code"]["S3Key"]
        return self.folder / f"asset.{key.removesuffix('.zip')}"

    def validation_report(self) -> dict[str, Any]:
        """What cdk-nag said."""
        return json.loads((self.folder / "validation-report.json").read_text())


@cache
def _shared() -> Path:
    """The folder of all assemblies of the content at hand; those of the oldest contents go."""
    content = hashlib.sha256()
    for name in MADE_FROM:
        path = ROOT / name
        files = [path] if path.is_file() else sorted(p for p in path.rglob("*") if p.is_file())
        for file in files:
            if "__pycache__" not in file.parts:
                content.update(f"{file.relative_to(ROOT)}\0".encode() + hashlib.sha256(file.read_bytes()).digest())
    folder = ASSEMBLIES / content.hexdigest()[:16]
    folder.mkdir(parents=True, exist_ok=True)
    folder.touch()
    others = sorted(ASSEMBLIES.iterdir(), key=lambda found: found.stat().st_mtime, reverse=True)
    for old in others[KEPT:]:
        shutil.rmtree(old, ignore_errors=True)
    return folder


def _synthesise(name: str, chosen: Stage) -> Assembly:
    """Write a stage's assembly, with cdk-nag looking on, unless another process or an earlier run has."""
    folder = _shared() / name
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "done").exists():
            shutil.rmtree(folder, ignore_errors=True)
            os.environ["JSII_NODE"] = str(ROOT / ".venv/bin/node")
            from aws_cdk import App, Validations
            from cdk_nag import AwsSolutionsChecks

            from infra.app import compose

            context: Mapping[str, Any] = json.loads((ROOT / "cdk.json").read_text())["context"]
            app = App(outdir=str(folder), context={**context, "@aws-cdk/core:failSynthOnValidationErrors": False})
            compose(app, chosen)
            if not chosen.is_local:
                Validations.of(app).add_plugins(AwsSolutionsChecks(app))
            app.synth()
            (folder / "done").touch()
    return Assembly(folder, chosen.name)


@pytest.fixture(scope="session")
def synthesise() -> Callable[[str], Assembly]:
    """Synthesises a stage, the first time it is asked for."""
    return lambda name: _synthesise(name, stage(name, INPUTS[name]))


@pytest.fixture(scope="session")
def local(synthesise: Callable[[str], Assembly]) -> Assembly:
    """The stage of one's own machine."""
    return synthesise("local")


@pytest.fixture(scope="session")
def small(synthesise: Callable[[str], Assembly]) -> Assembly:
    """The stage without proxy and endpoints."""
    return synthesise("small")


@pytest.fixture(scope="session")
def standard(synthesise: Callable[[str], Assembly]) -> Assembly:
    """The stage with a proxy and no way out."""
    return synthesise("standard")


@pytest.fixture(scope="session")
def ha(synthesise: Callable[[str], Assembly]) -> Assembly:
    """The stage in two zones, behind a firewall."""
    return synthesise("ha")


@pytest.fixture(scope="session")
def own_server() -> Assembly:
    """The stage standard with a PostgreSQL that is there."""
    chosen = stage("standard", {**REQUIRED, **OWN_SERVER})
    return _synthesise("own_server", chosen)


@pytest.fixture(scope="session")
def by_oidc() -> Assembly:
    """The stage small with people from a provider by OpenID Connect, and all that can be said of callers."""
    chosen = stage("small", {**REQUIRED, **OIDC, **CALLERS})
    return _synthesise("by_oidc", chosen)


@pytest.fixture(scope="session")
def by_saml() -> Assembly:
    """The stage small with people from a provider by SAML whose addresses are vouched for."""
    chosen = stage("small", {**REQUIRED, **SAML, "sso_verified_addresses": "yes"})
    return _synthesise("by_saml", chosen)


@pytest.fixture(scope="session")
def by_mutual_tls() -> Assembly:
    """The stage standard whose regions send what they find as private probes do, and have IPv6."""
    chosen = stage("standard", {**REQUIRED, "seal_key_arn": SEAL_KEY, **BY_MUTUAL_TLS, "check_ipv6": "yes"})
    return _synthesise("by_mutual_tls", chosen)


@pytest.fixture(params=IN_AWS)
def in_aws(request: pytest.FixtureRequest, synthesise: Callable[[str], Assembly]) -> Assembly:
    """Each of the stages in AWS, one after the other."""
    return synthesise(request.param)


@pytest.fixture(params=list(INPUTS))
def assembly(request: pytest.FixtureRequest, synthesise: Callable[[str], Assembly]) -> Assembly:
    """Each stage, one after the other."""
    return synthesise(request.param)
