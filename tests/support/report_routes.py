"""The routes of status reports with what they ask for; rows of `routes.ROUTES`."""

from typing import Final

from tests.support.asking import Route
from tocsin.domain.permission import Permission

P: Final = Permission
PAGE: Final = "/v1/status-pages/{page_id}"
REPORT: Final = "/v1/status-reports/{report_id}"
UPDATE: Final = f"{REPORT}/updates/{{update_id}}"
TEMPLATE: Final = "/v1/status-report-templates/{template_id}"
TOLD: Final = {
    "title": "Slow",
    "body": "We look.",
    "components": [{"component_id": "{component_id}", "status": "operational"}],
}
PLAN: Final = {"title": "Upgrade", "body": "Short.", "scheduled_for": "{lately}", "scheduled_until": "{soon}"}
WORDS: Final = {"title": "Slow", "body": "{components} slow.", "status": "investigating"}
STALE: Final = frozenset({412})
TOO_LATE: Final = frozenset({409})
REPORT_ROUTES: Final = (
    Route("GET", f"{PAGE}/reports", P.READ_STATUS_PAGES),
    Route("GET", REPORT, P.READ_STATUS_PAGES),
    Route("GET", f"{PAGE}/templates", P.READ_STATUS_PAGES),
    Route("GET", TEMPLATE, P.READ_STATUS_PAGES),
    Route("POST", f"{PAGE}/reports", P.REPORT_STATUS, TOLD),
    Route("POST", f"{PAGE}/maintenance", P.REPORT_STATUS, PLAN),
    Route("POST", f"{PAGE}/templates", P.REPORT_STATUS, {"name": "other", **WORDS}),
    Route("POST", "/v1/incidents/{incident_id}/status-report", P.REPORT_STATUS, {"status_page_id": "{page_id}"}),
    Route("PATCH", REPORT, P.REPORT_STATUS, {"title": "Slower"}),
    Route("POST", f"{REPORT}/updates", P.REPORT_STATUS, {"body": "More."}, STALE),
    Route("PATCH", UPDATE, P.REPORT_STATUS, {"body": "Other."}, STALE),
    Route("DELETE", UPDATE, P.REPORT_STATUS, None, STALE),
    Route("POST", f"{REPORT}/publish", P.REPORT_STATUS, {}, STALE),
    Route("POST", f"{REPORT}/discard", P.REPORT_STATUS, None, TOO_LATE),
    Route("POST", f"{REPORT}/restore", P.REPORT_STATUS, None, TOO_LATE),
    Route("PUT", TEMPLATE, P.REPORT_STATUS, {"name": "another", **WORDS}),
    Route("DELETE", TEMPLATE, P.REPORT_STATUS),
    Route("DELETE", REPORT, P.REPORT_STATUS),
)
