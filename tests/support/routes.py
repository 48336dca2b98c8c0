"""Every route of the API with what it asks for: who changes openapi.json adds a row, or the test of access fails."""

from typing import Final

from tests.support.asking import Route as Route
from tests.support.asking import Without as Without
from tests.support.report_routes import REPORT_ROUTES
from tests.support.status_routes import PAGE_ENDS, PAGE_ROUTES
from tocsin.domain.permission import Permission

GONE: Final = frozenset({404})
"""What is answered where there is nothing of this kind to act on: whoever may not, is told so before."""
OR_TOO_LATE: Final = frozenset({200, 409})
"""What is answered to who acts on an incident that another row of this table has moved."""
STEPS: Final = [{"targets": [{"kind": "email", "value": "ops@acme.example"}]}]
DESTINATION: Final = {"channel": "webhook", "name": "ops room", "url": "https://hooks.acme.example/ops"}
KEY: Final = {"name": "a key", "role": "viewer"}
RULES: Final = {"rules": [{"contact_method_id": "{method_id}"}]}
STALE: Final = frozenset({412})
"""What is answered to who acts on a version that another row of this table has changed."""
LAYER: Final = {
    "name": "day",
    "unit": "days",
    "length": 1,
    "handoff": "09:00",
    "starts_on": "2026-01-05",
    "participants": ["{user_id}"],
}
SCHEDULE: Final = {"name": "a schedule", "time_zone": "Europe/Berlin", "layers": [LAYER]}
WINDOW: Final = {"name": "upgrade", "everything": True, "starts_at": "{lately}", "ends_at": "{soon}"}
MONITOR: Final = {
    "name": "shop",
    "service_id": "{service_id}",
    "spec": {"kind": "http", "url": "https://shop.acme.example"},
}
ENTRY: Final = {"name": "shop", "service": "checkout", "spec": MONITOR["spec"]}
OVERRIDE: Final = {"user_id": "{user_id}", "ends_at": "{soon}"}
P: Final = Permission
W: Final = Without
ROUTES: Final = (
    Route("GET", "/v1/me", W.CALLER),
    Route("PATCH", "/v1/me", W.PERSON, {"name": "Al"}),
    Route("POST", "/v1/me/sign-out", W.PERSON),
    Route("DELETE", "/v1/me", W.PERSON, None, frozenset({204, 401, 409})),
    Route("GET", "/v1/me/invitations", W.PERSON),
    Route("POST", "/v1/me/invitations/{invitation_id}/accept", W.PERSON, None, GONE),
    Route("POST", "/v1/me/invitations/{invitation_id}/decline", W.PERSON, None, GONE),
    Route("POST", "/v1/invitations/accept", W.PERSON, {"token": "t" * 43}, GONE),
    Route("POST", "/v1/organizations", W.PERSON, {"name": "an organization"}),
    Route("POST", "/v1/organization/transfer", W.PERSON, {"user_id": "{user_id}"}, frozenset({400})),
    Route("POST", "/v1/organization/leave", W.PERSON, None, frozenset({400})),
    Route("POST", "/v1/demo/sessions", W.ANYBODY, None, GONE),
    Route("GET", "/v1/sign-in", W.ANYBODY),
    Route("POST", "/v1/live/tickets", W.CALLER),
    Route("GET", "/v1/live/changes", W.CALLER),
    Route("GET", "/v1/incidents", P.READ_INCIDENTS),
    Route("GET", "/v1/incidents/{incident_id}", P.READ_INCIDENTS),
    Route("GET", "/v1/incidents/{incident_id}/timeline", P.READ_INCIDENTS),
    Route("GET", "/v1/incidents/{incident_id}/notifications", P.READ_INCIDENTS),
    Route("GET", "/v1/incidents/{incident_id}/explanation", P.READ_INCIDENTS),
    Route("POST", "/v1/monitors/import", P.WRITE_MONITORS, {"monitors": [{**ENTRY, "name": "other"}]}),
    Route("GET", "/v1/services", P.READ_SERVICES),
    Route("GET", "/v1/services/{service_id}", P.READ_SERVICES),
    Route("GET", "/v1/services/{service_id}/events", P.READ_SERVICES),
    Route("GET", "/v1/integrations", P.READ_SERVICES),
    Route("GET", "/v1/integrations/{integration_id}", P.READ_SERVICES),
    Route("GET", "/v1/integrations/{integration_id}/keys", P.READ_SERVICES),
    Route("GET", "/v1/escalation-policies", P.READ_POLICIES),
    Route("GET", "/v1/escalation-policies/{policy_id}", P.READ_POLICIES),
    Route("GET", "/v1/escalation-policies/{policy_id}/versions", P.READ_POLICIES),
    Route("GET", "/v1/escalation-policies/{policy_id}/versions/{version}", P.READ_POLICIES),
    Route("GET", "/v1/destinations", P.READ_POLICIES),
    Route("GET", "/v1/destinations/{destination_id}", P.READ_POLICIES),
    Route("GET", "/v1/destinations/{destination_id}/tests/{test_id}", P.READ_POLICIES),
    Route("GET", "/v1/schedules", P.READ_SCHEDULES),
    Route("GET", "/v1/schedules/{schedule_id}", P.READ_SCHEDULES),
    Route("GET", "/v1/schedules/{schedule_id}/versions", P.READ_SCHEDULES),
    Route("GET", "/v1/schedules/{schedule_id}/shifts", P.READ_SCHEDULES),
    Route("GET", "/v1/schedules/{schedule_id}/overrides", P.READ_SCHEDULES),
    Route("GET", "/v1/schedules/{schedule_id}/overrides/{override_id}", P.READ_SCHEDULES),
    Route("GET", "/v1/schedules/{schedule_id}/calendars", P.READ_SCHEDULES),
    Route("GET", "/v1/on-call", P.READ_SCHEDULES),
    Route("GET", "/v1/on-call/notices", W.PERSON, None, frozenset({400})),
    Route("PUT", "/v1/on-call/notices", W.PERSON, {"handoff_notices": False}, frozenset({400})),
    Route("GET", "/v1/users/{user_id}/contact-methods", P.READ_CONTACT_METHODS),
    Route("GET", "/v1/users/{user_id}/contact-methods/{method_id}/tests/{test_id}", P.READ_CONTACT_METHODS),
    Route("GET", "/v1/users/{user_id}/notification-rules", P.READ_CONTACT_METHODS),
    Route("GET", "/v1/users/{user_id}/notification-rules/{urgency}", P.READ_CONTACT_METHODS),
    Route("GET", "/v1/invitations", P.READ_MEMBERS),
    Route("GET", "/v1/invitations/{invitation_id}", P.READ_MEMBERS),
    Route("GET", "/v1/api-keys", P.READ_OWN_KEYS),
    Route("GET", "/v1/api-keys/{api_key_id}", P.READ_OWN_KEYS),
    Route("GET", "/v1/audit-entries", P.READ_AUDIT),
    Route("GET", "/v1/audit-entries/export", P.READ_AUDIT),
    *(
        Route("GET", f"/v1/analytics/{of}{export}", P.READ_ANALYTICS)
        for of in ("response-times", "pages", "services")
        for export in ("", "/export")
    ),
    Route("GET", "/v1/lint", P.READ_ANALYTICS),
    Route("POST", "/v1/simulations", P.SIMULATE, {"service_id": "{service_id}", "events": [{}]}),
    Route("POST", "/v1/incidents/{incident_id}/notes", P.RESPOND, {"text": "looking"}),
    Route("POST", "/v1/incidents/{incident_id}/acknowledge", P.RESPOND),
    Route("POST", "/v1/incidents/{incident_id}/reassign", P.RESPOND, {"user_ids": ["{user_id}"]}),
    Route("PATCH", "/v1/incidents/{incident_id}", P.RESPOND, {"runbook_url": "https://wiki.acme.example/disk"}),
    Route("POST", "/v1/incidents/{incident_id}/responders", P.RESPOND, {"user_ids": ["{user_id}"]}),
    *(
        Route("POST", f"/v1/incidents/{{incident_id}}/{action}", P.RESPOND, body, OR_TOO_LATE)
        for action, body in (
            ("hold", None),
            ("resume", None),
            ("escalate", {}),
            ("move-to-current-version", None),
            ("snooze", {"seconds": 60}),
            ("unsnooze", None),
            ("unacknowledge", None),
        )
    ),
    Route("POST", "/v1/incidents/{incident_id}/reopen", P.RESPOND, None, OR_TOO_LATE),
    Route("POST", "/v1/incidents/{incident_id}/resolve", P.RESPOND),
    Route("POST", "/v1/services", P.WRITE_SERVICES, {"name": "a service"}),
    Route("PATCH", "/v1/services/{service_id}", P.WRITE_SERVICES, {"name": "another name"}),
    Route("POST", "/v1/integrations", P.WRITE_SERVICES, {"service_id": "{service_id}", "name": "x"}),
    Route("POST", "/v1/integrations/{integration_id}/test", P.WRITE_SERVICES),
    Route("POST", "/v1/integrations/{integration_id}/keys", P.WRITE_SERVICES),
    Route("POST", "/v1/integrations/{integration_id}/keys/{key_id}/rotate", P.WRITE_SERVICES, {"overlap_seconds": 60}),
    Route("POST", "/v1/integrations/{integration_id}/keys/{key_id}/revoke", P.WRITE_SERVICES),
    Route("GET", "/v1/services/{service_id}/dependencies", P.READ_SERVICES),
    Route("PUT", "/v1/services/{service_id}/dependencies", P.WRITE_SERVICES, {"depends_on": []}),
    Route("GET", "/v1/events/{event_id}", P.READ_SERVICES),
    *(
        route
        for of in ("", "/services/{service_id}")
        for route in (
            Route("GET", f"/v1{of}/event-rules", P.READ_EVENT_RULES),
            Route("GET", f"/v1{of}/event-rules/versions", P.READ_EVENT_RULES),
            Route("PUT", f"/v1{of}/event-rules", P.WRITE_EVENT_RULES, {"rules": [{"name": "all"}]}),
        )
    ),
    Route("POST", "/v1/event-rules/test", P.READ_EVENT_RULES, {"event": {}, "service_id": "{service_id}"}),
    Route("POST", "/v1/services/{service_id}/event-rules/test", P.READ_EVENT_RULES, {"event": {}}),
    Route("GET", "/v1/maintenance-windows", P.READ_MAINTENANCE),
    Route("GET", "/v1/maintenance-windows/active", P.READ_MAINTENANCE),
    Route("GET", "/v1/maintenance-windows/{window_id}", P.READ_MAINTENANCE),
    Route("POST", "/v1/maintenance-windows", P.WRITE_MAINTENANCE, WINDOW),
    Route("PUT", "/v1/maintenance-windows/{window_id}", P.WRITE_MAINTENANCE, WINDOW),
    Route("POST", "/v1/maintenance-windows/{window_id}/end", P.WRITE_MAINTENANCE, None, OR_TOO_LATE),
    Route("POST", "/v1/maintenance-windows/{window_id}/cancel", P.WRITE_MAINTENANCE),
    *PAGE_ROUTES,
    *REPORT_ROUTES,
    *PAGE_ENDS,
    Route("GET", "/v1/monitors", P.READ_MONITORS),
    Route("GET", "/v1/monitors/export", P.READ_MONITORS),
    Route("GET", "/v1/monitors/figures", P.READ_MONITORS),
    Route("POST", "/v1/monitors/test", P.WRITE_MONITORS, {"spec": MONITOR["spec"]}),
    Route("GET", "/v1/monitors/test/{try_id}", P.READ_MONITORS),
    Route("GET", "/v1/monitors/{monitor_id}", P.READ_MONITORS),
    Route("POST", "/v1/monitors", P.WRITE_MONITORS, MONITOR),
    Route("PUT", "/v1/monitors/{monitor_id}", P.WRITE_MONITORS, {**MONITOR, "name": "new"}),
    Route("POST", "/v1/monitors/{monitor_id}/pause", P.WRITE_MONITORS),
    Route("POST", "/v1/monitors/{monitor_id}/resume", P.WRITE_MONITORS),
    Route("POST", "/v1/monitors/{monitor_id}/clone", P.WRITE_MONITORS, {"name": "a copy"}),
    Route("POST", "/v1/monitors/{monitor_id}/run", P.RUN_MONITORS),
    Route("GET", "/v1/monitors/{monitor_id}/runs/{run_id}", P.READ_MONITORS),
    *(
        Route("GET", f"/v1/monitors/{{monitor_id}}/{of}", P.READ_MONITORS)
        for of in ("results", "latency", "uptime", "outages", "regions", "evidence")
    ),
    Route("GET", "/v1/evidence", P.READ_MONITORS),
    Route("GET", "/v1/check-regions", P.READ_MONITORS),
    Route("GET", "/v1/monitors/{monitor_id}/pings", P.READ_MONITORS),
    Route("POST", "/v1/monitors/{monitor_id}/rotate-key", P.WRITE_MONITORS, answers=frozenset({409})),
    Route("PUT", "/v1/monitors/{monitor_id}/beacon", P.WRITE_MONITORS, {"sample_percent": 5}),
    Route("GET", "/v1/monitors/{monitor_id}/beacon", P.READ_MONITORS),
    Route("DELETE", "/v1/monitors/{monitor_id}/beacon", P.WRITE_MONITORS),
    Route("GET", "/v1/ping-keys", P.READ_MONITORS),
    Route("POST", "/v1/ping-keys", P.WRITE_MONITORS, {"name": "a key"}),
    Route("POST", "/v1/ping-keys/{ping_key_id}/revoke", P.WRITE_MONITORS),
    Route("GET", "/v1/monitor-groups", P.READ_MONITORS),
    Route("POST", "/v1/monitor-groups", P.WRITE_MONITORS, {"name": "a group"}),
    Route("GET", "/v1/monitor-groups/{group_id}", P.READ_MONITORS),
    Route("PUT", "/v1/monitor-groups/{group_id}", P.WRITE_MONITORS, {"name": "another name"}),
    Route("DELETE", "/v1/monitor-groups/{group_id}", P.WRITE_MONITORS),
    Route("DELETE", "/v1/monitors/{monitor_id}", P.WRITE_MONITORS),
    Route("POST", "/v1/escalation-policies", P.WRITE_POLICIES, {"name": "a policy", "steps": STEPS}),
    Route("PUT", "/v1/escalation-policies/{policy_id}", P.WRITE_POLICIES, {"name": "new", "steps": STEPS}),
    Route("POST", "/v1/escalation-policies/{policy_id}/duplicate", P.WRITE_POLICIES, {"name": "a copy"}),
    *(
        Route(method, f"/v1/escalation-policies/{{policy_id}}/steps{step}", P.WRITE_POLICIES, body, STALE)
        for method, step, body in (
            ("POST", "", STEPS[0]),
            ("PATCH", "/{step_id}", {"delay_seconds": 60}),
            ("POST", "/{step_id}/move", {"position": 0}),
            ("POST", "/{step_id}/duplicate", {}),
            ("DELETE", "/{step_id}", None),
        )
    ),
    Route("POST", "/v1/destinations", P.WRITE_POLICIES, DESTINATION),
    Route("PATCH", "/v1/destinations/{destination_id}", P.WRITE_POLICIES, {"name": "another name"}),
    Route("POST", "/v1/destinations/{destination_id}/tests", P.WRITE_POLICIES, None, frozenset({201, 429})),
    Route("POST", "/v1/destinations/{destination_id}/disable", P.WRITE_POLICIES),
    Route("DELETE", "/v1/destinations/{destination_id}", P.WRITE_POLICIES),
    Route("POST", "/v1/schedules", P.WRITE_SCHEDULES, SCHEDULE),
    Route("POST", "/v1/schedules/preview", P.READ_SCHEDULES, SCHEDULE),
    Route("POST", "/v1/schedules/{schedule_id}/preview", P.READ_SCHEDULES, SCHEDULE),
    Route("PUT", "/v1/schedules/{schedule_id}", P.WRITE_SCHEDULES, {**SCHEDULE, "name": "new"}),
    Route("POST", "/v1/schedules/{schedule_id}/overrides", P.OVERRIDE_SCHEDULES, OVERRIDE),
    Route(
        "PUT",
        "/v1/schedules/{schedule_id}/overrides/{override_id}",
        P.OVERRIDE_SCHEDULES,
        {"user_id": None, "ends_at": "{soon}"},
    ),
    Route("POST", "/v1/schedules/{schedule_id}/overrides/{override_id}/cancel", P.OVERRIDE_SCHEDULES),
    Route("POST", "/v1/schedules/{schedule_id}/calendars", P.OVERRIDE_SCHEDULES, {"user_id": "{user_id}"}),
    Route("POST", "/v1/schedules/{schedule_id}/calendars/{calendar_id}/rotate", P.WRITE_SCHEDULES),
    Route("POST", "/v1/schedules/{schedule_id}/calendars/{calendar_id}/revoke", P.WRITE_SCHEDULES),
    Route(
        "POST",
        "/v1/users/{user_id}/contact-methods",
        P.WRITE_OWN_CONTACT_METHODS,
        {"channel": "email", "address": "a@acme.example"},
    ),
    Route("PUT", "/v1/users/{user_id}/notification-rules/{urgency}", P.WRITE_OWN_CONTACT_METHODS, RULES),
    Route("DELETE", "/v1/users/{user_id}/notification-rules/{urgency}", P.WRITE_OWN_CONTACT_METHODS, None, STALE),
    Route("POST", "/v1/users/{user_id}/contact-methods/{method_id}/verify", P.WRITE_OWN_CONTACT_METHODS),
    Route(
        "POST",
        "/v1/users/{user_id}/contact-methods/{method_id}/confirm",
        P.WRITE_OWN_CONTACT_METHODS,
        {"code": "123456"},
    ),
    Route(
        "POST",
        "/v1/users/{user_id}/contact-methods/{method_id}/tests",
        P.WRITE_OWN_CONTACT_METHODS,
        None,
        frozenset({201, 429}),
    ),
    Route("POST", "/v1/users/{user_id}/contact-methods/{method_id}/disable", P.WRITE_OWN_CONTACT_METHODS),
    Route("DELETE", "/v1/users/{user_id}/contact-methods/{method_id}", P.WRITE_OWN_CONTACT_METHODS),
    Route("POST", "/v1/invitations", P.WRITE_MEMBERS, {"email": "new@acme.example", "role": "viewer"}),
    Route("PATCH", "/v1/invitations/{invitation_id}", P.WRITE_MEMBERS, {"role": "viewer"}),
    Route("POST", "/v1/invitations/{invitation_id}/resend", P.WRITE_MEMBERS, {}),
    Route("POST", "/v1/invitations/{invitation_id}/revoke", P.WRITE_MEMBERS),
    Route("POST", "/v1/api-keys", P.WRITE_OWN_KEYS, {**KEY, "personal": True}),
    Route("POST", "/v1/api-keys/{api_key_id}/rotate", P.WRITE_OWN_KEYS, {"overlap_seconds": 60}),
    Route("POST", "/v1/api-keys/{api_key_id}/revoke", P.WRITE_OWN_KEYS),
    Route("DELETE", "/v1/integrations/{integration_id}", P.WRITE_SERVICES),
    Route("DELETE", "/v1/services/{service_id}", P.WRITE_SERVICES),
    Route("DELETE", "/v1/escalation-policies/{policy_id}", P.WRITE_POLICIES),
    Route("DELETE", "/v1/schedules/{schedule_id}", P.WRITE_SCHEDULES),
    Route("GET", "/v1/organization", P.READ_ORGANIZATION),
    Route("PATCH", "/v1/organization", P.WRITE_ORGANIZATION, {"fallback_email": "all@acme.example"}),
    Route("PUT", "/v1/organization/paging-stop", P.WRITE_ORGANIZATION, {"reason": "a drill", "ends_at": "{soon}"}),
    Route("DELETE", "/v1/organization/paging-stop", P.WRITE_ORGANIZATION, None, frozenset({204, 404})),
    Route("GET", "/v1/organization/export", P.EXPORT_ORGANIZATION),
    Route("DELETE", "/v1/organization", P.END_ORGANIZATION, {"name": "Acme"}),
    Route("POST", "/v1/organization/restore", P.END_ORGANIZATION),
    Route("GET", "/v1/private-locations", P.READ_PROBES),
    Route("POST", "/v1/private-locations", P.WRITE_PROBES, {"name": "a location"}),
    Route("GET", "/v1/private-locations/{location_id}", P.READ_PROBES),
    Route("PUT", "/v1/private-locations/{location_id}", P.WRITE_PROBES, {"name": "another location"}),
    Route("GET", "/v1/private-locations/{location_id}/probes", P.READ_PROBES),
    Route("POST", "/v1/private-locations/{location_id}/probes", P.WRITE_PROBES, {"name": "a probe"}),
    Route("GET", "/v1/private-locations/{location_id}/probes/{probe_id}", P.READ_PROBES),
    Route("POST", "/v1/private-locations/{location_id}/probes/{probe_id}/rotate", P.WRITE_PROBES),
    Route("POST", "/v1/private-locations/{location_id}/probes/{probe_id}/revoke", P.WRITE_PROBES),
    Route("DELETE", "/v1/private-locations/{location_id}", P.WRITE_PROBES),
    Route("GET", "/v1/teams", P.READ_TEAMS),
    Route("POST", "/v1/teams", P.WRITE_TEAMS, {"name": "a team"}),
    Route("GET", "/v1/teams/{team_id}", P.READ_TEAMS),
    Route("PATCH", "/v1/teams/{team_id}", P.WRITE_TEAMS, {"name": "another name"}),
    Route("PUT", "/v1/teams/{team_id}/members/{user_id}", P.WRITE_TEAMS, {}),
    Route("DELETE", "/v1/teams/{team_id}/members/{user_id}", P.WRITE_TEAMS),
    Route("DELETE", "/v1/teams/{team_id}", P.WRITE_TEAMS),
    Route("GET", "/v1/members", P.READ_MEMBERS),
    Route("GET", "/v1/members/{user_id}", P.READ_MEMBERS),
    Route("PATCH", "/v1/members/{user_id}", P.WRITE_MEMBERS, {"role": "admin"}, frozenset({200, 409})),
    Route("DELETE", "/v1/members/{user_id}", P.WRITE_MEMBERS, None, frozenset({200, 409, 412})),
)
WITHIN: Final = tuple(route for route in ROUTES if isinstance(route.needs, Permission))
"""The routes within an organization."""


def documented(path: str) -> str:
    """A path of openapi.json with the names of ids that are used here, where one name stands for two things."""
    return path.replace("/v1/api-keys/{key_id}", "/v1/api-keys/{api_key_id}")
