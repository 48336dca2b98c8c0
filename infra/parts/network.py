"""Where inside functions are: a VPC from which they reach the database and AWS's services, and nothing else."""

from typing import Final, cast

from aws_cdk import Aws
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_iam as iam
from constructs import Construct

from infra.parts.logs import log_group
from infra.stages import ExistingNetwork, OwnNetwork, Stage

HTTPS: Final = ec2.Port.tcp(443)
SERVICES: Final = {
    "Sqs": ec2.InterfaceVpcEndpointAwsService.SQS,
    "Secrets": ec2.InterfaceVpcEndpointAwsService.SECRETS_MANAGER,
}
"""What inside functions call; S3 is reached by a gateway endpoint, which costs nothing."""


class InsideNetwork(Construct):
    """The VPC, the subnets and the security group of inside functions.

    In an isolated network there is no route but those to the endpoints, so the group may allow tcp/443 at large. In a
    dual-stack one the egress-only gateway leads everywhere by IPv6: there the group is the fence, and a weaker one.
    """

    def __init__(self, scope: Construct, stage: Stage, network: OwnNetwork | ExistingNetwork) -> None:
        super().__init__(scope, "Network")
        self._stage = stage
        self.is_dual_stack: Final = isinstance(network, OwnNetwork) and not network.isolated
        if isinstance(network, OwnNetwork):
            self.vpc: ec2.IVpc = self._own(isolated=network.isolated)
            subnets = self.vpc.isolated_subnets if network.isolated else self.vpc.private_subnets
            self.database_subnets = ec2.SubnetSelection(subnets=subnets)
            subnets = subnets[: network.zones]
        else:
            self.vpc, subnets = self._existing(network)
            self.database_subnets = ec2.SubnetSelection(subnets=subnets)
        self.subnets: Final = ec2.SubnetSelection(subnets=subnets)
        self.functions: Final = self.group("Functions", "Inside functions: in never, out to the database and to AWS")
        self.migrations: Final = self.group("Migrations", "The runner of migrations: straight to the database server")
        if not self.is_dual_stack and not (isinstance(network, ExistingNetwork) and network.has_endpoints):
            self._add_endpoints(subnets)
        for group in (self.functions, self.migrations):
            peer = ec2.Peer.any_ipv6() if self.is_dual_stack else ec2.Peer.any_ipv4()
            group.add_egress_rule(peer, HTTPS, "Services of AWS")

    def group(self, name: str, description: str) -> ec2.SecurityGroup:
        """A security group that lets nothing in and nothing out."""
        return ec2.SecurityGroup(self, name, vpc=self.vpc, description=description, allow_all_outbound=False)

    def _own(self, *, isolated: bool) -> ec2.IVpc:
        kind = ec2.SubnetType.PRIVATE_ISOLATED if isolated else ec2.SubnetType.PRIVATE_WITH_EGRESS
        vpc = ec2.Vpc(
            self,
            "Vpc",
            # RDS wants subnets in two zones, even for an instance in one
            max_azs=2,
            nat_gateways=0,
            ip_protocol=ec2.IpProtocol.IPV4_ONLY if isolated else ec2.IpProtocol.DUAL_STACK,
            subnet_configuration=[ec2.SubnetConfiguration(name="inside", subnet_type=kind, cidr_mask=24)],
            create_internet_gateway=False,
            restrict_default_security_group=False,
        )
        # A custom resource of CDK would empty the default group; nothing is ever in it.
        self._log_refusals(vpc)
        return cast("ec2.IVpc", vpc)

    def _existing(self, network: ExistingNetwork) -> tuple[ec2.IVpc, list[ec2.ISubnet]]:
        vpc = ec2.Vpc.from_vpc_attributes(
            self, "Vpc", vpc_id=network.vpc_id, availability_zones=sorted({subnet.zone for subnet in network.subnets})
        )
        subnets = [
            ec2.Subnet.from_subnet_attributes(
                self,
                f"Subnet{number}",
                subnet_id=subnet.subnet_id,
                availability_zone=subnet.zone,
                route_table_id=subnet.route_table_id,
            )
            for number, subnet in enumerate(network.subnets)
        ]
        return vpc, subnets

    def _add_endpoints(self, subnets: list[ec2.ISubnet]) -> None:
        doors = self.group("Endpoints", "Services of AWS, for inside functions")
        for group in (self.functions, self.migrations):
            doors.add_ingress_rule(group, HTTPS, "From inside")
        for name, service in SERVICES.items():
            ec2.InterfaceVpcEndpoint(
                self,
                name,
                vpc=self.vpc,
                service=service,
                subnets=ec2.SubnetSelection(subnets=subnets),
                security_groups=[doors],
                private_dns_enabled=True,
                open=False,
            ).add_to_policy(_within_the_account())
        ec2.GatewayVpcEndpoint(
            self,
            "Documents",
            vpc=self.vpc,
            service=ec2.GatewayVpcEndpointAwsService.S3,
            subnets=[ec2.SubnetSelection(subnets=subnets)],
        ).add_to_policy(_within_the_account())

    def _log_refusals(self, vpc: ec2.Vpc) -> None:
        """What the groups refused: nothing, unless something tried the fence."""
        vpc.add_flow_log(
            "Refusals",
            traffic_type=ec2.FlowLogTrafficType.REJECT,
            destination=ec2.FlowLogDestination.to_cloud_watch_logs(
                log_group(self, "RefusalsLogs", f"/tocsin/{self._stage.name}/refusals", self._stage)
            ),
        )


def _within_the_account() -> iam.PolicyStatement:
    """What passes an endpoint: this account's own calls to its own queues, secrets and buckets, and to no other's."""
    own = {"aws:PrincipalAccount": Aws.ACCOUNT_ID, "aws:ResourceAccount": Aws.ACCOUNT_ID}
    return iam.PolicyStatement(
        principals=[cast("iam.IPrincipal", iam.AnyPrincipal())],
        actions=["*"],
        resources=["*"],
        conditions={"StringEquals": own},
    )
