"""Where status pages are, and where their forms for subscribers are posted to, as this deployment has it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode


@dataclass(frozen=True, slots=True)
class Site:
    """Where pages are: `base_url` with slugs below it, or a domain of their own; `subscribe_url` is where `ingest` is,
    none where no subscribers are taken.
    """

    base_url: str
    domains: Mapping[str, str] = field(default_factory=dict[str, str])
    subscribe_url: str | None = None

    def url(self, slug: str) -> str:
        """Where a page is, without a slash at its end."""
        domain = self.domains.get(slug)
        return f"{self.base_url.rstrip('/')}/{slug}" if domain is None else f"https://{domain}"

    def subscribe_form(self, slug: str, page_key: str | None) -> str | None:
        """Where the form for subscribers of a page is posted to, with where to go on from there; none without a key."""
        if self.subscribe_url is None or page_key is None:
            return None
        back = urlencode({"page": f"{self.url(slug)}/"})
        return f"{self.subscribe_url.rstrip('/')}/s/{page_key}/subscribe?{back}"
