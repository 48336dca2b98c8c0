"""What api needs to know, and the keys it reads once a process."""

from pydantic import Field, Json

from tocsin.platform import addresses
from tocsin.platform.secret_store import mac_keys, text
from tocsin.platform.tokens import MacKeys
from tocsin_data.db import DatabaseSettings
from tocsin_data.services.leaving import LeavingSettings
from tocsin_data.services.monitor_content import Bounds
from tocsin_data.services.page_site import Site


class ApiSettings(DatabaseSettings, LeavingSettings):
    """What api needs to know."""

    publications_queue_url: str
    events_queue_url: str
    """Where events come in that somebody sends to test an integration."""
    mac_keys_secret_arn: str
    seal_public_key_secret_arn: str
    link_base_url: str
    events_url: str
    live_url: str | None = None
    """Where those connect who watch: wss://…"""
    sign_in_issuer: str
    sign_in_client_id: str
    sign_in_endpoint: str | None = None
    sign_up: str = "open"
    single_sign_on_url: str | None = None
    behind_cloudfront: bool = False
    demo: bool = False
    people_per_minute: int = 600
    keys_per_minute: int = 600
    visitors_per_minute: int = 300
    check_regions: str = ""
    """From where monitors are checked: regions, with commas between them."""
    check_ipv6: bool = False
    """Whether those regions have IPv6."""
    outbound_allowed_networks: str = ""
    monitors_per_organization: int = 1_000
    pages_url: str = ""
    """What status pages are below, by their slugs; but for those that have a domain."""
    page_domains: Json[dict[str, str]] = Field(default_factory=dict[str, str])

    @property
    def api_base_url(self) -> str:
        """Where this API is from outside: links are at its /l."""
        return self.link_base_url.rstrip("/").removesuffix("/l")

    def page_url(self, slug: str) -> str | None:
        """Where a status page is once it is public; None where this deployment serves none."""
        return Site(self.pages_url, self.page_domains).url(slug) if self.pages_url else None

    def mac_keys(self) -> MacKeys:
        """What routing keys are signed with."""
        return mac_keys(self.mac_keys_secret_arn)

    def monitor_bounds(self) -> Bounds:
        """What this deployment lets monitors be."""
        regions = tuple(part.strip() for part in self.check_regions.split(",") if part.strip())
        allowed = addresses.networks(self.outbound_allowed_networks)
        return Bounds(
            regions,
            self.events_url,
            self.seal_public_key,
            self.mac_keys,
            allowed=allowed,
            most=self.monitors_per_organization,
            has_ipv6=self.check_ipv6,
        )

    def seal_public_key(self) -> str:
        """What channel secrets are sealed to, as PEM."""
        return text(self.seal_public_key_secret_arn)
