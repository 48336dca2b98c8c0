"""Every route of the API with what it asks for: who changes openapi.json adds a row, or the test of access fails."""

import json
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any, Final

from tests.support.world import World
from tocsin.domain.permission import Permission


class Without(StrEnum):
    """What a route asks for that needs no organization."""

    ANYBODY = "anybody"
    """No credential at all."""
    CALLER = "caller"
    """Any credential."""
    PERSON = "person"
    """An access token."""


@dataclass(frozen=True, slots=True)
class Route:
    """One route, with a body it takes and what a caller who may is answered."""

    method: str
    path: str
    needs: Permission | Without
    body: Any = None
    answers: frozenset[int] = frozenset({200, 201, 202, 204})

    @property
    def operation(self) -> tuple[str, str]:
        """How openapi.json calls it."""
        return self.method.lower(), self.path

    def filled(self, values: dict[str, str]) -> tuple[str, Any]:
        """Its path and body with ids in them."""
        path, text = self.path, json.dumps(self.body)
        for name, value in values.items():
            path, text = path.replace(f"{{{name}}}", value), text.replace(f"{{{name}}}", value)
        return path, json.loads(text)


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
    Route("GET", "/v1/incidents", P.READ_INCIDENTS),
    Route("GET", "/v1/incidents/{incident_id}", P.READ_INCIDENTS),
    Route("GET", "/v1/incidents/{incident_id}/timeline", P.READ_INCIDENTS),
    Route("GET", "/v1/incidents/{incident_id}/notifications", P.READ_INCIDENTS),
    Route("GET", "/v1/incidents/{incident_id}/explanation", P.READ_INCIDENTS),
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


def ids(world: World) -> dict[str, str]:
    """An id of each kind that paths name, all of one organization."""
    rows, org = world.database.rows, world.org_id
    return {
        "soon": (world.now + timedelta(hours=1)).isoformat(),
        "lately": (world.now - timedelta(hours=1)).isoformat(),
        "incident_id": str(rows("select id from incident where org_id = %s", org)[0][0]),
        "service_id": str(world.service_id),
        "integration_id": str(world.integration_id),
        "key_id": str(rows("select id from routing_key where org_id = %s", org)[0][0]),
        "api_key_id": str(
            rows(
                "insert into api_key (org_id, name, key_hash, hint, role, created_at, user_id)"
                " values (%s, 'mine', uuid_send(uuidv7()), 'abcd', 'viewer', now(), %s) returning id",
                org,
                world.alice.user_id,
            )[0][0]
        ),
        "invitation_id": str(
            rows(
                "insert into invitation (org_id, email, role, token_hash, invited_by, created_at, sent_at, expires_at)"
                " values (%s, 'invited@acme.example', 'viewer', uuid_send(uuidv7()), 'test', now() - interval '1 day',"
                " now() - interval '1 day', now() + interval '1 day') returning id",
                org,
            )[0][0]
        ),
        "team_id": world.team("of ids", [])["value"],
        "policy_id": str(world.policy_id),
        "version": "1",
        "step_id": str(rows("select step_id from escalation_policy_step where policy_id = %s", world.policy_id)[0][0]),
        "destination_id": world.destination("of ids", "sealed")["value"],
        **schedule_ids(world),
        "event_id": str(rows("select id from event where org_id = %s", org)[0][0]),
        "window_id": str(
            rows(
                "insert into maintenance_window"
                " (org_id, kind, name, scope, time_zone, starts_at, ends_at, created_at, created_by)"
                """ values (%s, 'silence', 'of ids', '{"service_ids": [], "labels": {}}', 'UTC',"""
                " now() - interval '1 hour', now() + interval '1 hour', now(), 'test') returning id",
                org,
            )[0][0]
        ),
        "user_id": str(world.alice.user_id),
        **method_ids(world),
        "urgency": "low",
    }


def method_ids(world: World) -> dict[str, str]:
    """A contact method that is verified, and a test page to it."""
    rows = world.database.rows
    proven = "update contact_method set verified_at = now() where user_id = %s returning id"
    method_id = rows(proven, world.alice.user_id)[0][0]
    test_id = rows(
        "insert into mail (org_id, kind, sealed, state, contact_method_id, due_at, created_at)"
        " values (%s, 'test', '', 'sent', %s, now(), now() - interval '1 hour') returning id",
        world.org_id,
        method_id,
    )[0][0]
    return {"method_id": str(method_id), "test_id": str(test_id)}


def schedule_ids(world: World) -> dict[str, str]:
    """A schedule with what is laid over it, and an instant for more."""
    rows, org = world.database.rows, world.org_id
    schedule_id = rows(
        "insert into schedule (org_id, name, current_version, created_at)"
        " values (%s, 'of ids ' || uuidv7(), 1, now()) returning id",
        org,
    )[0][0]
    of_schedule = {"org": org, "schedule": schedule_id}
    with world.database.admin() as conn:
        conn.execute(
            "insert into schedule_version"
            " (org_id, schedule_id, version, effective_at, time_zone, layers, created_at, created_by)"
            " values (%(org)s, %(schedule)s, 1, now() - interval '1 day', 'UTC', '[]', now(), 'test')",
            of_schedule,
        )
        override = conn.execute(
            "insert into schedule_override"
            " (org_id, schedule_id, kind, starts_at, ends_at, created_at, updated_at, created_by)"
            " values (%(org)s, %(schedule)s, 'override', now() - interval '1 hour', now() + interval '1 day', now(),"
            " now(), 'test') returning id",
            of_schedule,
        ).fetchone()
        feed = conn.execute(
            "insert into calendar_feed (org_id, schedule_id, token_hash, created_at, created_by)"
            " values (%(org)s, %(schedule)s, uuid_send(uuidv7()), now(), 'test') returning id",
            of_schedule,
        ).fetchone()
    assert override is not None
    assert feed is not None
    return {
        "schedule_id": str(schedule_id),
        "override_id": str(override[0]),
        "calendar_id": str(feed[0]),
        "soon": f"{world.now + timedelta(hours=2):%Y-%m-%dT%H:%M:%SZ}",
    }
