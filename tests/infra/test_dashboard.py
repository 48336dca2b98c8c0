"""The dashboard in AWS: who reads its bucket, how CloudFront serves it, and what is brought there at a deploy."""

import importlib.util
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from infra import packages
from infra.edge_code import EDGE
from tests.infra.conftest import CERTIFICATE, ROOT, Assembly
from tests.infra.test_pages import headers, text
from tests.web.dashboard import home
from tocsin import __version__

NODE = ROOT / ".venv/bin/node"
ID = "0199f7a8-0000-7000-8000-000000000001"
ADDRESSES = ["/", "/demo", "/sign-in", "/o/acme/incidents", f"/o/acme.example/incidents/{ID}", "/invitations/a.b.c"]
BRINGS = "Custom::CDKBucketDeployment"


def front(assembly: Assembly) -> dict[str, Any]:
    """The configuration of the dashboard's distribution."""
    found = [p["DistributionConfig"] for p in assembly.of_type("AWS::CloudFront::Distribution").values()]
    (one,) = [config for config in found if config["Comment"].endswith(" dashboard")]
    return one


def behaviors(assembly: Assembly) -> dict[str, dict[str, Any]]:
    """Every behaviour of the distribution by its path."""
    config = front(assembly)
    return {"*": config["DefaultCacheBehavior"]} | {one["PathPattern"]: one for one in config["CacheBehaviors"]}


def brought(assembly: Assembly) -> list[tuple[str, dict[str, Any]]]:
    """What is brought to the bucket, in its order: logical ids and resources."""
    found = {key: resource for key, resource in assembly.resources.items() if resource["Type"] == BRINGS}
    return sorted(found.items(), key=lambda one: not found.keys().isdisjoint(one[1]["DependsOn"]))


def told_policy(assembly: Assembly) -> str:
    """The Content-Security-Policy."""
    security = headers(assembly, behaviors(assembly)["*"])["SecurityHeadersConfig"]
    return text(security["ContentSecurityPolicy"]["ContentSecurityPolicy"])


def policy(assembly: Assembly) -> dict[str, str]:
    """Its directives."""
    return dict(directive.split(" ", 1) for directive in told_policy(assembly).split("; "))


def means(uris: list[str]) -> list[str]:
    """The files that addresses mean, as the function at the edge has it."""
    events = [{"request": {"method": "GET", "uri": uri, "querystring": {}, "headers": {}}} for uri in uris]
    script = f"{(EDGE / 'dashboard.js').read_text()}\nconst answers = {json.dumps(events)}.map(handler);"
    show = f"{script}\nprocess.stdout.write(JSON.stringify(answers.map((one) => one.uri)));"
    return json.loads(subprocess.run([NODE, "-e", show], capture_output=True, text=True, check=True).stdout)


def test_every_address_of_the_dashboard_is_its_one_document() -> None:
    assert means(ADDRESSES) == ["/index.html"] * len(ADDRESSES)


def test_files_are_themselves_and_missing_ones_stay_missing() -> None:
    there = sorted(f"/{path.relative_to(folder)}" for folder in [packages.dashboard()] for path in folder.rglob("*.*"))
    files = [*there, "/config.json", "/robots.txt", "/assets/gone-0a1b2c3d.js", "/assets/", "/icons/none"]
    assert "/index.html" in there
    assert "/manifest.webmanifest" in there
    assert means(files) == files


def test_cloudfront_alone_reads_the_bucket(in_aws: Assembly) -> None:
    (key,) = [key for key in in_aws.of_type("AWS::S3::Bucket") if key.startswith("Dashboard")]
    assert set(in_aws.of_type("AWS::S3::Bucket")[key]["PublicAccessBlockConfiguration"].values()) == {True}
    (found,) = [p for p in in_aws.of_type("AWS::S3::BucketPolicy").values() if p["Bucket"] == {"Ref": key}]
    (allowed,) = [one for one in found["PolicyDocument"]["Statement"] if one["Effect"] == "Allow"]
    assert allowed["Principal"] == {"Service": "cloudfront.amazonaws.com"}
    assert allowed["Action"] == ["s3:GetObject", "s3:ListBucket"]
    (distribution,) = [name for name in in_aws.of_type("AWS::CloudFront::Distribution") if "Dashboard" in name]
    assert text(allowed["Condition"]["StringEquals"]["AWS:SourceArn"]).endswith(f":distribution/{{{distribution}}}")


def test_what_is_asked_beside_the_path_makes_no_difference(in_aws: Assembly) -> None:
    assert front(in_aws)["DefaultRootObject"] == "index.html"
    for path, behavior in behaviors(in_aws).items():
        events = [one["EventType"] for one in behavior.get("FunctionAssociations", [])]
        assert events == ([] if path == "/assets/*" else ["viewer-request"])
        assert behavior["AllowedMethods"] == ["GET", "HEAD"]
        assert behavior["ViewerProtocolPolicy"] == "redirect-to-https"
        assert behavior["Compress"] is True
        cache = in_aws.resources[behavior["CachePolicyId"]["Ref"]]["Properties"]["CachePolicyConfig"]
        assert (cache["MinTTL"], cache["DefaultTTL"]) == (0, 0)
        asked = cache["ParametersInCacheKeyAndForwardedToOrigin"]
        assert {asked[f"{what}Config"][f"{one}Behavior"] for what, one in KEYS.items()} == {"none"}


KEYS = {"Cookies": "Cookie", "Headers": "Header", "QueryStrings": "QueryString"}


def test_the_headers_of_every_answer(in_aws: Assembly) -> None:
    for behavior in behaviors(in_aws).values():
        told = headers(in_aws, behavior)
        security = told["SecurityHeadersConfig"]
        assert security["ContentTypeOptions"] == {"Override": True}
        assert security["ReferrerPolicy"]["ReferrerPolicy"] == "no-referrer"
        assert security["StrictTransportSecurity"] == {"AccessControlMaxAgeSec": 365 * 86_400, "Override": True}
        custom = {one["Header"]: one["Value"] for one in told["CustomHeadersConfig"]["Items"]}
        assert custom.pop("Permissions-Policy").count("=()") == 6
        assert custom == {"Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin"}
        assert "CorsConfig" not in told


def test_a_page_of_the_dashboard_runs_its_own_files_and_nothing_else(assembly: Assembly) -> None:
    found = policy(assembly)
    assert found.pop("connect-src").startswith("'self' ")
    assert found == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' data:",
        "font-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
        "manifest-src": "'self'",
    }


def test_browsers_of_other_tests_are_answered_as_it_is_deployed(local: Assembly) -> None:
    assert home.policy("http://127.0.0.1:8400", "ws://127.0.0.1:8400") == told_policy(local)
    uris = [*ADDRESSES, "/index.html", "/config.json", "/assets/none-0a1b2c3d.js", "/icons/none"]
    assert [uri if home.FILE.match(uri) else "/index.html" for uri in uris] == means(uris)


def test_what_a_page_of_the_dashboard_may_call(
    local: Assembly, standard: Assembly, ha: Assembly, by_oidc: Assembly
) -> None:
    gateway, people = "*.execute-api.eu-central-1.amazonaws.com", "https://cognito-idp.eu-central-1.amazonaws.com"
    (sockets,) = [
        f"{{{key}.ApiEndpoint}}"
        for key, api in standard.of_type("AWS::ApiGatewayV2::Api").items()
        if api["ProtocolType"] == "WEBSOCKET"
    ]
    single_sign_on = "https://tocsin-example.auth.eu-central-1.amazoncognito.com"
    assert policy(local)["connect-src"] == "'self' http://127.0.0.1:8400 ws://127.0.0.1:8400"
    assert policy(standard)["connect-src"] == f"'self' https://{gateway} {people} {sockets}"
    assert policy(by_oidc)["connect-src"] == f"'self' https://{gateway} {people} {sockets} {single_sign_on}"
    assert policy(ha)["connect-src"] == f"'self' https://app.tocsin.example {people} {sockets}"


def test_assets_are_there_before_the_document_that_names_them_and_stay_for_those_who_have_the_last(
    in_aws: Assembly,
) -> None:
    (first, assets), (_, documents) = brought(in_aws)
    assert first in documents["DependsOn"]
    assert (assets["Properties"]["Exclude"], assets["Properties"]["Include"]) == (["*"], ["assets/*"])
    assert (documents["Properties"]["Exclude"], "Include" in documents["Properties"]) == (["assets/*"], False)
    assert [one["Properties"]["SystemMetadata"]["cache-control"] for one in (assets, documents)] == [
        "public, max-age=31536000, immutable",
        "no-cache",
    ]
    assert [one["Properties"]["Prune"] for one in (assets, documents)] == [False, False]


def test_a_new_dashboard_comes_after_the_api_that_it_calls(in_aws: Assembly) -> None:
    functions = in_aws.of_type("AWS::Lambda::Function")
    (api,) = [key for key, one in functions.items() if one.get("FunctionName") == f"tocsin-{in_aws.stage}-api"]
    assert api in brought(in_aws)[0][1]["DependsOn"]


def bringer(assembly: Assembly) -> Any:
    """The code of CDK's function, as it would run."""
    keys = [
        one["Code"]["S3Key"]
        for one in assembly.of_type("AWS::Lambda::Function").values()
        if "Layers" in one and "FunctionName" not in one
    ]
    code = assembly.folder / f"asset.{keys[0].removesuffix('.zip')}" / "index.py"
    spec = importlib.util.spec_from_file_location("bringer", code)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("stage", ["standard", "ha"])
def test_the_dashboard_is_told_where_the_api_is_as_cdks_function_writes_it(
    request: pytest.FixtureRequest, tmp_path: Path, stage: str
) -> None:
    assembly: Assembly = request.getfixturevalue(stage)
    told = brought(assembly)[1][1]["Properties"]
    source = assembly.folder / f"asset.{told['SourceObjectKeys'][1].removesuffix('.zip')}"
    archive = shutil.make_archive(str(tmp_path / "source"), "zip", source)
    markers = {key: text(value) for key, value in told["SourceMarkers"][1].items()}
    bringer(assembly).extract_and_replace_markers(archive, str(tmp_path), markers, {})
    api = {"standard": "{AppApi512E3661.ApiEndpoint}", "ha": "https://app.tocsin.example"}[stage]
    assert json.loads((tmp_path / "config.json").read_text()) == {"api": api, "version": __version__}


def test_on_ones_own_machine_it_is_written_down_what_is_to_be_brought(local: Assembly) -> None:
    application = next(path for path in local.templates if "application" in path.name)
    told = json.loads(json.loads(application.read_text())["Outputs"]["DashboardFiles"]["Value"])
    assert told == {
        "parts": [
            {"only": "assets/*", "cache_control": "public, max-age=31536000, immutable"},
            {"only": None, "cache_control": "no-cache"},
        ],
        "config": {
            "name": "config.json",
            "content": {"api": "http://127.0.0.1:8400/_aws/execute-api/a9900001", "version": __version__},
        },
    }


def test_a_name_of_ones_own_has_its_certificate_and_its_record(ha: Assembly, standard: Assembly) -> None:
    config = front(ha)
    assert config["Aliases"] == ["dashboard.tocsin.example"]
    assert config["ViewerCertificate"]["AcmCertificateArn"] == CERTIFICATE.replace("eu-central-1", "us-east-1")
    assert config["ViewerCertificate"]["MinimumProtocolVersion"] == "TLSv1.2_2021"
    outputs = {
        assembly.stage: json.loads(path.read_text())["Outputs"]
        for assembly in (ha, standard)
        for path in assembly.templates
        if "application" in path.name
    }
    assert outputs["ha"]["DashboardUrl"]["Value"] == "https://dashboard.tocsin.example"
    assert ha.environment("notify")["DASHBOARD_URL"] == "https://dashboard.tocsin.example"
    assert text(outputs["ha"]["DashboardRecord"]["Value"]).startswith("dashboard.tocsin.example CNAME {Dashboard")
    assert text(outputs["standard"]["DashboardUrl"]["Value"]).startswith("https://{DashboardFrontDistribution")
    assert "DashboardRecord" not in outputs["standard"]


def test_the_same_sources_are_built_once() -> None:
    folder = packages.dashboard()
    made = folder.stat().st_ctime_ns
    assert packages.dashboard() == folder
    assert folder.stat().st_ctime_ns == made
    assert b'<script type="module"' in (folder / "index.html").read_bytes()
