"""Who people are: the user pool that signs them in, its client, and the operator's own identity provider if any.

The pool outlives deployments; the functions it calls do not, so it names them by what they are called.
"""

from typing import Final, cast

from aws_cdk import ArnFormat, Aws, CfnOutput, Duration, RemovalPolicy, SecretValue, Stack
from aws_cdk import aws_cognito as cognito
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from infra.single_sign_on import OidcProvider, SamlProvider
from infra.stages import Stage

TRIGGERS: Final = "triggers"
TOKENS: Final = "tokens"
ACCESS_MINUTES: Final = 10
"""How long a demotion in Cognito itself takes to be felt; roles and revocation are looked up at every call."""
REFRESH_DAYS: Final = 30
ROTATION_GRACE_SECONDS: Final = 30
"""How long the refresh token before stays good, for a client that lost the answer; AWS allows up to 60."""
PASSWORD_LENGTH: Final = 12
SRP_ONLY: Final = ["ALLOW_USER_SRP_AUTH"]
"""Where refresh tokens rotate, Cognito refuses the flow that would use one twice."""
PROVIDER_NAME: Final = "sso"
CODE_SUBJECT: Final = "Your code for Tocsin"
CODE_TEXT: Final = "Your code for Tocsin is {####}. If you have not asked for one, you need not do anything."
"""For forgotten passwords as for sign-ups, where the trigger has words of its own: CDK's speak of a new account."""
SCOPES: Final = ("openid", "email", "profile")
"""What a provider is asked for."""
GRANTED: Final = (
    cognito.OAuthScope.OPENID, cognito.OAuthScope.EMAIL, cognito.OAuthScope.PROFILE, cognito.OAuthScope.COGNITO_ADMIN,
)  # fmt: skip
"""What people of a provider may do: with the last, end all of their sessions, and delete their user."""


class People(Construct):
    """The user pool and its public client."""

    def __init__(self, scope: Construct, stage: Stage) -> None:
        super().__init__(scope, "People")
        self._stage = stage
        self.pool: Final = self._pool()
        self.provider: Final = self._provider()
        self.client: Final = self._client()
        CfnOutput(scope, "UserPool", value=self.pool.user_pool_id)
        CfnOutput(scope, "UserPoolClient", value=self.client.user_pool_client_id)

    @property
    def environment(self) -> dict[str, str]:
        """What the authorizer is told: whose tokens are good here, and for which client."""
        issuer = f"https://{self.pool.user_pool_provider_name}"
        known = {"USER_POOL_ISSUER": issuer, "USER_POOL_CLIENT_IDS": self.client.user_pool_client_id}
        if self._stage.gateway_url is not None:
            known["JWKS_URL"] = f"{self._stage.gateway_url}/{self.pool.user_pool_id}/.well-known/jwks.json"
        return known

    @property
    def sign_in(self) -> dict[str, str]:
        """What api tells clients that sign people in."""
        endpoint, sso = self._stage.gateway_url, self._stage.sso
        return {
            "SIGN_IN_ISSUER": self.environment["USER_POOL_ISSUER"],
            "SIGN_IN_CLIENT_ID": self.client.user_pool_client_id,
            "SIGN_UP": self._stage.sign_up,
            **({} if endpoint is None else {"SIGN_IN_ENDPOINT": endpoint}),
            **({} if sso is None else {"SINGLE_SIGN_ON_URL": sso.url(self._stage.region)}),
        }

    def let_call(self, function: lambda_.Function) -> None:
        """Let this pool, and no other, call a function."""
        lambda_.CfnPermission(
            function,
            "UserPoolPermission",
            action="lambda:InvokeFunction",
            function_name=function.function_arn,
            principal="cognito-idp.amazonaws.com",
            source_account=Aws.ACCOUNT_ID,
            source_arn=self.pool.user_pool_arn,
        )

    def _pool(self) -> cognito.UserPool:
        stage = self._stage
        pool = cognito.UserPool(
            self,
            "Pool",
            user_pool_name=f"tocsin-{stage.name}",
            feature_plan=cognito.FeaturePlan.ESSENTIALS,
            # an alias, not the user name: signing up with an address does not tell whether it has an account
            sign_in_aliases=cognito.SignInAliases(username=True, email=True),
            sign_in_case_sensitive=False,
            self_sign_up_enabled=True,
            auto_verify=cognito.AutoVerifiedAttrs(email=True),
            user_verification=cognito.UserVerificationConfig(
                email_style=cognito.VerificationEmailStyle.CODE, email_subject=CODE_SUBJECT, email_body=CODE_TEXT
            ),
            # what is vouched for of a provider's people is what it told: nobody writes another address unproven
            keep_original=cognito.KeepOriginalAttrs(email=True),
            standard_attributes=cognito.StandardAttributes(
                email=cognito.StandardAttribute(required=True, mutable=True),
                fullname=cognito.StandardAttribute(required=False, mutable=True),
            ),
            password_policy=cognito.PasswordPolicy(
                min_length=PASSWORD_LENGTH,
                require_digits=False,
                require_lowercase=False,
                require_symbols=False,
                require_uppercase=False,
            ),
            account_recovery=cognito.AccountRecovery.EMAIL_ONLY,
            mfa=cognito.Mfa.OPTIONAL,
            mfa_second_factor=cognito.MfaSecondFactor(otp=True, sms=False),
            email=None if stage.is_local else _mail(self, stage),
            deletion_protection=not stage.is_local,
            removal_policy=RemovalPolicy.DESTROY if stage.is_local else RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
        )
        table = cast("cognito.CfnUserPool", pool.node.default_child)
        triggers = self._function_arn(TRIGGERS)
        table.lambda_config = cognito.CfnUserPool.LambdaConfigProperty(
            pre_sign_up=triggers,
            post_confirmation=triggers,
            custom_message=triggers,
            pre_token_generation_config=cognito.CfnUserPool.PreTokenGenerationConfigProperty(
                lambda_arn=self._function_arn(TOKENS), lambda_version="V2_0"
            ),
        )
        return pool

    def _function_arn(self, name: str) -> str:
        return Stack.of(self).format_arn(
            service="lambda",
            resource="function",
            resource_name=f"tocsin-{self._stage.name}-{name}",
            arn_format=ArnFormat.COLON_RESOURCE_NAME,
        )

    def _provider(self) -> cognito.UserPoolIdentityProviderOidc | cognito.UserPoolIdentityProviderSaml | None:
        """The operator's own identity provider, and the address that it sends people back to."""
        if self._stage.sso is None:
            return None
        self.pool.add_domain(
            "Domain", cognito_domain=cognito.CognitoDomainOptions(domain_prefix=self._stage.sso.domain_prefix)
        )
        told = cognito.AttributeMapping(
            email=cognito.ProviderAttribute.other("email"), fullname=cognito.ProviderAttribute.other("name")
        )
        pool = cast("cognito.IUserPool", self.pool)
        match self._stage.sso.provider:
            case OidcProvider() as oidc:
                return cognito.UserPoolIdentityProviderOidc(
                    self,
                    "Provider",
                    user_pool=pool,
                    name=PROVIDER_NAME,
                    client_id=oidc.client_id,
                    client_secret=SecretValue.secrets_manager(oidc.client_secret_arn).unsafe_unwrap(),
                    issuer_url=oidc.issuer,
                    scopes=list(SCOPES),
                    attribute_request_method=cognito.OidcAttributeRequestMethod.GET,
                    attribute_mapping=told,
                )
            case SamlProvider() as saml:
                return cognito.UserPoolIdentityProviderSaml(
                    self,
                    "Provider",
                    user_pool=pool,
                    name=PROVIDER_NAME,
                    metadata=cognito.UserPoolIdentityProviderSamlMetadata.url(saml.metadata_url),
                    attribute_mapping=told,
                )

    def _client(self) -> cognito.UserPoolClient:
        """A client without a secret: what runs in browsers and on people's machines can keep none."""
        sso = self._stage.sso
        known = [cognito.UserPoolClientIdentityProvider.COGNITO]
        if sso is not None:
            known.append(cognito.UserPoolClientIdentityProvider.custom(PROVIDER_NAME))
        written = cognito.ClientAttributes().with_standard_attributes(email=True, fullname=True)
        client = cognito.UserPoolClient(
            self,
            "Client",
            user_pool=cast("cognito.IUserPool", self.pool),
            user_pool_client_name="tocsin",
            generate_secret=False,
            auth_flows=cognito.AuthFlow(user_srp=True),
            prevent_user_existence_errors=True,
            enable_token_revocation=True,
            access_token_validity=Duration.minutes(ACCESS_MINUTES),
            id_token_validity=Duration.minutes(ACCESS_MINUTES),
            refresh_token_validity=Duration.days(REFRESH_DAYS),
            refresh_token_rotation_grace_period=Duration.seconds(ROTATION_GRACE_SECONDS),
            read_attributes=written.with_standard_attributes(email=True, email_verified=True, fullname=True),
            write_attributes=written,
            supported_identity_providers=known,
            disable_o_auth=sso is None,
            o_auth=None
            if sso is None
            else cognito.OAuthSettings(
                flows=cognito.OAuthFlows(authorization_code_grant=True),
                scopes=list(GRANTED),
                callback_urls=list(sso.callback_urls),
            ),
        )
        cast("cognito.CfnUserPoolClient", client.node.default_child).explicit_auth_flows = SRP_ONLY
        if self.provider is not None:
            client.node.add_dependency(self.provider)
        return client


def _mail(scope: Construct, stage: Stage) -> cognito.UserPoolEmail:
    """SES as this deployment's own sender: Cognito's own sends 50 mails a day."""
    name, address = stage.mail_sender
    return cognito.UserPoolEmail.with_ses(
        from_email=address,
        from_name=name or None,
        ses_region=Stack.of(scope).region,
        ses_verified_domain=stage.mail_identity if "@" not in stage.mail_identity else None,
    )
