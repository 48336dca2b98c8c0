"""Event rules of the organization and of its services: read with their version, changed by who read it, tried."""

from typing import Annotated, Final
from uuid import UUID

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Query
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from functions.api import cursors
from functions.api.queries import Limit
from functions.api.session import enter, enter_as_lead
from functions.api.versions import IfMatch, expected, versioned
from tocsin.contracts.api_event_rules import (
    EventDecision,
    EventRules,
    EventRulesInput,
    EventRulesTest,
    EventRulesVersions,
    OrganizationRulesTest,
    TracedEvent,
)
from tocsin.domain.permission import Permission
from tocsin_data.services import event_rules
from tocsin_data.views import events

router = APIGatewayHttpRouter()
TAGS: Final = ["event rules"]
READ: Final = Permission.READ_EVENT_RULES
WRITE: Final = Permission.WRITE_EVENT_RULES

Before = Annotated[int | None, Query(ge=1, le=2**31 - 1, description="next_before of the page before.")]


@router.get(
    "/v1/event-rules",
    summary="Get the organization's event rules; their version is in the ETag too",
    tags=TAGS,
    operation_id="getEventRules",
)
def get_rules() -> Response[EventRules]:
    """Answer the organization's rules in their current version."""
    session = enter(READ)
    return versioned(event_rules.get_rules(session.db, session.org_id, None))


@router.put(
    "/v1/event-rules",
    summary="Make a new version of the organization's event rules",
    tags=TAGS,
    operation_id="updateEventRules",
)
def update_rules(data: EventRulesInput, if_match: IfMatch = None) -> Response[EventRules]:
    """Make a new version of the one that was read."""
    session = enter(WRITE)
    version = expected(if_match)
    return versioned(event_rules.put_rules(session.db, session.org_id, session.by, None, data, version=version))


@router.get(
    "/v1/event-rules/versions",
    summary="List the versions of the organization's event rules, newest first",
    tags=TAGS,
    operation_id="listEventRulesVersions",
)
def list_versions(limit: Limit = cursors.DEFAULT_LIMIT, before: Before = None) -> EventRulesVersions:
    """Answer what the rules were, and who changed them."""
    return _versions(None, limit, before)


@router.post(
    "/v1/event-rules/test",
    summary="Try an event that comes to a service on the organization's rules, saved or not; nothing happens",
    tags=TAGS,
    operation_id="testEventRules",
)
def try_rules(data: OrganizationRulesTest) -> EventDecision:
    """Answer what would become of an example, and why."""
    session = enter(READ)
    return event_rules.try_rules(session.db, session.org_id, data.service_id, data, of_service=False)


@router.get(
    "/v1/services/<service_id>/event-rules",
    summary="Get a service's event rules; their version is in the ETag too",
    tags=TAGS,
    operation_id="getServiceEventRules",
)
def get_service_rules(service_id: UUID) -> Response[EventRules]:
    """Answer a service's rules in their current version."""
    session = enter(READ)
    return versioned(event_rules.get_rules(session.db, session.org_id, service_id))


@router.put(
    "/v1/services/<service_id>/event-rules",
    summary="Make a new version of a service's event rules",
    tags=TAGS,
    operation_id="updateServiceEventRules",
)
def update_service_rules(service_id: UUID, data: EventRulesInput, if_match: IfMatch = None) -> Response[EventRules]:
    """Make a new version of the one that was read; leads of the owning team may."""
    session = enter_as_lead(READ, WRITE)
    version = expected(if_match)
    made = event_rules.put_rules(session.db, session.org_id, session.by, service_id, data, version=version)
    return versioned(made)


@router.get(
    "/v1/services/<service_id>/event-rules/versions",
    summary="List the versions of a service's event rules, newest first",
    tags=TAGS,
    operation_id="listServiceEventRulesVersions",
)
def list_service_versions(
    service_id: UUID, limit: Limit = cursors.DEFAULT_LIMIT, before: Before = None
) -> EventRulesVersions:
    """Answer what the rules were, and who changed them."""
    return _versions(service_id, limit, before)


@router.post(
    "/v1/services/<service_id>/event-rules/test",
    summary="Try an event on all rules, with a service's own saved or not; nothing happens",
    tags=TAGS,
    operation_id="testServiceEventRules",
)
def try_service_rules(service_id: UUID, data: EventRulesTest) -> EventDecision:
    """Answer what would become of an example, and why."""
    session = enter(READ)
    return event_rules.try_rules(session.db, session.org_id, service_id, data, of_service=True)


@router.get(
    "/v1/events/<event_id>",
    summary="Get an event with each decision about it, its reason and the version of the rules",
    tags=["services"],
    operation_id="getEvent",
)
def get_event(event_id: UUID) -> TracedEvent:
    """Answer one event with its trace."""
    session = enter(Permission.READ_SERVICES)
    return events.get(session.db, session.org_id, event_id)


def _versions(service_id: UUID | None, limit: int, before: int | None) -> EventRulesVersions:
    session = enter(READ)
    found = event_rules.list_versions(session.db, session.org_id, service_id, before=before, limit=limit + 1)
    items = list(found[:limit])
    return EventRulesVersions(items=items, next_before=items[-1].version if len(found) > limit else None)
