"""Every operation that changes configuration or membership leaves its entry in the audit log: a new one needs a row."""

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.support.api_host import ApiHost, api_host
from tests.support.audited import Change, Names
from tests.support.audited_pages import PAGE_CHANGES
from tests.support.audited_reports import REPORT_CHANGES
from tests.support.documented import document
from tests.support.signed_in import SignedIn, codes, mailed, member
from tests.support.world import World

SAFE = {"get", "head", "options"}
OF_INCIDENTS = (
    "acknowledgeIncident",
    "addNote",
    "addResponders",
    "escalateIncident",
    "holdEscalation",
    "moveEscalation",
    "reassignIncident",
    "reopenIncident",
    "resolveIncident",
    "resumeEscalation",
    "snoozeIncident",
    "unacknowledgeIncident",
    "unsnoozeIncident",
    "updateIncident",
)
NO_CONFIGURATION = {
    **dict.fromkeys(OF_INCIDENTS, "the incident's timeline tells it"),
    "openDemoSession": "a visitor changes nothing",
    "openLiveTicket": "it lets its caller watch",
    "previewSchedule": "nothing is saved",
    "previewScheduleChange": "nothing is saved",
    "simulate": "nothing is saved",
    "testEventRules": "nothing is saved",
    "testServiceEventRules": "nothing is saved",
}
"""Operations that change neither configuration nor membership, each with its reason."""
STEPS = [{"targets": [{"kind": "email", "value": "ops@acme.example"}]}]
DESTINATION = {"channel": "slack", "name": "ops room", "url": "https://hooks.slack.example/ops"}
INVITE = {"email": "x@acme.example", "role": "viewer"}
RULES = {"rules": [{"contact_method_id": "{method_id}"}]}
MAIL_METHOD = {"channel": "email", "address": "a@acme.example"}
SCHEDULE = {"name": "one", "time_zone": "UTC", "layers": []}
MONITOR = {"name": "one", "service_id": "{service_id}", "spec": {"kind": "http", "url": "https://shop.acme.example"}}
ENTRY = {"name": "one", "service": "one", "spec": MONITOR["spec"]}
EVENT_RULES = {"rules": [{"name": "all"}]}
WINDOW = {"name": "one", "everything": True, "starts_at": "2026-01-05T00:00:00Z", "ends_at": "2026-01-05T01:00:00Z"}


def service(api: ApiHost) -> Names:
    return {"service_id": api.call("POST", "/v1/services", {"name": "one"}).json["id"]}


def policy(api: ApiHost) -> Names:
    made = api.call("POST", "/v1/escalation-policies", {"name": "one", "steps": STEPS}).json
    return {"policy_id": made["id"], "step_id": made["steps"][0]["step_id"]}


def longer_policy(api: ApiHost) -> Names:
    steps = [*STEPS, STEPS[0] | {"delay_seconds": 60}]
    made = api.call("POST", "/v1/escalation-policies", {"name": "one", "steps": steps}).json
    return {"policy_id": made["id"], "step_id": made["steps"][0]["step_id"]}


def destination(api: ApiHost) -> Names:
    return {"destination_id": api.call("POST", "/v1/destinations", DESTINATION).json["id"]}


def schedule(api: ApiHost) -> Names:
    return {"schedule_id": api.call("POST", "/v1/schedules", SCHEDULE).json["id"], **soon(api)}


def soon(api: ApiHost) -> Names:
    return {"soon": f"{api.world.now + timedelta(hours=2):%Y-%m-%dT%H:%M:%SZ}"}


def override(api: ApiHost) -> Names:
    names = schedule(api)
    body = {"user_id": None, "ends_at": names["soon"]}
    made = api.call("POST", f"/v1/schedules/{names['schedule_id']}/overrides", body).json
    return {**names, "override_id": made["id"]}


def calendar(api: ApiHost) -> Names:
    names = schedule(api)
    return {**names, "calendar_id": api.call("POST", f"/v1/schedules/{names['schedule_id']}/calendars", {}).json["id"]}


def owner(api: ApiHost) -> Names:
    api.key = api.world.api_key("owner")
    return {}


def ending(api: ApiHost) -> Names:
    owner(api)
    assert api.call("DELETE", "/v1/organization", {"name": api.world.name}).status == 200
    return {}


def heir(api: ApiHost) -> Names:
    of_alice = "update membership set role = 'owner' where user_id = %s returning user_id"
    api.world.database.rows(of_alice, api.world.alice.user_id)
    return {"user_id": str(api.world.bob.user_id)}


def stopped(api: ApiHost) -> Names:
    stop = {"reason": "drill", "ends_at": soon(api)["soon"]}
    assert api.call("PUT", "/v1/organization/paging-stop", stop).status == 200
    return {}


def monitor(api: ApiHost) -> Names:
    made = api.call("POST", "/v1/monitors", {**MONITOR, **service(api)}).json
    return {"monitor_id": made["id"], "service_id": made["service_id"]}


def heartbeat(api: ApiHost) -> Names:
    spec = {"kind": "heartbeat", "interval_seconds": 3_600}
    made = api.call("POST", "/v1/monitors", {"name": "backup", "spec": spec, **service(api)}).json
    return {"monitor_id": made["id"]}


def beacon(api: ApiHost) -> Names:
    names = monitor(api)
    assert api.call("PUT", f"/v1/monitors/{names['monitor_id']}/beacon").status == 200
    return names


def ping_key(api: ApiHost) -> Names:
    return {"ping_key_id": api.call("POST", "/v1/ping-keys", {"name": "one"}).json["id"]}


def paused_monitor(api: ApiHost) -> Names:
    names = monitor(api)
    assert api.call("POST", f"/v1/monitors/{names['monitor_id']}/pause").status == 200
    return names


def monitor_group(api: ApiHost) -> Names:
    return {"group_id": api.call("POST", "/v1/monitor-groups", {"name": "one"}).json["id"]}


def window(api: ApiHost) -> Names:
    now = api.world.now
    open_now = {**WINDOW, "starts_at": now.isoformat(), "ends_at": (now + timedelta(hours=1)).isoformat()}
    return {"window_id": api.call("POST", "/v1/maintenance-windows", open_now).json["id"]}


def integration(api: ApiHost) -> Names:
    made = api.call("POST", "/v1/integrations", {"service_id": str(api.world.service_id), "name": "one"}).json
    keys = api.call("GET", f"/v1/integrations/{made['id']}/keys").json["items"]
    return {"integration_id": made["id"], "key_id": keys[0]["id"]}


def method(api: ApiHost) -> Names:
    user_id = str(api.world.alice.user_id)
    made = api.call("POST", f"/v1/users/{user_id}/contact-methods", MAIL_METHOD).json
    return {"user_id": user_id, "method_id": made["id"]}


def coded(api: ApiHost) -> Names:
    names = method(api)
    path = f"/v1/users/{names['user_id']}/contact-methods/{names['method_id']}/verify"
    assert api.call("POST", path).status == 200
    return {**names, "code": codes(api)[0]}


def ruled(api: ApiHost) -> Names:
    return {**method(api), "urgency": "high"}


def unruled(api: ApiHost) -> Names:
    names = ruled(api)
    path = f"/v1/users/{names['user_id']}/notification-rules/high"
    assert api.call("PUT", path, json.loads(filled(json.dumps(RULES), names)), headers={"if-match": "1"}).status == 200
    return names


def api_key(api: ApiHost) -> Names:
    return {"key_id": api.call("POST", "/v1/api-keys", {"name": "one", "role": "viewer"}).json["id"]}


def invitation(api: ApiHost) -> Names:
    made = api.call("POST", "/v1/invitations", INVITE).json
    api.world.database.rows("update invitation set sent_at = sent_at - interval '1 hour' returning id")
    return {"invitation_id": made["id"], "token": mailed(api)[0].token}


def somebody(api: ApiHost) -> Names:
    return {"user_id": str(api.world.alice.user_id)}


def team(api: ApiHost) -> Names:
    return {"team_id": api.world.team("one", [api.world.alice])["value"], **somebody(api)}


def location(api: ApiHost) -> Names:
    return {"location_id": api.call("POST", "/v1/private-locations", {"name": "one"}).json["id"]}


def probe(api: ApiHost) -> Names:
    names = location(api)
    made = api.call("POST", f"/v1/private-locations/{names['location_id']}/probes", {"name": "one"})
    return {**names, "probe_id": made.json["id"]}


CHANGES = {
    **PAGE_CHANGES,
    **REPORT_CHANGES,
    "createPrivateLocation": Change("private_location.created", {"name": "two"}),
    "updatePrivateLocation": Change("private_location.updated", {"name": "two"}, location),
    "deletePrivateLocation": Change("private_location.deleted", None, location),
    "createProbe": Change("probe.created", {"name": "two"}, location),
    "rotateProbe": Change("probe.rotated", None, probe),
    "revokeProbe": Change("probe.revoked", None, probe),
    "createService": Change("service.created", {"name": "two"}),
    "updateService": Change("service.updated", {"name": "two"}, service),
    "deleteService": Change("service.deleted", None, service),
    "createEscalationPolicy": Change("escalation_policy.created", {"name": "two", "steps": STEPS}),
    "updateEscalationPolicy": Change("escalation_policy.updated", {"name": "two", "steps": STEPS}, policy),
    "deleteEscalationPolicy": Change("escalation_policy.deleted", None, policy),
    "duplicateEscalationPolicy": Change("escalation_policy.created", {"name": "two"}, policy),
    "insertStep": Change("escalation_policy.updated", STEPS[0], longer_policy),
    "updateStep": Change("escalation_policy.updated", {"round_robin": True}, policy),
    "moveStep": Change("escalation_policy.updated", {"position": 0}, longer_policy),
    "duplicateStep": Change("escalation_policy.updated", {"position": 0}, longer_policy),
    "removeStep": Change("escalation_policy.updated", None, longer_policy),
    "createDestination": Change("destination.created", DESTINATION),
    "updateDestination": Change("destination.updated", {"name": "two"}, destination),
    "disableDestination": Change("destination.disabled", None, destination),
    "testDestination": Change("destination.tested", None, destination),
    "deleteDestination": Change("destination.deleted", None, destination),
    "createSchedule": Change("schedule.created", SCHEDULE),
    "updateSchedule": Change("schedule.updated", SCHEDULE, schedule),
    "deleteSchedule": Change("schedule.deleted", None, schedule),
    "createOverride": Change("schedule_override.created", {"user_id": None, "ends_at": "{soon}"}, schedule),
    "updateOverride": Change("schedule_override.updated", {"user_id": None, "ends_at": "{soon}"}, override),
    "cancelOverride": Change("schedule_override.cancelled", None, override),
    "createCalendar": Change("calendar_feed.created", {}, schedule),
    "rotateCalendar": Change("calendar_feed.rotated", None, calendar),
    "revokeCalendar": Change("calendar_feed.revoked", None, calendar),
    "setHandoffNotices": Change("membership.notices_chosen", {"handoff_notices": False}, by="member"),
    "updateEventRules": Change("event_rules.updated", EVENT_RULES),
    "updateServiceEventRules": Change("event_rules.updated", EVENT_RULES, service),
    "createMaintenanceWindow": Change("maintenance_window.created", {**WINDOW, "recurrence": "FREQ=DAILY"}),
    "updateMaintenanceWindow": Change("maintenance_window.updated", WINDOW, window),
    "endMaintenanceWindow": Change("maintenance_window.ended", None, window),
    "cancelMaintenanceWindow": Change("maintenance_window.cancelled", None, window),
    "updateDependencies": Change("service.dependencies_updated", {"depends_on": []}, service),
    "stopPaging": Change("organization.paging_stopped", {"reason": "drill", "ends_at": "{soon}"}, soon),
    "resumePaging": Change("organization.paging_resumed", None, stopped),
    "createMonitor": Change("monitor.created", MONITOR, service),
    "updateMonitor": Change("monitor.updated", {**MONITOR, "name": "two"}, monitor),
    "pauseMonitor": Change("monitor.paused", None, monitor),
    "resumeMonitor": Change("monitor.resumed", None, paused_monitor),
    "cloneMonitor": Change("monitor.created", {"name": "two"}, monitor),
    "deleteMonitor": Change("monitor.deleted", None, monitor),
    "runMonitor": Change("monitor.run", None, monitor),
    "testMonitor": Change("monitor.tried", {"spec": MONITOR["spec"]}),
    "importMonitors": Change("monitor.created", {"monitors": [ENTRY]}, service),
    "rotateHeartbeatKey": Change("monitor.key_rotated", None, heartbeat),
    "setBeacon": Change("monitor.beacon_set", {"sample_percent": 5}, monitor),
    "removeBeacon": Change("monitor.beacon_removed", None, beacon),
    "createPingKey": Change("ping_key.created", {"name": "two"}),
    "revokePingKey": Change("ping_key.revoked", None, ping_key),
    "createMonitorGroup": Change("monitor_group.created", {"name": "two"}),
    "updateMonitorGroup": Change("monitor_group.updated", {"name": "two"}, monitor_group),
    "deleteMonitorGroup": Change("monitor_group.deleted", None, monitor_group),
    "createIntegration": Change("integration.created", {"service_id": "{service_id}", "name": "two"}, service),
    "deleteIntegration": Change("integration.deleted", None, integration),
    "testIntegration": Change("integration.tested", None, integration),
    "createRoutingKey": Change("routing_key.created", None, integration),
    "rotateRoutingKey": Change("routing_key.rotated", {}, integration),
    "revokeRoutingKey": Change("routing_key.revoked", None, integration),
    "createContactMethod": Change("contact_method.created", MAIL_METHOD, method),
    "disableContactMethod": Change("contact_method.disabled", None, method),
    "removeContactMethod": Change("contact_method.removed", None, method),
    "verifyContactMethod": Change("contact_method.code_sent", None, method),
    "confirmContactMethod": Change("contact_method.verified", {"code": "{code}"}, coded),
    "testContactMethod": Change("contact_method.tested", None, method),
    "setNotificationRules": Change("notification_rules.updated", RULES, ruled),
    "resetNotificationRules": Change("notification_rules.reset", None, unruled, version="2"),
    "createApiKey": Change("api_key.created", {"name": "two", "role": "viewer"}),
    "rotateApiKey": Change("api_key.rotated", {}, api_key),
    "revokeApiKey": Change("api_key.revoked", None, api_key),
    "createInvitation": Change("invitation.created", INVITE),
    "updateInvitation": Change("invitation.updated", {"role": "responder"}, invitation),
    "resendInvitation": Change("invitation.resent", {}, invitation),
    "revokeInvitation": Change("invitation.revoked", None, invitation),
    "acceptInvitationByToken": Change("membership.created", {"token": "{token}"}, invitation, by="guest"),
    "acceptMyInvitation": Change("membership.created", None, invitation, by="guest"),
    "updateMe": Change("user.renamed", {"name": "Al"}, by="member"),
    "signOutEverywhere": Change("user.signed_out", by="member"),
    "deleteMe": Change("user.deleted", by="member"),
    "createOrganization": Change("organization.created", {"name": "two"}, by="member"),
    "leaveOrganization": Change("membership.left", by="member"),
    "updateOrganization": Change("organization.updated", {"name": "two"}),
    "deleteOrganization": Change("organization.deletion_begun", {"name": "Acme"}, owner),
    "restoreOrganization": Change("organization.restored", None, ending),
    "transferOrganization": Change("membership.updated", {"user_id": "{user_id}"}, heir, by="member"),
    "updateMember": Change("membership.updated", {"role": "viewer"}, somebody),
    "removeMember": Change("membership.removed", None, somebody),
    "createTeam": Change("team.created", {"name": "two"}),
    "updateTeam": Change("team.updated", {"name": "two"}, team),
    "deleteTeam": Change("team.deleted", None, team),
    "putTeamMember": Change("team.updated", {"role": "lead"}, team),
    "removeTeamMember": Change("team.updated", None, team),
    "declineMyInvitation": Change("invitation.declined", None, invitation, by="guest"),
}


@pytest.fixture
def api(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[ApiHost]:
    with api_host(world, monkeypatch) as host:
        yield host


def unsafe() -> dict[str, tuple[str, str]]:
    """Method and path of every operation that is no read, by its id."""
    return {
        operation["operationId"]: (verb.upper(), path)
        for path, operations in document()["paths"].items()
        for verb, operation in operations.items()
        if verb not in SAFE
    }


def filled(text: str, names: Names) -> str:
    for name, value in names.items():
        text = text.replace(f"{{{name}}}", value)
    return text


def test_every_operation_that_is_no_read_has_its_row() -> None:
    assert set(unsafe()) == CHANGES.keys() | NO_CONFIGURATION.keys()


@pytest.mark.parametrize("operation_id", CHANGES)
def test_a_change_leaves_its_entry(api: ApiHost, world: World, operation_id: str) -> None:
    change, (verb, path) = CHANGES[operation_id], unsafe()[operation_id]
    guest = SignedIn(api, INVITE["email"])
    if change.by == "guest":
        assert guest.call("GET", "/v1/me/invitations").status == 200
    names = change.prepare(api)
    before = world.database.rows("select count(*) from audit_entry")[0][0]
    body = change.body
    if body is not None and not isinstance(body, bytes):
        body = json.loads(filled(json.dumps(body), names))
    callers = {"guest": guest.call, "member": member(api, world.alice).call, "key": api.call}
    call = callers[change.by]
    answer = call(verb, filled(path, names), body, headers={"if-match": change.version})
    assert answer.status < 300, answer.text
    written = world.database.rows(
        "select action, actor_kind, request_id is not null, source_address from audit_entry order by at, id offset %s",
        before,
    )
    assert change.action in [action for action, *_ in written]
    kind = "api_key" if change.by == "key" else "user"
    assert {tuple(told) for _, *told in written} == {(kind, True, "203.0.113.7")}
