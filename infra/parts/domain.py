"""A name of the operator's own before an API, and its addresses in Route 53."""

from dataclasses import dataclass
from typing import Final, cast

from aws_cdk import aws_apigatewayv2 as gateway
from aws_cdk import aws_certificatemanager as acm
from aws_cdk import aws_route53 as route53
from aws_cdk import aws_route53_targets as targets
from aws_cdk import aws_s3 as s3
from constructs import Construct

from infra.stages import Domain
from tocsin.contracts.probes import TRUSTSTORE_KEY


@dataclass(frozen=True, slots=True)
class Truststore:
    """The authorities of client certificates: a PEM document of a bucket, in one of its versions."""

    bucket: s3.IBucket
    version: str


class ApiDomain(Construct):
    """The name, and its mapping to the API's stage."""

    def __init__(
        self, scope: Construct, domain: Domain, api_stage: gateway.HttpStage, trusted: Truststore | None
    ) -> None:
        super().__init__(scope, "Domain")
        self.name: Final = gateway.DomainName(
            self,
            "Name",
            domain_name=domain.name,
            certificate=acm.Certificate.from_certificate_arn(self, "Certificate", domain.certificate_arn),
            security_policy=gateway.SecurityPolicy.TLS_1_2,
            endpoint_type=gateway.EndpointType.REGIONAL,
            ip_address_type=gateway.IpAddressType.DUAL_STACK,
            mtls=_mutual(trusted) if trusted else None,
        )
        gateway.ApiMapping(
            self,
            "Mapping",
            api=api_stage.api,
            domain_name=cast("gateway.IDomainName", self.name),
            stage=cast("gateway.IStage", api_stage),
        )

    def publish(self, zone: tuple[str, str], name: str) -> None:
        """Lead the name to the API itself, with nothing before it."""
        alias = targets.ApiGatewayv2DomainProperties(self.name.regional_domain_name, self.name.regional_hosted_zone_id)
        publish(self, zone, name, cast("route53.IAliasRecordTarget", alias))


def _mutual(trusted: Truststore) -> gateway.MTLSConfig:
    return gateway.MTLSConfig(bucket=trusted.bucket, key=TRUSTSTORE_KEY, version=trusted.version)


def is_within(name: str, zone: tuple[str, str]) -> bool:
    """Whether a name can be written to a zone, given as (id, name)."""
    return name == zone[1] or name.endswith(f".{zone[1]}")


def publish(scope: Construct, zone: tuple[str, str], name: str, alias: route53.IAliasRecordTarget) -> None:
    """Write a name's A and AAAA records to a zone, given as (id, name)."""
    zone_id, zone_name = zone
    found = route53.HostedZone.from_hosted_zone_attributes(scope, "Zone", hosted_zone_id=zone_id, zone_name=zone_name)
    target = route53.RecordTarget.from_alias(alias)
    route53.ARecord(scope, "A", zone=found, record_name=f"{name}.", target=target)
    route53.AaaaRecord(scope, "Aaaa", zone=found, record_name=f"{name}.", target=target)
