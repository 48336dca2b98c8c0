"""Changes of status reports, each with the entry it must leave; rows of test_api_audited.py."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from tests.support.api_host import ApiHost
from tests.support.audited import Change, Names
from tests.support.report_rows import insert_page
from tocsin_data.services.processing import process

TOLD: Final = {"title": "Slow", "body": "We look."}
PLAN: Final = {**TOLD, "scheduled_for": "{soon}", "scheduled_until": "{later}", "mutes": True}
WORDS: Final = {"name": "two", "title": "Slow", "body": "We look.", "status": "investigating"}


def page(api: ApiHost) -> Names:
    now = api.world.now
    times = {"soon": (now + timedelta(hours=1)).isoformat(), "later": (now + timedelta(hours=2)).isoformat()}
    return {"page_id": str(insert_page(api.world)), **times}


def report(api: ApiHost, state: str = "published") -> Names:
    names = page(api)
    made = api.call("POST", f"/v1/status-pages/{names['page_id']}/reports", {**TOLD, "state": state}).json
    return {**names, "report_id": made["id"], "update_id": made["updates"][0]["id"]}


def draft(api: ApiHost) -> Names:
    return report(api, "draft")


def discarded(api: ApiHost) -> Names:
    names = draft(api)
    assert api.call("POST", f"/v1/status-reports/{names['report_id']}/discard").status == 200
    return names


def longer(api: ApiHost) -> Names:
    names = report(api)
    path = f"/v1/status-reports/{names['report_id']}/updates"
    assert api.call("POST", path, {"body": "More."}, headers={"if-match": "1"}).status == 201
    return names


def template(api: ApiHost) -> Names:
    names = page(api)
    made = api.call("POST", f"/v1/status-pages/{names['page_id']}/templates", {**WORDS, "name": "one"}).json
    return {**names, "template_id": made["id"]}


def incident(api: ApiHost) -> Names:
    world = api.world
    process(world.database.enter("worker"), [world.request()], key_budget_per_minute=100)
    rows = world.database.rows("select id from incident where org_id = %s order by number", world.org_id)
    return {**page(api), "incident_id": str(rows[0][0])}


REPORT_CHANGES: Final[Mapping[str, Change]] = {
    "createStatusReport": Change("status_report.created", TOLD, page),
    "scheduleMaintenance": Change("status_report.created", PLAN, page),
    "draftStatusReport": Change("status_report.created", {}, incident),
    "updateStatusReport": Change("status_report.updated", {"title": "Slower"}, report),
    "publishStatusReport": Change("status_report.published", {}, draft),
    "discardStatusReport": Change("status_report.discarded", None, draft),
    "restoreStatusReport": Change("status_report.restored", None, discarded),
    "deleteStatusReport": Change("status_report.deleted", None, report),
    "addStatusUpdate": Change("status_report.update_added", {"body": "More."}, report),
    "editStatusUpdate": Change("status_report.update_edited", {"body": "Other."}, report),
    "deleteStatusUpdate": Change("status_report.update_deleted", None, longer, version="2"),
    "createReportTemplate": Change("status_report_template.created", WORDS, page),
    "updateReportTemplate": Change("status_report_template.updated", WORDS, template),
    "deleteReportTemplate": Change("status_report_template.deleted", None, template),
}
