"""Where status pages are found, and in which other region they are kept as well: what an operator may say of them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from infra.inputs import HOST, BadInput, Inputs
from tocsin.domain import page_slug

EDGE_REGION: Final = "us-east-1"
"""Where CloudFront takes certificates from."""
MOST_DOMAINS: Final = 60
"""As many as the function at the edge, of 10 KB, has room for; the quota of alternate names is 100."""
NO_REPLICA: Final = "none"


@dataclass(frozen=True, slots=True)
class Pages:
    """`url` is what all pages are below, by their slugs; None where that is CloudFront's own name.

    `domains` are slugs by custom domains. Both, and `domain`, are under one certificate.
    """

    url: str | None = None
    domain: str | None = None
    domains: Mapping[str, str] = field(default_factory=dict[str, str])
    certificate_arn: str | None = None
    replica_region: str | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Every name of the operator's own."""
        return (*((self.domain,) if self.domain else ()), *self.domains)


def pages(inputs: Inputs, home: str, regions: Sequence[str]) -> Pages:
    """What was said of pages; without a word they are kept in the second region that checks, if there is one."""
    domain = inputs.host("pages_domain") if inputs.given("pages_domain") else None
    domains = _domains(inputs, domain)
    certificate = None
    if domain or domains:
        certificate = inputs.certificate("pages_certificate_arn", region=EDGE_REGION)
    else:
        inputs.refuse_without("pages_domain or pages_domains", "pages_certificate_arn")
    return Pages(
        url=f"https://{domain}" if domain else None,
        domain=domain,
        domains=domains,
        certificate_arn=certificate,
        replica_region=_replica_region(inputs, home, regions),
    )


def _domains(inputs: Inputs, domain: str | None) -> dict[str, str]:
    """host=slug pairs, none of either twice: a page has one address that it tells."""
    name = "pages_domains"
    found: dict[str, str] = {}
    for word in inputs.words(name, ""):
        host, equals, slug = word.partition("=")
        host = host.strip().lower()
        if not equals or not re.fullmatch(HOST, host):
            raise BadInput(name, f"{word!r} is not a host name, an equals sign and the slug of a page")
        problem = page_slug.problem(slug.strip()) if slug.strip() != page_slug.DEMO else None
        if problem is not None:
            raise BadInput(name, f"the slug {slug.strip()!r} {problem}")
        if host in found or host == domain:
            raise BadInput(name, f"{host!r} is named twice")
        if slug.strip() in found.values():
            raise BadInput(name, f"the page {slug.strip()!r} has two domains")
        found[host] = slug.strip()
    if len(found) > MOST_DOMAINS:
        raise BadInput(name, f"{len(found)} were given, there can be {MOST_DOMAINS}")
    return found


def _replica_region(inputs: Inputs, home: str, regions: Sequence[str]) -> str | None:
    name = "pages_replica_region"
    if not inputs.given(name):
        return next((region for region in regions if region != home), None)
    if inputs.text(name) == NO_REPLICA:
        return None
    region = inputs.region(name)
    if region == home:
        raise BadInput(name, f"{region!r} is the deployment's own, which a replica is to outlive")
    return region
