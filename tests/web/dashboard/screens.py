"""All screens by their names: their paths, below the organization's or, with a slash before, from the root.

{service} and the like stand for the id of the newest row of that table. A screen that is listed here is opened by every
test of screens, and its pictures are taken.
"""

import re
from collections.abc import Mapping
from typing import Final

from psycopg import sql

from tests.web.dashboard.home import Home
from tocsin.domain.demo import ORGANIZATION_ID, id_of

POLICY: Final = f"policies/{id_of('policy', 'Payments, day and night')}"
OPEN: Final[Mapping[str, str]] = {
    "sign-in": "/sign-in",
    "sign-up": "/sign-up",
    "reset": "/reset",
    "verify": "/verify",
    "invited": "/invitations/none",
}
"""For who is not signed in."""
SIGNED_IN: Final[Mapping[str, str]] = {
    "home": "/?all=true",
    "incidents": "incidents",
    "incidents-all": "incidents?status=triggered&status=acknowledged&status=resolved",
    "incident": "incidents/{incident}",
    "incident-pages": "incidents/{incident}?tab=pages",
    "incident-alerts": "incidents/{incident}?tab=alerts",
    "incident-why": "incidents/{incident}?tab=why",
    "services": "services",
    "service": "services/{service}",
    "service-events": "services/{service}?tab=events",
    "service-rules": "services/{service}?tab=rules",
    "service-dependencies": "services/{service}?tab=dependencies",
    "service-settings": "services/{service}?tab=settings",
    "integration": "integrations/{integration}",
    "event-rules": "event-rules",
    "on-call": "on-call",
    "schedule": "schedules/{schedule}",
    "schedule-month": "schedules/{schedule}?view=month",
    "schedule-list": "schedules/{schedule}?view=list",
    "schedule-rotation": "schedules/{schedule}?tab=rotation",
    "schedule-overrides": "schedules/{schedule}?tab=overrides",
    "schedule-subscribe": "schedules/{schedule}?tab=subscribe",
    "schedule-history": "schedules/{schedule}?tab=history",
    "schedule-new": "schedules/new",
    "policies": "policies",
    "policy": POLICY,
    "policy-simulate": f"{POLICY}?tab=simulate",
    "policy-history": f"{POLICY}?tab=history",
    "policy-new": "policies/new",
    "destinations": "policies/destinations",
    "destination-new": "policies/destinations?add=slack",
    "status-pages": "status-pages",
    "status-page": "status-pages/{page}",
    "status-page-component": "status-pages/{page}?component={component}",
    "status-page-reports": "status-pages/{page}?tab=reports&show=all",
    "status-page-maintenance": "status-pages/{page}?tab=maintenance",
    "status-page-subscribers": "status-pages/{page}?tab=subscribers",
    "status-page-templates": "status-pages/{page}?tab=templates",
    "status-page-look": "status-pages/{page}?tab=look",
    "status-page-settings": "status-pages/{page}?tab=settings",
    "status-report": "status-reports/{report}",
    "status-report-new": "status-pages/{page}/write",
    "status-maintenance-new": "status-pages/{page}/write?kind=maintenance",
    "monitors": "monitors",
    "monitors-none": "monitors?q=nothing is called that",
    "monitor": "monitors/{monitor}",
    "monitor-latency": "monitors/{monitor}?tab=latency&span=month",
    "monitor-outages": "monitors/{monitor}?tab=outages",
    "monitor-results": "monitors/{monitor}?tab=results",
    "monitor-settings": "monitors/{monitor}?tab=settings",
    "monitor-edit": "monitors/{monitor}/edit",
    "monitor-new": "monitors/new",
    "monitor-new-heartbeat": "monitors/new?kind=heartbeat",
    "monitors-document": "monitors/document",
    "monitor-groups": "monitors/groups",
    "ping-keys": "monitors/ping-keys",
    "regions": "monitors/regions",
    "location": "monitors/regions/{location}",
    "maintenance": "maintenance",
    "maintenance-over": "maintenance?view=over",
    "maintenance-new": "maintenance?create=true",
    "people": "people",
    "people-teams": "people?tab=teams",
    "people-invitations": "people?tab=invitations",
    "people-invite": "people?invite=true",
    "person": f"people/{id_of('user', 'Priya')}",
    "person-rules": f"people/{id_of('user', 'Priya')}?tab=rules",
    "me": "me",
    "me-contacts": "me?tab=contacts",
    "me-contact-new": "me?tab=contacts&add=email",
    "me-contact-slack": "me?tab=contacts&add=slack",
    "me-rules": "me?tab=rules",
    "me-security": "me?tab=security",
    "findings": "findings",
    "api-keys": "api-keys",
    "api-keys-new": "api-keys?create=true",
    "audit": "audit",
    "settings": "settings",
    "analytics": "analytics",
    "analytics-none": "analytics?span=dates&from=2020-01-01&to=2020-01-31",
    "start": "start",
}
TABLES: Final = {
    "policy": "escalation_policy",
    "page": "status_page",
    "report": "status_report",
    "location": "private_location",
}
NEWEST: Final = sql.SQL("select id from {} where org_id = %s order by created_at desc, id limit 1")


def address(home: Home, path: str) -> str:
    """Where a path is, with ids for the names in it."""

    def found(match: re.Match[str]) -> str:
        table = sql.Identifier(TABLES.get(match[1], match[1]))
        with home.database.admin() as conn:
            return str(conn.execute(NEWEST.format(table), (ORGANIZATION_ID,)).fetchall()[0][0])

    filled = re.sub(r"\{(\w+)\}", found, path)
    return home.site + (filled if filled.startswith("/") else f"/o/{ORGANIZATION_ID}/{filled}")
