"""What reaches the internet cannot reach the database: the fences hold, and each is noticed when it is broken."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.infra.conftest import Assembly
from tests.infra.fences import Site, breaches

GATEWAY = {"Type": "AWS::EC2::InternetGateway", "Properties": {}}
NAT = {"Type": "AWS::EC2::NatGateway", "Properties": {}}
ROUTE = {"Type": "AWS::EC2::Route", "Properties": {"DestinationCidrBlock": "0.0.0.0/0", "NatGatewayId": "nat"}}


def allow(site: Site, function: str, action: str, resource: Any) -> None:
    """Give a function's role one more grant."""
    role = {"Ref": site.functions()[function]["Role"]["Fn::GetAtt"][0]}
    statement = {"Effect": "Allow", "Action": action, "Resource": resource}
    site.resources["More"] = {
        "Type": "AWS::IAM::Policy",
        "Properties": {"Roles": [role], "PolicyDocument": {"Statement": [statement]}},
    }


def give_the_data_layer(site: Site) -> None:
    functions = site.functions()
    functions["ingest"]["Layers"] = functions["process"]["Layers"]


def take_a_layer(site: Site) -> None:
    site.functions()["process"]["Layers"].pop()


def put_notify_into_the_network(site: Site) -> None:
    functions = site.functions()
    functions["notify"]["VpcConfig"] = functions["process"]["VpcConfig"]


def take_process_out_of_the_network(site: Site) -> None:
    del site.functions()["process"]["VpcConfig"]


def open_another_port(site: Site) -> None:
    rule = {"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "CidrIp": "10.0.0.0/8"}
    next(iter(site.of_type("AWS::EC2::SecurityGroup").values()))["SecurityGroupEgress"] = [rule]


def open_all_ports(site: Site) -> None:
    rule = {"IpProtocol": "-1", "CidrIp": "0.0.0.0/0"}
    next(iter(site.of_type("AWS::EC2::SecurityGroup").values()))["SecurityGroupEgress"] = [rule]


def let_the_world_in(site: Site) -> None:
    rule = {"IpProtocol": "tcp", "FromPort": 5432, "ToPort": 5432, "CidrIp": "0.0.0.0/0"}
    next(iter(site.of_type("AWS::EC2::SecurityGroup").values()))["SecurityGroupIngress"] = [rule]


def add_an_internet_gateway(site: Site) -> None:
    site.resources["Gateway"] = GATEWAY


def add_a_nat_gateway(site: Site) -> None:
    site.resources["Nat"] = NAT


def add_a_route(site: Site) -> None:
    site.resources["Route"] = ROUTE


def publish_the_database(site: Site) -> None:
    next(iter(site.of_type("AWS::RDS::DBInstance").values()))["PubliclyAccessible"] = True


def let_notify_into_the_database(site: Site) -> None:
    allow(site, "notify", "rds-db:connect", "arn:aws:rds-db:eu-central-1:1:dbuser:prx-1/worker")


def let_process_in_as_app(site: Site) -> None:
    allow(site, "process", "rds-db:connect", "arn:aws:rds-db:eu-central-1:1:dbuser:prx-1/app")


def let_ingest_do_anything_with_queues(site: Site) -> None:
    allow(site, "ingest", "sqs:*", "*")


def let_notify_change_rights(site: Site) -> None:
    allow(site, "notify", "iam:PutRolePolicy", "*")


def tell_notify_where_the_database_is(site: Site) -> None:
    site.functions()["notify"]["Environment"]["Variables"]["DB_HOST"] = "db"


SABOTAGE: dict[Callable[[Site], None], str] = {
    give_the_data_layer: "packaging: ingest is outside and has the layers ['core', 'data']",
    take_a_layer: "packaging: process is inside and has the layers ['core']",
    put_notify_into_the_network: "packaging: notify is inside and has the layers ['core']",
    take_process_out_of_the_network: "grants: process is outside and may enter the database",
    open_another_port: "opens 22 to 22",
    open_all_ports: "opens None to None",
    let_the_world_in: "lets in from an address",
    add_an_internet_gateway: "network: Gateway leads to the internet",
    add_a_nat_gateway: "network: Nat leads to the internet",
    add_a_route: "network: Route is a way out",
    publish_the_database: "network: the database has a public address",
    let_notify_into_the_database: "grants: notify is outside and may enter the database",
    let_process_in_as_app: "grants: process is inside, enters as {'worker'}",
    let_ingest_do_anything_with_queues: "grants: ingest may sqs:*",
    let_notify_change_rights: "grants: notify may iam:PutRolePolicy",
    tell_notify_where_the_database_is: "settings: notify is outside and is told DB_HOST",
}


def test_the_fences_hold(in_aws: Assembly) -> None:
    assert breaches(Site(in_aws)) == []


@pytest.mark.parametrize("sabotage", SABOTAGE, ids=lambda sabotage: sabotage.__name__)
def test_a_broken_fence_is_noticed(standard: Assembly, sabotage: Callable[[Site], None]) -> None:
    site = Site(standard)
    sabotage(site)
    assert any(SABOTAGE[sabotage] in breach for breach in breaches(site)), breaches(site)


def test_a_file_that_names_the_data_layer_is_noticed(standard: Assembly, tmp_path: Path) -> None:
    site = Site(standard)
    (tmp_path / "asset.spoilt").mkdir()
    (tmp_path / "asset.spoilt" / "handler.py").write_text("from tocsin_data import db\n")
    site.assembly = Assembly(tmp_path, site.assembly.stage)
    site.functions()["ingest"]["Code"] = {"S3Key": "spoilt.zip"}
    assert "packaging: ingest is outside and handler.py names what only inside functions have" in breaches(site)
