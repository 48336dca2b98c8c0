"""Who people are: the user pool, the operator's own identity provider, and what a stage says about callers."""

from typing import Any

import pytest

from tests.infra.conftest import OIDC, SAML, Assembly

LAMBDA_WAITS_FOR_TRIGGERS = 5


def only(assembly: Assembly, kind: str) -> tuple[str, dict[str, Any]]:
    """Logical id and properties of the one resource of a type."""
    ((key, properties),) = assembly.of_type(kind).items()
    return key, properties


def test_the_pool_calls_functions_that_let_it_and_only_it(assembly: Assembly) -> None:
    pool, properties = only(assembly, "AWS::Cognito::UserPool")
    called = properties["LambdaConfig"]
    names = {
        key: str(arn).rpartition(f"tocsin-{assembly.stage}-")[2].partition("'")[0]
        for key, arn in (
            *((key, called[key]) for key in ("PreSignUp", "PostConfirmation", "CustomMessage")),
            ("Tokens", called["PreTokenGenerationConfig"]["LambdaArn"]),
        )
    }
    assert names == {
        "PreSignUp": "triggers",
        "PostConfirmation": "triggers",
        "CustomMessage": "triggers",
        "Tokens": "tokens",
    }
    assert called["PreTokenGenerationConfig"]["LambdaVersion"] == "V2_0"
    grants = [
        p for p in assembly.of_type("AWS::Lambda::Permission").values() if p["Principal"] == "cognito-idp.amazonaws.com"
    ]
    assert len(grants) == len(set(names.values()))
    for grant in grants:
        assert grant["SourceAccount"] == {"Ref": "AWS::AccountId"}
        assert pool in str(grant["SourceArn"])
    for name in set(names.values()):
        assert assembly.functions()[name]["Timeout"] == LAMBDA_WAITS_FOR_TRIGGERS


def test_without_a_provider_there_are_passwords_alone_and_never_in_the_clear(assembly: Assembly) -> None:
    _, client = only(assembly, "AWS::Cognito::UserPoolClient")
    assert client["SupportedIdentityProviders"] == ["COGNITO"]
    assert client["ExplicitAuthFlows"] == ["ALLOW_USER_SRP_AUTH"]
    assert client["AllowedOAuthFlowsUserPoolClient"] is False
    assert client["GenerateSecret"] is False
    assert client["PreventUserExistenceErrors"] == "ENABLED"
    assert client["RefreshTokenRotation"] == {"Feature": "ENABLED", "RetryGracePeriodSeconds": 30}
    assert client["AccessTokenValidity"] == 10
    assert not assembly.of_type("AWS::Cognito::UserPoolIdentityProvider")
    assert not assembly.of_type("AWS::Cognito::UserPoolDomain")
    assert "PROVIDER_VERIFIES_ADDRESSES" not in assembly.environment("tokens")


def test_in_aws_the_pool_outlives_its_stack(in_aws: Assembly) -> None:
    key, properties = only(in_aws, "AWS::Cognito::UserPool")
    assert properties["DeletionProtection"] == "ACTIVE"
    assert in_aws.resources[key]["DeletionPolicy"] == "RetainExceptOnCreate"
    assert properties["EmailConfiguration"]["EmailSendingAccount"] == "DEVELOPER"


def test_a_provider_by_openid_connect(by_oidc: Assembly) -> None:
    _, provider = only(by_oidc, "AWS::Cognito::UserPoolIdentityProvider")
    assert provider["ProviderType"] == "OIDC"
    assert provider["AttributeMapping"] == {"email": "email", "name": "name"}
    details = provider["ProviderDetails"]
    assert (details["client_id"], details["oidc_issuer"]) == (OIDC["sso_client_id"], OIDC["sso_issuer"])
    assert details["authorize_scopes"] == "openid email profile"
    # a reference that CloudFormation resolves: the secret itself is in no template
    reference = f"{{{{resolve:secretsmanager:{OIDC['sso_client_secret_arn']}:SecretString:::}}}}"
    assert details["client_secret"] == reference
    assert "PROVIDER_VERIFIES_ADDRESSES" not in by_oidc.environment("tokens")


def test_a_provider_by_saml_whose_addresses_are_vouched_for(by_saml: Assembly) -> None:
    _, provider = only(by_saml, "AWS::Cognito::UserPoolIdentityProvider")
    assert provider["ProviderType"] == "SAML"
    assert provider["AttributeMapping"] == {"email": "email", "name": "name"}
    assert provider["ProviderDetails"]["MetadataURL"] == SAML["sso_metadata_url"]
    assert by_saml.environment("tokens")["PROVIDER_VERIFIES_ADDRESSES"] == "true"


@pytest.mark.parametrize("by", ["by_oidc", "by_saml"])
def test_people_of_a_provider_come_back_with_a_code_and_to_known_places_only(
    by: str, request: pytest.FixtureRequest
) -> None:
    assembly: Assembly = request.getfixturevalue(by)
    key, client = only(assembly, "AWS::Cognito::UserPoolClient")
    assert client["SupportedIdentityProviders"] == ["COGNITO", "sso"]
    assert client["AllowedOAuthFlows"] == ["code"]
    assert set(client["AllowedOAuthScopes"]) == {"openid", "email", "profile", "aws.cognito.signin.user.admin"}
    _, pool = only(assembly, "AWS::Cognito::UserPool")
    assert pool["UserAttributeUpdateSettings"] == {"AttributesRequireVerificationBeforeUpdate": ["email"]}
    assert client["CallbackURLs"] == ["https://tocsin.example.com/", "http://localhost:8765/callback"]
    provider, _ = only(assembly, "AWS::Cognito::UserPoolIdentityProvider")
    needed = assembly.resources[key]["DependsOn"]
    assert provider in needed
    _, domain = only(assembly, "AWS::Cognito::UserPoolDomain")
    assert domain["Domain"] == "tocsin-example"


@pytest.mark.parametrize("by", ["by_oidc", "by_saml"])
def test_other_peoples_rules_have_nothing_against_a_provider_or_the_demo(
    by: str, request: pytest.FixtureRequest
) -> None:
    assembly: Assembly = request.getfixturevalue(by)
    (report,) = assembly.validation_report()["pluginReports"]
    assert report["violations"] == []


def test_pages_of_the_dashboard_and_of_a_site_that_was_named_call_the_app_api_alone(
    by_oidc: Assembly, by_saml: Assembly, ha: Assembly
) -> None:
    def cors(assembly: Assembly) -> dict[str, Any]:
        prefix = f"tocsin-{assembly.stage}-"
        found = assembly.of_type("AWS::ApiGatewayV2::Api").values()
        return {api["Name"].removeprefix(prefix): api.get("CorsConfiguration") for api in found}

    (distribution,) = (key for key in by_oidc.of_type("AWS::CloudFront::Distribution") if "Dashboard" in key)
    own = {"Fn::Join": ["", ["https://", {"Fn::GetAtt": [distribution, "DomainName"]}]]}
    assert cors(by_saml)["app"]["AllowOrigins"] == [own]
    assert cors(ha)["app"]["AllowOrigins"] == ["https://dashboard.tocsin.example"]
    known = cors(by_oidc)
    assert {name for name, found in known.items() if found} == {"app"}
    assert known["app"]["AllowOrigins"] == [own, "https://tools.example.com"]
    assert "AllowCredentials" not in known["app"]
    assert {"authorization", "if-match", "idempotency-key", "tocsin-organization"} <= set(known["app"]["AllowHeaders"])
    assert set(known["app"]["AllowMethods"]) == {"GET", "POST", "PUT", "PATCH", "DELETE"}


def test_what_is_said_of_callers_reaches_who_goes_by_it(by_oidc: Assembly, by_saml: Assembly) -> None:
    told, untold = by_oidc.environment("api"), by_saml.environment("api")
    limits = ("PEOPLE_PER_MINUTE", "KEYS_PER_MINUTE", "VISITORS_PER_MINUTE")
    assert [told[name] for name in limits] == ["1200", "2400", "60"]
    assert [untold[name] for name in limits] == ["600", "600", "300"]
    assert by_oidc.environment("triggers")["SIGN_UP"] == "domains:example.com,example.org"
    assert by_saml.environment("triggers")["SIGN_UP"] == "open"


def test_api_is_told_where_people_sign_in(by_oidc: Assembly, local: Assembly) -> None:
    told, here = by_oidc.environment("api"), local.environment("api")
    for authorizer, api in ((by_oidc.environment("authorizer"), told), (local.environment("authorizer"), here)):
        assert api["SIGN_IN_ISSUER"] == authorizer["USER_POOL_ISSUER"]
        assert api["SIGN_IN_CLIENT_ID"] == authorizer["USER_POOL_CLIENT_IDS"]
    assert told["SIGN_UP"] == "domains:example.com,example.org"
    assert told["SINGLE_SIGN_ON_URL"] == "https://tocsin-example.auth.eu-central-1.amazoncognito.com"
    assert (here["SIGN_UP"], "SINGLE_SIGN_ON_URL" in here) == ("open", False)
    assert here["SIGN_IN_ENDPOINT"].startswith("http://127.0.0.1")
    assert "SIGN_IN_ENDPOINT" not in told


def test_the_demo_is_open_where_the_stage_says_so(by_oidc: Assembly, by_saml: Assembly) -> None:
    def way_in(assembly: Assembly) -> list[str]:
        routes = assembly.of_type("AWS::ApiGatewayV2::Route").values()
        return [route["AuthorizationType"] for route in routes if route["RouteKey"] == "POST /v1/demo/sessions"]

    assert (way_in(by_oidc), way_in(by_saml)) == (["NONE"], [])
    for function in ("api", "sweep"):
        assert by_oidc.environment(function)["DEMO"] == "yes"
        assert "DEMO" not in by_saml.environment(function)
