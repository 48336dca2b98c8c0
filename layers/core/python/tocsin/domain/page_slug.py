"""The part of an address that a status page is known by."""

import re
from datetime import timedelta
from typing import Final

SLUG: Final = re.compile(r"[a-z0-9](?:[a-z0-9-]{1,61})[a-z0-9]")
DEMO: Final = "demo"
RESERVED: Final = frozenset(
    {
        "about", "account", "admin", "api", "app", "assets", "auth", "badges", "billing", "blog", "custom", "dashboard",
        DEMO, "docs", "edge", "error", "errors", "events", "favicon", "health", "help", "history", "home", "images",
        "img", "incidents", "index", "internal", "legal", "login", "logout", "mail", "manifest", "oauth", "page",
        "pages", "private", "public", "reports", "robots", "root", "security", "sitemap", "static", "status",
        "subscribe", "support", "system", "tocsin", "unsubscribe", "well-known", "www",
    }
)  # fmt: skip
"""What a stranger would take for ours, or what lies beside pages."""
KEPT_FOR: Final = timedelta(days=30)
"""For how long a slug that was given up is kept from other organizations: bookmarks and feeds still lead there."""


def problem(slug: str) -> str | None:
    """Why a text can't be a slug, and what would be right; none when it can."""
    if not SLUG.fullmatch(slug):
        return "must be 3 to 63 of a-z, 0-9 and -, beginning and ending with a letter or a digit, like acme"
    if slug.startswith("xn--"):
        return "must not begin with xn--, which is for encoded names"
    if slug in RESERVED:
        return "is a reserved word; choose another, like your organization's name"
    return None
