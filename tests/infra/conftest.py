"""The templates of two stages, synthesised once for all processes of a test session."""

import fcntl
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from infra.stages import Database, Stage, stage

ROOT = Path(__file__).resolve().parents[2]
IN_AWS = Stage(
    name="check",
    is_local=False,
    database=Database("db.internal", 5432, "tocsin"),
    mail_from="Tocsin <tocsin@tocsin.example>",
    mail_identity="tocsin.example",
    link_base_url="https://tocsin.example/l",
    seal_private_key_file="/none",
)
"""What a stage in AWS has in common with all of them."""


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
        found: dict[str, dict[str, Any]] = {}
        for template in self.templates:
            found |= json.loads(template.read_text())["Resources"]
        return found

    def of_type(self, kind: str) -> dict[str, dict[str, Any]]:
        """The properties of all resources of a type by logical id."""
        return {key: r.get("Properties", {}) for key, r in self.resources.items() if r["Type"] == kind}

    def functions(self) -> dict[str, dict[str, Any]]:
        """The properties of each function by its short name."""
        prefix = f"tocsin-{self.stage}-"
        return {p["FunctionName"].removeprefix(prefix): p for p in self.of_type("AWS::Lambda::Function").values()}

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


def _synthesise(folder: Path, chosen: Stage) -> Assembly:
    """Write a stage's assembly, with cdk-nag looking on, unless another process of this session has."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "done").exists():
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


def _shared(factory: pytest.TempPathFactory) -> Path:
    base = factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


@pytest.fixture(scope="session")
def local(tmp_path_factory: pytest.TempPathFactory) -> Assembly:
    """The local stage."""
    return _synthesise(_shared(tmp_path_factory) / "assemblies" / "local", stage("local", {}))


@pytest.fixture(scope="session")
def in_aws(tmp_path_factory: pytest.TempPathFactory) -> Assembly:
    """A stage in AWS."""
    return _synthesise(_shared(tmp_path_factory) / "assemblies" / "check", IN_AWS)
