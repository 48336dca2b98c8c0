"""The operator's own identity provider, beside passwords: what is given of it, by OpenID Connect or by SAML."""

from dataclasses import dataclass
from typing import Final

from infra.inputs import Inputs

SSO: Final = (
    "sso_client_id", "sso_client_secret_arn", "sso_domain_prefix", "sso_callback_urls", "sso_verified_addresses",
)  # fmt: skip
"""What is given with an identity provider, and means nothing without one."""
SIGN_IN_PATH: Final = "/sign-in"
"""Where the dashboard takes the code of who comes back."""


@dataclass(frozen=True, slots=True)
class OidcProvider:
    """An identity provider by OpenID Connect; its client's secret is kept in Secrets Manager."""

    issuer: str
    client_id: str
    client_secret_arn: str


@dataclass(frozen=True, slots=True)
class SamlProvider:
    """An identity provider by SAML."""

    metadata_url: str


@dataclass(frozen=True, slots=True)
class SingleSignOn:
    """The operator's own identity provider, beside passwords."""

    provider: OidcProvider | SamlProvider
    domain_prefix: str
    """Of the address in amazoncognito.com that the provider sends people back to."""
    callback_urls: tuple[str, ...]
    """Where signed-in people are sent: the dashboard, and the command line on their own machines."""
    has_verified_addresses: bool
    """Whether every address that the provider tells is its owner's."""

    def url(self, region: str) -> str:
        """Where Cognito sends people on to the provider, and takes them back from there."""
        return f"https://{self.domain_prefix}.auth.{region}.amazoncognito.com"


def single_sign_on(inputs: Inputs, dashboard_url: str | None) -> SingleSignOn | None:
    """By OpenID Connect with `sso_issuer`, by SAML with `sso_metadata_url`.

    People are sent back to the dashboard wherever its address is known before it is there.
    """
    provider: OidcProvider | SamlProvider
    if inputs.given("sso_issuer"):
        inputs.refuse_beside("sso_issuer", "sso_metadata_url")
        provider = OidcProvider(
            inputs.https_url("sso_issuer"), inputs.text("sso_client_id"), inputs.secret("sso_client_secret_arn")
        )
    elif inputs.given("sso_metadata_url"):
        inputs.refuse_without("sso_issuer", "sso_client_id", "sso_client_secret_arn")
        provider = SamlProvider(inputs.https_url("sso_metadata_url"))
    else:
        inputs.refuse_without("sso_issuer or sso_metadata_url", *SSO)
        return None
    return SingleSignOn(
        provider,
        inputs.domain_prefix("sso_domain_prefix"),
        _callback_urls(inputs, dashboard_url),
        has_verified_addresses=inputs.yes("sso_verified_addresses"),
    )


def _callback_urls(inputs: Inputs, dashboard_url: str | None) -> tuple[str, ...]:
    if dashboard_url is None:
        return inputs.callback_urls("sso_callback_urls")
    others = inputs.callback_urls("sso_callback_urls") if inputs.given("sso_callback_urls") else ()
    return tuple(dict.fromkeys((dashboard_url + SIGN_IN_PATH, *others)))
