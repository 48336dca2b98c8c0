"""Names of the operator's own: what answers to them, what stands before it, and what no longer answers."""

import json
from typing import Any

import pytest

from infra.stages import stage
from tests.infra.conftest import INPUTS, Assembly, _synthesise

ZONE = {key: INPUTS["ha"][key] for key in ("hosted_zone_id", "hosted_zone_name")}
DOMAINS = {key: value for key, value in INPUTS["ha"].items() if key.startswith(("ingest_", "app_", "probes_"))} | ZONE


@pytest.fixture(scope="module")
def named() -> Assembly:
    """The stage small under names of its own."""
    return _synthesise("named", stage("small", {**INPUTS["small"], **DOMAINS}))


@pytest.fixture(scope="module")
def first_deploy() -> Assembly:
    """The stage ha before its firewall is there."""
    known = {key: value for key, value in INPUTS["ha"].items() if key not in {"firewall_arn", "edge_certificate_arn"}}
    return _synthesise("first_deploy", stage("ha", known))


def records(assembly: Assembly) -> dict[str, dict[str, Any]]:
    """Name → type → what a record leads to."""
    found: dict[str, dict[str, Any]] = {}
    for record in assembly.of_type("AWS::Route53::RecordSet").values():
        assert record["HostedZoneId"] == ZONE["hosted_zone_id"]
        found.setdefault(record["Name"].rstrip("."), {})[record["Type"]] = record["AliasTarget"]["DNSName"]
    return found


def fronts(assembly: Assembly) -> list[dict[str, Any]]:
    """What stands before APIs; the distributions of pages and dashboard are another matter."""
    found = assembly.of_type("AWS::CloudFront::Distribution").values()
    every = [front["DistributionConfig"] for front in found]
    return [front for front in every if not front["Comment"].endswith(("status pages", "dashboard"))]


def leads_to(assembly: Assembly, name: str) -> set[str]:
    """The type of resource that a name's records lead to."""
    return {assembly.resources[target["Fn::GetAtt"][0]]["Type"] for target in records(assembly)[name].values()}


def apis(assembly: Assembly) -> dict[str, dict[str, Any]]:
    """The properties of every API by its short name."""
    prefix = f"tocsin-{assembly.stage}-"
    return {p["Name"].removeprefix(prefix): p for p in assembly.of_type("AWS::ApiGatewayV2::Api").values()}


def test_without_names_the_apis_keep_their_own_addresses(standard: Assembly) -> None:
    assert not standard.of_type("AWS::ApiGatewayV2::DomainName")
    assert not fronts(standard)
    assert not [name for name, api in apis(standard).items() if api.get("DisableExecuteApiEndpoint")]


@pytest.mark.parametrize("fixture", ["named", "ha"])
def test_an_api_that_has_a_name_answers_to_no_other(request: pytest.FixtureRequest, fixture: str) -> None:
    assembly: Assembly = request.getfixturevalue(fixture)
    switched_off = {name: api.get("DisableExecuteApiEndpoint") for name, api in apis(assembly).items()}
    # the watcher's has no name, and is in another region than those that have
    assert switched_off.pop("watch", None) is None
    # browsers are told where sockets are opened, with each ticket
    assert switched_off.pop("live") is None
    assert switched_off == {"ingest": True, "app": True, "probes": True}
    names = assembly.of_type("AWS::ApiGatewayV2::DomainName").values()
    assert {name["DomainName"] for name in names} == {f"{n}.tocsin.example" for n in ("events", "app", "probes")}
    for name in names:
        (configuration,) = name["DomainNameConfigurations"]
        assert (configuration["SecurityPolicy"], configuration["EndpointType"]) == ("TLS_1_2", "REGIONAL")
    assert assembly.environment("notify")["LINK_BASE_URL"] == "https://app.tocsin.example/l"


@pytest.mark.parametrize("fixture", ["named", "ha"])
def test_every_name_is_found_by_ipv4_and_ipv6(request: pytest.FixtureRequest, fixture: str) -> None:
    assembly: Assembly = request.getfixturevalue(fixture)
    of_files = ("status", "up", "dashboard") if fixture == "ha" else ()
    assert {name: set(types) for name, types in records(assembly).items()} == {
        f"{name}.tocsin.example": {"A", "AAAA"} for name in ("events", "app", "probes", *of_files)
    }
    for name in assembly.of_type("AWS::ApiGatewayV2::DomainName").values():
        assert name["DomainNameConfigurations"][0]["IpAddressType"] == "dualstack"


@pytest.mark.parametrize("fixture", ["named", "ha"])
def test_private_probes_prove_who_they_are_by_mutual_tls_which_nothing_before_the_api_ends(
    request: pytest.FixtureRequest, fixture: str
) -> None:
    assembly: Assembly = request.getfixturevalue(fixture)
    by_mutual_tls = {
        name["DomainName"]: json.dumps(name["MutualTlsAuthentication"]["TruststoreUri"])
        for name in assembly.of_type("AWS::ApiGatewayV2::DomainName").values()
        if "MutualTlsAuthentication" in name
    }
    assert set(by_mutual_tls) == {"probes.tocsin.example"}
    (uri,) = by_mutual_tls.values()
    assert "s3://" in uri
    assert ".pem" in uri
    assert leads_to(assembly, "probes.tocsin.example") == {"AWS::ApiGatewayV2::DomainName"}


def test_without_a_firewall_names_lead_to_the_apis(named: Assembly) -> None:
    assert not fronts(named)
    for name in ("events", "app"):
        assert leads_to(named, f"{name}.tocsin.example") == {"AWS::ApiGatewayV2::DomainName"}


def test_before_the_apis_of_ha_is_a_firewall(ha: Assembly) -> None:
    assert sorted(alias for front in fronts(ha) for alias in front["Aliases"]) == [
        "app.tocsin.example",
        "events.tocsin.example",
    ]
    for front in fronts(ha):
        assert front["WebACLId"] == INPUTS["ha"]["firewall_arn"]
        assert front["ViewerCertificate"]["AcmCertificateArn"] == INPUTS["ha"]["edge_certificate_arn"]
        assert front["ViewerCertificate"]["MinimumProtocolVersion"] == "TLSv1.2_2021"
        assert "POST" in front["DefaultCacheBehavior"]["AllowedMethods"]
        (origin,) = front["Origins"]
        (behind, attribute) = origin["DomainName"]["Fn::GetAtt"]
        assert attribute == "RegionalDomainName"
        assert [ha.resources[behind]["Properties"]["DomainName"]] == front["Aliases"]
        assert origin["CustomOriginConfig"]["OriginProtocolPolicy"] == "https-only"
    for name in ("events", "app"):
        assert leads_to(ha, f"{name}.tocsin.example") == {"AWS::CloudFront::Distribution"}


def test_what_a_front_keeps_and_passes_on_is_nothing_and_everything(ha: Assembly) -> None:
    caching_disabled, and_cloudfronts = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad", "33f36d7e-f396-46d9-90e0-52428a34d9dc"
    for front in fronts(ha):
        behaviour = front["DefaultCacheBehavior"]
        assert (behaviour["CachePolicyId"], behaviour["OriginRequestPolicyId"]) == (caching_disabled, and_cloudfronts)


def test_the_viewers_address_is_believed_where_cloudfront_tells_it_and_nowhere_else(
    ha: Assembly, assembly: Assembly
) -> None:
    assert ha.environment("api")["BEHIND_CLOUDFRONT"] == "yes"
    assert ("BEHIND_CLOUDFRONT" in assembly.environment("api")) == (assembly.stage == "ha")


def test_the_firewall_refuses_floods_and_only_counts_what_looks_bad(ha: Assembly) -> None:
    (acl,) = ha.of_type("AWS::WAFv2::WebACL").values()
    assert (acl["Scope"], acl["DefaultAction"]) == ("CLOUDFRONT", {"Allow": {}})
    refusing = [rule for rule in acl["Rules"] if "Block" in rule.get("Action", {})]
    assert [rule["Name"] for rule in refusing] == ["Floods"]
    assert refusing[0]["Action"]["Block"]["CustomResponse"]["ResponseCode"] == 429
    assert refusing[0]["Statement"]["RateBasedStatement"]["Limit"] == 30_000
    assert {json.dumps(r["OverrideAction"]) for r in acl["Rules"] if r not in refusing} == {'{"Count": {}}'}
    assert not [rule for rule in acl["Rules"] if "CommonRuleSet" in rule["Name"]]


def test_nothing_is_deployed_before_the_firewall_whose_rules_are_where_aws_wants_them(first_deploy: Assembly) -> None:
    assert [path.name for path in first_deploy.templates] == ["tocsin-ha-firewall.template.json"]
    assert set(first_deploy.of_type("AWS::WAFv2::WebACL"))
    manifest = json.loads((first_deploy.folder / "manifest.json").read_text())
    assert manifest["artifacts"]["tocsin-ha-firewall"]["environment"].endswith("/us-east-1")
