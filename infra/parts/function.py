"""The two ways to make a function: `DatabaseFunction` is inside, `OutboundFunction` is outside.

Inside functions know the database and are never given the internet; outside functions are given neither the data
layer nor the database's address.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, cast

from aws_cdk import AssetHashType, Aws, Duration
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from infra import packages
from infra.parts.database import AdministeredDatabase, Entrance
from infra.parts.layers import layers
from infra.parts.logs import log_group
from infra.parts.network import InsideNetwork
from infra.stages import Stage

ROOT: Final = Path(__file__).resolve().parents[2]
MIGRATION_SECONDS: Final = 840
"""Less than the 15 minutes that the Provider's framework waits."""
JOINING: Final = (
    "ec2:CreateNetworkInterface",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DescribeSubnets",
    "ec2:DeleteNetworkInterface",
    "ec2:AssignPrivateIpAddresses",
    "ec2:UnassignPrivateIpAddresses",
)
"""What Lambda asks for before it puts a function into a VPC (AWS: "Giving Lambda functions access to a VPC")."""
FOR_ALL: Final = {"PYDANTIC_DISABLE_PLUGINS": "__all__", "PYTHONTZPATH": "/opt/python/tzdata/zoneinfo"}
"""Without the first pydantic reads the metadata of every installed package at a cold start, in search of plugins; the
second has zoneinfo take time zones from the layer, and not from whatever the runtime's system has."""


@dataclass(frozen=True, slots=True)
class Code:
    """What of `functions/` goes into an asset, and the handler in it. The import path stays `functions.<name>`."""

    package: str
    module: str = "handler"
    files: Sequence[str] = ()
    """Only these files of the package, where it holds two functions."""
    beside: Sequence[str] = ()
    """Other top-level folders that it brings."""

    @property
    def handler(self) -> str:
        """The handler's import path."""
        return f"functions.{self.package}.{self.module}.handler"

    def asset(self) -> lambda_.Code:
        """Package `functions/__init__.py` and this package alone, compiled."""
        folder = packages.function(self.package, self.files, self.beside)
        return lambda_.Code.from_asset(str(folder), asset_hash=folder.name, asset_hash_type=AssetHashType.CUSTOM)


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
        memory_mb: int | None = None,
        network: InsideNetwork | None = None,
        group: ec2.ISecurityGroup | None = None,
    ) -> None:
        self.timeout_seconds: Final = timeout_seconds
        function_name = f"tocsin-{stage.name}-{name}"
        written = log_group(scope, f"{name.capitalize()}Logs", f"/tocsin/{stage.name}/{name}", stage)
        role = iam.Role(scope, f"{name.capitalize()}Role", role_name=function_name, assumed_by=_may_run_as(stage))
        written.grant_write(role)
        if network is not None:
            _let_join(role, function_name)
        self.is_inside: Final = network is not None
        self.own_role: Final = cast("iam.IRole", role)
        super().__init__(
            scope,
            name.capitalize(),
            function_name=function_name,
            runtime=lambda_.Runtime.PYTHON_3_13,
            architecture=lambda_.Architecture.ARM_64,
            code=code.asset(),
            handler=code.handler,
            timeout=Duration.seconds(timeout_seconds),
            memory_size=memory_mb or stage.memory_mb,
            reserved_concurrent_executions=stage.reserved_concurrency.get(name),
            layers=layers(scope, stage, inside=network is not None),
            vpc=network.vpc if network else None,
            vpc_subnets=network.subnets if network else None,
            security_groups=[group or network.functions] if network else None,
            ipv6_allowed_for_dual_stack=network.is_dual_stack if network else None,
            environment={**FOR_ALL, "POWERTOOLS_METRICS_NAMESPACE": stage.metrics_namespace, **environment},
            role=self.own_role,
            log_group=written,
        )


class DatabaseFunction(_Function):
    """Inside: enters the database as one of its roles, and reaches nothing beyond what the stack grants."""

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        stage: Stage,
        entrance: Entrance,
        network: InsideNetwork | None,
        db_user: str,
        timeout_seconds: int,
        environment: Mapping[str, str],
        memory_mb: int | None = None,
        code: Code | None = None,
    ) -> None:
        super().__init__(
            scope,
            name,
            stage=stage,
            code=code or Code(name),
            timeout_seconds=timeout_seconds,
            memory_mb=memory_mb,
            environment={**_by_ipv6(network), **entrance.environment(db_user), **environment},
            network=network,
        )
        entrance.let_enter(self.own_role, db_user)


class MigrationFunction(_Function):
    """Inside, with a security group of its own: the one function that enters as the database's administrator."""

    def __init__(
        self, scope: Construct, *, stage: Stage, database: AdministeredDatabase, network: InsideNetwork
    ) -> None:
        super().__init__(
            scope,
            "migrate",
            stage=stage,
            code=Code("migrate", beside=("migrations",)),
            timeout_seconds=MIGRATION_SECONDS,
            environment={**_by_ipv6(network), **database.administrator()},
            network=network,
            group=network.migrations,
        )
        database.let_administer(self.own_role)


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
        memory_mb: int | None = None,
        code: Code | None = None,
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


def _by_ipv6(network: InsideNetwork | None) -> dict[str, str]:
    """Without endpoints AWS's services are reached by IPv6, at addresses of their own."""
    return {"AWS_USE_DUALSTACK_ENDPOINT": "true"} if network and network.is_dual_stack else {}


def _let_join(role: iam.Role, function_name: str) -> None:
    """Let Lambda put the function into its network, but not the function's own code."""
    role.add_to_policy(iam.PolicyStatement(actions=list(JOINING), resources=["*"]))
    own = f"arn:{Aws.PARTITION}:lambda:{Aws.REGION}:{Aws.ACCOUNT_ID}:function:{function_name}"
    role.add_to_policy(
        iam.PolicyStatement(
            effect=iam.Effect.DENY,
            actions=list(JOINING),
            resources=["*"],
            conditions={"ArnEquals": {"lambda:SourceFunctionArn": own}},
        )
    )


def _may_run_as(stage: Stage) -> iam.IPrincipal:
    """Lambda; on one's own machine the warm host too, which assumes the role so that its grants are evaluated."""
    # the casts: CDK's Python classes name some parameters otherwise than the interfaces they implement
    principals = [cast("iam.IPrincipal", iam.ServicePrincipal("lambda.amazonaws.com"))]
    if stage.is_local:
        principals.append(cast("iam.IPrincipal", iam.AccountRootPrincipal()))
    return cast("iam.IPrincipal", iam.CompositePrincipal(*principals))


def hash_of_migrations() -> str:
    """What a deploy compares to see that there are new ones."""
    files = sorted((ROOT / "migrations").glob("*.sql"))
    return hashlib.sha256(b"\0".join(path.name.encode() + b"\0" + path.read_bytes() for path in files)).hexdigest()
