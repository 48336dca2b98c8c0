"""The fence that is the network: what may be reached from inside, and that the internet may not."""

import json
from typing import Any

import pytest

from tests.infra.conftest import Assembly

DENIED = "255.255.255.255/32"
"""What CDK writes for a group that lets nothing out: AWS would let out everything where there is no rule."""


def group(assembly: Assembly, description: str) -> str:
    """The logical id of a security group by the beginning of its description."""
    (found,) = [
        key
        for key, properties in assembly.of_type("AWS::EC2::SecurityGroup").items()
        if properties["GroupDescription"].startswith(description)
    ]
    return found


def rules(assembly: Assembly, group_id: str, direction: str) -> list[dict[str, Any]]:
    """All rules of a group, those within it and those that refer to it."""
    own = assembly.resources[group_id]["Properties"].get(f"SecurityGroup{direction}", [])
    beside = assembly.of_type(f"AWS::EC2::SecurityGroup{direction}").values()
    return [rule for rule in own if rule.get("CidrIp") != DENIED] + [
        rule for rule in beside if rule["GroupId"] == {"Fn::GetAtt": [group_id, "GroupId"]}
    ]


def peers(assembly: Assembly, group_id: str, direction: str) -> set[tuple[str, Any]]:
    """(peer, port) of all rules of a group; a peer is a network, or another group."""
    other = "DestinationSecurityGroupId" if direction == "Egress" else "SourceSecurityGroupId"
    found: set[tuple[str, Any]] = set()
    for rule in rules(assembly, group_id, direction):
        assert rule["IpProtocol"] == "tcp"
        assert rule["FromPort"] == rule["ToPort"]
        port = 5432 if isinstance(rule["FromPort"], dict) else rule["FromPort"]
        peer = rule.get("CidrIp") or rule.get("CidrIpv6") or rule[other]["Fn::GetAtt"][0]
        assert (peer, port) not in found, "AWS refuses a rule that is there already"
        found.add((peer, port))
    return found


def test_in_small_the_way_out_is_ipv6_and_https_alone(small: Assembly) -> None:
    database = group(small, "PostgreSQL")
    for name in ("Inside functions", "The runner of migrations"):
        assert peers(small, group(small, name), "Egress") == {("::/0", 443), (database, 5432)}
    assert small.of_type("AWS::EC2::EgressOnlyInternetGateway")
    routes = small.of_type("AWS::EC2::Route").values()
    assert {route["DestinationIpv6CidrBlock"] for route in routes} == {"::/0"}
    assert not [route for route in routes if "DestinationCidrBlock" in route]
    assert not small.of_type("AWS::EC2::VPCEndpoint")


@pytest.mark.parametrize("stage", ["small", "standard", "ha"])
def test_no_stage_pays_for_nat_or_can_be_reached_from_the_internet(stage: str, request: pytest.FixtureRequest) -> None:
    assembly: Assembly = request.getfixturevalue(stage)
    for kind in ("NatGateway", "InternetGateway", "VPCGatewayAttachment", "EIP"):
        assert not assembly.of_type(f"AWS::EC2::{kind}")
    for subnet in assembly.of_type("AWS::EC2::Subnet").values():
        assert subnet["MapPublicIpOnLaunch"] is False


@pytest.mark.parametrize(("stage", "zones"), [("standard", 1), ("ha", 2)])
def test_an_isolated_network_has_no_route_but_those_to_its_endpoints(
    stage: str, zones: int, request: pytest.FixtureRequest
) -> None:
    assembly: Assembly = request.getfixturevalue(stage)
    assert not assembly.of_type("AWS::EC2::Route")
    assert not assembly.of_type("AWS::EC2::EgressOnlyInternetGateway")
    endpoints = list(assembly.of_type("AWS::EC2::VPCEndpoint").values())
    interfaces = [one for one in endpoints if one["VpcEndpointType"] == "Interface"]
    names = {one["ServiceName"].rpartition(".")[2] for one in interfaces}
    assert names == {"sqs", "secretsmanager"}
    for interface in interfaces:
        assert interface["PrivateDnsEnabled"] is True
        assert len(interface["SubnetIds"]) == zones
    (gateway,) = [one for one in endpoints if one["VpcEndpointType"] == "Gateway"]
    assert gateway["ServiceName"]["Fn::Join"][1][-1] == ".s3"
    assert len(gateway["RouteTableIds"]) == zones


@pytest.mark.parametrize("stage", ["standard", "ha", "own_server"])
def test_through_an_endpoint_only_the_accounts_own_is_reached(stage: str, request: pytest.FixtureRequest) -> None:
    assembly: Assembly = request.getfixturevalue(stage)
    endpoints = list(assembly.of_type("AWS::EC2::VPCEndpoint").values())
    assert len(endpoints) == 3
    for endpoint in endpoints:
        (statement,) = endpoint["PolicyDocument"]["Statement"]
        own = {"Ref": "AWS::AccountId"}
        assert statement["Condition"] == {"StringEquals": {"aws:PrincipalAccount": own, "aws:ResourceAccount": own}}


@pytest.mark.parametrize("stage", ["standard", "ha"])
def test_functions_reach_the_proxy_and_only_migrations_the_server(stage: str, request: pytest.FixtureRequest) -> None:
    assembly: Assembly = request.getfixturevalue(stage)
    functions, migrations = group(assembly, "Inside functions"), group(assembly, "The runner of migrations")
    proxy, database = group(assembly, "RDS Proxy"), group(assembly, "PostgreSQL")
    assert peers(assembly, functions, "Egress") == {("0.0.0.0/0", 443), (proxy, 5432)}
    assert peers(assembly, migrations, "Egress") == {("0.0.0.0/0", 443), (database, 5432)}
    assert peers(assembly, proxy, "Ingress") == {(functions, 5432)}
    assert peers(assembly, proxy, "Egress") == {(database, 5432)}
    assert peers(assembly, database, "Ingress") == {(proxy, 5432), (migrations, 5432)}
    doors = group(assembly, "Services of AWS")
    assert peers(assembly, doors, "Ingress") == {(functions, 443), (migrations, 443)}


@pytest.mark.parametrize("stage", ["small", "standard", "ha", "own_server"])
def test_nothing_comes_in_to_functions_and_nothing_goes_out_of_the_database(
    stage: str, request: pytest.FixtureRequest
) -> None:
    assembly: Assembly = request.getfixturevalue(stage)
    for name in ("Inside functions", "The runner of migrations"):
        assert rules(assembly, group(assembly, name), "Ingress") == []
    if stage != "own_server":
        assert rules(assembly, group(assembly, "PostgreSQL"), "Egress") == []


def test_in_ones_own_network_functions_reach_the_servers_network_alone(own_server: Assembly) -> None:
    for name in ("Inside functions", "The runner of migrations"):
        out = {("0.0.0.0/0", 443), ("10.1.2.0/24", 5433)}
        assert peers(own_server, group(own_server, name), "Egress") == out
    assert not own_server.of_type("AWS::EC2::VPC")
    assert not own_server.of_type("AWS::RDS::DBInstance")


@pytest.mark.parametrize(("stage", "zones"), [("small", 1), ("standard", 1), ("ha", 2), ("own_server", 2)])
def test_inside_functions_are_in_the_network_and_outside_ones_are_not(
    stage: str, zones: int, request: pytest.FixtureRequest
) -> None:
    assembly: Assembly = request.getfixturevalue(stage)
    for name, function in assembly.functions().items():
        if "DB_HOST" not in assembly.environment(name):
            assert "VpcConfig" not in function
            continue
        assert len(function["VpcConfig"]["SubnetIds"]) == zones
        (security_group,) = function["VpcConfig"]["SecurityGroupIds"]
        expected = "Migrations" if name == "migrate" else "Functions"
        assert f"Network{expected}" in json.dumps(security_group)
        assert function["VpcConfig"].get("Ipv6AllowedForDualStack", False) == (stage == "small")
        assert (assembly.environment(name).get("AWS_USE_DUALSTACK_ENDPOINT") == "true") == (stage == "small")


@pytest.mark.parametrize("stage", ["small", "standard", "ha"])
def test_what_the_groups_refuse_is_written_down(stage: str, request: pytest.FixtureRequest) -> None:
    (log,) = request.getfixturevalue(stage).of_type("AWS::EC2::FlowLog").values()
    assert log["TrafficType"] == "REJECT"
