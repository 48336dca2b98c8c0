"""Status pages in AWS: who writes and reads their buckets, and how CloudFront serves them."""

import json
from typing import Any

import pytest

from infra.stages import stage
from tests.infra.conftest import CERTIFICATE, INPUTS, REQUIRED, Assembly

EDGE_CERTIFICATE = CERTIFICATE.replace("eu-central-1", "us-east-1")
CACHING = {"cookies": "none", "headers": "none", "query strings": "none"}


def front(assembly: Assembly) -> dict[str, Any]:
    """The configuration of the distribution of pages."""
    found = [p["DistributionConfig"] for p in assembly.of_type("AWS::CloudFront::Distribution").values()]
    (one,) = [config for config in found if config["Comment"].endswith("status pages")]
    return one


def behaviors(assembly: Assembly) -> dict[str, dict[str, Any]]:
    """Every behaviour of the distribution by its path."""
    config = front(assembly)
    return {"*": config["DefaultCacheBehavior"]} | {one["PathPattern"]: one for one in config["CacheBehaviors"]}


def headers(assembly: Assembly, behavior: dict[str, Any]) -> dict[str, Any]:
    """The headers policy of a behaviour."""
    policy = assembly.resources[behavior["ResponseHeadersPolicyId"]["Ref"]]
    return policy["Properties"]["ResponseHeadersPolicyConfig"]


def text(value: Any) -> str:
    """A text of a template, with what is only known later in braces."""
    if isinstance(value, str):
        return value
    if "Fn::Join" in value:
        return "".join(text(part) for part in value["Fn::Join"][1])
    if "Fn::ImportValue" in value:
        return "{" + text(value["Fn::ImportValue"]).rpartition(":")[2].split("1")[0] + "}"
    if "Fn::Select" in value:
        return "{" + text(value["Fn::Select"][1]["Fn::Split"][1]) + "}"
    return "{" + ".".join(value.get("Fn::GetAtt") or [value["Ref"]]) + "}"


def actions(statement: dict[str, Any]) -> set[str]:
    """The actions of a statement."""
    found = statement["Action"]
    return {found} if isinstance(found, str) else set(found)


def of_pages(assembly: Assembly, function: str) -> dict[str, set[str]]:
    """What a function may do with buckets of pages: actions by resources."""
    found: dict[str, set[str]] = {}
    for statement in assembly.statements(function):
        resources = statement["Resource"] if isinstance(statement["Resource"], list) else [statement["Resource"]]
        for resource in map(text, resources):
            if "Pages" in resource or "-pages-" in resource:
                found.setdefault(resource, set()).update(actions(statement))
    return found


def test_only_publish_writes_pages_and_only_mirror_their_replica(in_aws: Assembly) -> None:
    home = "{ExportsOutputFnGetAttPages}"
    writing = {"s3:GetObject", "s3:PutObject", "s3:DeleteObject"}
    assert of_pages(in_aws, "publish") == {
        home: {"s3:ListBucket"},
        **{f"{home}/{prefix}/*": writing for prefix in ("pages", "manifests")},
        f"{home}/assets/*": {"s3:PutObject"},
    }
    there = f"arn:{{AWS::Partition}}:s3:::tocsin-{in_aws.stage}-pages-{{AWS::AccountId}}-eu-west-1"
    carrying = {
        home: {"s3:ListBucket"},
        there: {"s3:ListBucket"},
        **{f"{home}/{prefix}/*": {"s3:GetObject"} for prefix in ("pages", "assets")},
        **{f"{there}/{prefix}/*": writing for prefix in ("pages", "assets")},
    }
    assert of_pages(in_aws, "mirror") == ({} if in_aws.stage == "small" else carrying)
    assert [name for name in in_aws.functions() if of_pages(in_aws, name) and name not in ("publish", "mirror")] == []


def test_buckets_of_pages_are_read_by_cloudfront_alone_and_only_what_is_for_the_public(in_aws: Assembly) -> None:
    for key in [key for key in in_aws.of_type("AWS::S3::Bucket") if key.startswith("Pages")]:
        bucket = in_aws.of_type("AWS::S3::Bucket")[key]
        assert set(bucket["PublicAccessBlockConfiguration"].values()) == {True}
        (policy,) = [p for p in in_aws.of_type("AWS::S3::BucketPolicy").values() if p["Bucket"] == {"Ref": key}]
        allowed = [one for one in policy["PolicyDocument"]["Statement"] if one["Effect"] == "Allow"]
        assert {json.dumps(one["Principal"]) for one in allowed} == {'{"Service": "cloudfront.amazonaws.com"}'}
        for one in allowed:
            assert one["Condition"]["StringEquals"] == {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}
            assert ":distribution/*" in text(one["Condition"]["ArnLike"]["aws:SourceArn"])
        granted = {one["Action"]: json.dumps(one["Resource"]) for one in allowed}
        assert set(granted) == {"s3:GetObject", "s3:ListBucket"}
        assert "/pages/*" in granted["s3:GetObject"]
        assert "/assets/*" in granted["s3:GetObject"]
        assert "manifests" not in granted["s3:GetObject"]


def test_every_write_and_deletion_is_carried_where_there_is_a_replica(in_aws: Assembly) -> None:
    rules = [p for p in in_aws.of_type("AWS::Events::Rule").values() if p["Name"].endswith("-pages-touched")]
    if in_aws.stage == "small":
        assert rules == []
        return
    (pattern,) = [rule["EventPattern"] for rule in rules]
    assert pattern["detail-type"] == ["Object Created", "Object Deleted"]
    assert pattern["detail"]["object"]["key"] == [{"prefix": "pages/"}, {"prefix": "assets/"}]
    home = [key for key in in_aws.of_type("AWS::S3::Bucket") if key.startswith("Pages") and "Replica" not in key]
    told = in_aws.of_type("AWS::S3::Bucket")[home[0]]["NotificationConfiguration"]
    assert told == {"EventBridgeConfiguration": {"EventBridgeEnabled": True}}


def test_home_is_asked_first_and_given_up_soon(standard: Assembly, small: Assembly) -> None:
    config = front(standard)
    assert len(config["Origins"]) == 2
    for origin in config["Origins"]:
        assert (origin["ConnectionAttempts"], origin["ConnectionTimeout"]) == (1, 2)
        assert origin["S3OriginConfig"] == {"OriginAccessIdentity": ""}
        control = standard.resources[origin["OriginAccessControlId"]["Fn::GetAtt"][0]]["Properties"]
        assert control["OriginAccessControlConfig"]["SigningBehavior"] == "always"
    (group,) = config["OriginGroups"]["Items"]
    first, second = (member["OriginId"] for member in group["Members"]["Items"])
    where = {origin["Id"]: text(origin["DomainName"]) for origin in config["Origins"]}
    assert where[first] == "{ExportsOutputRefPages}.s3.eu-central-1.amazonaws.com"
    assert where[second] == "tocsin-standard-pages-{AWS::AccountId}-eu-west-1.s3.eu-west-1.amazonaws.com"
    # 404 is an answer: what was deleted at home must not be had from the replica
    assert group["FailoverCriteria"]["StatusCodes"]["Items"] == [403, 500, 502, 503, 504]
    assert {one["TargetOriginId"] for one in behaviors(standard).values()} == {group["Id"]}
    assert ("OriginGroups" in front(small), len(front(small)["Origins"])) == (False, 1)


def test_what_is_asked_beside_the_path_makes_no_difference(in_aws: Assembly) -> None:
    for behavior in behaviors(in_aws).values():
        assert "OriginRequestPolicyId" not in behavior
        assert behavior["AllowedMethods"] == ["GET", "HEAD"]
        assert behavior["ViewerProtocolPolicy"] == "redirect-to-https"
        assert behavior["Compress"] is True
        policy = in_aws.resources[behavior["CachePolicyId"]["Ref"]]["Properties"]["CachePolicyConfig"]
        asked = policy["ParametersInCacheKeyAndForwardedToOrigin"]
        assert asked == {
            "CookiesConfig": {"CookieBehavior": "none"},
            "HeadersConfig": {"HeaderBehavior": "none"},
            "QueryStringsConfig": {"QueryStringBehavior": "none"},
            "EnableAcceptEncodingBrotli": True,
            "EnableAcceptEncodingGzip": True,
        }
        # stale documents are served no longer than the maximum, whatever they say themselves
        assert (policy["MinTTL"], policy["DefaultTTL"], policy["MaxTTL"]) == (0, 10, 365 * 86_400)


def test_no_request_is_one_for_the_bucket_itself(in_aws: Assembly) -> None:
    assert front(in_aws)["DefaultRootObject"] == "index.html"
    for path, behavior in behaviors(in_aws).items():
        events = [one["EventType"] for one in behavior.get("FunctionAssociations", [])]
        assert events == ([] if path == "/assets/*" else ["viewer-request", "viewer-response"])


def test_the_headers_of_every_answer(in_aws: Assembly) -> None:
    ingest = "https://events.tocsin.example" if in_aws.stage == "ha" else "{IngestApi9A114750.ApiEndpoint}"
    for path, behavior in behaviors(in_aws).items():
        policy = headers(in_aws, behavior)
        security = policy["SecurityHeadersConfig"]
        assert text(security["ContentSecurityPolicy"]["ContentSecurityPolicy"]) == (
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
            f"form-action 'self' {ingest}/; base-uri 'none'; frame-ancestors 'none'"
        )
        assert security["ContentTypeOptions"] == {"Override": True}
        assert security["ReferrerPolicy"]["ReferrerPolicy"] == "strict-origin-when-cross-origin"
        assert security["StrictTransportSecurity"] == {"AccessControlMaxAgeSec": 365 * 86_400, "Override": True}
        is_open = path not in ("*", "/assets/*")
        assert {one["Header"]: one["Value"] for one in policy["CustomHeadersConfig"]["Items"]} == {
            "Cross-Origin-Opener-Policy": "same-origin",
            "Cross-Origin-Resource-Policy": "cross-origin" if is_open else "same-origin",
        }
        assert ("CorsConfig" in policy) == is_open
        if is_open:
            assert policy["CorsConfig"]["AccessControlAllowOrigins"] == {"Items": ["*"]}
            assert policy["CorsConfig"]["AccessControlAllowCredentials"] is False


def test_publish_has_a_whole_cpu(in_aws: Assembly) -> None:
    assert in_aws.functions()["publish"]["MemorySize"] == 1769


def test_what_programs_read_is_open_to_other_sites(in_aws: Assembly) -> None:
    assert set(behaviors(in_aws)) - {"*", "/assets/*"} == {
        "*/api/v2/*", "*/badges/*", "*/status.json", "*/history.atom", "*/history.rss", "*/maintenance.ics",
    }  # fmt: skip


def test_publish_is_told_where_pages_are(standard: Assembly, ha: Assembly, small: Assembly) -> None:
    told = standard.environment("publish")
    assert text(told["PAGES_URL"]).startswith("https://{PageFrontDistribution")
    assert json.loads(text(told["PAGE_DOMAINS"])) == {}
    assert text(told["SUBSCRIBE_URL"]).startswith("{IngestApi")
    named = ha.environment("publish")
    assert named["PAGES_URL"] == "https://status.tocsin.example"
    assert json.loads(named["PAGE_DOMAINS"]) == {"acme": "status.acme.example", "up-there": "up.tocsin.example"}
    assert named["SUBSCRIBE_URL"] == ha.environment("notify")["EVENTS_URL"] == "https://events.tocsin.example"
    origins = "https://status.tocsin.example,https://status.acme.example,https://up.tocsin.example"
    assert ha.environment("ingest")["PAGE_ORIGINS"] == origins
    for name in ("api", "sweep"):
        assert ha.environment(name)["PAGES_URL"] == named["PAGES_URL"]
        assert ha.environment(name)["PAGE_DOMAINS"] == named["PAGE_DOMAINS"]
    mirror = standard.environment("mirror")
    assert mirror["PAGES_REPLICA_REGION"] == "eu-west-1"
    assert text(mirror["PAGES_REPLICA_BUCKET"]) == "tocsin-standard-pages-{AWS::AccountId}-eu-west-1"
    assert "PAGES_REPLICA_BUCKET" not in small.environment("mirror")


def test_names_of_ones_own_have_their_certificate_and_their_records(ha: Assembly) -> None:
    config = front(ha)
    assert config["Aliases"] == ["status.tocsin.example", "status.acme.example", "up.tocsin.example"]
    assert config["ViewerCertificate"]["AcmCertificateArn"] == EDGE_CERTIFICATE
    assert config["ViewerCertificate"]["MinimumProtocolVersion"] == "TLSv1.2_2021"
    template = next(path for path in ha.templates if "application" in path.name)
    outputs = json.loads(template.read_text())["Outputs"]
    shown = [text(outputs[f"PagesRecord{number}"]["Value"]) for number in range(3)]
    assert [one.split(" CNAME ")[0] for one in shown] == config["Aliases"]
    # the zone that was given is written to; what is elsewhere is the operator's to set
    written = {r["Name"].rstrip(".") for r in ha.of_type("AWS::Route53::RecordSet").values()}
    assert {"status.tocsin.example", "up.tocsin.example"} <= written
    assert "status.acme.example" not in written


@pytest.mark.parametrize(
    ("given", "region"),
    [
        ({}, "eu-west-1"),
        ({"pages_replica_region": "none"}, None),
        ({"pages_replica_region": "eu-north-1"}, "eu-north-1"),
        ({"check_regions": "eu-central-1"}, None),
    ],
    ids=["by default", "none", "chosen", "one region"],
)
def test_where_the_replica_is(given: dict[str, str], region: str | None) -> None:
    made = stage("standard", {**INPUTS["standard"], **given})
    assert made.pages.replica_region == region
    assert stage("small", REQUIRED).pages.replica_region is None


def test_the_demo_has_a_domain_if_it_is_given_one() -> None:
    given = {"pages_domains": "demo.example.com=demo", "pages_certificate_arn": EDGE_CERTIFICATE}
    assert stage("small", {**REQUIRED, **given}).pages.domains == {"demo.example.com": "demo"}


def test_templates_are_within_what_cloudformation_takes(assembly: Assembly) -> None:
    for template in assembly.templates:
        assert len(template.read_bytes()) < 1_000_000 * 0.6
        assert len(json.loads(template.read_text())["Resources"]) < 500 * 0.7
