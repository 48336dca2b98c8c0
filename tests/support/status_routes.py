"""The routes of status pages with what they ask for; rows of `routes.ROUTES`."""

from typing import Any, Final

from tests.support.asking import Route
from tocsin.domain.permission import Permission

P: Final = Permission
PAGES: Final = "/v1/status-pages"
PAGE: Final = f"{PAGES}/{{page_id}}"
GROUP: Final = f"{PAGE}/component-groups/{{component_group_id}}"
COMPONENT: Final = f"{PAGE}/components/{{component_id}}"
ORDER: Final[dict[str, Any]] = {"items": [{"group_id": "{component_group_id}", "component_ids": ["{component_id}"]}]}
SUBSCRIBER: Final = {"channel": "email", "address": "ops@customer.example"}
OVERRIDE: Final = {"status": "major_outage", "until": "{soon}"}
OR_STALE: Final = frozenset({200, 412})
PAGE_ROUTES: Final = (
    Route("GET", PAGES, P.READ_STATUS_PAGES),
    Route("GET", PAGE, P.READ_STATUS_PAGES),
    Route("GET", f"{PAGE}/status", P.READ_STATUS_PAGES),
    Route("GET", f"{PAGE}/component-groups", P.READ_STATUS_PAGES),
    Route("GET", GROUP, P.READ_STATUS_PAGES),
    Route("GET", f"{PAGE}/components", P.READ_STATUS_PAGES),
    Route("GET", COMPONENT, P.READ_STATUS_PAGES),
    Route("PUT", f"{PAGE}/order", P.WRITE_STATUS_PAGES, ORDER),
    Route("PUT", PAGE, P.WRITE_STATUS_PAGES, {"slug": "{slug}", "name": "Acme"}, OR_STALE),
    Route("POST", PAGES, P.WRITE_STATUS_PAGES, {"slug": "{other_slug}", "name": "Other"}),
    Route("PUT", f"{PAGE}/logos/{{variant}}", P.WRITE_STATUS_PAGES, None, frozenset({422})),
    Route("POST", f"{PAGE}/component-groups", P.WRITE_STATUS_PAGES, {"name": "a group"}),
    Route("PUT", GROUP, P.WRITE_STATUS_PAGES, {"name": "another group"}),
    Route("POST", f"{PAGE}/components", P.WRITE_STATUS_PAGES, {"name": "a component"}),
    Route("PUT", COMPONENT, P.WRITE_STATUS_PAGES, {"name": "another component"}),
    Route("PUT", f"{COMPONENT}/override", P.REPORT_STATUS, OVERRIDE),
    Route("DELETE", f"{COMPONENT}/override", P.REPORT_STATUS),
    Route("GET", f"{PAGE}/subscribers", P.READ_STATUS_PAGES),
    Route("GET", f"{PAGE}/subscribers/counts", P.READ_STATUS_PAGES),
    Route("POST", f"{PAGE}/subscribers", P.WRITE_STATUS_PAGES, SUBSCRIBER),
)
PAGE_ENDS: Final = (
    Route("DELETE", f"{PAGE}/subscribers/{{subscriber_id}}", P.WRITE_STATUS_PAGES),
    Route("DELETE", f"{PAGE}/logos/{{variant}}", P.WRITE_STATUS_PAGES),
    Route("DELETE", COMPONENT, P.WRITE_STATUS_PAGES),
    Route("DELETE", GROUP, P.WRITE_STATUS_PAGES),
    Route("DELETE", PAGE, P.WRITE_STATUS_PAGES),
)
"""What takes away what other rows name."""
