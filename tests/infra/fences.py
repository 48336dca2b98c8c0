"""The fences between what reaches the internet and what reaches the database, checked on a synthesised stage.

The fifth, what may import what, is import-linter's (tests/repository/test_import_contracts.py).
"""

import copy
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.infra.conftest import Assembly

INSIDE_ONLY = ("tocsin_data", "psycopg", "migrations")
DATABASE_ACTIONS = ("rds-db:", "rds:", "rds-data:")
POSTGRES = 5432
HTTPS = 443


@dataclass
class Site:
    """A stage's resources, to be looked at, or spoilt first."""

    assembly: Assembly
    resources: dict[str, dict[str, Any]] = field(init=False)

    def __post_init__(self) -> None:
        self.resources = copy.deepcopy(self.assembly.resources)

    def of_type(self, kind: str) -> dict[str, dict[str, Any]]:
        """The properties of all resources of a type."""
        return {key: r["Properties"] for key, r in self.resources.items() if r["Type"] == kind}

    def functions(self) -> dict[str, dict[str, Any]]:
        """Our functions by short name."""
        prefix = f"tocsin-{self.assembly.stage}-"
        found = self.of_type("AWS::Lambda::Function").values()
        return {p["FunctionName"].removeprefix(prefix): p for p in found if "FunctionName" in p}

    def outside(self) -> dict[str, dict[str, Any]]:
        """The functions that are on the internet."""
        return {name: p for name, p in self.functions().items() if "VpcConfig" not in p}

    def inside(self) -> dict[str, dict[str, Any]]:
        """The functions that are in the network."""
        return {name: p for name, p in self.functions().items() if "VpcConfig" in p}

    def statements(self, function: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """What a function's role is allowed."""
        role = {"Ref": function["Role"]["Fn::GetAtt"][0]}
        for policy in self.of_type("AWS::IAM::Policy").values():
            if role in policy["Roles"]:
                yield from (s for s in policy["PolicyDocument"]["Statement"] if s["Effect"] == "Allow")

    def layers(self, function: dict[str, Any]) -> set[str]:
        """The names of a function's layers."""
        made = self.of_type("AWS::Lambda::LayerVersion")
        return {made[layer["Ref"]]["LayerName"].rpartition("-")[2] for layer in function.get("Layers", [])}

    def code(self, function: dict[str, Any]) -> Path:
        """The folder of a function's package."""
        return self.assembly.folder / f"asset.{function['Code']['S3Key'].removesuffix('.zip')}"


def packaging(site: Site) -> Iterator[str]:
    """No outside function has the data layer, or a file that names what is in it; every inside one has both layers."""
    for name, function in site.outside().items():
        if site.layers(function) != {"core"}:
            yield f"{name} is outside and has the layers {sorted(site.layers(function))}"
        for path in site.code(function).rglob("*.py"):
            if any(word in path.read_text() for word in INSIDE_ONLY):
                yield f"{name} is outside and {path.name} names what only inside functions have"
    for name, function in site.inside().items():
        if site.layers(function) != {"core", "data"}:
            yield f"{name} is inside and has the layers {sorted(site.layers(function))}"


def network(site: Site) -> Iterator[str]:
    """Nothing comes in from addresses; only the database's port and tcp/443 lead out; no way leads to the internet."""
    for group in site.of_type("AWS::EC2::SecurityGroup").values():
        yield from _rules(group["GroupDescription"], group.get("SecurityGroupIngress", []), inbound=True)
        yield from _rules(group["GroupDescription"], group.get("SecurityGroupEgress", []), inbound=False)
    for kind, inbound in (("Ingress", True), ("Egress", False)):
        for key, rule in site.of_type(f"AWS::EC2::SecurityGroup{kind}").items():
            yield from _rules(key, [rule], inbound=inbound)
    for kind in ("AWS::EC2::InternetGateway", "AWS::EC2::NatGateway"):
        for key in site.of_type(kind):
            yield f"{key} leads to the internet"
    dual_stack = bool(site.of_type("AWS::EC2::EgressOnlyInternetGateway"))
    for key, route in site.of_type("AWS::EC2::Route").items():
        if not (dual_stack and "EgressOnlyInternetGatewayId" in route and "DestinationIpv6CidrBlock" in route):
            yield f"{key} is a way out"
    for instance in site.of_type("AWS::RDS::DBInstance").values():
        if instance.get("PubliclyAccessible", True):
            yield "the database has a public address"


def _rules(where: str, rules: list[dict[str, Any]], *, inbound: bool) -> Iterator[str]:
    for rule in rules:
        anywhere = rule.get("CidrIp") == "0.0.0.0/0" or rule.get("CidrIpv6") == "::/0"
        if rule.get("IpProtocol") == "icmp" and rule.get("CidrIp") == "255.255.255.255/32":
            continue  # CDK's way to write that nothing leads out
        if inbound and ("CidrIp" in rule or "CidrIpv6" in rule):
            yield f"{where}: lets in from an address"
        elif rule.get("FromPort") != rule.get("ToPort") or not _is_known(rule.get("FromPort")):
            yield f"{where}: opens {rule.get('FromPort')} to {rule.get('ToPort')}"
        elif anywhere and rule["FromPort"] != HTTPS:
            yield f"{where}: leads anywhere by another port than 443"


def _is_known(port: object) -> bool:
    """Whether a port is HTTPS's or the database's, which may be that of an instance."""
    return port in (HTTPS, POSTGRES) or (isinstance(port, dict) and port.get("Fn::GetAtt", [""])[-1] == "Endpoint.Port")


def grants(site: Site) -> Iterator[str]:
    """No outside function may enter the database; inside ones may, as one role each. Nobody changes what is there."""
    for name, function in site.functions().items():
        roles = set[str]()
        for statement in site.statements(function):
            actions = [statement["Action"]] if isinstance(statement["Action"], str) else statement["Action"]
            for action in actions:
                if action == "*" or action.startswith("iam:") or "*" in action.partition(":")[2]:
                    yield f"{name} may {action}"
                if action.startswith(DATABASE_ACTIONS):
                    roles.add(json.dumps(statement["Resource"]).rpartition("/")[2].partition('"')[0])
        if function.get("VpcConfig") is None and roles:
            yield f"{name} is outside and may enter the database"
        wanted = {_db_user(function)} if _db_user(function) else set[str]()
        if function.get("VpcConfig") is not None and roles != wanted:
            yield f"{name} is inside, enters as {wanted}, and may enter as {roles}"


def _db_user(function: dict[str, Any]) -> str | None:
    return function["Environment"]["Variables"].get("DB_USER")


def settings(site: Site) -> Iterator[str]:
    """No outside function is told where the database is; consumers of queues are inside but `notify`."""
    for name, function in site.outside().items():
        told = [key for key in function["Environment"]["Variables"] if key.startswith(("DB_", "PG", "ADMIN_"))]
        if told:
            yield f"{name} is outside and is told {', '.join(told)}"


FENCES: tuple[Callable[[Site], Iterator[str]], ...] = (packaging, network, grants, settings)


def breaches(site: Site) -> list[str]:
    """Every hole in every fence."""
    return [f"{fence.__name__}: {breach}" for fence in FENCES for breach in fence(site)]
