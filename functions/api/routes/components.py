"""The groups and components of a status page, and what somebody says they are."""

from http import HTTPStatus
from typing import Final
from uuid import UUID

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from functions.api.session import enter
from functions.api.versions import IfMatch, expected, versioned
from tocsin.contracts.api_status_pages import (
    Component,
    ComponentGroup,
    ComponentGroupInput,
    ComponentGroups,
    ComponentInput,
    Components,
    OverrideInput,
)
from tocsin.domain.permission import Permission
from tocsin_data.services import component_groups, components

router = APIGatewayHttpRouter()
TAGS: Final = ["status pages"]
READ: Final = Permission.READ_STATUS_PAGES
REPORT: Final = Permission.REPORT_STATUS
WRITE: Final = Permission.WRITE_STATUS_PAGES
GROUPS: Final = "/v1/status-pages/<page_id>/component-groups"
COMPONENTS: Final = "/v1/status-pages/<page_id>/components"


@router.get(GROUPS, summary="List the groups of a page, in order", tags=TAGS, operation_id="listComponentGroups")
def list_groups(page_id: UUID) -> ComponentGroups:
    """Answer all groups."""
    session = enter(READ)
    return ComponentGroups(items=list(component_groups.list_groups(session.db, session.org_id, page_id)))


@router.post(
    GROUPS,
    summary="Add a group to a page, last",
    tags=TAGS,
    operation_id="createComponentGroup",
    status_code=HTTPStatus.CREATED.value,
)
def create_group(page_id: UUID, data: ComponentGroupInput) -> Response[ComponentGroup]:
    """Create a group in version 1."""
    session = enter(WRITE)
    made = component_groups.create_group(session.db, session.org_id, session.actor, page_id, data)
    session.publish_pages()
    return versioned(made, HTTPStatus.CREATED)


@router.get(
    f"{GROUPS}/<component_group_id>",
    summary="Get a group of components; its version is in the ETag too",
    tags=TAGS,
    operation_id="getComponentGroup",
)
def get_group(page_id: UUID, component_group_id: UUID) -> Response[ComponentGroup]:
    """Answer one group."""
    session = enter(READ)
    return versioned(component_groups.get_group(session.db, session.org_id, page_id, component_group_id))


@router.put(
    f"{GROUPS}/<component_group_id>",
    summary="Change a group of components",
    tags=TAGS,
    operation_id="updateComponentGroup",
)
def update_group(
    page_id: UUID, component_group_id: UUID, data: ComponentGroupInput, if_match: IfMatch = None
) -> Response[ComponentGroup]:
    """Change the version that was read."""
    session = enter(WRITE)
    version = expected(if_match)
    made = component_groups.update_group(
        session.db, session.org_id, session.actor, page_id, component_group_id, data, version=version
    )
    session.publish_pages()
    return versioned(made)


@router.delete(
    f"{GROUPS}/<component_group_id>",
    summary="Delete a group; its components stay",
    tags=TAGS,
    operation_id="deleteComponentGroup",
    responses={HTTPStatus.NO_CONTENT.value: {"description": "Deleted"}},
)
def delete_group(page_id: UUID, component_group_id: UUID) -> Response[None]:
    """Delete a group."""
    session = enter(WRITE)
    component_groups.delete_group(session.db, session.org_id, session.actor, page_id, component_group_id)
    session.publish_pages()
    return Response(status_code=HTTPStatus.NO_CONTENT.value)


@router.get(
    COMPONENTS,
    summary="List the components of a page, in the order they are shown in",
    tags=TAGS,
    operation_id="listComponents",
)
def list_components(page_id: UUID) -> Components:
    """Answer all components."""
    session = enter(READ)
    return Components(items=list(components.list_components(session.db, session.org_id, page_id)))


@router.post(
    COMPONENTS,
    summary="Add a component to a page, last: made of monitors and services, or kept by hand",
    tags=TAGS,
    operation_id="createComponent",
    status_code=HTTPStatus.CREATED.value,
)
def create_component(page_id: UUID, data: ComponentInput) -> Response[Component]:
    """Create a component in version 1."""
    session = enter(WRITE)
    made = components.create_component(session.db, session.org_id, session.actor, page_id, data)
    session.publish_pages()
    return versioned(made, HTTPStatus.CREATED)


@router.get(
    f"{COMPONENTS}/<component_id>",
    summary="Get a component; its version is in the ETag too",
    tags=TAGS,
    operation_id="getComponent",
)
def get_component(page_id: UUID, component_id: UUID) -> Response[Component]:
    """Answer one component."""
    session = enter(READ)
    return versioned(components.get_component(session.db, session.org_id, page_id, component_id))


@router.put(f"{COMPONENTS}/<component_id>", summary="Change a component", tags=TAGS, operation_id="updateComponent")
def update_component(
    page_id: UUID, component_id: UUID, data: ComponentInput, if_match: IfMatch = None
) -> Response[Component]:
    """Change the version that was read."""
    session = enter(WRITE)
    version = expected(if_match)
    made = components.update_component(
        session.db, session.org_id, session.actor, page_id, component_id, data, version=version
    )
    session.publish_pages()
    return versioned(made)


@router.delete(
    f"{COMPONENTS}/<component_id>",
    summary="Take a component off a page; reports that name it go on naming it",
    tags=TAGS,
    operation_id="deleteComponent",
    responses={HTTPStatus.NO_CONTENT.value: {"description": "Deleted"}},
)
def delete_component(page_id: UUID, component_id: UUID) -> Response[None]:
    """Delete a component."""
    session = enter(WRITE)
    components.delete_component(session.db, session.org_id, session.actor, page_id, component_id)
    session.publish_pages()
    return Response(status_code=HTTPStatus.NO_CONTENT.value)


@router.put(
    f"{COMPONENTS}/<component_id>/override",
    summary="Say what a component is, whatever monitors and reports say: for a time, or until it is taken back",
    tags=TAGS,
    operation_id="overrideComponent",
)
def override_component(page_id: UUID, component_id: UUID, data: OverrideInput) -> Component:
    """Set a component's status by hand."""
    session = enter(REPORT)
    made = components.override_component(session.db, session.org_id, session.actor, page_id, component_id, data)
    session.publish_pages()
    return made


@router.delete(
    f"{COMPONENTS}/<component_id>/override",
    summary="Take back what somebody said of a component",
    tags=TAGS,
    operation_id="endComponentOverride",
)
def end_override(page_id: UUID, component_id: UUID) -> Component:
    """Let reports, monitors and services tell again."""
    session = enter(REPORT)
    made = components.end_override(session.db, session.org_id, session.actor, page_id, component_id)
    session.publish_pages()
    return made
