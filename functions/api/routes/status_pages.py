"""Status pages: what an organization tells the public, how it looks, and what is told now."""

import base64
from http import HTTPStatus
from typing import Annotated, Final
from uuid import UUID

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Query
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from functions.api.session import Session, enter
from functions.api.versions import IfMatch, expected, versioned
from tocsin.contracts.api_status_pages import (
    OrderInput,
    PageTold,
    PlacedPage,
    StatusPage,
    StatusPageInput,
    StatusPages,
    Variant,
)
from tocsin.domain import public_text
from tocsin.domain.permission import Permission
from tocsin.domain.status_page import Automatic
from tocsin.errors import FieldProblem, Invalid
from tocsin_data.services import component_groups, status_pages
from tocsin_data.views import page_told

router = APIGatewayHttpRouter()
TAGS: Final = ["status pages"]
READ: Final = Permission.READ_STATUS_PAGES
WRITE: Final = Permission.WRITE_STATUS_PAGES
Alt = Annotated[str, Query(max_length=200, description="What the picture shows, for who can't see it.")]

Preview = Annotated[
    Automatic | None, Query(description="What it would tell if monitors and incidents did this to it by themselves.")
]


@router.get("/v1/status-pages", summary="List status pages by name", tags=TAGS, operation_id="listStatusPages")
def list_pages() -> StatusPages:
    """Answer all pages."""
    session = enter(READ)
    return StatusPages(items=[_placed(session, page) for page in status_pages.list_pages(session.db, session.org_id)])


@router.post(
    "/v1/status-pages",
    summary="Create a status page; it is private unless you say otherwise",
    tags=TAGS,
    operation_id="createStatusPage",
    status_code=HTTPStatus.CREATED.value,
)
def create_page(data: StatusPageInput) -> Response[PlacedPage]:
    """Create a page in version 1."""
    session = enter(WRITE)
    keys = session.settings.mac_keys()
    made = status_pages.create_page(session.db, session.org_id, session.actor, data, mac_keys=keys)
    session.publish_pages()
    return versioned(_placed(session, made), HTTPStatus.CREATED)


@router.get(
    "/v1/status-pages/<page_id>",
    summary="Get a status page; its version is in the ETag too",
    tags=TAGS,
    operation_id="getStatusPage",
)
def get_page(page_id: UUID) -> Response[PlacedPage]:
    """Answer one page."""
    session = enter(READ)
    return versioned(_placed(session, status_pages.get_page(session.db, session.org_id, page_id)))


@router.put(
    "/v1/status-pages/<page_id>",
    summary="Change a status page, show it to the public or hide it",
    tags=TAGS,
    operation_id="updateStatusPage",
)
def update_page(page_id: UUID, data: StatusPageInput, if_match: IfMatch = None) -> Response[PlacedPage]:
    """Change the version that was read."""
    session = enter(WRITE)
    version = expected(if_match)
    made = status_pages.update_page(session.db, session.org_id, session.actor, page_id, data, version=version)
    session.publish_pages()
    return versioned(_placed(session, made))


@router.delete(
    "/v1/status-pages/<page_id>",
    summary="Delete a status page with all that is on it; what was published goes too",
    tags=TAGS,
    operation_id="deleteStatusPage",
    responses={HTTPStatus.NO_CONTENT.value: {"description": "Deleted"}},
)
def delete_page(page_id: UUID) -> Response[None]:
    """Delete a page."""
    session = enter(WRITE)
    status_pages.delete_page(session.db, session.org_id, session.actor, page_id)
    session.publish_pages()
    return Response(status_code=HTTPStatus.NO_CONTENT.value)


@router.get(
    "/v1/status-pages/<page_id>/status",
    summary="Get what the public is told now, and why; of a private page, what it would be told",
    tags=TAGS,
    operation_id="getStatusPageStatus",
)
def get_status(page_id: UUID, automatic: Preview = None) -> PageTold:
    """Answer what a page tells."""
    session = enter(READ)
    return page_told.read(session.db, session.org_id, page_id, automatic)


@router.put(
    "/v1/status-pages/<page_id>/order",
    summary="Put all groups and components of a page in order; If-Match is the page's version",
    tags=TAGS,
    operation_id="orderStatusPage",
)
def order_page(page_id: UUID, data: OrderInput, if_match: IfMatch = None) -> Response[PlacedPage]:
    """Order the version that was read."""
    session = enter(WRITE)
    version = expected(if_match)
    made = component_groups.order(session.db, session.org_id, session.actor, page_id, data, version=version)
    session.publish_pages()
    return versioned(_placed(session, made))


@router.put(
    "/v1/status-pages/<page_id>/logos/<variant>",
    summary="Write the page's logo for light or dark grounds: the bytes of a PNG, JPEG or WebP of at most 128 kB",
    tags=TAGS,
    operation_id="putStatusPageLogo",
)
def put_logo(page_id: UUID, variant: Variant, alt: Alt = "") -> Response[PlacedPage]:
    """Write a picture; what cameras and editors wrote into it is left out."""
    session = enter(WRITE)
    refused = public_text.problem(alt, is_line=True)
    if refused is not None:
        raise Invalid("The picture can't be used.", [FieldProblem("query.alt", refused)])
    content = base64.b64decode(router.current_event.raw_event.get("body") or "")
    made = status_pages.put_logo(session.db, session.org_id, session.actor, page_id, variant, content, alt.strip())
    session.publish_pages()
    return versioned(_placed(session, made))


@router.delete(
    "/v1/status-pages/<page_id>/logos/<variant>",
    summary="Take a logo off a page",
    tags=TAGS,
    operation_id="deleteStatusPageLogo",
)
def delete_logo(page_id: UUID, variant: Variant) -> Response[PlacedPage]:
    """Take a picture away."""
    session = enter(WRITE)
    made = status_pages.delete_logo(session.db, session.org_id, session.actor, page_id, variant)
    session.publish_pages()
    return versioned(_placed(session, made))


def _placed(session: Session, page: StatusPage) -> PlacedPage:
    return PlacedPage(**page.model_dump(), url=session.settings.page_url(page.slug))
