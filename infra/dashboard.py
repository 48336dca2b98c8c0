"""Where the dashboard is found, and whose pages may call the API: what an operator may say of them."""

from dataclasses import dataclass
from typing import Final

from infra.inputs import Inputs

EDGE_REGION: Final = "us-east-1"
"""Where CloudFront takes certificates from."""


@dataclass(frozen=True, slots=True)
class Dashboard:
    """`url` is where it is found; None where that is CloudFront's own name, which nobody knows before it is there.

    `domain` is the operator's own name for it, shown with `certificate_arn`. `other_origin` is another site whose
    pages may call the API. `api_url` is where the API answers, if not at its own address.
    """

    url: str | None = None
    domain: str | None = None
    certificate_arn: str | None = None
    other_origin: str | None = None
    api_url: str | None = None


def dashboard(inputs: Inputs) -> Dashboard:
    """What was said of it; without a word it is found at CloudFront's own name, and no other site is let in."""
    other_origin = inputs.origin("web_origin")
    if not inputs.given("web_domain"):
        inputs.refuse_without("web_domain", "web_certificate_arn")
        return Dashboard(other_origin=other_origin)
    domain = inputs.host("web_domain")
    return Dashboard(
        url=f"https://{domain}",
        domain=domain,
        certificate_arn=inputs.certificate("web_certificate_arn", region=EDGE_REGION),
        other_origin=other_origin,
    )
