"""The two ways to make a function: `DatabaseFunction` is inside, `OutboundFunction` is outside.

Inside functions know the database and are never given the internet; outside functions are given neither the data
layer nor the database's address.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, cast

from aws_cdk import Duration, IgnoreMode, RemovalPolicy
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from constructs import Construct

from infra.stages import Stage

ROOT: Final = Path(__file__).resolve().parents[2]
FOR_ALL: Final = {"PYDANTIC_DISABLE_PLUGINS": "__all__"}
"""Without this pydantic reads the metadata of every installed package at a cold start, in search of plugins."""


@dataclass(frozen=True, slots=True)
class Code:
    """What of `functions/` goes into an asset, and the handler in it. The import path stays `functions.<name>`."""

    package: str
    module: str = "handler"
    files: Sequence[str] = ()
    """Only these files of the package, where it holds two functions."""

    @property
    def handler(self) -> str:
        """The handler's import path."""
        return f"functions.{self.package}.{self.module}.handler"

    def asset(self) -> lambda_.Code:
        """Package `functions/__init__.py` and this package alone."""
        package = f"/functions/{self.package}"
        keep = [f"!{package}"]
        if self.files:
            keep += [f"{package}/*", *(f"!{package}/{name}" for name in ("__init__.py", *self.files))]
        return lambda_.Code.from_asset(
            str(ROOT),
            exclude=["/*", "!/functions", "/functions/*", "!/functions/__init__.py", *keep, "__pycache__"],
            ignore_mode=IgnoreMode.GIT,
        )


class _Function(lambda_.Function):
    """What both kinds have in common. A grant is written in the stack, never here."""

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        stage: Stage,
        code: Code,
        timeout_seconds: int,
        environment: Mapping[str, str],
        memory_mb: int = 512,
    ) -> None:
        self.timeout_seconds: Final = timeout_seconds
        function_name = f"tocsin-{stage.name}-{name}"
        log_group = logs.LogGroup(
            scope,
            f"{name.capitalize()}Logs",
            log_group_name=f"/tocsin/{stage.name}/{name}",
            retention=logs.RetentionDays.ONE_MONTH,
            removal_policy=RemovalPolicy.DESTROY,
        )
        role = iam.Role(scope, f"{name.capitalize()}Role", role_name=function_name, assumed_by=_may_run_as(stage))
        log_group.grant_write(role)
        super().__init__(
            scope,
            name.capitalize(),
            function_name=function_name,
            runtime=lambda_.Runtime.PYTHON_3_13,
            architecture=lambda_.Architecture.ARM_64,
            code=code.asset(),
            handler=code.handler,
            timeout=Duration.seconds(timeout_seconds),
            memory_size=memory_mb,
            environment={**FOR_ALL, **environment},
            role=cast("iam.IRole", role),
            log_group=log_group,
        )


class DatabaseFunction(_Function):
    """Inside: enters the database as one of its roles, and reaches nothing beyond what the stack grants."""

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        stage: Stage,
        db_user: str,
        timeout_seconds: int,
        environment: Mapping[str, str],
        memory_mb: int = 512,
    ) -> None:
        database = {
            "DB_HOST": stage.database.host,
            "DB_PORT": str(stage.database.port),
            "DB_NAME": stage.database.name,
            "DB_USER": db_user,
        }
        super().__init__(
            scope,
            name,
            stage=stage,
            code=Code(name),
            timeout_seconds=timeout_seconds,
            environment={**database, **environment},
            memory_mb=memory_mb,
        )


class OutboundFunction(_Function):
    """Outside: on the internet, and without the database's address, driver or layer."""

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        stage: Stage,
        timeout_seconds: int,
        environment: Mapping[str, str],
        code: Code | None = None,
        memory_mb: int = 512,
    ) -> None:
        super().__init__(
            scope,
            name,
            stage=stage,
            code=code or Code(name),
            timeout_seconds=timeout_seconds,
            environment=environment,
            memory_mb=memory_mb,
        )


def _may_run_as(stage: Stage) -> iam.IPrincipal:
    """Lambda; on one's own machine the warm host too, which assumes the role so that its grants are evaluated."""
    # the casts: CDK's Python classes name some parameters otherwise than the interfaces they implement
    principals = [cast("iam.IPrincipal", iam.ServicePrincipal("lambda.amazonaws.com"))]
    if stage.is_local:
        principals.append(cast("iam.IPrincipal", iam.AccountRootPrincipal()))
    return cast("iam.IPrincipal", iam.CompositePrincipal(*principals))
